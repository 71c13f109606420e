"""The special case: a customer insults, is disrespectful, discriminates or harasses (W-16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.care.handover.base import result
from models.care.move import customer_of
from models.playbook import playbook
from models.playbook.refusals import Obstacle
from models.shared.entry import write_entry
from models.shared.follow_up import present_with_role, set_reminder
from models.tables.handover import Handover
from models.tables.people import Assignment, Customer


@dataclass(frozen=True, kw_only=True)
class EscalateHandover(Action):
    """Report it to the managers at once; the ordinary steps do not apply."""

    code: ClassVar[str] = "handover.escalate"
    label: ClassVar[str] = "Sonderfall melden"
    done: ClassVar[str] = "Sonderfall gemeldet"
    help: ClassVar[str] = "Ein Kunde beleidigt, diskriminiert oder belästigt: meldet es sofort allen Managern."

    customer: str | None = arg("Kunde", "customer", required=True)
    text: str | None = arg("Was vorgefallen ist", "long")

    def load(self, work: Work) -> Customer:
        """The customer."""
        return customer_of(work, self.customer or "")

    def obstacles(self, work: Work, target: Customer) -> Iterator[Obstacle]:
        """What has happened."""
        if not self.text:
            yield Obstacle("text_missing", "W-16")

    def perform(self, work: Work, target: Customer) -> Result:
        """Entry, request in the state `escalated`, and a due Reminder for every manager who is here."""
        assert self.text is not None
        complaint = playbook().kind("entry_oteam", "complaint").tag
        subject = f"customer:{target.id}"
        entry = write_entry(
            work, file="oteam", subject=subject, kind="complaint", situation=self.text, tags=[complaint, "Sonderfall"]
        )
        current = Assignment.current(target.id, work.today)
        handover = work.insert(
            Handover,
            customer=target.id,
            vpa=current.vpa_id if current else None,
            state="escalated",
            reason=self.text,
            opened_at=work.now,
            opened_by=work.me,
            closed_at=work.now,
            closed_by=work.me,
            entry=entry.id,
        )
        managers = [member.kuerzel for member in present_with_role(work, "vpa_manager", "customer_manager")]
        for owner in managers or [work.me]:  # a team without managers keeps it in sight all the same
            set_reminder(
                work,
                subject=subject,
                about=f"handover:{handover.id}",
                due=work.now,
                reason=f"Sonderfall bei {target.name}: sofort ansehen und entscheiden",
                owner=owner,
            )
        return result(work, handover)
