"""What about inactivity is not workable yet is no stop, and nothing that was left (D-44, CONTRACT §19)."""

from __future__ import annotations

from models.case.pages import case_listing
from models.shift.walk.walk import Stop, Walk, due_counts
from models.tables.case import Case
from tests.support import office as lay
from tests.support.world import World


def stops(world: World) -> list[Stop]:
    """All stops in the order of „weiter“."""
    work, found = world.session().work(), []
    walk = Walk().resume(work)
    while walk.stop is not None:
        found.append(walk.stop)
        walk = walk.onward(work)
    assert sum(due_counts(work).values()) == len(found)
    return found


def ids(world: World, view: str) -> list[int]:
    """The Cases of a view in its order."""
    return [row[0] for _, row in case_listing(world.session().work(), view).page(None, "from", 50).rows]


def inactive(workable_from: str) -> Case:
    """An open Case about an inactive VPA."""
    return lay.case("inactive", opened_at=lay.moment("2025-11-03T08:00"), workable_from=lay.moment(workable_from))


def test_d44_before_its_day_a_case_is_not_left(office: World) -> None:
    """Wednesday, 5 November, 14:00: it is workable from Thursday."""
    case = inactive("2025-11-06T00:00")
    assert stops(office) == []
    assert office.cli("day", "close").ok().json["leftovers"] == []
    assert office.cli("check").json["open_cases"] == 1
    office.now = "2025-11-06T00:00"
    assert Stop("case", case.id) in stops(office)
    office.now = "2025-11-06T14:00"
    assert "case_left" in office.cli("day", "close").codes


def test_d44_on_a_monday_morning_it_waits_for_the_afternoon(office: World) -> None:
    """Also one that was workable long ago, and a Reminder about it; other Cases do not wait."""
    case, other = inactive("2025-11-06T00:00"), lay.case("class", "V002")
    reminder = lay.reminder(about=f"case:{case.id}", due="2025-11-10")
    apart = lay.reminder(about=f"case:{other.id}", due="2025-11-10")
    office.now = "2025-11-10T11:59"
    assert stops(office) == [Stop("own", apart.id), Stop("case", other.id)]
    office.now = "2025-11-10T12:00"
    mine = {Stop("own", reminder.id), Stop("own", apart.id), Stop("case", other.id), Stop("case", case.id)}
    assert set(stops(office)) == mine


def test_d44_a_monday_is_the_first_working_day_after_a_holiday(office: World) -> None:
    """Christmas: the 29th is a Monday after the 26th; the Thursday before is a holiday itself."""
    office.now = "2025-12-29T09:00"
    inactive("2025-12-24T00:00")
    assert stops(office) == []


def test_in_the_list_it_stands_apart_at_the_end(office: World) -> None:
    waits, other = inactive("2025-11-06T00:00"), lay.case("class", "V002", opened_at=lay.moment("2025-11-04T10:00"))
    assert ids(office, "open") == [other.id, waits.id]
    assert ids(office, "waiting") == [waits.id]
    assert ids(office, "left") == [other.id]
    office.now = "2025-11-06T08:00"
    assert ids(office, "open") == [waits.id, other.id]
    assert ids(office, "waiting") == []
