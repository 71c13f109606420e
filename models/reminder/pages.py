"""Pages of the Reminder list: own due first, then others' due, then by date (R-01, R-10)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, fn

from models.action.work import Work
from models.database.keyset import Listing, Part, begins_word
from models.ground.text import fold, words
from models.tables.case import Case
from models.tables.people import Customer, Leave, Member, Vpa
from models.tables.reminder import OPEN, Reminder

VIEWS = {
    "open": "alle offenen",
    "mine": "meine",
    "stand_in": "Vertretung",
    "due": "fällig",
    "deferred": "vertagt",
    "vpa": "VPA",
    "customer": "Kunde",
    "done": "entfernt",
}
"""What members look for, by code."""
FEW = 500
"""Bearers of a name up to which they are looked up; a filter has several words, and a statement takes only so much."""


@dataclass(frozen=True)
class ReminderLine:
    """One Reminder as a list shows it."""

    id: int
    version: int
    subject: str
    about: str | None
    due: dt.datetime
    reason: str
    owner: str
    owners: list[str]
    state: str
    done_by: str | None
    vpa_name: str | None
    customer_name: str | None
    mine: bool = False
    """Whether the acting member owns it."""
    owner_away: bool = False
    case_kind: str = ""
    """Kind of the Case it is about, if it is about one."""

    @property
    def name(self) -> str:
        """Name of the VPA or customer it hangs on."""
        return self.vpa_name or self.customer_name or self.subject.partition(":")[2]


def reminder_listing(
    work: Work, view: str = "open", text: str = "", sort: str = "", descending: bool = False
) -> Listing:
    """The Reminders of a view that match what was typed; without `sort` in the order of the shift."""
    of_state = Reminder.state == "done" if view == "done" else OPEN if sort == "owner" else Reminder.state == "open"
    where = [of_state, *_view(work, view)]
    where += [_matches(word) for word in words(text)]
    columns = {"due": Reminder.due, "subject": _name(), "owner": Reminder.owner}
    counted = None if text else Reminder.select()
    if view == "done" and not sort:
        sort, descending = "due", True
    if sort:
        return Listing(_query(), Reminder.id, [Part(tuple(where), (columns[sort], Reminder.id), descending)], counted)
    me = work.member.kuerzel if work.member else ""
    order = (Reminder.due, Reminder.id)
    due, mine = Reminder.due <= work.now, Reminder.owner == me
    others = due & (Reminder.owner != me)
    parts = [due & mine, others, Reminder.due > work.now]
    if first := deputised(work.today, me):
        stands_in = Reminder.owner.in_(sorted(first))
        parts[1:2] = [others & stands_in, others & ~stands_in]
    return Listing(_query(), Reminder.id, [Part((*where, part), order) for part in parts], counted)


def _query() -> Any:
    return (
        Reminder.select(
            Reminder.id, Reminder.version, Reminder.subject, Reminder.about, Reminder.due, Reminder.reason,
            Reminder.owner, Reminder.owners, Reminder.state, Reminder.done_by, Vpa.name, Customer.name,
        )
        .join(Vpa, JOIN.LEFT_OUTER, on=_is_about("vpa:", Vpa))
        .switch(Reminder)
        .join(Customer, JOIN.LEFT_OUTER, on=_is_about("customer:", Customer))
    )  # fmt: skip


def _is_about(prefix: str, model: Any) -> Any:
    """Whether the Reminder hangs on this row: asked so that the row is found by its key."""
    return (model.id == fn.SUBSTR(Reminder.subject, len(prefix) + 1)) & Reminder.subject.startswith(prefix)


def _name() -> Any:
    return fn.COALESCE(Vpa.folded, Customer.folded, Reminder.subject)


def _view(work: Work, view: str) -> list[Any]:
    """Conditions of a view beyond the state."""
    me = work.member.kuerzel if work.member else ""
    if view == "mine":
        return [Reminder.owner == me]
    if view == "stand_in":
        return [Reminder.owner.in_(sorted(away_members(work.today) - {me}) or [""])]
    if view == "due":
        return [Reminder.due <= work.now]
    if view == "deferred":
        return [Reminder.due > work.now]
    if view in ("vpa", "customer"):
        return [Reminder.subject.startswith(f"{view}:")]
    return []


def _matches(word: str) -> Any:
    owners = [member.kuerzel for member in Member.select(Member.kuerzel) if fold(member.kuerzel) == word]
    found = _named(word) | begins_word(Reminder.folded, word)
    return found | Reminder.owner.in_(owners) if owners else found


def _named(word: str) -> Any:
    """Whether it hangs on somebody whose name has the word: those of a rare one are looked up, no name is joined."""
    from models.database.search.named import rare_names  # only who filters pays for the search

    rare = rare_names(word, "vpa", "customer")
    if rare is None or sum(map(len, rare)) > FEW:
        return begins_word(_name(), word)
    subjects = []
    for kind, model, keys in (("vpa", Vpa, rare[0]), ("customer", Customer, rare[1])):
        bearers: Any = model.select(model.id).where(model.id.in_(keys), begins_word(model.folded, word))
        subjects += [f"{kind}:{key}" for (key,) in bearers.tuples()]
    return Reminder.subject.in_(subjects or [""])


def reminder_lines(work: Work, rows: list[tuple[Any, ...]]) -> list[ReminderLine]:
    """The rows of a listing, with what a list says about owner and Case."""
    me = work.member.kuerzel if work.member else ""
    away = away_members(work.today) if rows else set()
    kinds = _case_kinds([str(row[3]) for row in rows if str(row[3]).startswith("case:")])
    lines = []
    for row in rows:
        about, owner = row[3], row[6]
        extra = {"mine": owner == me, "owner_away": owner in away, "case_kind": kinds.get(about or "", "")}
        lines.append(ReminderLine(*row, **extra))
    return lines


def _case_kinds(subjects: list[str]) -> dict[str, str]:
    if not subjects:
        return {}
    keys = [int(subject.partition(":")[2]) for subject in subjects]
    return {f"case:{case.id}": case.kind for case in Case.select(Case.id, Case.kind).where(Case.id.in_(keys))}


def deputised(today: dt.date, deputy: str) -> set[str]:
    """Kürzel of those away on a day who have named this member to stand in for them."""
    named: Any = Member.select(Member.kuerzel).where(Member.deputy == deputy).tuples()
    away = away_members(today) if (keys := {key for (key,) in named}) else set()
    return keys & away


def away_members(today: dt.date) -> set[str]:
    """Kürzel of everybody who is away on a day."""
    leaves = Leave.select(Leave.member).where(Leave.start <= today, Leave.end >= today).tuples()
    gone = Member.select(Member.kuerzel).where(Member.left_on.is_null(False)).tuples()
    return {kuerzel for (kuerzel,) in (*leaves, *gone)}
