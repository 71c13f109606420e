"""VPAs by hand (S-01), and one who leaves or is back (S-04)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.subjects import show
from models.action.work import Work
from models.ground import clock
from models.ground.errors import AlreadyDoneError
from models.importing.by_hand import judge_again, read_cells, say, say_gone
from models.importing.columns import VPAS
from models.playbook.refusals import Obstacle
from models.records.ids import new_id, standing
from models.tables.history import History
from models.tables.people import Vpa

CLASSES = ("A", "B", "C", "D", "N")

COLUMNS = {
    "name": "name", "klasse": "klasse", "start": "start", "active": "aktiv", "new_customers": "neukunden",
    "orders": "auftraege", "rising_star": "rising_star", "part_time": "teilzeit", "mobile_app": "mobile_app",
    "onboarding_call": "onboarding_call", "area": "bereiche", "buddy": "buddy",
}  # fmt: skip
"""Fields of the action and the columns of the export that say the same."""


TOPICS = {
    "schedule": ("new_customers", "orders"),
    "class": ("klasse", "rising_star"),
    "activity": ("active", "mobile_app", "part_time"),
    "facts": ("name", "start", "onboarding_call", "area", "buddy"),
}
"""What changes together, and is asked together."""


class Judging(Action):
    """An action after which Cases are judged: whoever takes it back or brings it again judges anew."""

    @classmethod
    def replayed(cls, work: Work, row: History) -> None:
        """Judge every VPA that a change was about."""
        vpas = [key for kind, key in (str(row.subject or "").split(":", 1),) if kind == "vpa"]
        judge_again(work, vpas)


@dataclass(frozen=True, kw_only=True)
class WithFacts(Judging):
    """What is known of a VPA."""

    name: str | None = arg("Name")
    klasse: str | None = arg("Klasse", "choice", choices="class", option="class", help="A, B, C, D oder N.")
    start: dt.date | None = arg("dabei seit", "date")
    active: bool | None = arg("aktiv", "yes_no", strict=True)
    new_customers: bool | None = arg("Neukunden", "yes_no", strict=True, help="Nimmt der VPA neue Kunden an?")
    orders: bool | None = arg("Aufträge", "yes_no", strict=True, help="Nimmt der VPA Aufträge an?")
    rising_star: bool | None = arg("Rising Star", "yes_no", strict=True)
    part_time: bool | None = arg("Teilzeit", "yes_no", strict=True)
    mobile_app: bool | None = arg("mobile App", "yes_no", strict=True)
    onboarding_call: dt.date | None = arg("Onboarding-Call", "date")
    area: tuple[str, ...] = arg("Assistenzbereiche", many=True)
    buddy: str | None = arg("Buddy", help="Ein Kürzel oder ein Name.")

    @property
    def given(self) -> dict[str, Any]:
        """What was said, by column."""
        said = {column: getattr(self, field) for field, column in COLUMNS.items()}
        return {column: value for column, value in said.items() if value is not None and value != ()}

    def _class(self) -> Iterator[Obstacle]:
        if (self.klasse or "").upper() not in CLASSES:
            yield Obstacle("class_missing", "S-01")

    def result(self, work: Work, key: str) -> Result:
        """The VPA as he is now."""
        vpa = work.get(Vpa, key, "Den VPA")
        return Result(f"vpa:{key}", show(work, vpa), vpa.name)


@dataclass(frozen=True, kw_only=True)
class AddVpa(WithFacts):
    """A VPA whom no export has named yet."""

    code: ClassVar[str] = "vpa.add"
    label: ClassVar[str] = "VPA anlegen"
    done: ClassVar[str] = "VPA angelegt"
    help: ClassVar[str] = "Legt einen VPA an; nennt ihn später ein Export mit dieser Id, ist es derselbe."

    id: str | None = arg("Id", positional=True, asked=True, help="Ohne Angabe die nächste freie: H1, H2, …")

    def load(self, work: Work) -> str:
        """His id; `AlreadyDoneError` for one that exists."""
        read_cells(VPAS, {name: value for name, value in self.given.items() if name != "klasse"})
        return new_id(work, Vpa, VPAS, self.id, "Den VPA")

    def obstacles(self, work: Work, target: str) -> Iterator[Obstacle]:
        """Name, class and start (S-01)."""
        if not self.name:
            yield Obstacle("name_missing", "S-01")
        yield from self._class()
        if self.start is None:
            yield Obstacle("start_missing", "S-01")

    def perform(self, work: Work, target: str) -> Result:
        """Write him, active and open for customers and orders where nothing else was said."""
        usual = {"aktiv": True, "neukunden": True, "auftraege": True}
        say(work, VPAS, target, read_cells(VPAS, {"vpa_id": target, **usual, **self.given}))
        return self.result(work, target)


@dataclass(frozen=True, kw_only=True)
class SetVpa(WithFacts):
    """Change what is known of a VPA: the same Cases come of it as of an export (S-01)."""

    code: ClassVar[str] = "vpa.set"
    on_restricted: ClassVar[bool] = True
    label: ClassVar[str] = "VPA ändern"
    done: ClassVar[str] = "VPA geändert"
    help: ClassVar[str] = "Ändert, was du angibst; daraus entstehen dieselben Cases wie aus einem Export."

    id: str = arg("VPA", "vpa", positional=True, required=True)
    topic: str = ""
    """What a form is opened for: one of `TOPICS`; everything where it is empty."""

    def load(self, work: Work) -> Vpa:
        """The VPA."""
        read_cells(VPAS, self.given)
        vpa = standing(work, Vpa, self.id, "Den VPA")
        work.check_seen(vpa, f"vpa:{vpa.id}", self.seen)
        return vpa

    def obstacles(self, work: Work, target: Vpa) -> Iterator[Obstacle]:
        """Something to change."""
        if not self.given:
            yield Obstacle("nothing_given", "S-01")

    def perform(self, work: Work, target: Vpa) -> Result:
        """Write the facts that differ, and judge the VPA's Cases anew."""
        say(work, VPAS, target.id, read_cells(VPAS, self.given))
        return self.result(work, target.id)

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """What changes most often first."""
        often = ["new_customers", "orders", "active", "klasse", "rising_star"]
        return [*often, *(name for name in COLUMNS if name not in often)]

    def asked(self, target: Any) -> Iterable[str]:
        """What belongs to the topic."""
        return TOPICS.get(self.topic) or self.relevant(target)

    def presets(self, work: Work, target: Any) -> dict[str, Any]:
        """What is known now."""
        return facts_of(target) if isinstance(target, Vpa) else {}


