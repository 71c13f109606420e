"""T-14, A-19: the clock of a decline, as a pure function. Every Monday below is 3 November 2025 or a week off it."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ground.workdays import Workdays
from models.task.clock import DeclineClock, Line, decline_clock

GERMANY = Workdays()
BAVARIA = Workdays("DE-BY")


def day(text: str) -> dt.date:
    """`03.11.` of 2025."""
    number, month = text.rstrip(".").split(".")
    return dt.date(2025, int(month), int(number))


def line(when: str, what: str) -> Line:
    """`q` question, `r` reminder, `k` customer, `v` the VPA's word, `b` question and reminder in one."""
    tags = {"q": {"rueckfrage"}, "r": {"erinnerung"}, "b": {"rueckfrage", "erinnerung"}}.get(what, set())
    return Line(day(when), {"k": "kunde", "v": "vpa"}.get(what, "at"), frozenset(tags))


def judged(chat: str, today: str, workdays: Workdays = GERMANY) -> DeclineClock:
    """`03.11.q 05.11.r` judged on a day."""
    return decline_clock([line(word[:-1], word[-1]) for word in chat.split()], day(today), workdays)


READY = [
    ("03.11.q 05.11.r 07.11.r", "11.11."),
    ("03.11.q 05.11.r 07.11.r", "30.11."),
    # one that comes too early counts as none, a later one does
    ("03.11.q 04.11.r 05.11.r 06.11.r 07.11.r", "11.11."),
    ("03.11.q 04.11.r 06.11.r 07.11.r 10.11.r", "12.11."),
    # over the weekend
    ("06.11.q 10.11.r 12.11.r", "14.11."),
    ("07.11.q 11.11.r 13.11.r", "17.11."),
    # a reminder on a Saturday: the first working day after it is Monday
    ("03.11.q 08.11.r 11.11.r", "13.11."),
    # a third reminder changes nothing
    ("03.11.q 05.11.r 07.11.r 11.11.r", "11.11."),
    # the customer wrote before the question
    ("02.11.k 03.11.q 05.11.r 07.11.r", "11.11."),
    # the VPA may say something
    ("03.11.q 04.11.v 05.11.r 07.11.r", "11.11."),
    # only the newest question counts, and what came after it
    ("20.10.q 22.10.k 03.11.q 05.11.r 07.11.r", "11.11."),
    ("20.10.q 22.10.r 24.10.r 03.11.q 05.11.r 07.11.r", "11.11."),
    # around a public holiday: Friday 3 October
    ("01.10.q 06.10.r 08.10.r", "10.10."),
    # over Christmas
    ("18.12.q 22.12.r 24.12.r", "30.12."),
]

NOT_READY = [
    ("03.11.q 05.11.r 07.11.r", "10.11.", "wait"),
    ("03.11.q 05.11.r 07.11.r", "07.11.", "wait"),
    ("03.11.q 05.11.r", "30.11.", "remind"),
    ("03.11.q", "30.11.", "remind"),
    ("03.11.q 04.11.r 06.11.r", "30.11.", "remind"),
    ("03.11.q 05.11.r 06.11.r", "30.11.", "remind"),
    ("03.11.q 03.11.r 03.11.r", "30.11.", "remind"),
    # Friday's reminder after Wednesday is fine, Saturday after Thursday is one working day
    ("03.11.q 06.11.r 08.11.r", "30.11.", "remind"),
    ("07.11.q 10.11.r 12.11.r", "30.11.", "remind"),
    # reminders before the question, or in one message with it
    ("01.11.r 02.11.r 03.11.q", "30.11.", "remind"),
    ("03.11.q 05.11.r 07.11.b", "30.11.", "remind"),
    ("03.11.b 05.11.r", "30.11.", "remind"),
    # any word of the customer resets the count
    ("03.11.q 05.11.r 07.11.r 10.11.k", "30.11.", "answered"),
    ("03.11.q 04.11.k 05.11.r 07.11.r", "30.11.", "answered"),
    ("03.11.q 03.11.k", "30.11.", "answered"),
    # nothing was ever asked
    ("03.11.k 05.11.r 07.11.r", "30.11.", "ask"),
    ("", "30.11.", "ask"),
    # the holiday is no working day: 2 October to 6 October is one
    ("02.10.q 06.10.r 08.10.r", "10.10.", "remind"),
]


@pytest.mark.parametrize(("chat", "today"), READY)
def test_t14_declining_is_open(chat: str, today: str) -> None:
    found = judged(chat, today)
    assert found.step == "ready"
    assert found.ready
    assert len(found.reminders) == 2


@pytest.mark.parametrize(("chat", "today", "step"), NOT_READY)
def test_t14_declining_is_not_open_yet(chat: str, today: str, step: str) -> None:
    found = judged(chat, today)
    assert found.step == step
    assert not found.ready


def test_t14_a_customers_own_message_is_neither_question_nor_reminder() -> None:
    asked = Line(day("03.11."), "kunde", frozenset({"rueckfrage"}))
    assert decline_clock([asked], day("30.11."), GERMANY).step == "ask"
    chat = [line("03.11.", "q"), Line(day("05.11."), "kunde", frozenset({"erinnerung"}))]
    found = decline_clock(chat, day("30.11."), GERMANY)
    assert (found.step, found.reminders, found.answer) == ("answered", (), 1)


