"""Informing a VPA manager about a Neu-Flag, and removing it when its phase is worked through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.ground import clock
from models.ground.errors import AlreadyDoneError, UsageError
from models.journey.queries import show_flag
from models.journey.stages import stage_begin
from models.playbook import playbook
from models.playbook.refusals import Obstacle
from models.shared.agreement import vpa_manager
from models.shared.closing import WithReminders
from models.shared.entry import WithLog, log_presets
from models.shared.follow_up import receiver_obstacles, set_reminder, somebody_with_role
from models.tables.flag import Flag
from models.tables.people import Member
from models.tables.reminder import Reminder


@dataclass(frozen=True, kw_only=True)
class OnFlag(Action):
    """An action on one open Neu-Flag."""

    id: str = arg("Neu-Flag", "id", positional=True, required=True)

    def load(self, work: Work) -> Flag:
        """The open flag; `AlreadyDoneError` says who was first."""
        flag = work.get(Flag, self.id, "Das Neu-Flag")
        if flag.state != "open":
            who = flag.removed_by or "der erste Import"
            raise AlreadyDoneError(f"Das Neu-Flag {flag.id} hat {who} schon entfernt.")
        work.check_seen(flag, f"flag:{flag.id}", self.seen)
        return flag


@dataclass(frozen=True, kw_only=True)
class InformManager(OnFlag):
    """Tell a VPA manager about the phase, by a Reminder due now (J-07)."""

    code: ClassVar[str] = "journey.inform"
    label: ClassVar[str] = "VPA Manager informieren"
    done: ClassVar[str] = "VPA Manager informiert"
    help: ClassVar[str] = "Setzt einem VPA Manager einen sofort fälligen Reminder zu diesem Neu-Flag."

    to: str | None = arg("an", "member", role="vpa_manager", help="Kürzel; ohne Angabe ein VPA Manager, der da ist.")

    def load(self, work: Work) -> Flag:
        """The open flag, unless a VPA manager still has it on the desk."""
        flag = super().load(work)
        waiting = Reminder.select().where(Reminder.about == f"flag:{flag.id}", Reminder.state == "open")
        if flag.informed_at is not None and waiting.exists():
            raise AlreadyDoneError(f"{flag.informed_by} hat den VPA Manager schon informiert.")
        return flag

    def obstacles(self, work: Work, target: Flag) -> Iterator[Obstacle]:
        """Nobody who is away."""
        if self.to:
            yield from receiver_obstacles(work, self._receiver(work))

    def _receiver(self, work: Work) -> Any:
        if not self.to:
            return somebody_with_role(work, "vpa_manager", "VPA Manager")
        receiver = work.require_member(self.to)
        if receiver.left_on is None and not receiver.has("vpa_manager"):
            raise UsageError(f"{receiver.kuerzel} ist kein VPA Manager.")
        return receiver

    def perform(self, work: Work, target: Flag) -> Result:
        """Set the Reminder and note who informed when."""
        stage = playbook().label("stage", target.stage)
        set_reminder(
            work,
            subject=f"vpa:{target.vpa_id}",
            about=f"flag:{target.id}",
            due=work.now,
            reason=f"VPA-Journey {stage}: {target.vpa_name} kontaktieren",
            owner=self._receiver(work).kuerzel,
        )
        work.update(target, informed_at=work.now, informed_by=work.me)
        return Result(f"flag:{target.id}", show_flag(work, target), target.vpa_name)


EARLY = dt.timedelta(days=90)
"""An Onboarding-Call longer before the start than this is most likely a slip of the pen (J-01)."""


@dataclass(frozen=True, kw_only=True)
class RemoveFlag(OnFlag, WithReminders, WithLog):
    """Clear “NEU in …” once the phase's task is done (J-01 to J-08)."""

    code: ClassVar[str] = "journey.remove"
    label: ClassVar[str] = "Neu-Flag entfernen"
    done: ClassVar[str] = "Neu-Flag entfernt"
    help: ClassVar[str] = "Entfernt das Neu-Flag, wenn die Aufgabe der Phase erledigt ist."
    bulk: ClassVar[bool] = True
    several: ClassVar[bool] = True

    onboarding_call: dt.date | None = arg("Onboarding-Call am", "date")
    appointment: dt.datetime | None = arg("Check-in Call am", "moment", help="Der Termin darf noch bevorstehen.")
    buddy: str | None = arg("Buddy", role="buddy", oneself=True)
    class_checked: bool = arg("Klasse geprüft", "flag")
    measures: str | None = arg("Maßnahmen", "long")
    agreed_with: str | None = arg("abgestimmt mit VPA Manager", "member", role="vpa_manager", oneself=True)
    discussed_on: dt.date | None = arg("mit dem VPA besprochen am", "date")
    contacted_on: dt.date | None = arg("VPA kontaktiert am", "date")
    gone: bool = arg("nicht mehr auf der Plattform", "flag", help="Nur wenn der VPA im Export nicht mehr vorkommt.")

    FIELDS: ClassVar[dict[str, tuple[str, ...]]] = {
        "0-3": ("onboarding_call",),
        "3-6": ("appointment", "buddy"),
        ">12": ("contacted_on",),
    }
    BY_CLASS: ClassVar[dict[str, tuple[str, ...]]] = {
        "C": ("class_checked", "measures", "agreed_with", "discussed_on"),
        "D": ("class_checked", "measures", "agreed_with", "discussed_on"),
        "N": ("class_checked", "agreed_with"),
    }

    @classmethod
    def asked(cls, target: Flag) -> tuple[str, ...]:
        """The fields of this stage, of 6–9 and 9–12 by the VPA's class (J-03 to J-06, A-10)."""
        return cls.FIELDS.get(target.stage) or cls.BY_CLASS.get(target.vpa.klasse, ("class_checked",))

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """What this stage asks, then the entry for the VPA-Akte."""
        gone, along = ["gone"] if target.vpa.gone else [], cls.asks_about(f"flag:{target.id}")
        return [*gone, *cls.asked(target), *along, "log", "log_kind", "log_tag"]

    def obstacles(self, work: Work, target: Flag) -> Iterator[Obstacle]:
        """By stage; none for a VPA that is gone."""
        if not (self.gone and target.vpa.gone):
            yield from self._stage_obstacles(work, target)
        yield from self.closing_obstacles(work, f"flag:{target.id}", self.log)
        yield from self.log_obstacles(work, f"vpa:{target.vpa_id}", *self._presets(target))

    def _stage_obstacles(self, work: Work, target: Flag) -> Iterator[Obstacle]:
        if target.stage == "0-3":
            call = self._onboarding_call(target)
            yield from _dated(work, call, "onboarding_call", "J-01")
            if call is not None and call < target.vpa.start - EARLY:
                yield Obstacle("onboarding_call_early", "J-01", "warn", detail=clock.german_date(call))
        elif target.stage == "3-6":
            if self.appointment is None:
                yield Obstacle("appointment_missing", "J-02")
            if not self._buddy(target):
                yield Obstacle("buddy_missing", "J-02")
        elif target.stage == ">12":
            if not work.has_role("vpa_manager"):
                yield Obstacle("role_vpa_manager", "J-08")
            yield from _dated(work, self.contacted_on, "contact", "J-08")
        else:
            yield from self._class_obstacles(work, target)

    def _class_obstacles(self, work: Work, target: Flag) -> Iterator[Obstacle]:
        asked = self.asked(target)
        if not self.class_checked:
            yield Obstacle("class_check_missing", "J-03")
        if "measures" in asked and not self.measures:
            yield Obstacle("measures_missing", "J-04")
        if "agreed_with" in asked and vpa_manager(self.agreed_with) is None:
            yield Obstacle("agreement_missing", "J-04")
        if "discussed_on" in asked:
            yield from _dated(work, self.discussed_on, "discussion", "J-05")
            begun = stage_begin(target.stage, target.vpa.start)
            if self.discussed_on is not None and self.discussed_on < begun:
                rule = "J-05" if target.stage == "6-9" else "J-06"
                yield Obstacle("discussion_too_early", rule, detail=f"die Phase begann {clock.german_date(begun)}")

    def _buddy(self, target: Flag) -> str | None:
        """The Buddy who leads the call: given or known, by Kürzel or name; who has left the team leads none."""
        named: str | None = self.buddy or target.vpa.buddy
        member = Member.find(named) if named else None
        return None if member is not None and member.left_on is not None else named

    def _onboarding_call(self, target: Flag) -> dt.date | None:
        known: dt.date | None = target.vpa.onboarding_call
        return self.onboarding_call or known

    def perform(self, work: Work, target: Flag) -> Result:
        """Write who, when, and what was given."""
        along = self.own_about(work, f"flag:{target.id}") if self.close_reminders else []
        entry = self.write_log(work, f"vpa:{target.vpa_id}", *self._presets(target))
        self.close_along(work, along, entry, "solved")
        work.update(
            target,
            state="removed",
            removed_at=work.now,
            removed_by=work.me,
            details={**target.details, **self._details(target)},
        )
        return Result(f"flag:{target.id}", show_flag(work, target), target.vpa_name)

    def _details(self, target: Flag) -> dict[str, Any]:
        """The evidence of this stage, as JSON values."""
        if self.gone and target.vpa.gone:
            return {"gone": True}
        given: dict[str, Any] = {name: getattr(self, name) for name in self.asked(target)}
        if target.stage == "0-3":
            given["onboarding_call"] = self._onboarding_call(target)
        if target.stage == "3-6":
            given["buddy"] = self._buddy(target)
        if "agreed_with" in given:
            given["agreed_with"] = vpa_manager(self.agreed_with)
        if "class_checked" in given:
            given["class_at_check"] = target.vpa.klasse
        return {name: _plain(value) for name, value in given.items() if value}

    def presets(self, work: Work, target: Flag) -> dict[str, Any]:
        """Kind and tag of the entry; own Reminders go along."""
        return {**log_presets(*self._presets(target)), **self.closing_presets(work, f"flag:{target.id}")}

    def _presets(self, target: Flag) -> tuple[str, str]:
        kind = playbook().kind("stage", target.stage)
        return kind.log_kind or "journey", kind.tag or "VPA-Journey"


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return clock.iso(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _dated(work: Work, day: dt.date | None, what: str, rule: str) -> Iterator[Obstacle]:
    """Something done needs its date, today or earlier."""
    if day is None:
        yield Obstacle(f"{what}_missing", rule)
    elif day > work.today:
        yield Obstacle(f"{what}_in_future", rule)
