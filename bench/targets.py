"""`python -m bench.targets DATABASE`: keys to type in the Cases, and the text that each must bring, as JSON.

Asked of the product's own tab, in a process of its own, before anything is measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bench.data import MEMBER
from models.action.work import Session
from models.database.store import open_store
from models.ground.clock import SystemClock
from models.ground.text import words
from screens.cases.tab import CasesTab
from screens.tab.tab import View

PREFIX = 12
"""Characters of a name that stand in any column."""
IN_VIEW = 30
"""Rows that surely fit on the screen."""
FILTER, CLEAR, SORT, HOME, END = "f", "\x1b", "S", "\x1b[H", "\x1b[F"
ORDERS = tuple((column.key, down) for column in CasesTab.columns if column.sortable for down in (False, True))
LETTERS = 5
"""So many letters of a name are typed."""
PLACES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Where in the list by name the names stand that are typed."""

Step = tuple[str, str, str]
"""What is done (empty: nothing that is timed), the keys, and the text that it brings; empty where none tells it."""


class Walk:
    """The list as it stands on the screen while keys are typed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tab = CasesTab()
        self.view = self._tab.start()
        self._shown = self._names(self.view)

    def step(self, what: str, keys: str, view: View, last: bool = False) -> Step:
        """Keys that lead to a view, or to the end of it; told by a name that did not stand there before."""
        names = self._names(view, last)
        new = next((name for name in names if all(name not in old for old in self._shown)), "")
        self.view, self._shown = view, names
        return what, keys, new

    def _names(self, view: View, last: bool = False) -> Sequence[str]:
        page = self._tab.source(self._session, view).page(None, "before" if last else "from", IN_VIEW)
        texts = (row.cells[1] for row in page.rows)
        return [(text if isinstance(text, str) else text[0])[:PREFIX].rstrip() for text in texts]


def steps(session: Session) -> Iterator[Step]:
    """From the start of the program back to its first list: jumps, orders, filters."""
    walk = Walk(session)
    start = walk.view
    for _ in PLACES:
        yield walk.step("end", END, start, last=True)
        yield walk.step("home", HOME, start)
    place = ORDERS.index((start.sort, start.descending))
    for sort, down in (*ORDERS[place + 1 :], *ORDERS[: place + 1]):
        yield walk.step("sort", SORT, replace(start, sort=sort, descending=down))
    for name in _typed(session):
        yield walk.step("", FILTER, start)
        for count in range(1, LETTERS + 1):
            yield walk.step("filter", name[count - 1], replace(start, text=name[:count]))
        yield walk.step("", CLEAR, start)
    for name in _typed(session):
        yield walk.step("", FILTER, start)
        yield walk.step("prefix", name[:LETTERS], replace(start, text=name[:LETTERS]))
        yield walk.step("", CLEAR, start)


def _typed(session: Session) -> list[str]:
    """Names that stand in the list, as a member types them."""
    with session.store.connected() as db:
        found = [
            db.execute_sql("SELECT folded FROM vpa WHERE folded >= ? ORDER BY folded LIMIT 1", (letter,)).fetchone()
            for letter in (chr(ord("a") + int(place * 26)) for place in PLACES)
        ]
    return [words(row[0])[0].ljust(LETTERS, "a") for row in found if row]


if __name__ == "__main__":
    asked = Session(open_store(sys.argv[1]), SystemClock(), MEMBER, "bench")
    sys.stdout.write(json.dumps(list(steps(asked))))