def test_t14_question_and_reminders_of_the_vpa_count_too() -> None:
    chat = [
        Line(day(when), "vpa", frozenset({tag}))
        for when, tag in (("03.11.", "rueckfrage"), ("05.11.", "erinnerung"), ("07.11.", "erinnerung"))
    ]
    assert decline_clock(chat, day("11.11."), GERMANY).ready


def test_a22_the_holidays_of_a_land_move_the_clock() -> None:
    chat = "04.11.q 06.11.r 10.11.r"
    assert judged(chat, "12.11.").ready
    # Corpus Christi, Thursday 19 June 2025, is a holiday in Bavaria only
    chat = "12.06.q 16.06.r 18.06.r"
    assert judged(chat, "20.06.").ready
    assert judged(chat, "20.06.", BAVARIA).step == "wait"
    assert judged(chat, "23.06.", BAVARIA).ready


def test_t14_the_picture_for_the_screen() -> None:
    assert judged("", "03.11.") == DeclineClock()
    asked = judged("03.11.q", "03.11.")
    assert (asked.next_reminder_from, asked.decline_from) == (day("05.11."), day("11.11."))
    late = judged("03.11.q", "12.11.")  # nobody reminded in time: from today on
    assert (late.next_reminder_from, late.decline_from) == (day("05.11."), day("18.11."))
    once = judged("03.11.q 04.11.r 06.11.r", "06.11.")
    assert (once.question, once.reminders, once.early) == (0, (2,), (1,))
    assert (once.next_reminder_from, once.decline_from) == (day("10.11."), day("12.11."))
    both = judged("03.11.q 05.11.r 07.11.r", "07.11.")
    assert (both.reminders, both.next_reminder_from, both.decline_from) == ((1, 2), None, day("11.11."))
    answered = judged("03.11.q 05.11.r 06.11.k", "07.11.")
    assert (answered.answer, answered.next_reminder_from, answered.decline_from) == (2, None, None)


def test_t14_numbers_are_the_teams() -> None:
    chat = [line("03.11.", "q"), line("04.11.", "r")]
    assert decline_clock(chat, day("05.11."), GERMANY, needed=1, gap=1).ready
    assert not decline_clock(chat, day("04.11."), GERMANY, needed=1, gap=1).ready
    assert not decline_clock(chat, day("05.11."), GERMANY, needed=2, gap=1).ready


# An oracle that counts working days one by one and tries every pair of reminders

START = dt.date(2025, 9, 26)
CHATS = st.lists(
    st.tuples(st.integers(0, 24), st.sampled_from("qrrrrrbvvk")), max_size=9
).map(lambda found: [Line(START + dt.timedelta(days=n), {"k": "kunde", "v": "vpa"}.get(what, "at"),
                          line("01.01.", what).tags) for n, what in sorted(found, key=lambda one: one[0])])  # fmt: skip


def working_days_after(first: dt.date, last: dt.date) -> int:
    """How many working days lie after the first day, up to and with the last one."""
    holiday = {dt.date(2025, 10, 3)}
    days = (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(one.weekday() < 5 and one not in holiday for one in days)


def oracle(chat: list[Line], today: dt.date) -> str:
    """`question`, `open` or `closed`."""
    asked = [n for n, one in enumerate(chat) if "rueckfrage" in one.tags and one.sender != "kunde"]
    if not asked:
        return "question"
    later = chat[asked[-1] + 1 :]
    if any(one.sender == "kunde" for one in later):
        return "closed"
    reminders = [one.day for one in later if "erinnerung" in one.tags]
    pairs = itertools.combinations(reminders, 2)
    question = chat[asked[-1]].day
    found = any(
        working_days_after(question, one) >= 2
        and working_days_after(one, two) >= 2
        and working_days_after(two, today) >= 2
        for one, two in pairs
    )
    return "open" if found else "closed"


@settings(max_examples=400)
@given(CHATS, st.integers(0, 34))
def test_t14_agrees_with_the_oracle(chat: list[Line], later: int) -> None:
    today = START + dt.timedelta(days=later)
    found = decline_clock(chat, today, GERMANY)
    expected = oracle(chat, today)
    assert (found.step == "ask") == (expected == "question")
    assert found.ready == (expected == "open")


@settings(max_examples=200)
@given(CHATS, st.integers(0, 34))
def test_t14_the_announced_day_is_the_first_on_which_it_is_open(chat: list[Line], later: int) -> None:
    today = START + dt.timedelta(days=later)
    found = decline_clock(chat, today, GERMANY)
    if found.step in ("wait", "ready"):
        assert found.decline_from is not None
        assert oracle(chat, found.decline_from) == "open"
        assert oracle(chat, found.decline_from - dt.timedelta(days=1)) == "closed"
    if found.step == "remind":
        assert found.next_reminder_from is not None
        assert found.decline_from is not None
        chat = [*chat, Line(max(found.next_reminder_from, today), "at", frozenset({"erinnerung"}))]
        again = decline_clock(chat, max(chat[-1].day, today), GERMANY)
        assert len(again.reminders) == len(found.reminders) + 1
        assert again.decline_from == found.decline_from
