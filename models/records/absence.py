"""Absences by hand: one by phone counts like one that the VPA has entered (S-03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Result
from models.action.work import Work
from models.ground import clock
from models.ground.errors import AlreadyDoneError, NotFoundError
from models.importing.by_hand import read_cells, say, say_withdrawn
from models.importing.columns import ABWESENHEITEN
from models.playbook.refusals import Obstacle
from models.records.ids import new_id, standing
from models.records.vpa import Judging
from models.tables.people import Absence, Vpa


def show_absence(absence: Absence) -> dict[str, Any]:
    """One line of `absence list`."""
    return {
        "id": absence.id,
        "vpa": absence.vpa_id,
        "von": absence.start,
        "bis": absence.end,
        "eingetragen_am": absence.entered_on,
        "withdrawn": absence.withdrawn,
    }


def list_absences(work: Work, vpa: str | None = None) -> Iterator[dict[str, Any]]:
    """All absences, by their first day; those of one VPA."""
    query = Absence.select().order_by(Absence.start, Absence.id)
    if vpa is not None:
        query = query.where(Absence.vpa == work.get(Vpa, vpa, "Den VPA").id)
    return (show_absence(absence) for absence in query.iterator())


def _result(work: Work, key: str) -> Result:
    absence = work.get(Absence, key, "Die Abwesenheit")
    return Result(f"vpa:{absence.vpa_id}", show_absence(absence), absence.vpa.name)


def _in_order(start: dt.date | None, end: dt.date | None) -> Iterator[Obstacle]:
    if start is not None and end is not None and end < start:
        yield Obstacle("until_before_from", "S-03")


@dataclass(frozen=True, kw_only=True)
class AddAbsence(Judging):
    """A VPA who calls in sick, say."""

    code: ClassVar[str] = "absence.add"
    label: ClassVar[str] = "Abwesenheit eintragen"
    done: ClassVar[str] = "Abwesenheit eingetragen"
    help: ClassVar[str] = "Trägt eine Abwesenheit ein, als stünde sie im Export."

    vpa: str = arg("VPA", "vpa", required=True)
    start: dt.date | None = arg("von", "date", option="from")
    end: dt.date | None = arg("bis", "date", option="until", help="Der letzte Tag zählt mit.")
    entered: dt.date | None = arg("eingetragen am", "date", help="Ohne Angabe heute.")

    def load(self, work: Work) -> Vpa:
        """The VPA."""
        return standing(work, Vpa, self.vpa, "Den VPA")

    def obstacles(self, work: Work, target: Vpa) -> Iterator[Obstacle]:
        """First and last day, in this order (S-03)."""
        if self.start is None:
            yield Obstacle("from_missing", "S-03")
        if self.end is None:
            yield Obstacle("until_missing", "S-03")
        yield from _in_order(self.start, self.end)

    def perform(self, work: Work, target: Vpa) -> Result:
        """Write the absence, and judge the VPA's Cases anew."""
        key = new_id(work, Absence, ABWESENHEITEN, None, "Die Abwesenheit")
        given = {
            "abwesenheit_id": key, "vpa_id": target.id, "von": self.start, "bis": self.end,
            "eingetragen_am": self.entered or work.today,
        }  # fmt: skip
        say(work, ABWESENHEITEN, key, read_cells(ABWESENHEITEN, given))
        return _result(work, key)


@dataclass(frozen=True, kw_only=True)
class OnAbsence(Judging):
    """An action on one absence."""

    id: str = arg("Abwesenheit", "id", positional=True, required=True)

    def load(self, work: Work) -> Absence:
        """By our own id or the platform's."""
        row = work.find(Absence, self.id)
        row = row or Absence.get_or_none(Absence.platform_id == self.id)
        if row is None:
            raise NotFoundError(f"Die Abwesenheit „{self.id}“ gibt es nicht.")
        work.check_seen(row, f"vpa:{row.vpa_id}", self.seen)
        return row


@dataclass(frozen=True, kw_only=True)
class ChangeAbsence(OnAbsence):
    """Other dates."""

    code: ClassVar[str] = "absence.change"
    label: ClassVar[str] = "Abwesenheit ändern"
    done: ClassVar[str] = "Abwesenheit geändert"
    help: ClassVar[str] = "Gibt einer Abwesenheit andere Daten."

    start: dt.date | None = arg("von", "date", option="from")
    end: dt.date | None = arg("bis", "date", option="until", help="Der letzte Tag zählt mit.")

    def obstacles(self, work: Work, target: Absence) -> Iterator[Obstacle]:
        """One of the dates, and both in order (S-03)."""
        if self.start is None and self.end is None:
            yield Obstacle("from_missing", "S-03")
            yield Obstacle("until_missing", "S-03")
        yield from _in_order(self.start or target.start, self.end or target.end)

    def perform(self, work: Work, target: Absence) -> Result:
        """Write the dates that differ, and judge the VPA's Cases anew."""
        say(work, ABWESENHEITEN, target.id, read_cells(ABWESENHEITEN, {"von": self.start, "bis": self.end}))
        return _result(work, target.id)

    def presets(self, work: Work, target: Any) -> dict[str, Any]:
        """The dates as they are."""
        if not isinstance(target, Absence):
            return {}
        return {"start": clock.german_date(target.start), "end": clock.german_date(target.end)}


@dataclass(frozen=True, kw_only=True)
class WithdrawAbsence(OnAbsence):
    """It does not take place."""

    code: ClassVar[str] = "absence.withdraw"
    label: ClassVar[str] = "Abwesenheit zurücknehmen"
    done: ClassVar[str] = "Abwesenheit zurückgenommen"
    help: ClassVar[str] = "Nimmt eine Abwesenheit zurück, die nicht stattfindet."

    def load(self, work: Work) -> Absence:
        """The absence; `AlreadyDoneError` for one that was taken back."""
        row = super().load(work)
        if row.withdrawn:
            raise AlreadyDoneError(f"Die Abwesenheit „{row.id}“ ist schon zurückgenommen.")
        return row

    def perform(self, work: Work, target: Absence) -> Result:
        """Take it back; its open Case says so."""
        say_withdrawn(work, target)
        return _result(work, target.id)
