"""From the VPA's wish to the proposal: reasons, talk, measures, successor (W-01 to W-11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.care.facts import facts_of
from models.care.handover.base import OnHandover, record, result
from models.care.handover.rules import (
    EFFORTS,
    NO_REASON,
    REASON_KINDS,
    TROUBLE,
    Proposal,
    closed_obstacles,
    day_obstacles,
    proposal_obstacles,
    question_obstacles,
    record_obstacles,
)
from models.care.handover.successors import best_successors
from models.care.move import customer_of
from models.playbook import playbook
from models.playbook.refusals import Hint, Obstacle
from models.shared.entry_rules import vpa_text_obstacles
from models.tables.handover import CLOSED, Handover
from models.tables.people import Assignment, Vpa


@dataclass(frozen=True)
class Wish:
    """Which customer is to change hands, and who is in charge of it."""

    customer: Any
    vpa: Vpa | None
    """The VPA named; None where none was."""
    in_charge: Vpa | None
    """Whose customer it is; None where nobody is in charge."""


@dataclass(frozen=True, kw_only=True)
class OpenHandover(Action):
    """A VPA wants to give a customer away (W-01)."""

    code: ClassVar[str] = "handover.open"
    frees: ClassVar[tuple[str, ...]] = ("vpa",)
    label: ClassVar[str] = "VPA-Wechsel anfragen"
    done: ClassVar[str] = "Anfrage aufgenommen"
    help: ClassVar[str] = "Nimmt auf, dass ein VPA einen Kunden abgeben möchte."

    customer: str | None = arg("Kunde", "customer", required=True)
    vpa: str | None = arg("VPA", "vpa")
    reason_kind: str | None = arg("Art des Grundes", "choice", choices="reason_kind", values=REASON_KINDS)
    reason: str | None = arg("Grund", "long", help="Der genaue Grund, in den Worten des VPA.")

    def load(self, work: Work) -> Wish:
        """Customer and VPA; `NotFoundError` for unknown ones."""
        customer = customer_of(work, self.customer or "")
        vpa = work.get(Vpa, self.vpa, "Den VPA") if self.vpa else None
        current = Assignment.current(customer.id, work.today)
        own = current.vpa if current is not None else None
        return Wish(customer, vpa, own)

    def presets(self, work: Work, target: Wish | None) -> dict[str, Any]:
        """Whose customer it is."""
        return {"vpa": target.in_charge.id} if target is not None and target.in_charge is not None else {}

    def obstacles(self, work: Work, target: Wish) -> Iterator[Obstacle]:
        """A reason of some kind, and a VPA who has the customer."""
        given = {"Art des Grundes": self.reason_kind in REASON_KINDS, "Grund": bool(self.reason)}
        if wanted := [label for label, there in given.items() if not there]:
            yield Obstacle("reason_missing", "W-06", detail=", ".join(wanted))
        if target.vpa is None or target.in_charge is None or target.in_charge.id != target.vpa.id:
            who = target.in_charge.name if target.in_charge else "zurzeit niemand"
            yield Obstacle("not_in_charge", "W-01", detail=who)

    def hints(self, work: Work, target: Wish) -> Iterator[Hint]:
        """What it costs, whether the reason can carry it, where to mediate; whether somebody is at it already."""
        yield Hint("W-01", "Ein VPA-Wechsel kostet Wissen, Vertrauen und Zeit: Er bleibt die Ausnahme.")
        if self.reason_kind in NO_REASON:
            yield Hint("W-02", playbook().rule("W-02").sentence)
        if self.reason_kind in TROUBLE:
            yield Hint("W-09", playbook().rule("W-09").sentence)
        running: Any = Handover.select(Handover.id).where(
            Handover.customer == target.customer.id, Handover.state.not_in(CLOSED)
        )
        if ids := [str(key) for (key,) in running.order_by(Handover.id).tuples()]:
            yield Hint("W-01", f"Für diesen Kunden läuft schon eine Anfrage: {', '.join(ids)}.")

    def perform(self, work: Work, target: Wish) -> Result:
        """Write the request down, open."""
        handover = work.insert(
            Handover,
            customer=target.customer.id,
            vpa=self.vpa,
            reason_kind=self.reason_kind,
            reason=self.reason,
            opened_at=work.now,
            opened_by=work.me,
        )
        return result(work, handover)


@dataclass(frozen=True, kw_only=True)
class QuestionHandover(OnHandover):
    """Question the reasons and judge the answer (W-06)."""

    code: ClassVar[str] = "handover.question"
    label: ClassVar[str] = "Gründe hinterfragen"
    done: ClassVar[str] = "Rückfrage festgehalten"
    help: ClassVar[str] = "Hält Frage, Antwort und Einschätzung fest; die neueste Einschätzung zählt."

    question: str | None = arg("Frage", "long", required=True)
    answer: str | None = arg("Antwort des VPA", "long")
    plausible: bool | None = arg("plausibel", "yes_no", strict=True, required=True)

    def obstacles(self, work: Work, target: Handover) -> Iterator[Obstacle]:
        """An answer."""
        yield from closed_obstacles(target)
        if not self.answer:
            yield Obstacle("answer_missing", "W-06")

    def perform(self, work: Work, target: Handover) -> Result:
        """Add it."""
        asked = {"question": self.question, "answer": self.answer, "plausible": bool(self.plausible)}
        return record(work, target, "questions", **asked)


@dataclass(frozen=True, kw_only=True)
class SendBackHandover(OnHandover):
    """Not plausible: the VPA is asked to carry on (W-07)."""

    code: ClassVar[str] = "handover.send-back"
    label: ClassVar[str] = "Anfrage zurückgeben"
    done: ClassVar[str] = "Anfrage zurückgegeben"
    help: ClassVar[str] = "Gibt die Anfrage zurück; der VPA betreut den Kunden weiter."
    keeps_letter: ClassVar[bool] = True

    text: str | None = arg("Text an den VPA", "long", required=True, column="remark")

    def letter(self, work: Work) -> tuple[str, str]:
        """Why the request goes back (W-07)."""
        return "send_back", f"handover:{self.id}"

    def reader(self, field: str) -> str:
        """The VPA reads the text."""
        return "vpa" if field == "text" else "intern"

    def obstacles(self, work: Work, target: Handover) -> Iterator[Obstacle]:
        """The text may go to a VPA; step 1 was done."""
        yield from vpa_text_obstacles([self.text])
        yield from closed_obstacles(target)
        yield from question_obstacles(target)

    def perform(self, work: Work, target: Handover) -> Result:
        """End the request, with the message."""
        closed = {"closed_at": work.now, "closed_by": work.me}
        return result(work, work.update(target, state="sent_back", remark=self.text, **closed))


@dataclass(frozen=True, kw_only=True)
class DatedRecord(OnHandover):
    """Something that happened on a day is added to what was recorded on the way."""

    rule: ClassVar[str] = ""
    """Id of the rule that asks for it."""
    column: ClassVar[str] = ""
    """The request's list that it is added to."""

    on: dt.date | None = arg("geschehen am", "date")

    @property
    def told(self) -> dict[str, Any]:
        """What happened, in the shape of the list."""
        raise NotImplementedError

    def obstacles(self, work: Work, target: Handover) -> Iterator[Obstacle]:
        """It has happened, not too long ago, and is not there yet."""
        yield from closed_obstacles(target)
        yield from day_obstacles(work, self.on, self.rule)
        if self.on is not None:
            yield from record_obstacles(work, getattr(target, self.column), self.on, self.told, self.rule)

    def perform(self, work: Work, target: Handover) -> Result:
        """Add it."""
        assert self.on is not None
        return record(work, target, self.column, on=self.on.isoformat(), **self.told)


