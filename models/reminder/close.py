"""Closing a Reminder: the matter is settled, the file is up to date (R-04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from models.action.args import arg
from models.action.base import Result
from models.action.work import Work
from models.playbook import Kind, playbook
from models.playbook.refusals import Obstacle
from models.reminder.base import OnReminder, owner_obstacles, reminder_result
from models.shared.closing import OUTCOMES, close_reminder, proving_entry
from models.shared.entry import WithLog, log_presets
from models.shared.inactivity import WithProofs, inactivity_obstacles
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.reminder import Reminder


def inactive_case(reminder: Reminder) -> Case | None:
    """The inactive Case whose rules hold for a Reminder about one: the VPA's open one, should it have gone inactive
    again meanwhile, else the one it is about.
    """
    case = _cause(reminder, "case", Case)
    if case is None or case.kind != "inactive":
        return None
    newer = Case.get_or_none(Case.vpa == case.vpa_id, Case.kind == "inactive", Case.state == "open")
    return cast("Case | None", newer or case)


def _cause(reminder: Reminder, kind: str, model: type[Any]) -> Any:
    """What a Reminder is about, if that is of this kind."""
    about, _, key = (reminder.about or "").partition(":")
    return model.get_or_none(model.id == int(key)) if about == kind else None


@dataclass(frozen=True, kw_only=True)
class CloseReminder(OnReminder, WithLog, WithProofs):
    """Remove a Reminder: the matter is settled and the file is up to date (R-04)."""

    code: ClassVar[str] = "reminder.done"
    label: ClassVar[str] = "Reminder entfernen"
    done: ClassVar[str] = "Reminder entfernt"
    help: ClassVar[str] = "Erledigt den Reminder; er bleibt im Verlauf."
    bulk: ClassVar[bool] = True

    outcome: str | None = arg("Ergebnis", "choice", choices="outcome", values=OUTCOMES)
    answer: str | None = arg("Antwort des VPA", "long", help="Ohne Antwort ist die Sache offen: verschieb sie.")
    note: str | None = arg("Notiz", "long")

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """Proofs only for an inactive VPA; which file only for a customer."""
        proofs = ["list_checked", "activity_proof", "customer_report", "answer"] if inactive_case(target) else []
        file = [] if target.subject.startswith("vpa:") else ["log_file"]
        return ["outcome", *proofs, "note", *file, "log", "log_kind", "log_tag"]

    def obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """First what holds for an inactive VPA, then outcome and file, then the owner."""
        case = inactive_case(target)
        if case is not None:
            yield from inactivity_obstacles(work, case, self.outcome, self.proofs)
        if self.outcome not in (OUTCOMES[1:] if case else OUTCOMES):
            yield Obstacle("outcome_missing", "R-04")
        if case is not None and self.outcome == "contacted" and case.vpa.active is False and not self.answer:
            yield Obstacle("not_solved", "R-04")
        if not self.log and proving_entry(target, work.now) is None:
            yield Obstacle("entry_missing", "R-04")
        yield from owner_obstacles(work, target)
        yield from self.log_obstacles(work, target.subject, *self._presets(target))

    def perform(self, work: Work, target: Reminder) -> Result:
        """Close it on the newest entry; what repeats is set anew."""
        entry = self.write_log(work, target.subject, *self._presets(target)) or proving_entry(target, work.now)
        assert entry is not None
        assert self.outcome is not None
        close_reminder(work, target, entry, self.outcome, note=self.note, answer=self.answer)
        return reminder_result(work, target)

    def presets(self, work: Work, target: Reminder) -> dict[str, Any]:
        """Kind and tag of the entry about a VPA; for a customer they depend on the file."""
        return log_presets(*self._face(target)) if target.subject.startswith("vpa:") else {}

    def allowed(self, field: str, target: Reminder) -> tuple[str, ...]:
        """Fewer outcomes for an inactive VPA, and for a customer, who is never one."""
        if field != "outcome":
            return ()
        if target.subject.startswith("customer:"):
            return ("solved", "contacted")
        return OUTCOMES[1:] if inactive_case(target) else OUTCOMES

    def _presets(self, target: Reminder) -> tuple[str, str]:
        """Kind and tag of the entry; none where no entry is wanted."""
        return self._face(target) if self.log else ("", "")

    def _face(self, target: Reminder) -> tuple[str, str]:
        """Kind and tag by what is closed."""
        book = playbook()
        if target.subject.startswith("customer:"):
            return _plain(book.kind(f"entry_{self.file_of(target.subject)}", "other"))
        if (case := _cause(target, "case", Case)) is not None:
            face = book.kind("case_kind", case.kind)
        elif (flag := _cause(target, "flag", Flag)) is not None:
            face = book.kind("stage", flag.stage)
        else:
            return _plain(book.kind("entry_vpa_akte", "contact" if self.outcome == "contacted" else "other"))
        return face.log_kind, face.tag


def _plain(kind: Kind) -> tuple[str, str]:
    return kind.code, kind.tag or kind.label
