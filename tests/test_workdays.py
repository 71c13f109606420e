"""models.ground.workdays and models.ground.absences: working days, *Mondays*, joined absences (CONTRACT §§3 and 4)."""

from __future__ import annotations

import datetime as dt
import itertools
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ground import clock
from models.ground.absences import AbsenceLimits, JoinedAbsences, Span, absence_facts, absence_findings, join
from models.ground.workdays import REGIONS, Workdays, valid_region

DE = Workdays()
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))
ONE_DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    """`YYYY-MM-DD`."""
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    "region", [*REGIONS, *(f"{country}-{part}" for country in REGIONS for part in REGIONS[country][2])]
)
def test_regions(region: str) -> None:
    assert valid_region(region)
    assert not Workdays(region).is_workday(day("2025-01-01"))
    assert Workdays(region).is_workday(day("2025-11-05"))
    assert Workdays(region).is_workday(day("2025-10-03")) is not region.startswith("DE")


@pytest.mark.parametrize(
    "region",
    ["", "de", "FR", "AT-10", "CH-", "CH-BY", "DE-", "DE-XX", "DE-by", "BY", "DE-BY ", "DE-Augsburg", "DE BY", "DE-DE"],
)
def test_unknown_regions_are_refused(region: str) -> None:
    assert not valid_region(region)
    with pytest.raises(ValueError, match="Feiertagsregion"):
        Workdays(region)


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2025-11-03", True),
        ("2025-11-08", False),
        ("2025-11-09", False),
        ("2025-01-01", False),
        ("2025-04-18", False),  # Good Friday
        ("2025-04-21", False),  # Easter Monday
        ("2025-04-22", True),
        ("2025-05-01", False),
        ("2025-05-29", False),  # Ascension
        ("2025-06-09", False),  # Whit Monday
        ("2025-10-03", False),
        ("2025-12-25", False),
        ("2025-12-26", False),
        ("2025-12-24", True),
        ("2025-12-31", True),
        ("2025-01-06", True),  # Epiphany: three Länder only
        ("2025-06-19", True),  # Corpus Christi: some
        ("2025-10-31", True),  # Reformation: some
        ("2017-10-31", False),  # … and once everywhere
    ],
)
def test_working_days_nationwide(text: str, working: bool) -> None:
    """A-22: Monday to Friday less the holidays that hold everywhere."""
    assert DE.is_workday(day(text)) is working


def test_a_land_has_its_own_holidays_too() -> None:
    bavaria, berlin = Workdays("DE-BY"), Workdays("DE-BE")
    assert not bavaria.is_workday(day("2025-01-06"))
    assert not bavaria.is_workday(day("2025-06-19"))
    assert berlin.is_workday(day("2025-01-06"))
    assert not berlin.is_workday(day("2027-03-08"))  # a Monday, Women's Day
    assert DE.is_workday(day("2027-03-08"))


def test_the_holidays_package_is_loaded_by_the_first_question_only() -> None:
    code = (
        "import sys; from models.ground.workdays import Workdays, valid_region;"
        "days = Workdays('DE-BY'); valid_region('DE');"
        "import datetime; print('holidays' in sys.modules); days.is_workday(datetime.date(2025, 1, 6));"
        "print('holidays' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("2025-11-03", "2025-11-04"),
        ("2025-11-07", "2025-11-10"),
        ("2025-11-08", "2025-11-10"),
        ("2025-04-17", "2025-04-22"),  # over Easter
        ("2025-12-24", "2025-12-29"),  # Christmas and the weekend after it
        ("2025-12-31", "2026-01-02"),
        ("2025-10-02", "2025-10-06"),
    ],
)
def test_next_workday(text: str, following: str) -> None:
    assert DE.next_workday(day(text)) == day(following)


def test_adding_workdays() -> None:
    assert DE.add_workdays(day("2025-11-07"), 2) == day("2025-11-11")
    assert DE.add_workdays(day("2025-11-08"), 0) == day("2025-11-08")
    assert DE.add_workdays(day("2025-11-10"), -1) == day("2025-11-07")
    assert DE.add_workdays(day("2025-04-22"), -2) == day("2025-04-16")


