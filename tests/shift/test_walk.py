"""The Schichtlauf: order of its stops, what vanishes, who goes on (R-01, R-05, D-01, D-04)."""

from __future__ import annotations

import pytest

from models.file.actions import LogEntry
from models.shift.walk.walk import Fate, Standing, Stop, Walk, first_due, standing
from models.tables.setting import Setting
from tests.support import office as lay
from tests.support.world import World


def walked(world: World, as_: str | None = None) -> list[Stop]:
    """All stops in the order of „weiter“."""
    work, stops = world.session(as_).work(), []
    walk = Walk().resume(work)
    while walk.stop is not None:
        stops.append(walk.stop)
        walk = walk.onward(work)
    return stops


def now(world: World, walk: Walk, as_: str | None = None) -> Standing:
    return standing(world.session(as_).work(), walk)


@pytest.fixture
def shift(office: World) -> dict[str, Stop]:
    """Two own Reminders, one taken over, two Cases, a flag; and what is not due for TOM."""
    late, today = lay.reminder(due="2025-11-03"), lay.reminder(due="2025-11-05T14:00")
    taken = lay.reminder(due="2025-10-01", original_owner="KIM", owners=["KIM"])
    back = lay.reminder(due="2025-11-04", original_owner="TOM", owners=["TOM", "KIM"])
    handed = lay.reminder(due="2025-11-04T09:00", original_owner="KIM")
    first, second = lay.case(), lay.case("class", "V002", opened_at=lay.moment("2025-11-04T10:00"))
    flag = lay.flag()
    lay.reminder(due="2025-11-05T14:01")
    lay.reminder(owner="KIM")
    lay.reminder(state="done")
    lay.case("absence", "V002", state="resolved")
    lay.flag("V002", stage="3-6", state="removed")
    deferred = lay.case("inactive", opened_at=lay.moment("2025-11-01T10:00"))
    lay.reminder(about=f"case:{deferred.id}", due="2025-11-06", owner="KIM")
    return {
        "late": Stop("own", late.id), "back": Stop("own", back.id), "handed": Stop("own", handed.id),
        "today": Stop("own", today.id), "taken": Stop("taken", taken.id), "first": Stop("case", first.id),
        "second": Stop("case", second.id), "flag": Stop("flag", flag.id),
    }  # fmt: skip


def test_own_ones_first_then_taken_over_then_cases_then_flags(office: World, shift: dict[str, Stop]) -> None:
    """R-01, R-05, R-10: within each stretch what has been due longest comes first."""
    assert walked(office) == list(shift.values())
    found = now(office, Walk().resume(office.session().work()))
    assert dict(found.due) == {"own": 4, "taken": 1, "case": 2, "flag": 1, "outbox": 0}
    assert (found.number, found.total) == (1, 8)


def test_everybody_walks_what_is_theirs(office: World, shift: dict[str, Stop]) -> None:
    """Cases and flags belong to nobody; a Reminder to one."""
    kim = walked(office, "KIM")
    assert [stop.group for stop in kim] == ["own", "case", "case", "flag"]
    office.me = None
    assert [stop.group for stop in walked(office)] == ["case", "case", "flag"]


def test_what_is_done_vanishes_for_a_colleague_who_goes_on(office: World, shift: dict[str, Stop]) -> None:
    """D-04: nothing is stored, so anybody can go on."""
    lay.entry("vpa_akte", "vpa:V001")
    case, flag = shift["first"].id, shift["flag"].id
    office.cli("case", "resolve", str(case), "--measure", "checked").ok()
    assert walked(office, "BUD") == [shift["second"], shift["flag"]]
    office.cli("reminder", "set", "--about", f"flag:{flag}", "--due", "2025-11-06", "--reason", "Später").ok()
    assert walked(office, "BUD") == [shift["second"]]


def test_after_a_deed_it_goes_on_by_itself_and_undo_leads_back(office: World, shift: dict[str, Stop]) -> None:
    work = office.session().work()
    walk = Walk(skipped=frozenset(list(shift.values())[:5])).resume(work)
    assert walk.stop == shift["first"]
    assert walk.settle(work) == walk
    office.cli("case", "resolve", str(shift["first"].id), "--measure", "checked").ok()
    work = office.session().work()
    further = walk.settle(work)
    assert further.stop == shift["second"]
    found = now(office, further)
    assert found.fates == {shift["first"]: Fate("done", "TOM"), shift["second"]: Fate("due")}
    assert (found.number, found.total, found.count("done"), found.count("done", group="own")) == (2, 8, 1, 0)
    office.cli("undo").ok()
    work = office.session().work()
    assert further.settle(work) == further
    assert further.onward(work).stop == shift["first"]
    assert further.retake(work).stop == shift["first"]
    assert further.retake(work).retake(work).stop == shift["first"]


