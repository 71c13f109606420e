"""models.ground.clock: what people type and read as dates and moments, always Europe/Berlin."""

from __future__ import annotations

import datetime as dt
import re
import time

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ground import clock

TODAY = dt.date(2025, 11, 5)  # a Wednesday
NOW = clock.parse_moment("2025-11-05T09:30")
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
SANE = st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))


def test_the_system_clock_tells_the_present_in_berlin() -> None:
    now = clock.SystemClock().now()
    assert now.timezone_name == "Europe/Berlin"
    assert abs(now.timestamp() - time.time()) < 5
    today = clock.SystemClock().today()
    assert type(today) is dt.date
    assert abs((today - now.date()).days) <= 1


def test_a_fixed_clock_stands_still_and_its_day_is_berlins() -> None:
    late = clock.FixedClock(dt.datetime(2025, 7, 1, 22, 30, tzinfo=dt.UTC))
    assert late.now() == late.now() == dt.datetime(2025, 7, 1, 22, 30, tzinfo=dt.UTC)
    assert clock.iso(late.now()) == "2025-07-02T00:30:00+02:00"
    assert late.today() == dt.date(2025, 7, 2)
    assert type(late.today()) is dt.date  # pendulum's own date does not bind in sqlite3


def test_a_moment_without_offset_is_no_moment() -> None:
    with pytest.raises(ValueError, match="Zeitzone"):
        clock.in_berlin(dt.datetime(2025, 1, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-11-03", dt.date(2025, 11, 3)),
        ("03.11.2025", dt.date(2025, 11, 3)),
        ("1900-01-01", dt.date(1900, 1, 1)),
        ("31.12.2199", dt.date(2199, 12, 31)),
        ("29.02.2024", dt.date(2024, 2, 29)),
    ],
)
def test_dates_in_both_forms(text: str, day: dt.date) -> None:
    assert clock.parse_date(text) == day
    assert type(clock.parse_date(text)) is dt.date


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2025",
        "2025-11",
        "2025-11-3",
        "2025-1-03",
        "3.11.2025",
        "03.11.25",
        "03.11.",
        "03-11-2025",
        "2025.11.03",
        "2025/11/03",
        "20251103",
        "2025-W45-1",
        "2025-02-29",
        "29.02.2025",
        "31.04.2025",
        "00.01.2025",
        "01.00.2025",
        "2025-13-01",
        "2025-00-10",
        "1899-12-31",
        "2200-01-01",
        "31.12.1899",
        "01.01.2200",
        "0000-01-01",
        "9999-12-31",
        " 2025-11-03",
        "2025-11-03 ",
        "2025-11-03\n",
        "\t03.11.2025",
        "2025-11-03T00:00",
        "03.11.2025 14:00",
        "heute",
        "٢٠٢٥-١١-٠٣",
        "２０２５-11-03",
        "2025–11–03",
        "+025-11-03",
        "2025-11-03; DROP",
        "nan",
        "1e3",
        "2025-11-0x",
        "\x00",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="kein Datum"):
        clock.parse_date(text)


@given(DATES)
def test_every_date_survives_both_forms(day: dt.date) -> None:
    assert clock.parse_date(day.isoformat()) == day
    assert clock.parse_date(f"{day.day:02}.{day.month:02}.{day.year}") == day
    assert clock.parse_date(clock.german_date(day)[3:]) == day


@given(st.text(max_size=40) | st.from_regex(r"[0-9.\-T: +Z]{0,30}", fullmatch=True))
def test_no_text_breaks_a_parser(text: str) -> None:
    for parse in (
        clock.parse_date,
        clock.parse_moment,
        clock.parse_due,
        lambda some: clock.spoken_date(some, TODAY),
        lambda some: clock.spoken_moment(some, NOW),
    ):
        try:
            told = f"Jahr {parse(text).year}"
        except ValueError as refusal:
            told = str(refusal)
        assert re.match(r"Jahr (1899|19..|20..|21..|2200)$|Das ist keine? .*\.$|Diese Uhrzeit .*\.$", told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2025-11-03T14:00", "2025-11-03T14:00:00+01:00"),
        ("2025-11-03 14:00", "2025-11-03T14:00:00+01:00"),
        ("03.11.2025 14:00", "2025-11-03T14:00:00+01:00"),
        ("03.11.2025 14:00:59", "2025-11-03T14:00:59+01:00"),
        ("2025-11-03T14:00:05", "2025-11-03T14:00:05+01:00"),
        ("2025-11-03T14:00:05.999999", "2025-11-03T14:00:05+01:00"),
        ("2025-11-03", "2025-11-03T00:00:00+01:00"),
        ("03.07.2025", "2025-07-03T00:00:00+02:00"),
        ("2025-11-03T14:00Z", "2025-11-03T15:00:00+01:00"),
        ("2025-11-03T14:00:00+01:00", "2025-11-03T14:00:00+01:00"),
        ("2025-11-03T14:00:00-0500", "2025-11-03T20:00:00+01:00"),
        ("2025-11-03T14:00+09", "2025-11-03T06:00:00+01:00"),
        ("2025-11-03T23:30:00-05:30", "2025-11-04T06:00:00+01:00"),
        ("2025-10-26T02:30", "2025-10-26T02:30:00+02:00"),  # the hour that occurs twice: the first
        ("2025-10-26T02:30+01:00", "2025-10-26T02:30:00+01:00"),  # said with its offset: the second
        ("2025-10-26T01:30Z", "2025-10-26T02:30:00+01:00"),
        ("2025-10-26T02:00", "2025-10-26T02:00:00+02:00"),
        ("2025-10-26T03:00", "2025-10-26T03:00:00+01:00"),
        ("2025-03-30T01:59:59", "2025-03-30T01:59:59+01:00"),
        ("2025-03-30T03:00", "2025-03-30T03:00:00+02:00"),
        ("2025-03-30T02:30+01:00", "2025-03-30T03:30:00+02:00"),
    ],
)
def test_moments_in_every_form(text: str, told: str) -> None:
    assert clock.iso(clock.parse_moment(text)) == told
    assert clock.parse_moment(text).timezone_name == "Europe/Berlin"


