"""Who could take a customer over at a VPA-Wechsel, best first (W-10)."""

from __future__ import annotations

from models.action.work import Work
from models.shared.fitness import Job
from models.tables.handover import Handover
from models.task.candidates import Among, Candidate, Search, best, ranked


def successor_search(handover: Handover) -> Search:
    """Somebody other than the present VPA, who knows the same areas and takes customers."""
    areas = tuple(handover.vpa.areas) if handover.vpa else ()
    present = frozenset([handover.vpa_id] if handover.vpa_id else [])
    return Search(Job(handover.customer_id, "new_customers"), areas, present)


def best_successors(work: Work, handover: Handover, count: int) -> list[Candidate]:
    """The first so many of `successors`."""
    return best(work, successor_search(handover), count)


def successors(work: Work, handover: Handover, among: Among = None) -> list[Candidate]:
    """All VPAs on the platform but the present one (or these of them), best first."""
    return ranked(work, successor_search(handover), among)