def test_weiter_leaves_open_and_zurueck_finds_it(office: World, shift: dict[str, Stop]) -> None:
    work = office.session().work()
    walk = Walk().resume(work).onward(work).onward(work)
    assert walk.stop == shift["handed"]
    assert walk.skipped == {shift["late"], shift["back"]}
    office.cli("reminder", "postpone", str(shift["back"].id), "--due", "2025-11-07", "--reason", "krank").ok()
    work = office.session().work()
    first = walk.back(work)
    assert first.stop == shift["late"]
    assert first.back(work) == first
    assert first.onward(work).stop == shift["handed"]
    assert now(office, walk).fates[shift["back"]] == Fate("deferred", "TOM")


def test_left_and_resumed_it_starts_at_the_first_not_put_aside(office: World, shift: dict[str, Stop]) -> None:
    work = office.session().work()
    left = Walk().resume(work).onward(work)
    assert left.resume(work) == left
    assert Walk().resume(work).stop == shift["late"]
    tomorrow = left.resume(office.session(now="2025-11-06T09:00").work())
    assert (tomorrow.stop, tomorrow.skipped) == (shift["late"], frozenset())
    lay.reminder(due="2025-09-01")
    again = left.resume(office.session().work())
    assert again.stop is not None
    assert again.stop.id > shift["handed"].id
    assert again.trail[:2] == left.trail


def test_the_end_tells_what_was_left(office: World, shift: dict[str, Stop]) -> None:
    work = office.session().work()
    walk = Walk().resume(work)
    while walk.stop is not None:
        walk = walk.onward(work)
    found = now(office, walk)
    assert (found.count("due"), found.total, len(walk.skipped)) == (8, 8, 8)
    assert walk.settle(work) == walk
    assert walk.onward(work) == walk
    assert walk.back(work).stop == shift["flag"]
    late = lay.case("schedule", "V002")
    assert walk.settle(office.session().work()).stop == Stop("case", late.id)


def test_a_reminder_given_away_is_somebody_elses(office: World, shift: dict[str, Stop]) -> None:
    """R-05: what KIM has now is KIM's stop, no longer TOM's."""
    args = ("--to", "KIM", "--reason", "Urlaub")
    office.cli("reminder", "hand-over", str(shift["late"].id), *args).ok()
    found = now(office, Walk(trail=(shift["late"], Stop("case", 999))))
    assert found.fates == {shift["late"]: Fate("elsewhere", "KIM"), Stop("case", 999): Fate("elsewhere")}


def test_an_empty_walk_is_at_its_end(office: World) -> None:
    assert walked(office) == []
    assert now(office, Walk()).total == 0


def test_many_put_aside_are_passed_over(office: World) -> None:
    """More than one page, and more than one statement takes."""
    with office.store.db.atomic():
        flags = [lay.flag(stage=f"x{number}") for number in range(520)]
    aside = [Stop("flag", flag.id) for flag in flags[:-1]]
    work = office.session().work()
    assert first_due(work, set(aside)) == Stop("flag", flags[-1].id)
    assert now(office, Walk(tuple(aside))).count("due") == 519


def test_it_ends_with_what_the_platform_has_to_be_told_x_01(office: World) -> None:
    """Own items alone; the seal only says what is left, and the report names it."""
    Setting.create(key="way_back", value="on")
    for me in ("TOM", "KIM"):
        entry = LogEntry(customer="K001", file="oteam", kind="other", situation=f"Anruf {me}", tag=("x",))
        office.run(entry, as_=me)
    lay.reminder(due="2025-11-03")
    assert [stop.group for stop in walked(office)] == ["own", "outbox"]
    office.cli("reminder", "postpone", "1", "--due", "2025-11-20", "--reason", "später").ok()
    closed = office.cli("day", "close").ok().json
    assert "Im Ausgang liegen noch 2, davon 1 von dir." in [hint["message"] for hint in closed["hints"]]
    assert "Ausgang, noch nicht auf der Plattform: 2" in office.cli("shift", "report", json=False).ok().stdout
    walk = Walk().resume(office.session().work())
    office.cli("outbox", "done", "1").ok()
    assert now(office, walk).fates[Stop("outbox", 1)] == Fate("done", "TOM")
    assert walk.settle(office.session().work()).stop is None