@given(DAYS, st.integers(1, 30))
def test_adding_and_counting_agree(first: dt.date, count: int) -> None:
    last = DE.add_workdays(first, count)
    assert DE.is_workday(last)
    assert DE.count_between(first, last) == count - 1
    assert DE.at_least_apart(first, last, count)
    assert not DE.at_least_apart(first, last - ONE_DAY, count)


@given(DAYS, st.integers(-5, 40), st.integers(0, 12))
def test_a_gap_is_what_counting_says(first: dt.date, distance: int, limit: int) -> None:
    last = first + dt.timedelta(days=distance)
    assert DE.gap_at_most(first, last, limit) is (DE.count_between(first, last) <= limit)


def test_count_between_leaves_both_ends_out() -> None:
    assert DE.count_between(day("2025-11-03"), day("2025-11-04")) == 0
    assert DE.count_between(day("2025-11-03"), day("2025-11-05")) == 1
    assert DE.count_between(day("2025-11-07"), day("2025-11-10")) == 0
    assert DE.count_between(day("2025-11-05"), day("2025-11-03")) == 0
    assert DE.count_between(day("2025-11-03"), day("2025-11-03")) == 0


def test_two_workdays_between_reminders() -> None:
    """T-14, A-19: Friday and Monday are one apart, Friday and Tuesday two."""
    friday = day("2025-11-07")
    assert not DE.at_least_apart(friday, day("2025-11-10"), 2)
    assert DE.at_least_apart(friday, day("2025-11-11"), 2)
    assert not DE.at_least_apart(friday, day("2025-11-09"), 1)


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2025-11-03", True),
        ("2025-11-04", False),
        ("2025-11-02", False),  # Sunday
        ("2025-04-21", False),  # Easter Monday is a holiday: none itself
        ("2025-04-22", True),  # … the Tuesday after it is one
        ("2025-05-30", True),  # Friday after Ascension
        ("2025-05-02", True),  # Friday after 1 May
        ("2026-01-02", True),  # Friday after New Year
        ("2025-12-29", True),
        ("2025-12-30", False),
        ("2025-12-27", False),  # Saturday after a holiday
    ],
)
def test_what_a_monday_is(text: str, monday: bool) -> None:
    """D-44, A-22: the first working day after a weekend or public holiday."""
    assert DE.is_monday(day(text)) is monday


@pytest.mark.parametrize(
    ("changed", "from_when"),
    [
        ("2025-11-03", "2025-11-04T00:00:00+01:00"),  # Monday → Tuesday
        ("2025-11-06", "2025-11-07T00:00:00+01:00"),
        ("2025-11-07", "2025-11-10T12:00:00+01:00"),  # Friday → Monday noon
        ("2025-11-08", "2025-11-10T12:00:00+01:00"),
        ("2025-11-09", "2025-11-10T12:00:00+01:00"),
        ("2025-04-17", "2025-04-22T12:00:00+02:00"),  # Maundy Thursday → Tuesday noon
        ("2025-05-28", "2025-05-30T12:00:00+02:00"),  # the day before Ascension → Friday noon
        ("2025-12-31", "2026-01-02T12:00:00+01:00"),
    ],
)
def test_when_an_inactive_vpa_may_be_judged(changed: str, from_when: str) -> None:
    """D-40, D-44, A-06."""
    assert clock.iso(DE.inactive_workable_from(day(changed))) == from_when


def test_the_afternoon_is_a_setting() -> None:
    assert clock.iso(DE.inactive_workable_from(day("2025-11-07"), dt.time(13, 30))) == "2025-11-10T13:30:00+01:00"
    assert clock.iso(DE.inactive_workable_from(day("2025-11-06"), dt.time(13, 30))) == "2025-11-07T00:00:00+01:00"


@given(DAYS)
def test_judging_never_begins_on_the_day_itself_nor_on_a_monday_morning(changed: dt.date) -> None:
    """D-40 and D-44 for every day of twenty years."""
    moment = DE.inactive_workable_from(changed)
    workable = clock.day_of(moment)
    assert workable > changed
    assert DE.is_workday(workable)
    assert DE.count_between(changed, workable) == 0
    assert moment.hour == (12 if not DE.is_workday(workable - ONE_DAY) else 0)


def span(start: str, end: str) -> Span:
    """An absence in 2025: `MM-DD` each."""
    return day(f"2025-{start}"), day(f"2025-{end}")