@dataclass(frozen=True, kw_only=True)
class TalkHandover(DatedRecord):
    """The VPA has talked to the customer (W-08)."""

    code: ClassVar[str] = "handover.talk"
    label: ClassVar[str] = "Gespräch mit dem Kunden festhalten"
    done: ClassVar[str] = "Gespräch festgehalten"
    help: ClassVar[str] = "Hält fest, wann der VPA mit dem Kunden gesprochen hat und was herauskam."
    rule: ClassVar[str] = "W-08"
    column: ClassVar[str] = "talks"

    on: dt.date | None = arg("gesprochen am", "date")
    result_text: str | None = arg("Ergebnis", "long", option="result", required=True)

    @property
    def told(self) -> dict[str, Any]:
        """The result of the talk."""
        return {"result": self.result_text}


@dataclass(frozen=True, kw_only=True)
class MeasureHandover(DatedRecord):
    """Something was tried to make the cooperation work (W-04)."""

    code: ClassVar[str] = "handover.measure"
    label: ClassVar[str] = "Maßnahme festhalten"
    done: ClassVar[str] = "Maßnahme festgehalten"
    help: ClassVar[str] = "Hält fest, was wann für eine bessere Zusammenarbeit versucht wurde."
    rule: ClassVar[str] = "W-04"
    column: ClassVar[str] = "measures"

    text: str | None = arg("Maßnahme", "long", required=True)

    @property
    def told(self) -> dict[str, Any]:
        """What was tried."""
        return {"text": self.text}


