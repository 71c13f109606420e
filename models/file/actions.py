"""Logging an entry, correcting one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.ground import clock
from models.ground.errors import ConflictError, UsageError
from models.playbook.refusals import Hint, Obstacle
from models.shared.entry import write_entry
from models.shared.entry_rules import CUSTOMER_FILES, entry_obstacles, kinds_of, require_reader
from models.shared.follow_up import due_obstacles, receiver_obstacles, set_reminder
from models.tables.entry import Entry

LONGEST_HANDY = "situation_length"
"""Setting: characters over which an entry is called long (K-10)."""


@dataclass(frozen=True, kw_only=True)
class WithEntry(Action):
    """The parts of an entry (K-10)."""

    kind: str | None = arg("Art", "choice", choices="entry")
    situation: str | None = arg("Situation", "long")
    link: str | None = arg("Link zur Aufgabe")
    response: str | None = arg("Reaktion/Lösung", "long")
    next_steps: str | None = arg("Nächste Schritte", "long")
    tag: tuple[str, ...] = arg("Tags", many=True, separated=True)
    reminder: dt.date | None = arg("Reminder am", "date", help="Legt die nächsten Schritte auf Wiedervorlage (R-07).")
    urgent_to: str | None = arg("dringend an", "member", help="Gibt es sofort an ein Mitglied weiter (R-08).")

    def follow_up_obstacles(self, work: Work) -> Iterator[Obstacle]:
        """Dates and receivers of what shall follow."""
        if self.reminder is not None:
            yield from due_obstacles(work, clock.start_of_day(self.reminder))
        if self.urgent_to:
            yield from receiver_obstacles(work, work.require_member(self.urgent_to))

    def whole(self, target: Any) -> dict[str, Any]:
        """The parts of the entry as it will stand: kind, situation, link, response, next_steps, tags."""
        names = ("kind", "situation", "link", "response", "next_steps")
        return {**{name: getattr(self, name) for name in names}, "tags": list(self.tag)}

    def hints(self, work: Work, target: Any) -> Iterator[Hint]:
        """What would make it a better entry (K-10, R-07, R-08)."""
        entry = self.whole(target)
        if entry["next_steps"] and not (self.reminder or self.urgent_to):
            yield Hint("R-07", "Nächste Schritte, aber kein Reminder: Wer denkt daran?")
        if self.reminder and self.reminder > work.today and "dringend" in map(str.casefold, entry["tags"]):
            yield Hint("R-08", "Dringendes gibst du besser gleich weiter, als es auf Wiedervorlage zu legen.")
        if advice := _advice(entry, work.settings.number(LONGEST_HANDY)):
            yield Hint("K-10", advice)

    def follow_up(self, work: Work, entry: Entry) -> None:
        """Set the wanted Reminders about the entry."""
        reason, about = _reason(entry), f"entry:{entry.id}"
        if self.reminder is not None:
            due = clock.start_of_day(self.reminder)
            set_reminder(work, subject=entry.subject, about=about, due=due, reason=reason)
        if self.urgent_to:
            owner = work.require_member(self.urgent_to).kuerzel
            set_reminder(work, subject=entry.subject, about=about, due=work.now, reason=reason, owner=owner)


def _advice(entry: dict[str, Any], longest: int) -> str:
    """Short, and with all three parts (K-10)."""
    length = sum(len(entry[name] or "") for name in ("situation", "response", "next_steps"))
    named = (("response", "Reaktion/Lösung"), ("next_steps", "Nächste Schritte"))
    missing = [label for name, label in named if not entry[name]]
    advice = f"Der Eintrag hat {length} Zeichen. Kurz und knapp liest ihn jeder." if length > longest else ""
    return f"{advice} Noch leer: {' und '.join(missing)}.".strip() if missing else advice


def _reason(entry: Entry) -> str:
    """Why the Reminder about an entry is there. Everybody reads it, so the VPA-Akte is not quoted (A-28)."""
    if entry.file == "vpa_akte":
        return f"VPA-Akte, Eintrag {entry.id} ({kinds_of(entry.file)[entry.kind]}): nächste Schritte"
    return str(entry.next_steps or entry.situation)


@dataclass(frozen=True, kw_only=True)
class LogEntry(WithEntry):
    """Write a new entry into one of the three files."""

    code: ClassVar[str] = "file.log"
    label: ClassVar[str] = "Akteneintrag schreiben"
    done: ClassVar[str] = "Akteneintrag geschrieben"
    help: ClassVar[str] = "Schreibt in O-Team Kundenakte, VPA Kundenakte oder VPA-Akte."

    customer: str | None = arg("Kunde", "customer")
    vpa: str | None = arg("VPA", "vpa")
    file: str | None = arg("Akte", "choice", choices="file", values=CUSTOMER_FILES)

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """Which file is asked for a customer only."""
        file = ["file"] if str(target).startswith("customer:") else []
        return [*file, "kind", "situation", "link", "response", "next_steps", "tag", "reminder", "urgent_to"]

    def reader(self, field: str) -> str:
        """Every field of the green file is read by VPAs."""
        return "vpa" if self.file == "vpa_kunde" and field not in ("reminder", "urgent_to") else "intern"

    def known_target(self, work: Work) -> str | None:
        """The subject, before it is said which file."""
        return f"vpa:{self.vpa}" if self.vpa else f"customer:{self.customer}" if self.customer else None

    def load(self, work: Work) -> str:
        """The subject; wrong usage where it is not exactly one."""
        if bool(self.customer) == bool(self.vpa):
            raise UsageError("Ein Eintrag gehört zu einem Kunden (--customer) oder zu einem VPA (--vpa).")
        if self.vpa:
            if self.file not in (None, "vpa_akte"):
                raise UsageError("Über einen VPA schreibst du in die VPA-Akte; --file gehört zu einem Kunden.")
            return work.subject("vpa", self.vpa)
        subject = work.subject("customer", self.customer or "")
        if self.file not in CUSTOMER_FILES:
            raise UsageError("Sag mit --file, in welche Akte: oteam oder vpa_kunde.")
        return subject

    def _file(self) -> str:
        return "vpa_akte" if self.vpa else self.file or ""

    def obstacles(self, work: Work, target: str) -> Iterator[Obstacle]:
        """The entry's own rules, then those of what follows."""
        yield from self.follow_up_obstacles(work)
        yield from entry_obstacles(work, file=self._file(), subject=target, **self.whole(target))

    def perform(self, work: Work, target: str) -> Result:
        """Write the entry, and what shall follow."""
        entry = write_entry(work, file=self._file(), subject=target, **self.whole(target))
        self.follow_up(work, entry)
        return entry_result(entry)


