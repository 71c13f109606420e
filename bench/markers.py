"""`python -m bench.markers DATABASE`: by which text each tab and each detail of this database is known, as JSON.

Asked of the product's own tabs, in a process of its own, before anything is measured.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from bench.data import MEMBER
from models.action.work import Session
from models.database.store import open_store
from models.ground.clock import SystemClock
from models.shift.preview.preview import preview
from screens.digest.tab import DigestTab
from screens.main.tabs import TITLES, load_tab
from screens.preview.preview import read_outlook

PREFIX = 12
"""Characters of a text that stand in any column."""
TIMES = 15
"""How often each reading is timed."""


def markers(session: Session) -> list[dict[str, Any]]:
    """For each tab with rows: its digit, a text of its first row, and one of the second row's detail.

    Beside them seconds of reading alone: the first page, the last one, and a detail.
    """
    found = []
    for code, _ in TITLES:
        tab = load_tab(code)
        source = tab.source(session, tab.start())
        rows = source.page(None, "from", 60).rows
        if len(rows) < 2:
            continue
        with session.store.connected():
            detail = tab.detail(session, rows[1].id)
        found.append(
            {
                "title": tab.title,
                "key": str(tab.number),
                "row": _text(rows[0].cells),
                "detail": (detail.aside or detail.title)[:PREFIX] if detail else "",
                "read": {
                    "tab": _timed(partial(source.page, None, "from", 60)),
                    "end": _timed(partial(source.page, None, "before", 100)),
                    "detail": _timed(partial(_detail, session, tab, rows[1].id)),
                },
            }
        )
    return found


def beside(session: Session) -> dict[str, list[float]]:
    """Seconds of reading what is no tab: the first group of the Vorschau, all of it, and what happened meanwhile."""
    readings = {
        "first group": read_outlook,
        "preview": lambda session: preview(session.work()),
        "digest": lambda session: DigestTab().read(session),
    }
    return {name: _timed(partial(_connected, session, read)) for name, read in readings.items()}


def _connected(session: Session, read: Callable[[Session], Any]) -> None:
    with session.store.connected():
        read(session)


def _detail(session: Session, tab: Any, row: Any) -> None:
    with session.store.connected():
        tab.detail(session, row)


def _text(cells: tuple[Any, ...]) -> str:
    """The longest of the first cells: a name."""
    texts = [cell if isinstance(cell, str) else cell[0] for cell in cells]
    return str(max(texts[:3], key=len))[:PREFIX].rstrip()


def _timed(work: Callable[[], Any]) -> list[float]:
    """Seconds of the processor that each of some runs took: what others do on the machine does not count."""
    times = []
    for _ in range(TIMES + 1):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return times[1:]


if __name__ == "__main__":
    measured = Session(open_store(sys.argv[1]), SystemClock(), MEMBER, "bench")
    sys.stdout.write(json.dumps({"tabs": markers(measured), "beside": beside(measured)}))