def test_length_counts_both_ends() -> None:
    """A-03: 21 days are not long, 22 are."""
    three_weeks, a_day_more = span("09-01", "09-21"), span("09-01", "09-22")
    assert absence_facts(three_weeks, [], DE) == (21, 1)
    assert absence_findings(three_weeks, day("2025-08-01"), [], DE) == []
    assert absence_facts(a_day_more, [], DE) == (22, 1)
    assert absence_findings(a_day_more, day("2025-08-01"), [], DE) == ["long"]
    assert absence_facts(span("09-01", "09-01"), [], DE) == (1, 1)


@pytest.mark.parametrize(
    ("first", "second", "days", "starts"),
    [
        (("09-01", "09-05"), ("09-03", "09-10"), 10, 1),  # overlap
        (("09-01", "09-05"), ("09-06", "09-10"), 10, 1),  # side by side
        (("09-01", "09-05"), ("09-08", "09-12"), 12, 1),  # only the weekend between
        (("09-01", "09-05"), ("09-09", "09-12"), 12, 2),  # one working day between: one length, two starts
        (("09-01", "09-05"), ("09-10", "09-12"), 3, 2),  # two working days between
        (("09-01", "09-30"), ("09-10", "09-12"), 30, 1),  # inside
        (("04-14", "04-17"), ("04-22", "04-25"), 12, 1),  # only Easter between
        (("04-14", "04-17"), ("04-23", "04-25"), 12, 2),
        (("09-01", "09-05"), ("09-01", "09-05"), 5, 1),  # twice the same
    ],
)
def test_two_absences_joined(first: tuple[str, str], second: tuple[str, str], days: int, starts: int) -> None:
    """CONTRACT §3 *Joined absences*: at most one working day between for the length, none for the count."""
    assert absence_facts(span(*second), [span(*first)], DE) == (days, starts)


def test_joined_absences_chain() -> None:
    week, gap = [span("09-01", "09-05"), span("09-09", "09-12"), span("09-16", "09-19")], DE
    assert [absence_facts(one, week, gap) for one in week] == [(19, 1), (19, 2), (19, 3)]
    assert absence_findings(week[0], day("2025-08-01"), week, DE) == []
    assert absence_findings(week[2], day("2025-08-01"), week, DE) == ["frequent"]


def test_the_window_of_ninety_days_has_both_ends() -> None:
    """A-04: starts in [start − 89 days, start]."""
    last = span("12-01", "12-01")
    first_inside, just_outside = (
        dt.date(2025, 12, 1) - dt.timedelta(days=89),
        dt.date(2025, 12, 1) - dt.timedelta(days=90),
    )
    between = span("10-15", "10-15")
    assert absence_facts(last, [between, (first_inside, first_inside)], DE) == (1, 3)
    assert absence_facts(last, [between, (just_outside, just_outside)], DE) == (1, 2)


def test_what_starts_later_does_not_count() -> None:
    assert absence_facts(span("09-01", "09-01"), [span("09-10", "09-10"), span("09-20", "09-20")], DE) == (1, 1)


def test_the_start_is_that_of_the_joined_absence() -> None:
    """The window ends with the start of the one it belongs to: here 8 September, not the 15th."""
    own, before = span("09-15", "09-19"), span("09-08", "09-12")
    earlier = dt.date(2025, 9, 8) - dt.timedelta(days=89)
    assert absence_facts(own, [before, (earlier, earlier)], DE) == (12, 2)


@pytest.mark.parametrize(
    ("start", "entered", "short"),
    [
        ("11-04", "2025-11-03", True),  # the next day
        ("11-05", "2025-11-03", False),
        ("11-10", "2025-11-07", True),  # Friday for Monday
        ("11-11", "2025-11-07", False),
        ("11-09", "2025-11-07", True),
        ("11-03", "2025-11-03", True),
        ("10-20", "2025-11-03", True),  # already begun
        ("04-22", "2025-04-17", True),  # over Easter
    ],
)
def test_short_notice(start: str, entered: str, short: bool) -> None:
    """D-24, A-05: no later than the next working day after it was entered."""
    assert absence_findings(span(start, start), day(entered), [], DE) == (["short_notice"] if short else [])