@dataclass(frozen=True, kw_only=True)
class ProposeHandover(OnHandover):
    """A change makes sense: propose a successor for release (W-10, W-11)."""

    code: ClassVar[str] = "handover.propose"
    label: ClassVar[str] = "Nachfolger vorschlagen"
    done: ClassVar[str] = "Nachfolger vorgeschlagen"
    help: ClassVar[str] = "Legt den VPA-Wechsel mit Nachfolger zur Freigabe vor."

    successor: str | None = arg("Nachfolger", "vpa")
    effort: str | None = arg("Einarbeitungsaufwand", "choice", choices="effort", values=EFFORTS)
    refund: bool | None = arg("Erstattung nötig", "yes_no")
    exception_by: str | None = arg("Ausnahme durch", "member", help="Manager, der einen anderen Grund gelten lässt.")

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """An exception is asked for another reason only (W-03)."""
        names = super().relevant(target)
        return [name for name in names if name != "exception_by" or target is None or target.reason_kind == "other"]

    def presets(self, work: Work, target: Handover | None) -> dict[str, Any]:
        """The proposal as it was, where there is one; else the best successor who fits (W-10)."""
        if target is None:
            return {}
        if target.successor:
            refund = None if target.refund is None else "yes" if target.refund else "no"
            known = {"successor": target.successor, "effort": target.effort, "refund": refund}
            return {name: value for name, value in known.items() if value}
        best = best_successors(work, target, 1)
        return {"successor": best[0].vpa} if best and not best[0].unfit else {}

    def _has_exception(self, work: Work, target: Handover) -> bool:
        """Asked for another reason only: elsewhere an exception means nothing and is passed over."""
        if target.reason_kind != "other" or not self.exception_by:
            return False
        return work.require_member(self.exception_by).is_manager

    def obstacles(self, work: Work, target: Handover) -> Iterator[Obstacle]:
        """Everything that steps 1 and 2 must have brought, the facts, and somebody else as successor."""
        successor = work.get(Vpa, self.successor, "Den VPA") if self.successor else None
        proposal = Proposal(successor, self.effort, self.refund, self._has_exception(work, target))
        yield from closed_obstacles(target)
        yield from proposal_obstacles(work, target, proposal)

    def perform(self, work: Work, target: Handover) -> Result:
        """Lay it before the managers. A new proposal needs a new release, and a customer told of the new successor."""
        exception = work.require_member(self.exception_by or "") if self._has_exception(work, target) else None
        facts = {**facts_of(work, target), "effort": self.effort, "refund": self.refund}
        handover = work.update(
            target,
            state="proposed",
            successor=work.get(Vpa, self.successor, "Den VPA").id,
            effort=self.effort,
            refund=self.refund,
            exception_by=exception.kuerzel if exception else None,
            facts={name: _plain(value) for name, value in facts.items()},
            proposed_at=work.now,
            proposed_by=work.me,
            decided_at=None,
            decided_by=None,
            remark=None,
            informed_on=None,
            training_wanted=None,
            training_done_on=None,
        )
        return result(work, handover)


def _plain(value: Any) -> Any:
    """A fact as JSON keeps it."""
    return value.isoformat() if isinstance(value, dt.date) else value
