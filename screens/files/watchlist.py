"""The Watchlist on the screen: a view of tab 4, riskiest first, with the reasons in words (K-27, K-29)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from models.action.work import Session
from models.care.watchlist.ranking import Beside, Ranking, beside
from models.care.watchlist.risk import AHEAD, COMPLAINT_DAYS, Watched
from screens.tab.tab import Deed
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Direction, Page, Row, RowId
from screens.words import counted, day_word, first_line, joined, short_date

if TYPE_CHECKING:
    from screens.detail.detail import Detail

VIEW = "watchlist"
COLUMNS = (
    Column("customer", "Kunde", 14, flex=1, most=30, sortable=False),
    Column("why", "ungepflegt seit · was drängt", 32, flex=8, most=64, sortable=False),
    Column("vpa", "VPA", 10, flex=1, most=20, priority=2, sortable=False),
    Column("deadline", "Frist", 9, priority=1, sortable=False),
)
MARK = "watch:"
"""Before the customer's id in the id of a row."""


class WatchRows:
    """Pages of the Watchlist as the list widget wants them; each call opens and closes its connection (law 2)."""

    def __init__(self, session: Session, ranking: Ranking, text: str) -> None:
        self._session, self._ranking, self._text = session, ranking, text

    def page(self, anchor: Any, direction: Direction, limit: int) -> Page:
        """At most `limit` rows beside a place."""
        with self._session.store.connected():
            work = self._session.work()
            rows = self._ranking.rows(work, self._text)
            if direction == "before":
                end = len(rows) if anchor is None else int(anchor)
                start = max(0, end - limit)
                more = start > 0
            else:
                start = 0 if anchor is None else int(anchor) + (direction == "after")
                end = start + limit
                more = end < len(rows)
            shown = rows[start:end]
            known = beside(shown)
            made = [_row(one, known[one.customer], start + place, work.today) for place, one in enumerate(shown)]
            return Page(made, more)

    def every(self, most: int) -> list[Row]:
        """The first rows, for a bulk."""
        return list(self.page(None, "from", most).rows)

    def count(self) -> int:
        """Number of all rows."""
        with self._session.store.connected():
            return len(self._ranking.rows(self._session.work(), self._text))

    def locate(self, row_id: RowId) -> int | None:
        """Its place."""
        key = str(row_id).removeprefix(MARK)
        with self._session.store.connected():
            rows = self._ranking.rows(self._session.work(), self._text)
        return next((place for place, row in enumerate(rows) if row.customer == key), None)


def _row(one: Watched, known: Beside, place: int, today: dt.date) -> Row:
    deadline = day_word(known.deadline, today) if known.deadline else ""
    cells = (one.name, why(one, known), known.vpa or ("ohne VPA", "muted"), deadline)
    return Row(f"{MARK}{one.customer}", cells, place, "", one)


def why(one: Watched, known: Beside) -> str:
    """The reasons in a few words, the weightiest first in the order of their points."""
    points = one.points()
    first = ["von Hand"] if one.watched_for is not None else []
    if one.weeks is None:
        first.insert(0, "noch nie")
    elif "stale" in one.reasons:
        first.insert(0, counted(one.weeks, "Woche", "Wochen"))
    words = {
        "away": _away(one, known),
        "class": f"Klasse {one.klasse}" if one.klasse else "",
        "changes": counted(one.changes, "Wechsel", "Wechsel") if one.changes else "",
        "booking": "keine Buchung" if "no_booking" in one.reasons else "",
        "complaint": "Beschwerde" if "complaint" in one.reasons else "",
    }
    return joined([*first, *(words[name] for name in sorted(words, key=lambda name: -points[name]))])


def _away(one: Watched, known: Beside) -> str:
    if known.gone:
        return "VPA nicht mehr da"
    return f"VPA {counted(one.away, 'Tag', 'Tage')} weg" if one.away else ""


def main_word(one: Watched) -> str:
    """What `e` does: without a VPA there is nobody to speak to yet."""
    return "Ansprechen" if one.vpa else "VPA zuweisen"


def approach(one: Watched) -> Deed:
    """Text to the VPA, Frist and Wiedervorlage in one form (K-26, K-30); without a VPA one is assigned first."""
    fixed, about = {"customer": one.customer}, f"customer:{one.customer}"
    if not one.vpa:
        return Deed("assign", f"VPA zuweisen: {one.name}", fixed, about=about)
    title = f"Watchlist, VPA ansprechen: {one.name}"
    return Deed("watchlist.approach", title, fixed, {"deadline": "+7"}, about=about)


def watch_detail(session: Session, ranking: Ranking, key: str) -> Detail | None:
    """The customer, and above everything why they are on the Watchlist."""
    from screens.detail.detail import Section
    from screens.files.customer import customer_detail

    detail, one = customer_detail(session, key), ranking.find(key)
    if detail is None or one is None:
        return detail
    today = session.work().today
    lines = watch_lines(one, beside([one])[one.customer], today)
    section = Section(f"Warum auf der Watchlist (Risiko {one.risk})", tuple(lines))
    return replace(detail, before=(section, *detail.before))


def watch_lines(one: Watched, known: Beside, today: dt.date) -> list[str]:
    """One line a reason, with what it counts, and what runs already."""
    points = one.points()
    last = f"zuletzt am {short_date(one.last_entry)}" if one.last_entry else "noch nie"
    lines = [f"von Hand, {one.watched_by}: {first_line(one.watched_for)}"] if one.watched_for is not None else []
    lines.append(f"vom VPA {last} gepflegt ({points['age']})")
    if known.gone:
        lines.append(f"{known.vpa} ist nicht mehr auf der Plattform ({points['away']})")
    elif one.away:
        lines.append(f"{known.vpa}: {one.away} der nächsten {AHEAD} Tage weg ({points['away']})")
    if one.klasse:
        lines.append(f"Kundenklasse {one.klasse} ({points['class']})")
    if one.changes:
        lines.append(f"{one.changes} VPA-Wechsel in 12 Monaten ({points['changes']})")
    if "no_booking" in one.reasons:
        lines.append(f"lange keine Buchung ({points['booking']})")
    if "complaint" in one.reasons:
        lines.append(f"Beschwerde in den letzten {COMPLAINT_DAYS} Tagen ({points['complaint']})")
    if known.deadline:
        lines.append(f"Angesprochen, Frist: {day_word(known.deadline, today)}")
    elif not known.vpa:
        lines.append("Zurzeit ohne VPA: Weis zuerst einen zu (e).")
    return lines
