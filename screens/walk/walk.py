"""A stop of the Schichtlauf as a member sees it: why it is due, its facts, what is to be done. Read in a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from models.action.work import Session, Work
from models.case.pages import CaseLine, case_listing
from models.ground import clock
from models.journey.pages import FlagLine
from models.playbook import playbook
from models.reminder.pages import ReminderLine
from models.shared.workable import waiting_count, workable_at
from models.shift.day.actions import CloseDay, counts_of, find_day
from models.shift.day.overview import leftovers, stand_in_due
from models.shift.report.naming import names_of
from models.shift.walk.walk import Group, Standing, Stop, Walk, standing
from screens.detail.detail import Detail
from screens.detail.vpa import missing_points
from screens.tab.tab import Tab, View
from screens.widgets.checklist import Point
from screens.widgets.window_source import Row
from screens.words import day_word, finding_words, joined, label, moment_word, short

WAITING = 50
"""Cases that wait, looked at to say when the first of them can be worked on."""
TABS: dict[str, str] = {"reminder": "reminders", "case": "cases", "flag": "journey", "outbox": "outbox"}
"""The tab whose keys hold at a stop, by its noun."""

GROUPS: dict[Group, str] = {
    "own": "Reminder · eigene",
    "taken": "Reminder · übernommen",
    "case": "Case",
    "flag": "VPA-Journey",
    "outbox": "Ausgang",
}
CASE_RULES = {"schedule": "D-10", "absence": "D-20", "class": "D-30", "inactive": "D-42", "gone": "S-04"}
FINDING_RULES = {
    "new_vpa_declines": "D-11", "long": "D-21", "frequent": "D-23", "short_notice": "D-24", "worse": "D-30",
    "better": "D-31", "rising_star": "D-31", "priority_to_agree": "D-12", "active_again": "D-41",
}  # fmt: skip
"""What was found says more than the kind; the first one that was found counts."""
STAGE_RULES = {"0-3": "J-01", "3-6": "J-02", "6-9": "J-03", "9-12": "J-06", ">12": "J-07"}

LoadTab = Callable[[str], Tab]


@dataclass(frozen=True)
class Seen:
    """What stands behind a stop."""

    tab: Tab
    row: Row
    detail: Detail
    rule: str
    """Id of the rule that makes it due."""
    why: str
    """Why it is due, in one or two sentences."""


@dataclass(frozen=True)
class Ending:
    """What the closing screen says beside the counts of the walk."""

    team: dict[str, dict[str, int]]
    """What was worked through today by everybody, per part and member (D-04)."""
    names: tuple[tuple[Stop, str], ...]
    """What was put aside and is still due."""
    others: int
    """Due Reminders of others."""
    away: int
    """Those of members who are away."""
    waiting: int
    """Open Cases that are not workable yet (D-44)."""
    waiting_from: str
    """When the first of them is."""
    sealed: str
    """Who has sealed the day and when, empty while nobody has."""
    points: tuple[Point, ...]
    """What the seal still wants."""


@dataclass(frozen=True)
class Look:
    """One step of the walk, read."""

    standing: Standing
    seen: Seen | None = None
    ending: Ending | None = None

    @property
    def walk(self) -> Walk:
        """Where one stands now."""
        return self.standing.walk


def look_at(session: Session, step: Callable[[Work], Walk], load_tab: LoadTab) -> Look:
    """Take a step and read what stands there; the end where nothing is due any more."""
    with session.store.connected():
        work = session.work()
        walk = step(work)
        while walk.stop is not None:
            seen = read_stop(session, work, walk.stop, load_tab(TABS[walk.stop.noun]))
            if seen is not None:
                return Look(standing(work, walk), seen)
            walk = walk.onward(work)  # it went at this very moment
        found = standing(work, walk)
        return Look(found, ending=_ending(session, work, found))


def read_stop(session: Session, work: Work, stop: Stop, tab: Tab) -> Seen | None:
    """The row and the detail of the tab it stands on, so that its keys do there what they do here."""
    listing = tab.listing(work, View("open"))
    anchor = listing.locate(stop.id)
    detail = tab.detail(session, stop.id)
    if anchor is None or detail is None:
        return None
    (row,) = tab.rows(work, listing.page(anchor, "from", 1).rows)
    rule, why = reason(work, stop, row)
    return Seen(tab, row, detail, rule, why)


def reason(work: Work, stop: Stop, row: Row) -> tuple[str, str]:
    """The rule that makes a stop due, and why it is: the case at hand, then the rule in a sentence."""
    if stop.noun == "reminder":
        rule, why = _of_reminder(work, stop, row.data)
    elif stop.noun == "case":
        rule, why = _of_case(work, row.data)
    elif stop.noun == "outbox":
        rule, why = "X-01", "Von dir geschrieben und noch nicht auf der Plattform."
    else:
        rule, why = _of_flag(work, row.data)
    return rule, f"{why} {playbook().rule(rule, work.settings.shown).sentence}"


def _of_reminder(work: Work, stop: Stop, line: ReminderLine) -> tuple[str, str]:
    late = (work.today - clock.day_of(line.due)).days
    when = f"seit {late} {'Tag' if late == 1 else 'Tagen'} überfällig" if late > 0 else "heute fällig"
    if stop.group == "taken":
        return "R-05", f"Von {line.owners[-1]} übernommen, {when}."
    return "R-10" if late > 0 else "R-01", f"Dein Reminder, {when}."


def _of_case(work: Work, line: CaseLine) -> tuple[str, str]:
    since = day_word(clock.day_of(line.opened_at), work.today)
    found = finding_words(line.kind, line.findings, line.before, line.after)
    rule = next((rule for finding, rule in FINDING_RULES.items() if finding in line.findings), CASE_RULES[line.kind])
    if line.workable_from is not None and line.workable_from > work.now:
        rule = "D-40"
    what = joined([label("case_kind", line.kind), found])
    return rule, f"{what[:1].upper()}{what[1:]}, offen seit {since}."


def _of_flag(work: Work, line: FlagLine) -> tuple[str, str]:
    late = " und überfällig" if line.overdue(work.today) else ""
    return STAGE_RULES[
        line.stage
    ], f"Neu in {short('stage', line.stage)} Monaten{late}, seit {day_word(line.raised_on, work.today)}."


def _ending(session: Session, work: Work, found: Standing) -> Ending:
    left = [stop for stop, fate in found.fates.items() if fate.what == "due"]
    named = names_of(f"{stop.noun}:{stop.id}" for stop in left)
    day = find_day(work.today)
    sealed = f"{day.sealed_by} {clock.in_berlin(day.sealed_at):%H:%M}" if day else ""
    mine = found.due["own"] + found.due["taken"]
    return Ending(
        team=counts_of(work.today),
        names=tuple((stop, named[f"{stop.noun}:{stop.id}"]) for stop in left),
        others=leftovers(work).reminders - mine,
        away=stand_in_due(work),
        waiting=waiting_count(work),
        waiting_from=_first_workable(work),
        sealed=sealed,
        points=() if day else missing_points(session, CloseDay(), {}),
    )


def _first_workable(work: Work) -> str:
    """When the first of the Cases that wait can be worked on."""
    lines = [CaseLine(*row) for _, row in case_listing(work, "waiting").page(None, "from", WAITING).rows]
    moments = [moment for line in lines if (moment := workable_at(work, line.kind, line.workable_from))]
    return moment_word(min(moments), work.today) if moments else ""


def split(detail: Detail) -> tuple[Detail, Detail]:
    """The detail as two columns: the facts, and what is to be done."""
    messages = tuple(section for section in detail.after if section.kind == "message")
    others = tuple(section for section in detail.after if section.kind != "message")
    facts = replace(detail, light=None, before=(), points=(), after=others)
    return facts, Detail(title="", light=detail.light, before=detail.before, points=detail.points, after=messages)


def shortened(seen: Seen) -> Detail:
    """The detail for a narrow screen: the strip only where the stop is about an absence (D-20), to have room for what
    is to be done.
    """
    about_absence = isinstance(seen.row.data, CaseLine) and seen.row.data.kind == "absence"
    return seen.detail if about_absence else replace(seen.detail, today=None)
