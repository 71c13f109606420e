"""Setting, moving, handing round and closing Reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models import clock
from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.case.actions import WithProofs
from models.case.inactivity import inactivity_obstacles
from models.case.table import Case
from models.errors import AlreadyDoneError, Obstacle, UsageError
from models.file.table import Entry
from models.file.write import WithLog
from models.people import Assignment
from models.playbook import playbook
from models.reminder.queries import show_reminder
from models.reminder.table import Reminder
from models.reminder.write import due_obstacles, receiver_obstacles, set_reminder
from models.subjects import belongs_to, find_subject, name_of

OUTCOMES = ("solved", "active_again", "list_checked", "contacted")


@dataclass(frozen=True, kw_only=True)
class SetReminder(Action):
    """A new Reminder on a VPA or customer (R-02, R-06)."""

    code: ClassVar[str] = "reminder.set"
    label: ClassVar[str] = "Reminder setzen"
    done: ClassVar[str] = "Reminder gesetzt"
    help: ClassVar[str] = "Legt etwas auf Wiedervorlage."

    vpa: str | None = arg("VPA", "vpa")
    customer: str | None = arg("Kunde", "customer")
    about: str | None = arg("Anlass", help="Was ihn auslöst: case:12, flag:7, entry:9, task:T1, handover:2.")
    due: dt.datetime | None = arg("fällig", "due")
    reason: str | None = arg("Grund", "long")
    receiver: str | None = arg("für", "member", option="for", help="Kürzel; ohne Angabe du selbst.")

    def load(self, work: Work) -> str | None:
        """The VPA or customer it hangs on; None where nothing was named."""
        if self.vpa and self.customer:
            raise UsageError("Ein Reminder hängt an einem VPA oder an einem Kunden, nicht an beiden.")
        cause = find_subject(work, self.about) if self.about else None
        if self.vpa:
            return work.subject("vpa", self.vpa)
        if self.customer:
            return work.subject("customer", self.customer)
        return belongs_to(cause) if cause is not None else None

    def obstacles(self, work: Work, target: str | None) -> Iterator[Obstacle]:
        """Subject, date, reason, and an owner who is there."""
        if target is None:
            yield Obstacle("subject_missing", "R-06")
        yield from due_obstacles(work, self.due)
        if not self.reason:
            yield Obstacle("reason_missing", "R-05")
        if self.receiver:
            yield from receiver_obstacles(work, work.require_member(self.receiver))

    def perform(self, work: Work, target: str | None) -> Result:
        """Write it."""
        assert target is not None and self.due is not None and self.reason is not None
        owner = work.require_member(self.receiver).kuerzel if self.receiver else work.me
        about = None if self.about == target else self.about
        reminder = set_reminder(work, subject=target, due=self.due, reason=self.reason, about=about, owner=owner)
        return _result(work, reminder)


def _result(work: Work, reminder: Reminder) -> Result:
    return Result(f"reminder:{reminder.id}", show_reminder(work, reminder), name_of(reminder.subject))


@dataclass(frozen=True, kw_only=True)
class OnReminder(Action):
    """An action on one open Reminder."""

    id: str = arg("Reminder", "id", positional=True, required=True)

    def load(self, work: Work) -> Reminder:
        """The open Reminder; `AlreadyDoneError` says who was first."""
        reminder = work.get(Reminder, self.id, "Den Reminder")
        if reminder.state != "open":
            raise AlreadyDoneError(f"Reminder {reminder.id} hat {reminder.done_by} schon entfernt.")
        work.check_seen(reminder, f"reminder:{reminder.id}", self.seen)
        return reminder

    def owner_obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """The same member keeps working it (R-03)."""
        if target.owner != work.me:
            yield Obstacle("not_owner", "R-03", detail=f"er gehört {target.owner}")


@dataclass(frozen=True, kw_only=True)
class PostponeReminder(OnReminder):
    """Move a Reminder to a later date, with a reason."""

    code: ClassVar[str] = "reminder.postpone"
    label: ClassVar[str] = "Reminder verschieben"
    done: ClassVar[str] = "Reminder verschoben"
    help: ClassVar[str] = "Erinnert dich später, mit Grund."
    bulk: ClassVar[bool] = True

    due: dt.datetime | None = arg("fällig", "due")
    reason: str | None = arg("Grund", "long")

    def obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """Date and reason; only the owner."""
        yield from due_obstacles(work, self.due)
        if not self.reason:
            yield Obstacle("reason_missing", "R-05")
        yield from self.owner_obstacles(work, target)

    def perform(self, work: Work, target: Reminder) -> Result:
        """Move it; why stands in the history."""
        work.update(target, due=self.due, accepted_at=accepted(work, target))
        return _result(work, target)


def accepted(work: Work, reminder: Reminder) -> dt.datetime | None:
    """When the receiver of a hand-over accepted it: at the latest with their first act on it (R-08)."""
    if reminder.accepted_at is None and reminder.created_by != work.me:
        return work.now
    return reminder.accepted_at


@dataclass(frozen=True, kw_only=True)
class TakeReminder(OnReminder):
    """Take over from a member who is away (R-05)."""

    code: ClassVar[str] = "reminder.take"
    label: ClassVar[str] = "Reminder übernehmen"
    done: ClassVar[str] = "Reminder übernommen"
    help: ClassVar[str] = "Vertretung: übernimmt den Reminder eines abwesenden Mitglieds."
    bulk: ClassVar[bool] = True

    reason: str | None = arg("Grund", "long", help="Nötig, wenn ein VPA Manager von jemandem übernimmt, der da ist.")

    def load(self, work: Work) -> Reminder:
        """The open Reminder, not one's own."""
        reminder = super().load(work)
        if reminder.owner == work.me:
            raise AlreadyDoneError(f"Reminder {reminder.id} gehört dir schon.")
        return reminder

    def obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """The owner is away, or a VPA manager says why."""
        if work.require_member(target.owner).is_away(work.today):
            return
        if not work.has_role("vpa_manager"):
            yield Obstacle("owner_present", "R-05", detail=f"{target.owner} ist da")
        elif not self.reason:
            yield Obstacle("reason_missing", "R-05")

    def perform(self, work: Work, target: Reminder) -> Result:
        """Change the owner and remember the one before."""
        work.update(target, owners=[*target.owners, target.owner], owner=work.me, accepted_at=work.now)
        return _result(work, target)