def test_findings_stand_together_and_sorted() -> None:
    others = [span("08-01", "08-01"), span("07-15", "07-15")]
    own = span("09-01", "09-30")
    assert absence_findings(own, day("2025-08-29"), others, DE) == ["frequent", "long", "short_notice"]


def test_the_numbers_are_settings() -> None:
    limits = AbsenceLimits(long_days=5, frequent_count=2, frequent_days=10)
    own, other = span("09-15", "09-20"), span("09-06", "09-06")
    assert absence_findings(own, day("2025-08-01"), [other], DE, limits) == ["frequent", "long"]
    assert absence_findings(own, day("2025-08-01"), [span("09-05", "09-05")], DE, limits) == ["long"]


def connected(spans: list[Span], limit: int) -> list[set[int]]:
    """Oracle: sets of absences joined by pairs, each pair judged by counting every day between."""
    groups = [{index} for index in range(len(spans))]
    for a, (a_start, a_end) in enumerate(spans):
        for b, (b_start, b_end) in enumerate(spans):
            gap_first, gap_last = min(a_end, b_end), max(a_start, b_start)
            days = range(gap_first.toordinal() + 1, gap_last.toordinal())
            if sum(DE.is_workday(dt.date.fromordinal(one)) for one in days) <= limit:
                one, other = (next(group for group in groups if index in group) for index in (a, b))
                if one is not other:
                    groups.remove(other)
                    one |= other
    return groups


def by_hand(index: int, spans: list[Span]) -> tuple[int, int]:
    """Oracle: the facts of one absence as CONTRACT §3 words them."""
    chain = next(group for group in connected(spans, 1) if index in group)
    days = (max(spans[one][1] for one in chain) - min(spans[one][0] for one in chain)).days + 1
    groups = connected(spans, 0)
    own = min(spans[one][0] for one in next(group for group in groups if index in group))
    starts = [min(spans[one][0] for one in group) for group in groups]
    return days, sum(own - dt.timedelta(days=89) <= start <= own for start in starts)


ABSENCES = st.lists(
    st.builds(
        lambda start, length: (start, start + dt.timedelta(days=length)),
        st.dates(dt.date(2025, 3, 1), dt.date(2025, 7, 31)),
        st.integers(0, 12) | st.integers(0, 40),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=200, deadline=None)
@given(ABSENCES)
def test_facts_agree_with_the_contract_read_by_hand(spans: list[Span]) -> None:
    """D-20: length and count, against pairwise joining day by day."""
    joined = JoinedAbsences(spans, DE)
    for index, one in enumerate(spans):
        assert joined.facts(one) == by_hand(index, spans)
        others = spans[:index] + spans[index + 1 :]
        assert absence_facts(one, others, DE) == absence_facts(one, spans, DE) == joined.facts(one)


@given(ABSENCES, st.integers(0, 3))
def test_joining_keeps_every_day_and_leaves_gaps(spans: list[Span], gap: int) -> None:
    chains = join(spans, DE, gap)
    assert all(any(first <= start and end <= last for first, last in chains) for start, end in spans)
    assert all(DE.count_between(a[1], b[0]) > gap for a, b in itertools.pairwise(chains))
    assert join(reversed(spans), DE, gap) == join(chains, DE, gap) == chains


def test_thousands_of_absences_of_one_vpa_are_quick() -> None:
    spans = [
        (dt.date(2000, 1, 1) + dt.timedelta(days=3 * n), dt.date(2000, 1, 2) + dt.timedelta(days=3 * n))
        for n in range(5000)
    ]
    begun = time.monotonic()
    joined = JoinedAbsences(spans, DE)
    facts = [joined.facts(one) for one in spans]
    assert time.monotonic() - begun < 3
    assert len(facts) == 5000


def test_an_absence_without_end_in_sight_is_quick() -> None:
    """`bis` may be 31.12.2199: nothing walks day by day through the centuries."""
    begun = time.monotonic()
    endless = (dt.date(1900, 1, 1), dt.date(2199, 12, 31))
    assert absence_facts(endless, [span("09-01", "09-05")], Workdays()) == (109_573, 1)
    assert absence_facts(span("09-01", "09-05"), [(dt.date(1900, 1, 1),) * 2, (dt.date(2199, 12, 31),) * 2], DE) == (
        5,
        1,
    )
    assert time.monotonic() - begun < 1
