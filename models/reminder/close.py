"""Closing a Reminder: the matter is settled, the file is up to date (R-04)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from models.action.args import arg
from models.action.base import Result
from models.action.work import Work
from models.playbook import Kind, playbook
from models.playbook.refusals import Obstacle
from models.reminder.base import OnReminder, accepted, owner_obstacles, reminder_result
from models.reminder.recurring import set_next
from models.shared.entry import WithLog, log_presets
from models.shared.follow_up import set_reminder
from models.shared.inactivity import WithProofs, inactivity_obstacles
from models.shared.upkeep import UPKEEP, next_check, upkeep_reason
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.people import Assignment
from models.tables.reminder import Reminder

OUTCOMES = ("solved", "active_again", "list_checked", "contacted")


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


AHEAD = dt.timedelta(days=2)
"""An entry of the platform that lies further ahead than this proves nothing: it cannot have been written yet."""


def proving_entry(reminder: Reminder, now: dt.datetime) -> Entry | None:
    """The newest entry in the subject's file that was written after the Reminder was set (R-04).

    Ours count in the order of writing, the platform's by their own time.
    """
    ours = Entry.platform_id.is_null() & (Entry.id > reminder.after_entry)
    theirs = (
        Entry.platform_id.is_null(False) & (Entry.created_at > reminder.created_at) & (Entry.created_at <= now + AHEAD)
    )
    query = Entry.select().where(Entry.subject == reminder.subject, Entry.withdrawn_at.is_null(), ours | theirs)
    return cast("Entry | None", query.order_by(Entry.id.desc()).first())


@dataclass(frozen=True, kw_only=True)
class CloseReminder(OnReminder, WithLog, WithProofs):
    """Remove a Reminder: the matter is settled and the file is up to date (R-04)."""

    code: ClassVar[str] = "reminder.done"
    label: ClassVar[str] = "Reminder entfernen"
    done: ClassVar[str] = "Reminder entfernt"
    help: ClassVar[str] = "Erledigt den Reminder; er bleibt im Verlauf."
    bulk: ClassVar[bool] = True

    outcome: str | None = arg("Ergebnis", "choice", choices="outcome", values=OUTCOMES)
    note: str | None = arg("Notiz", "long")

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """Proofs only for an inactive VPA; which file only for a customer."""
        proofs = ["list_checked", "activity_proof", "customer_report"] if inactive_case(target) else []
        file = [] if target.subject.startswith("vpa:") else ["log_file"]
        return ["outcome", *proofs, "note", *file, "log", "log_kind", "log_tag"]

    def obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """First what holds for an inactive VPA, then outcome and file, then the owner."""
        case = inactive_case(target)
        if case is not None:
            yield from inactivity_obstacles(work, case, self.outcome, self.proofs)
        if self.outcome not in (OUTCOMES[1:] if case else OUTCOMES):
            yield Obstacle("outcome_missing", "R-04")
        if not self.log and proving_entry(target, work.now) is None:
            yield Obstacle("entry_missing", "R-04")
        yield from owner_obstacles(work, target)
        yield from self.log_obstacles(work, target.subject, *self._presets(target))

    def perform(self, work: Work, target: Reminder) -> Result:
        """Close it on the newest entry; what repeats is set anew."""
        entry = self.write_log(work, target.subject, *self._presets(target)) or proving_entry(target, work.now)
        assert entry is not None
        work.update(
            target,
            state="done",
            outcome=self.outcome,
            note=self.note,
            entry=entry.id,
            accepted_at=accepted(work, target),
            done_at=work.now,
            done_by=work.me,
        )
        if target.kind == UPKEEP:
            _repeat(work, target)
        set_next(work, target)
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


def _repeat(work: Work, done: Reminder) -> None:
    """K-25: the check comes again while the assignment lasts; each later one has brought a check of its own."""
    newer = Reminder.select().where(Reminder.subject == done.subject, Reminder.kind == UPKEEP, Reminder.id > done.id)
    current = Assignment.current(done.subject.partition(":")[2], work.today)
    if newer.exists() or current is None:
        return
    set_reminder(
        work,
        subject=done.subject,
        due=next_check(work),
        reason=upkeep_reason(current.vpa.name),
        about=done.about,
        kind=UPKEEP,
    )