@dataclass(frozen=True, kw_only=True)
class GiveBackReminder(OnReminder):
    """Return a taken Reminder to the owner before."""

    code: ClassVar[str] = "reminder.give-back"
    label: ClassVar[str] = "Reminder zurückgeben"
    done: ClassVar[str] = "Reminder zurückgegeben"
    help: ClassVar[str] = "Gibt einen übernommenen Reminder an den vorigen Besitzer zurück."
    bulk: ClassVar[bool] = True

    def load(self, work: Work) -> Reminder:
        """The open Reminder, once taken."""
        reminder = super().load(work)
        if not reminder.owners:
            raise AlreadyDoneError(f"Reminder {reminder.id} hat niemand übernommen.")
        return reminder

    def obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """Only who has it gives it back."""
        yield from self.owner_obstacles(work, target)

    def perform(self, work: Work, target: Reminder) -> Result:
        """One step back along the chain of stand-ins."""
        work.update(target, owner=target.owners[-1], owners=target.owners[:-1])
        return _result(work, target)


@dataclass(frozen=True, kw_only=True)
class HandOverReminder(OnReminder):
    """Give a Reminder to a colleague."""

    code: ClassVar[str] = "reminder.hand-over"
    label: ClassVar[str] = "Reminder abgeben"
    done: ClassVar[str] = "Reminder abgegeben"
    help: ClassVar[str] = "Gibt den Reminder an ein anderes Mitglied, mit Grund."
    bulk: ClassVar[bool] = True

    to: str | None = arg("an", "member")
    reason: str | None = arg("Grund", "long")

    def obstacles(self, work: Work, target: Reminder) -> Iterator[Obstacle]:
        """A receiver who is there, a reason, and only the owner."""
        if not self.to:
            yield Obstacle("kuerzel_missing", "R-02")
        if not self.reason:
            yield Obstacle("reason_missing", "R-05")
        yield from self.owner_obstacles(work, target)
        if self.to:
            receiver = work.require_member(self.to)
            if receiver.kuerzel == work.me or receiver.is_away(work.today):
                yield Obstacle("receiver_away", "R-05")

    def perform(self, work: Work, target: Reminder) -> Result:
        """Change the owner; accepted when the receiver first acts on it."""
        assert self.to is not None
        work.update(target, owner=work.require_member(self.to).kuerzel, accepted_at=None)
        return _result(work, target)


def case_behind(reminder: Reminder) -> Case | None:
    """The Case a Reminder is about, if it is about one."""
    kind, _, key = (reminder.about or "").partition(":")
    case: Case | None = Case.get_or_none(Case.id == int(key)) if kind == "case" else None
    return case


def inactive_case(reminder: Reminder) -> Case | None:
    """The inactive Case a Reminder is about, if it is about one."""
    case = case_behind(reminder)
    return case if case is not None and case.kind == "inactive" else None


def proving_entry(reminder: Reminder) -> Entry | None:
    """The newest entry in the subject's file that was written after the Reminder was set (R-04)."""
    later = (Entry.id > reminder.after_entry) & (
        Entry.platform_id.is_null() | (Entry.created_at > reminder.created_at)
    )
    query = Entry.select().where(Entry.subject == reminder.subject, Entry.withdrawn_at.is_null(), later)
    found: Entry | None = query.order_by(Entry.id.desc()).first()
    return found


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
        if not self.log and proving_entry(target) is None:
            yield Obstacle("entry_missing", "R-04")
        yield from self.owner_obstacles(work, target)
        yield from self.log_obstacles(work, target.subject, *self._presets(target))

    def perform(self, work: Work, target: Reminder) -> Result:
        """Close it on the newest entry; what repeats is set anew."""
        entry = self.write_log(work, target.subject, *self._presets(target)) or proving_entry(target)
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
        if target.kind == "upkeep":
            self._repeat(work, target)
        return _result(work, target)

    def _presets(self, target: Reminder) -> tuple[str, str]:
        """Kind and tag of the entry, by what is closed."""
        if not self.log:
            return "", ""
        book = playbook()
        if target.subject.startswith("customer:"):
            kind = book.kind(f"entry_{self.file_of(target.subject)}", "other")
            return kind.code, kind.tag or kind.label
        cause = case_behind(target)
        if cause is not None:
            face = book.kind("case_kind", cause.kind)
            return face.log_kind, face.tag
        kind = book.kind("entry_vpa_akte", "contact" if self.outcome == "contacted" else "other")
        return kind.code, kind.tag or kind.label

    def _repeat(self, work: Work, target: Reminder) -> None:
        """K-25: the check comes again while the assignment lasts."""
        customer = target.subject.partition(":")[2]
        current = Assignment.current(customer, work.today)
        if current is None or current.start > clock.day_of(target.created_at):
            return
        day = work.today + dt.timedelta(weeks=work.settings.number("repeat_weeks"))
        set_reminder(
            work,
            subject=target.subject,
            due=clock.start_of_day(day),
            reason=target.reason,
            about=target.about,
            kind="upkeep",
        )
