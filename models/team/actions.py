"""Adding and changing members, Urlaub and illness."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.ground import clock
from models.ground.errors import AlreadyDoneError, UsageError
from models.ground.text import id_text
from models.playbook.refusals import Hint, Obstacle
from models.tables.people import BUDDY, ROLES, Leave, Member, Vpa, kuerzel_key
from models.tables.reminder import Reminder

NOBODY = "-"
"""Given for a deputy: none any more."""

LONGEST_KUERZEL = 20
"""Characters of a Kürzel."""


def manager_obstacles(work: Work) -> Iterator[Obstacle]:
    """Once the team has a manager, only managers change members and settings."""
    has_manager = any(member.is_manager for member in Member.select().where(Member.left_on.is_null()))
    if has_manager and not (work.member is not None and work.member.is_manager):
        yield Obstacle("role_manager", "A-28")


def _roles(given: tuple[str, ...]) -> list[str]:
    unknown = [role for role in given if role not in ROLES]
    if unknown:
        raise UsageError(f"Die Rolle „{unknown[0]}“ gibt es nicht. Möglich ist: {', '.join(ROLES)}.")
    return sorted(set(given))


def _result(member: Member) -> Result:
    return Result(f"member:{member.kuerzel}", member.show(), member.kuerzel)


@dataclass(frozen=True, kw_only=True)
class AddMember(Action):
    """A new member; the first one may add themselves."""

    code: ClassVar[str] = "member.add"
    label: ClassVar[str] = "Mitglied aufnehmen"
    done: ClassVar[str] = "Mitglied aufgenommen"
    help: ClassVar[str] = "Nimmt ein Mitglied mit Kürzel, Namen und Rollen auf."
    undoable: ClassVar[bool] = False

    kuerzel: str = arg("Kürzel", positional=True, required=True)
    name: str = arg("Name", positional=True, required=True)
    role: tuple[str, ...] = arg("Rolle", "choice", choices="role", many=True, values=ROLES, strict=True)
    login: str | None = arg("Anmeldename", help="Konto des Betriebssystems, das für dieses Mitglied handelt.")

    @property
    def needs_member(self) -> bool:  # type: ignore[override]
        """Not for the very first member."""
        return bool(Member.select().exists())

    def _wanted(self) -> str:
        return id_text(self.kuerzel)

    def load(self, work: Work) -> None:
        """A Kürzel is unique whatever its case."""
        kuerzel = self._wanted()
        if len(kuerzel) > LONGEST_KUERZEL or not all(char.isalnum() or char in "-_." for char in kuerzel):
            raise UsageError(f"Ein Kürzel hat bis zu {LONGEST_KUERZEL} Buchstaben und Ziffern, auch mit - _ und Punkt.")
        if Member.find(kuerzel) is not None:
            raise AlreadyDoneError(f"Das Kürzel {kuerzel} gibt es schon.")
        _free_login(self.login, None)

    def obstacles(self, work: Work, target: Any) -> Iterator[Obstacle]:
        """Managers only, once there is one."""
        yield from manager_obstacles(work)

    def perform(self, work: Work, target: Any) -> Result:
        """Write the member."""
        kuerzel = self._wanted()
        member = work.insert(
            Member,
            kuerzel=kuerzel,
            key=kuerzel_key(kuerzel),
            name=self.name,
            roles=_roles(self.role) or ["at"],
            login=self.login,
        )
        return _result(member)


def _free_login(login: str | None, own: str | None) -> None:
    holder = Member.get_or_none(Member.login == login) if login else None
    if holder is not None and holder.kuerzel != own:
        raise AlreadyDoneError(f"Der Anmeldename {login} gehört schon {holder.kuerzel}.")


@dataclass(frozen=True, kw_only=True)
class OnMember(Action):
    """An action on one member."""

    undoable: ClassVar[bool] = False
    kuerzel: str = arg("Kürzel", "member", positional=True, required=True)

    def load(self, work: Work) -> Member:
        """The member, locked."""
        found = work.require_member(self.kuerzel)
        return work.get(Member, found.kuerzel, "Das Kürzel")


@dataclass(frozen=True, kw_only=True)
class SetMember(OnMember):
    """Change name, roles or login."""

    code: ClassVar[str] = "member.set"
    label: ClassVar[str] = "Mitglied ändern"
    done: ClassVar[str] = "Mitglied geändert"
    help: ClassVar[str] = "Ändert Namen, Rollen oder Anmeldenamen; was fehlt, bleibt."

    name: str | None = arg("Name")
    role: tuple[str, ...] = arg("Rolle", "choice", choices="role", many=True, values=ROLES, strict=True, column="roles")
    login: str | None = arg("Anmeldename")
    deputy: str | None = arg(
        "Vertretung", "member", help="Wer zuerst sieht, was fällig wird, während dieses Mitglied weg ist; „-“: niemand."
    )

    def load(self, work: Work) -> Member:
        """The member; a login belongs to one of them only, and nobody stands in for themselves."""
        member = super().load(work)
        _free_login(self.login, member.kuerzel)
        if self.deputy and self.deputy != NOBODY:
            deputy = _in_team(work.require_member(self.deputy))
            if deputy.kuerzel == member.kuerzel:
                raise UsageError("Niemand vertritt sich selbst. Nenn ein anderes Kürzel.")
        return member

    def obstacles(self, work: Work, target: Member) -> Iterator[Obstacle]:
        """Managers only, once there is one."""
        yield from manager_obstacles(work)

    def perform(self, work: Work, target: Member) -> Result:
        """Write what was given."""
        given = {"name": self.name, "roles": _roles(self.role) or None, "login": self.login}
        work.update(target, **{key: value for key, value in given.items() if value})
        if self.deputy:
            chosen = None if self.deputy == NOBODY else work.require_member(self.deputy).kuerzel
            work.update(target, deputy=chosen)
        return _result(target)


REASONS = ("vacation", "sick")


@dataclass(frozen=True, kw_only=True)
class MarkAway(OnMember):
    """Enter Urlaub or illness, or change one that begins on the same day; opens the member's Reminders to the team
    (R-05).
    """

    code: ClassVar[str] = "member.away"
    label: ClassVar[str] = "Abwesenheit eintragen"
    done: ClassVar[str] = "Abwesenheit eingetragen"
    help: ClassVar[str] = (
        "Trägt Urlaub oder Krankheit ein; erster und letzter Tag zählen. Was am selben Tag beginnt, wird geändert."
    )

    reason: str = arg("Grund", "choice", choices="absence_reason", values=REASONS, strict=True, required=True)
    start: dt.date = arg("von", "date", option="from", required=True)
    end: dt.date = arg("bis", "date", option="until", required=True)

    def load(self, work: Work) -> Member:
        """The member, still in the team; the end must not lie before the beginning."""
        if self.end < self.start:
            raise UsageError("„bis“ liegt vor „von“.")
        return _in_team(super().load(work))

    def perform(self, work: Work, target: Member) -> Result:
        """Write the absence, or what is new of one that was entered before."""
        known = Leave.get_or_none(Leave.member == target.kuerzel, Leave.start == self.start)
        if known is not None:
            work.update(known, reason=self.reason, end=self.end)
        else:
            work.insert(Leave, member=target.kuerzel, reason=self.reason, start=self.start, end=self.end)
        return _result(target)


def _in_team(member: Member) -> Member:
    """The member, unless they have left."""
    if member.left_on is not None:
        raise AlreadyDoneError(f"{member.kuerzel} ist seit {clock.german_date(member.left_on)} nicht mehr im Team.")
    return member


@dataclass(frozen=True, kw_only=True)
class MarkBack(OnMember):
    """The member is here again: an absence that lasts ends, else the next planned one is called off."""

    code: ClassVar[str] = "member.back"
    label: ClassVar[str] = "wieder da"
    done: ClassVar[str] = "Wieder da"
    help: ClassVar[str] = "Beendet eine laufende Abwesenheit oder streicht die nächste geplante."

    def load(self, work: Work) -> Member:
        """The member, if away today or later."""
        member = super().load(work)
        if member.left_on is None and not self._lasting(work, member) and self._planned(work, member) is None:
            raise AlreadyDoneError(f"{member.kuerzel} ist da, und es ist keine Abwesenheit geplant.")
        return member

    def obstacles(self, work: Work, target: Member) -> Iterator[Obstacle]:
        """Who has left comes back as they left: by a manager."""
        if target.left_on is not None:
            yield from manager_obstacles(work)

    @staticmethod
    def _lasting(work: Work, member: Member) -> list[Leave]:
        found = Leave.select().where(Leave.member == member.kuerzel, Leave.start <= work.today, Leave.end >= work.today)
        return list(found)

    @staticmethod
    def _planned(work: Work, member: Member) -> Leave | None:
        coming = Leave.select().where(Leave.member == member.kuerzel, Leave.start > work.today)
        found: Leave | None = coming.order_by(Leave.start, Leave.id).first()
        return found

    def perform(self, work: Work, target: Member) -> Result:
        """End what covers today yesterday, or take it away where it began today; else call off what comes next."""
        yesterday = work.today - dt.timedelta(days=1)
        lasting = self._lasting(work, target)
        for leave in lasting:
            if leave.start > yesterday:
                work.delete(leave)
            else:
                work.update(leave, end=yesterday)
        planned = self._planned(work, target) if not lasting and target.left_on is None else None
        if planned is None:
            work.update(target, left_on=None)
            return _result(target)
        work.delete(planned)
        told = f"{target.kuerzel}, gestrichen ist die Abwesenheit ab {clock.german_date(planned.start)}"
        return Result(f"member:{target.kuerzel}", target.show(), told)


@dataclass(frozen=True, kw_only=True)
class LeaveTeam(OnMember):
    """The member is away for good."""

    code: ClassVar[str] = "member.leave"
    label: ClassVar[str] = "Mitglied verabschieden"
    done: ClassVar[str] = "Mitglied verabschiedet"
    help: ClassVar[str] = "Das Mitglied ist für immer abwesend; seine Reminder gehen an --to, sonst ans Team."

    to: str | None = arg("übergibt an", "member", help="Wer die offenen Reminder bekommt, alle auf einmal.")

    def load(self, work: Work) -> Member:
        """The member, if still in the team; what they leave goes to somebody else."""
        member = _in_team(super().load(work))
        if self.to and work.require_member(self.to).kuerzel == member.kuerzel:
            raise UsageError("Wer geht, kann nichts an sich selbst übergeben. Nenn ein anderes Kürzel.")
        return member

    def obstacles(self, work: Work, target: Member) -> Iterator[Obstacle]:
        """Managers only, once there is one; and somebody stays, for without a member nobody could act or be added."""
        yield from manager_obstacles(work)
        others = Member.select().where(Member.left_on.is_null(), Member.kuerzel != target.kuerzel)
        if not others.exists():
            yield Obstacle("last_member", "R-02", detail=f"{target.kuerzel} ist das letzte")
        receiver = work.require_member(self.to) if self.to else None
        if receiver is not None and receiver.is_away(work.today):
            yield Obstacle("receiver_away", "R-05", detail=f"{receiver.kuerzel} ist nicht da")

    def hints(self, work: Work, target: Member) -> Iterator[Hint]:
        """What stays behind."""
        if (count := _open_reminders(target)) and not self.to:
            what = "1 offener Reminder bleibt" if count == 1 else f"{count} offene Reminder bleiben"
            yield Hint(
                "R-05",
                f"{what} bei {target.kuerzel}: Kolleginnen und Kollegen übernehmen sie mit z, oder --to übergibt sie.",
            )
        if count := _buddy_of(target):
            what = "einem VPA" if count == 1 else f"{count} VPAs"
            yield Hint("J-02", f"{target.kuerzel} ist Buddy von {what}: Tragt auf der Plattform einen anderen ein.")

    def perform(self, work: Work, target: Member) -> Result:
        """Write the day; the account no longer acts. The answer counts what stays behind."""
        work.update(target, left_on=work.today, login=None)
        handed = _hand_over(work, target, work.require_member(self.to).kuerzel) if self.to else None
        counts = {"open_reminders": _open_reminders(target), "buddy_of": _buddy_of(target)}
        if handed is not None:
            counts["handed_over"] = handed
        told = f"{target.kuerzel} · {handed} Reminder an {self.to}" if handed else target.kuerzel
        return Result(f"member:{target.kuerzel}", {**target.show(), **counts}, told)


def _hand_over(work: Work, member: Member, receiver: str) -> int:
    """Every open Reminder of a member gets another owner, and belongs to nobody before them; how many."""
    mine = list(Reminder.select().where(Reminder.owner == member.kuerzel, Reminder.state == "open"))
    for reminder in mine:
        work.update(reminder, owner=receiver, owners=[], accepted_at=None)
    return len(mine)


def _open_reminders(member: Member) -> int:
    return int(Reminder.select().where(Reminder.owner == member.kuerzel, Reminder.state == "open").count())


def _buddy_of(member: Member) -> int:
    """VPAs whose Buddy the export names by this Kürzel or name."""
    names = (member.kuerzel, member.name)
    return int(Vpa.select().where(BUDDY.in_(names), ~Vpa.gone).count())
