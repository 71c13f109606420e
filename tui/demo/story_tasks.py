"""What the demo's team has done so far about VPA-Wechsel and about tasks in Forwarded, played through the actions.

Each step is `DAYS AGO KÜRZEL action` with its fields; the successor is always the one that ranks first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from models.action.run import run
from models.action.work import Session
from models.care.handover.actions import (
    ApproveHandover,
    InformedHandover,
    MeasureHandover,
    OpenHandover,
    ProposeHandover,
    QuestionHandover,
    SendBackHandover,
    TalkHandover,
    TrainingHandover,
)
from models.care.handover.successors import successors
from models.database.store import Store
from models.ground.clock import FixedClock, berlin_moment
from models.ground.workdays import Workdays
from models.tables.handover import Handover
from models.tables.people import Assignment
from models.tables.task import ITEMS, Task
from models.task.actions import CheckTask, NoteTask

TEN = dt.time(10)


@dataclass(frozen=True)
class Step:
    """One action on a request: how many days ago, by whom, with what."""

    ago: int
    who: str
    action: type[Any]
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One request, from the day somebody wanted to give a customer away."""

    customer: str
    ago: int
    who: str
    kind: str
    reason: str
    steps: tuple[Step, ...] = ()


def _asked(ago: int, who: str, question: str, answer: str, plausible: bool = True) -> Step:
    return Step(ago, who, QuestionHandover, {"question": question, "answer": answer, "plausible": plausible})


CHANGES = (
    Change(
        "K0101", 16, "ANN", "need_changed", "Der Kunde braucht jetzt täglich Telefonservice, ich bin nur abends da.",
        (
            _asked(15, "ANN", "Seit wann, und geht es auch ohne feste Zeiten?", "Seit September, und nur so."),
            Step(13, "ANN", ProposeHandover, {"effort": "medium", "refund": False}),
            Step(10, "BEN", ApproveHandover, {"remark": "Einverstanden, bitte in Ruhe übergeben."}),
            Step(6, "ANN", InformedHandover),
            Step(6, "ANN", TrainingHandover, {"wanted": True}),
        ),
    ),
    Change(
        "K0012", 9, "TOM", "need_changed", "Es geht fast nur noch um Buchhaltung, damit kenne ich mich nicht aus.",
        (
            _asked(8, "TOM", "Welche Aufgaben sind weggefallen?", "Texte und Termine, seit dem neuen Büro."),
            Step(5, "TOM", ProposeHandover, {"effort": "low", "refund": False}),
        ),
    ),
    Change(
        "K0001", 8, "ANN", "other", "Ich ziehe um und kann die Tage vor Ort nicht mehr anbieten.",
        (
            _asked(7, "ANN", "Geht ein Teil auch aus der Ferne?", "Kaum, der Kunde will jemanden am Ort."),
            Step(6, "ANN", ProposeHandover, {"effort": "high", "refund": False, "exception_by": "KIM"}),
            Step(1, "KIM", ApproveHandover, {"remark": "Ausnahme, weil es um die Tage vor Ort geht."}),
        ),
    ),
    Change(
        "K0066", 7, "ANN", "cooperation_failed", "Rückmeldungen kommen spät und widersprechen sich.",
        (
            _asked(6, "ANN", "Woran lag es bei den letzten Aufgaben?", "Zwei Ansprechpartner, zwei Meinungen."),
            Step(4, "ANN", TalkHandover, {"result_text": "Der Kunde nennt künftig eine Person, die entscheidet."}),
            Step(3, "ANN", MeasureHandover, {"text": "Wöchentliche Liste mit offenen Fragen vereinbart."}),
        ),
    ),
    Change(
        "K0090", 3, "ANN", "budget", "Für die gewünschte Qualität reicht das Budget nie.",
        (_asked(2, "ANN", "Weiß der Kunde, was realistisch ist?", "Nein, das wollte ich nicht sagen.", False),),
    ),
    Change("K0333", 1, "LIA", "difficult", "Der Ton ist mir zu knapp."),
    Change(
        "K0077", 20, "TOM", "hard_to_reach", "Der Kunde meldet sich oft tagelang nicht.",
        (
            _asked(19, "TOM", "Habt ihr feste Zeiten für Rückfragen?", "Nein, das könnten wir vereinbaren.", False),
            Step(18, "TOM", SendBackHandover, {"text": "Vereinbart bitte feste Zeiten; ich frage bald nach."}),
        ),
    ),
)  # fmt: skip
"""Requests in every state that a member may meet."""

CHECKED: tuple[tuple[str, dict[str, str], str], ...] = (
    ("T101", {}, "Für Bewerber: Der Kunde wünscht sich eine regelmäßige Zusammenarbeit."),
    ("T102", {"lists": "missing", "access": "missing"}, ""),
    ("T107", {"guides": "not_needed"}, ""),
    ("T110", {"examples": "not_needed", "guides": "not_needed"}, ""),
    ("T118", {"examples": "not_needed"}, ""),
)
"""Tasks in Forwarded judged today: ready, incomplete, without comment, customer not told, later is possible."""


def play_tasks(store: Store, today: dt.date, account: str) -> None:
    """Play all of it; the database is connected."""
    for change in CHANGES:
        _play_change(store, today, account, change)
    session = Session(store, FixedClock(berlin_moment(today, TEN)), "ANN", account)
    for key, judged, note in CHECKED:
        _check(session, key, {**dict.fromkeys(ITEMS, "present"), **judged}, note)


def _check(session: Session, key: str, judged: dict[str, str], note: str) -> None:
    if Task.get_or_none(Task.id == key, Task.state == "forwarded") is None:
        return
    items = tuple(f"{item}={judgement}" for item, judgement in judged.items())
    run(session, CheckTask(id=key, item=items, tags_checked=True))
    if note:
        run(session, NoteTask(id=key, text=note))


def _play_change(store: Store, today: dt.date, account: str, change: Change) -> None:
    def session(ago: int, who: str) -> Session:
        return Session(store, FixedClock(berlin_moment(_working_day(today, ago), TEN)), who, account)

    current = Assignment.current(change.customer, today)
    if current is None:
        return
    opening = session(change.ago, change.who)
    wish = OpenHandover(customer=change.customer, vpa=current.vpa_id, reason_kind=change.kind, reason=change.reason)
    request = str(run(opening, wish).result.shown["id"])
    for step in change.steps:
        _take(session(step.ago, step.who), request, step, _working_day(today, step.ago))


def _working_day(today: dt.date, ago: int) -> dt.date:
    """The day so many days ago, or the working day before it."""
    day, workdays = today - dt.timedelta(days=ago), Workdays()
    while not workdays.is_workday(day):
        day -= dt.timedelta(days=1)
    return day


DATED: Sequence[type[Any]] = (TalkHandover, MeasureHandover, InformedHandover)


def _take(session: Session, request: str, step: Step, day: dt.date) -> None:
    given = dict(step.given)
    if step.action is ProposeHandover:
        best = successors(session.work(), Handover.get_by_id(request))[0]
        given["successor"] = best.vpa
    if step.action in DATED:
        given["on"] = day
    run(session, step.action(id=request, **given))
