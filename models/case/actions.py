"""Contacting a VPA about a Case, and closing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Result
from models.action.work import Work
from models.case.leaving import judged_now
from models.case.queries import show_case
from models.case.rules import (
    DECISIONS,
    MEASURES,
    cause_obstacles,
    contact_obstacles,
    decision_obstacles,
    leaving_obstacles,
    measure_of,
)
from models.ground import clock
from models.ground.errors import AlreadyDoneError
from models.playbook import playbook
from models.playbook.refusals import Hint, Obstacle
from models.shared.agreement import vpa_manager
from models.shared.closing import OUTCOMES, WithReminders
from models.shared.entry import WithLog, log_presets
from models.shared.follow_up import due_obstacles, set_reminder
from models.shared.inactivity import WithProofs, inactivity_obstacles
from models.tables.case import Case


def open_case(work: Work, key: str, seen: int | None) -> Case:
    """The open Case with this id; `AlreadyDoneError` says who was first."""
    case = work.get(Case, key, "Den Case")
    if case.state != "open":
        when = clock.german_moment(case.resolved_at) if case.resolved_at else ""
        raise AlreadyDoneError(f"Case {case.id} hat {case.resolved_by} schon erledigt ({when}).")
    work.check_seen(case, f"case:{case.id}", seen)
    return case


@dataclass(frozen=True, kw_only=True)
class ContactCase(WithProofs):
    """Record that the VPA was written to; the Case stays open and comes back by Reminder."""

    code: ClassVar[str] = "case.contact"
    label: ClassVar[str] = "Kontakt festhalten"
    done: ClassVar[str] = "Kontakt festgehalten"
    help: ClassVar[str] = "Hält fest, dass du den VPA angeschrieben hast, und setzt einen Reminder dazu."

    id: str = arg("Case", "id", positional=True, required=True)
    note: str | None = arg("Notiz", "long")
    due: dt.datetime | None = arg("Reminder am", "due", help="Ohne Angabe: der nächste Arbeitstag.")

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """The proofs only matter for an inactive VPA."""
        proofs = ["list_checked", "activity_proof", "customer_report"] if target.kind == "inactive" else []
        return [*proofs, "note", "due"]

    def load(self, work: Work) -> Case:
        """The open Case."""
        return open_case(work, self.id, self.seen)

    def obstacles(self, work: Work, target: Case) -> Iterator[Obstacle]:
        """The inactivity rules, at each contact anew; a Reminder in the past."""
        if target.kind == "inactive":
            yield from inactivity_obstacles(work, target, "contacted", self.proofs, anew=True)
        if self.due is not None:
            yield from due_obstacles(work, self.due)

    def perform(self, work: Work, target: Case) -> Result:
        """Write who and when, and set the Reminder."""
        contact = {**({"note": self.note} if self.note else {}), **self.proof_details(target)}
        work.update(
            target,
            contacted_at=work.now,
            contacted_by=work.me,
            details={**target.details, "contact": contact},
        )
        due = self.due or clock.start_of_day(work.workdays.next_workday(work.today))
        set_reminder(
            work,
            subject=f"vpa:{target.vpa_id}",
            about=f"case:{target.id}",
            due=due,
            reason=f"Antwort von {target.vpa_name}: {playbook().label('case_kind', target.kind)}",
        )
        return Result(f"case:{target.id}", show_case(work, target), target.vpa_name)


@dataclass(frozen=True, kw_only=True)
class ResolveCase(WithReminders, WithLog, WithProofs):
    """Close a Case with its outcome (D-05)."""

    code: ClassVar[str] = "case.resolve"
    label: ClassVar[str] = "Case erledigen"
    done: ClassVar[str] = "Case erledigt"
    help: ClassVar[str] = "Schließt den Case mit dem, was herausgekommen ist."
    bulk: ClassVar[bool] = True
    several: ClassVar[bool] = True

    id: str = arg("Case", "id", positional=True, required=True)
    measure: str | None = arg("Ergebnis", "choice", choices="measure")
    odd: bool = arg("auffällig", "flag", help="Von Hand als auffällig markieren: dann braucht es Kontakt und Antwort.")
    answer: str | None = arg("Antwort des VPA", "long", help="Auch, dass keine kam.")
    care: str | None = arg("Kundenbetreuung", "long", help="Was für die Kunden vereinbart ist.")
    cause: str | None = arg("Ursache", "long")
    decision: str | None = arg("Entscheidung zur Prio", "choice", choices="decision", values=DECISIONS)
    agreed_with: str | None = arg("abgestimmt mit", "member", role="vpa_manager", oneself=True)
    note: str | None = arg("Notiz", "long")
    FIELDS: ClassVar[dict[str, tuple[str, ...]]] = {
        "schedule": ("measure", "odd", "answer", "decision", "agreed_with", "note"),
        "absence": ("measure", "answer", "care", "note"),
        "class": ("measure", "cause", "note"),
        "inactive": ("measure", "list_checked", "activity_proof", "customer_report", "note"),
        "gone": ("measure", "note"),
    }

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """What this kind of Case asks, then the entry for the VPA-Akte."""
        return [*cls.FIELDS[target.kind], *cls.asks_about(f"case:{target.id}"), "log", "log_kind", "log_tag"]

    def load(self, work: Work) -> Case:
        """The open Case."""
        return open_case(work, self.id, self.seen)

    def presets(self, work: Work, target: Case) -> dict[str, Any]:
        """Kind and tag of the entry; own Reminders go along."""
        return {**log_presets(*self._presets(target)), **self.closing_presets(work, f"case:{target.id}")}

    def allowed(self, field: str, target: Case) -> tuple[str, ...]:
        """The measures of this kind of Case."""
        return MEASURES[target.kind] if field == "measure" else ()

    def obstacles(self, work: Work, target: Case) -> Iterator[Obstacle]:
        """In the order of CONTRACT §4."""
        measure = measure_of(target, self.measure)
        if measure is None:
            yield Obstacle("measure_missing", "D-05")
        yield from decision_obstacles(target, self.decision, self.agreed_with, self.note)
        yield from contact_obstacles(target, self.odd, measure, self.answer)
        yield from cause_obstacles(target, self.cause)
        if target.kind == "inactive":
            yield from inactivity_obstacles(work, target, measure, self.proofs)
        if target.kind == "gone":
            yield from leaving_obstacles(judged_now(work.today, target)["findings"], measure)
        yield from self.closing_obstacles(work, f"case:{target.id}", self.log)
        yield from self.log_obstacles(work, f"vpa:{target.vpa_id}", *self._presets(target))

    def hints(self, work: Work, target: Case) -> Iterator[Hint]:
        """A long absence wants good preparation (D-22)."""
        if target.kind == "absence" and "long" in target.findings and not self.care:
            yield Hint("D-22", "Lange Abwesenheit: Ist für jeden Kunden vereinbart, wer sich kümmert?")

    def perform(self, work: Work, target: Case) -> Result:
        """Write the outcome and, where wanted, entry and Reminder; the entry first, so that it does not close it."""
        measure = measure_of(target, self.measure)
        along = self.own_about(work, f"case:{target.id}") if self.close_reminders else []
        entry = self.write_log(work, f"vpa:{target.vpa_id}", *self._presets(target))
        self.close_along(work, along, entry, measure if measure in OUTCOMES else "solved")
        if measure == "reminder":
            self._carry_on(work, target)
        work.update(
            target,
            **judged_now(work.today, target),  # what is left is known from now on
            state="resolved",
            measure=measure,
            note=self.note,
            details={**target.details, **self._details(target)},
            resolved_at=work.now,
            resolved_by=work.me,
        )
        return Result(f"case:{target.id}", show_case(work, target), target.vpa_name)

    def _details(self, target: Case) -> dict[str, Any]:
        given = {name: getattr(self, name) for name in self.FIELDS[target.kind] if name not in ("measure", "note")}
        if "agreed_with" in given:
            given["agreed_with"] = vpa_manager(self.agreed_with)
        return {name: value for name, value in given.items() if value}

    def _carry_on(self, work: Work, target: Case) -> None:
        """D-40: the matter goes on as a Reminder on the following day."""
        due = target.workable_from
        if due is None or due < work.now:
            due = work.workdays.inactive_workable_from(work.today, work.settings.afternoon)
        set_reminder(
            work,
            subject=f"vpa:{target.vpa_id}",
            about=f"case:{target.id}",
            due=due,
            reason=f"{target.vpa_name}: wieder aktiv?",
        )

    def _presets(self, target: Case) -> tuple[str, str]:
        kind = playbook().kind("case_kind", target.kind)
        return kind.log_kind, kind.tag