def facts_of(vpa: Vpa) -> dict[str, Any]:
    """What stands in the fields of a form about a VPA."""
    answers = {None: "", True: "yes", False: "no"}
    flags = ("active", "new_customers", "orders", "rising_star", "part_time", "mobile_app")
    return {
        "name": vpa.name,
        "klasse": vpa.klasse,
        "start": clock.german_date(vpa.start),
        "onboarding_call": clock.german_date(vpa.onboarding_call) if vpa.onboarding_call else "",
        "area": tuple(vpa.areas),
        "buddy": vpa.buddy or "",
        **{name: answers[getattr(vpa, name)] for name in flags},
    }


@dataclass(frozen=True, kw_only=True)
class LeaveVpa(Judging):
    """A VPA leaves: nothing that was his is forgotten (S-04)."""

    code: ClassVar[str] = "vpa.leave"
    label: ClassVar[str] = "Austritt"
    done: ClassVar[str] = "Austritt eingetragen"
    help: ClassVar[str] = "Der VPA geht; ein Case sagt, welche Kunden und Aufgaben er hinterlässt."

    id: str = arg("VPA", "vpa", positional=True, required=True)
    on: dt.date | None = arg("gegangen am", "date", help="Ohne Angabe heute.")
    reason: str | None = arg("Grund", "long")

    def load(self, work: Work) -> Vpa:
        """The VPA; `AlreadyDoneError` for one who is gone."""
        vpa = standing(work, Vpa, self.id, "Den VPA")
        if vpa.gone:
            raise AlreadyDoneError(f"{vpa.name} ({vpa.id}) ist schon gegangen.")
        work.check_seen(vpa, f"vpa:{vpa.id}", self.seen)
        return vpa

    def obstacles(self, work: Work, target: Vpa) -> Iterator[Obstacle]:
        """No day that is still to come."""
        if self.on is not None and self.on > work.today:
            yield Obstacle("on_in_future", "S-04")

    def evidence(self) -> dict[str, Any]:
        """Since when, and why, for the history."""
        said = {"on": self.on.isoformat() if self.on else None, "reason": self.reason}
        return {name: value for name, value in said.items() if value}

    def perform(self, work: Work, target: Vpa) -> Result:
        """Gone, with a Case about what is left."""
        say_gone(work, target, True)
        return Result(f"vpa:{target.id}", show(work, work.get(Vpa, target.id, "Den VPA")), target.name)


@dataclass(frozen=True, kw_only=True)
class ReturnVpa(Judging):
    """A VPA is back."""

    code: ClassVar[str] = "vpa.return"
    label: ClassVar[str] = "Wieder da"
    done: ClassVar[str] = "Wieder da"
    help: ClassVar[str] = "Der VPA ist zurück, auch wenn ihn der Export noch nicht nennt."

    id: str = arg("VPA", "vpa", positional=True, required=True)

    def load(self, work: Work) -> Vpa:
        """The VPA; `AlreadyDoneError` for one who is here."""
        vpa = standing(work, Vpa, self.id, "Den VPA")
        if not vpa.gone:
            raise AlreadyDoneError(f"{vpa.name} ({vpa.id}) ist da.")
        return vpa

    def perform(self, work: Work, target: Vpa) -> Result:
        """Here again; what waited for him is judged."""
        say_gone(work, target, False)
        return Result(f"vpa:{target.id}", show(work, work.get(Vpa, target.id, "Den VPA")), target.name)