def test_both_hours_that_look_alike_stay_apart() -> None:
    first, second = (dt.datetime(2025, 10, 26, hour, 30, tzinfo=dt.UTC) for hour in (0, 1))
    assert clock.iso(first) == "2025-10-26T02:30:00+02:00"
    assert clock.iso(second) == "2025-10-26T02:30:00+01:00"
    assert clock.in_berlin(second).timestamp() - clock.in_berlin(first).timestamp() == 3600


@pytest.mark.parametrize("text", ["2025-03-30T02:00", "30.03.2025 02:59:59", "2025-03-30 02:30", "2026-03-29T02:15"])
def test_the_hour_that_never_occurs_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="gibt es an diesem Tag nicht"):
        clock.parse_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "14:00",
        "2025-11-03T",
        "2025-11-03T14",
        "2025-11-03T14:0",
        "2025-11-03T24:00",
        "2025-11-03T14:60",
        "2025-11-03T14:00:60",
        "2025-11-03T14:00:00.",
        "2025-11-03T14:00:00.1234567",
        "2025-11-03  14:00",
        "2025-11-03T14:00+25:00",
        "2025-11-03T14:00+01:60",
        "2025-11-03T14:00 +01:00",
        "2025-11-03T14:00+1",
        "2025-11-03T14:00Europe/Berlin",
        "2025-11-03Z",
        "2025-02-30T10:00",
        "3.11.2025 14:00",
        "1899-01-01T10:00",
        "2200-01-01T00:00",
        "2025-11-03t14.00",
        "2025-11-03T1４:00",
        "now",
        "2025-11-03T14:00\n",
    ],
)
def test_anything_else_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match="kein Zeitpunkt"):
        clock.parse_moment(text)


def test_fractions_are_kept_inside_and_cut_in_output() -> None:
    moment = clock.parse_moment("2025-11-03T14:00:05.25")
    assert moment.microsecond == 250_000
    assert clock.iso(moment) == "2025-11-03T14:00:05+01:00"


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2199, 12, 30)), st.integers(-23 * 60, 23 * 60))
def test_a_moment_with_offset_is_that_instant(naive: dt.datetime, minutes: int) -> None:
    moment = naive.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    assert clock.parse_moment(moment.isoformat()).timestamp() == moment.timestamp()
    assert clock.parse_moment(clock.iso(moment)).timestamp() == moment.timestamp()
    assert clock.in_berlin(moment).timestamp() == moment.timestamp()


@given(SANE, st.times())
def test_a_wall_time_is_shown_as_typed_or_refused_in_the_gap(day: dt.date, at: dt.time) -> None:
    text = f"{day.isoformat()}T{at.strftime('%H:%M:%S')}"
    naive = dt.datetime.fromisoformat(text)
    exists = (
        naive.replace(tzinfo=clock.BERLIN).astimezone(dt.UTC).astimezone(clock.BERLIN).replace(tzinfo=None) == naive
    )
    if exists:
        assert clock.iso(clock.parse_moment(text)).startswith(text)
    else:
        with pytest.raises(ValueError):
            clock.parse_moment(text)