def entry_result(entry: Entry) -> Result:
    """The result of writing an entry."""
    from models.action.subjects import name_of

    return Result(f"entry:{entry.id}", entry.show(), name_of(entry.subject))


@dataclass(frozen=True, kw_only=True)
class CorrectEntry(WithEntry):
    """Write a new version of an entry; what is not given is taken over (K-04)."""

    code: ClassVar[str] = "file.correct"
    on_restricted: ClassVar[bool] = True
    label: ClassVar[str] = "Akteneintrag berichtigen"
    done: ClassVar[str] = "Akteneintrag berichtigt"
    help: ClassVar[str] = "Schreibt eine neue Fassung; die alte bleibt im Verlauf."

    id: str = arg("Eintrag", "id", positional=True, required=True)

    def reader(self, field: str) -> str:
        """Not known before the entry is read."""
        return "intern"

    def load(self, work: Work) -> Entry:
        """The entry, if the member reads its file."""
        entry = work.get(Entry, self.id, "Den Eintrag")
        require_reader(work, entry.file)
        if entry.withdrawn_at is not None:
            raise ConflictError(f"Eintrag {entry.id} wurde zurückgenommen.")
        return entry

    def whole(self, target: Entry) -> dict[str, Any]:
        """What is given, and the rest as it was."""
        return {name: value or getattr(target, name) for name, value in super().whole(target).items()}

    def obstacles(self, work: Work, target: Entry) -> Iterator[Obstacle]:
        """As for a new entry, over what is taken over."""
        yield from self.follow_up_obstacles(work)
        yield from entry_obstacles(work, file=target.file, subject=target.subject, **self.whole(target))

    def perform(self, work: Work, target: Entry) -> Result:
        """Write the new version."""
        whole = self.whole(target)
        entry = write_entry(work, file=target.file, subject=target.subject, corrects=target.id, **whole)
        self.follow_up(work, entry)
        return entry_result(entry)
