"""The clock of a decline: one question, two reminders, no answer, all by working days and Berlin dates (T-14, A-19).

Pure: plain values in, plain values out. Rules, screen and tests share it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from models.ground import clock
from models.ground.workdays import Workdays
from models.tables.task import Message

Step = Literal["ask", "answered", "remind", "wait", "ready"]

NEEDED = 2
"""Default of the setting `reminders_needed`."""
GAP = 2
"""Default of the setting `reminder_gap_days`, in working days."""


@dataclass(frozen=True)
class Line:
    """What matters of a message of the Aufgabenchat."""

    day: dt.date
    """Berlin date."""
    sender: str
    tags: frozenset[str]


@dataclass(frozen=True)
class DeclineClock:
    """Where a task stands on the way to a decline. Places are indices into the lines that were given."""

    question: int | None = None
    """The newest Rückfrage to the customer."""
    reminders: tuple[int, ...] = ()
    """Erinnerung 1, 2 …: those that count."""
    early: tuple[int, ...] = ()
    """Reminders that came too early and count as none."""
    answer: int | None = None
    """The customer's first message since the question."""
    next_reminder_from: dt.date | None = None
    """First day on which the next reminder counts; None where none is wanted."""
    decline_from: dt.date | None = None
    """First day on which the task may be declined: certain once all reminders are out, before that the earliest that
    can still be reached. None without a question and after an answer.
    """
    step: Step = "ask"
    """What comes next: ask the customer, ask anew since there was an answer, remind, wait, or it is ready."""

    @property
    def ready(self) -> bool:
        """Whether T-14 allows the decline."""
        return self.step == "ready"


def lines_of(messages: Iterable[Message]) -> list[Line]:
    """The messages as the clock reads them, in the same order."""
    return [Line(clock.day_of(m.at), str(m.sender), frozenset(m.tags)) for m in messages]


def decline_clock(
    lines: Sequence[Line], today: dt.date, workdays: Workdays, needed: int = NEEDED, gap: int = GAP
) -> DeclineClock:
    """Judge a chat (oldest first): `needed` reminders, each `gap` working days after the one before, and as many since.

    A question or reminder is never the customer's own message; a reminder that comes too early counts as none.
    """
    question = _newest_question(lines)
    if question is None:
        return DeclineClock()
    counted, early = _reminders(lines, question, workdays, needed, gap)
    answer = next((n for n in range(question + 1, len(lines)) if lines[n].sender == "kunde"), None)
    if answer is not None:
        return DeclineClock(question, counted, early, answer, step="answered")
    last = lines[counted[-1] if counted else question].day
    wait_until = workdays.add_workdays(last, gap)
    missing = needed - len(counted)
    if missing <= 0:
        step: Step = "ready" if today >= wait_until else "wait"
        return DeclineClock(question, counted, early, decline_from=wait_until, step=step)
    decline_from = workdays.add_workdays(max(wait_until, today), gap)
    for _ in range(missing - 1):
        decline_from = workdays.add_workdays(decline_from, gap)
    return DeclineClock(question, counted, early, None, wait_until, decline_from, "remind")


def _newest_question(lines: Sequence[Line]) -> int | None:
    places = (n for n, line in enumerate(lines) if "rueckfrage" in line.tags and line.sender != "kunde")
    return max(places, default=None)


def _reminders(
    lines: Sequence[Line], question: int, workdays: Workdays, needed: int, gap: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Places of the reminders that count, and of those that came too early."""
    counted: list[int] = []
    early: list[int] = []
    last = lines[question].day
    for place in range(question + 1, len(lines)):
        line = lines[place]
        if line.sender == "kunde" or "erinnerung" not in line.tags or len(counted) == needed:
            continue
        if workdays.at_least_apart(last, line.day, gap):
            counted.append(place)
            last = line.day
        else:
            early.append(place)
    return tuple(counted), tuple(early)