def test_every_day_has_a_start() -> None:
    """No change of the clock ever fell on midnight in Berlin, so that a date alone is always a moment."""
    day, last = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
    while day <= last:
        start = clock.start_of_day(day)
        assert (start.year, start.month, start.day, start.hour, start.minute) == (day.year, day.month, day.day, 0, 0)
        day += dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2025-11-10", "2025-11-10T00:00:00+01:00"),
        ("10.11.2025", "2025-11-10T00:00:00+01:00"),
        ("2025-11-10T14:30", "2025-11-10T14:30:00+01:00"),
        ("10.11.2025T14:30", "2025-11-10T14:30:00+01:00"),
        ("10.11.2025 14:30", "2025-11-10T14:30:00+01:00"),
    ],
)
def test_when_a_reminder_is_due(text: str, told: str) -> None:
    """CONTRACT §5: `D[THH:MM]`, a date without time is due at 00:00."""
    assert clock.iso(clock.parse_due(text)) == told


@pytest.mark.parametrize("text", ["morgen", "2025-11-10T", "2025-11-10T25:00", "2025-11-31", "10.11."])
def test_when_a_reminder_is_not_due(text: str) -> None:
    with pytest.raises(ValueError):
        clock.parse_due(text)


def test_dates_and_moments_as_people_read_them() -> None:
    assert clock.german_date(dt.date(2025, 11, 3)) == "Mo 03.11.2025"
    shown = [clock.german_date(dt.date(2025, 11, day))[:2] for day in range(3, 10)]
    assert shown == ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    assert clock.german_moment(clock.parse_moment("2025-11-03T14:00:30")) == "Mo 03.11.2025 14:00"
    assert clock.german_moment(dt.datetime(2025, 12, 31, 23, 5, tzinfo=dt.UTC)) == "Do 01.01.2026 00:05"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("heute", "2025-11-05"),
        ("Heute", "2025-11-05"),
        ("  HEUTE ", "2025-11-05"),
        ("morgen", "2025-11-06"),
        ("übermorgen", "2025-11-07"),
        ("ÜBERMORGEN", "2025-11-07"),
        ("uebermorgen", "2025-11-07"),
        ("gestern", "2025-11-04"),
        ("vorgestern", "2025-11-03"),
        ("+3", "2025-11-08"),
        ("-3", "2025-11-02"),
        ("+0", "2025-11-05"),
        ("+30", "2025-12-05"),
        ("mo", "2025-11-10"),
        ("di", "2025-11-11"),
        ("mi", "2025-11-12"),  # today is one: the next is a week away
        ("do", "2025-11-06"),
        ("Fr", "2025-11-07"),
        ("sa.", "2025-11-08"),
        ("SO", "2025-11-09"),
        ("montag", "2025-11-10"),
        ("Sonnabend", "2025-11-08"),
        ("24.12.", "2025-12-24"),
        ("24.12", "2025-12-24"),
        ("5.11.", "2025-11-05"),
        ("05.11", "2025-11-05"),
        ("4.11.", "2026-11-04"),
        ("1.1.", "2026-01-01"),
        ("29.2.", "2028-02-29"),
        ("24.12.2027", "2027-12-24"),
        ("3.1.2026", "2026-01-03"),
        ("2026-01-03", "2026-01-03"),
    ],
)
def test_a_spoken_date(text: str, day: str) -> None:
    assert clock.spoken_date(text, TODAY).isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "irgendwann",
        "3",
        "+",
        "+-3",
        "+3.5",
        "+999999",
        "+99999",
        "-99999",
        "31.2.",
        "30.2.",
        "32.1.",
        "0.1.",
        "1.0.",
        "1.13.",
        "24.12.25",
        "24.12.1899",
        "29.2.2025",
        "mon",
        "moo",
        "heute morgen",
        "24",
        "12:00",
        "+٣",
        "m o",
    ],
)
def test_what_is_no_spoken_date_gets_a_german_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^Das ist kein Datum: .*\.$"):
        clock.spoken_date(text, TODAY)


@given(DATES.filter(lambda day: day.year < 2190), st.sampled_from(clock.WEEKDAYS))
def test_a_weekday_is_the_next_after_today(today: dt.date, name: str) -> None:
    day = clock.spoken_date(name, today)
    assert clock.german_date(day).startswith(name)
    assert 1 <= (day - today).days <= 7


