"""What a form fills in because the database knows it: the successor that ranks best, or what was proposed before."""

from __future__ import annotations

from typing import Any

from models.action.work import Work
from models.tables.people import Assignment
from screens.tab.tab import Deed


def known_for(work: Work, deed: Deed) -> dict[str, Any]:
    """Values of fields by name, of which each can be changed. In a thread."""
    if deed.code == "handover.open" and "customer" in deed.values:
        current = Assignment.current(str(deed.values["customer"]), work.today)
        return {"vpa": current.vpa_id} if current is not None else {}
    return _proposal(work, deed.values.get("id")) if deed.code == "handover.propose" else {}


def _proposal(work: Work, key: Any) -> dict[str, Any]:
    """The proposal as it was, where there is one; else the best successor (W-10)."""
    from models.care.handover.successors import best_successors
    from models.tables.handover import Handover

    request = work.find(Handover, key)
    if request is None:
        return {}
    if request.successor:
        refund = None if request.refund is None else "yes" if request.refund else "no"
        known = {"successor": request.successor, "effort": request.effort, "refund": refund}
        return {name: value for name, value in known.items() if value}
    best = best_successors(work, request, 1)
    return {"successor": best[0].vpa} if best else {}