@given(DATES.filter(lambda day: day.year < 2190), DATES)
def test_a_day_and_month_is_the_next_from_today(today: dt.date, other: dt.date) -> None:
    day = clock.spoken_date(f"{other.day}.{other.month}.", today)
    assert (day.month, day.day) == (other.month, other.day)
    assert today <= day
    if (day.month, day.day) != (2, 29):
        assert (day - today).days < 366


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("heute", "Mi 05.11.2025 00:00"),
        ("morgen 14:00", "Do 06.11.2025 14:00"),
        ("morgen 14h", "Do 06.11.2025 14:00"),
        ("morgen 14", "Do 06.11.2025 14:00"),
        ("morgen  um 9", "Do 06.11.2025 09:00"),
        ("mo 8:30", "Mo 10.11.2025 08:30"),
        ("+3 7h", "Sa 08.11.2025 07:00"),
        ("24.12. 14", "Mi 24.12.2025 14:00"),
        ("24.12 14:05", "Mi 24.12.2025 14:05"),
        ("24.12.2026 14:00", "Do 24.12.2026 14:00"),
        ("2026-12-24 14:00", "Do 24.12.2026 14:00"),
        ("2026-12-24T14:00", "Do 24.12.2026 14:00"),
        ("2026-12-24 9", "Do 24.12.2026 09:00"),
        ("14:00", "Mi 05.11.2025 14:00"),
        ("8:15", "Mi 05.11.2025 08:15"),
        ("14h", "Mi 05.11.2025 14:00"),
        ("14 Uhr", "Mi 05.11.2025 14:00"),
        ("14:30 Uhr", "Mi 05.11.2025 14:30"),
        ("um 14", "Mi 05.11.2025 14:00"),
        (" Übermorgen 0:00 ", "Fr 07.11.2025 00:00"),
    ],
)
def test_a_spoken_moment(text: str, told: str) -> None:
    assert clock.german_moment(clock.spoken_moment(text, NOW)) == told


@pytest.mark.parametrize(
    "text",
    ["", "14", "morgen 24:00", "morgen 14:60", "morgen 25h", "99:99", "um", "morgen um", "h", "heute 14 15", "mo 1400"],
)
def test_what_is_no_spoken_moment_gets_a_german_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^Das ist kein.*\.$"):
        clock.spoken_moment(text, NOW)


def test_a_spoken_moment_in_the_hour_that_never_occurs_is_refused() -> None:
    with pytest.raises(ValueError, match="gibt es an diesem Tag nicht"):
        clock.spoken_moment("morgen 2:30", clock.parse_moment("2025-03-29T10:00"))


def test_the_day_of_a_spoken_moment_is_counted_from_berlins_today() -> None:
    late_in_utc = dt.datetime(2025, 7, 1, 22, 30, tzinfo=dt.UTC)
    assert clock.german_moment(clock.spoken_moment("heute 12", late_in_utc)) == "Mi 02.07.2025 12:00"


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        ("2025-01-31", 3, "2025-04-30"),  # the contract's own example (§6)
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-12-01", 1, "2026-01-01"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-05-15", 0, "2025-05-15"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-06-30", -25, "2023-05-30"),
    ],
)
def test_adding_calendar_months(day: str, months: int, result: str) -> None:
    assert clock.add_months(dt.date.fromisoformat(day), months).isoformat() == result


@given(SANE, st.integers(-300, 300))
def test_adding_months_agrees_with_pendulum(day: dt.date, months: int) -> None:
    theirs = pendulum.date(day.year, day.month, day.day).add(months=months)
    assert clock.add_months(day, months).isoformat() == theirs.isoformat()


@pytest.mark.parametrize(
    ("start", "today", "months"),
    [
        ("2025-01-31", "2025-04-29", 2),
        ("2025-01-31", "2025-04-30", 3),
        ("2025-01-15", "2025-04-14", 2),
        ("2025-01-15", "2025-04-15", 3),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-02-29", "2025-02-27", 11),
        ("2025-05-05", "2025-05-05", 0),
        ("2025-05-05", "2025-05-04", -1),
        ("2025-05-05", "2025-04-05", -1),
        ("2025-05-05", "2025-04-04", -2),
        ("2020-01-01", "2025-01-01", 60),
    ],
)
def test_whole_months(start: str, today: str, months: int) -> None:
    """A-09: calendar months since the start, the lower border belongs to the later stage."""
    assert clock.whole_months(dt.date.fromisoformat(start), dt.date.fromisoformat(today)) == months


@given(SANE, SANE)
def test_whole_months_is_the_largest_count_that_fits(start: dt.date, today: dt.date) -> None:
    months = clock.whole_months(start, today)
    assert clock.add_months(start, months) <= today < clock.add_months(start, months + 1)
    assert (months >= 0) == (start <= today)


def test_twelve_months_before() -> None:
    assert clock.twelve_months_before(dt.date(2025, 11, 5)) == dt.date(2024, 11, 5)
    assert clock.twelve_months_before(dt.date(2024, 2, 29)) == dt.date(2023, 2, 28)


@pytest.mark.parametrize(
    "text", ["9" * 100_000, "2025-11-03T" * 10_000, " " * 100_000, "um " * 30_000, "+" + "1" * 99_999]
)
def test_long_nonsense_is_refused_at_once(text: str) -> None:
    begun = time.monotonic()
    for parse in (clock.parse_date, clock.parse_moment):
        with pytest.raises(ValueError):
            parse(text)
    with pytest.raises(ValueError):
        clock.spoken_moment(text, NOW)
    assert time.monotonic() - begun < 1
