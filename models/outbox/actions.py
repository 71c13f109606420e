"""What a member does with items of the Ausgang: carried over, not needed, open again (X-01)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.subjects import name_of
from models.action.work import Work
from models.ground.errors import AlreadyDoneError
from models.playbook import playbook
from models.playbook.refusals import Obstacle
from models.shared.entry_rules import require_reader
from models.tables.outbox import Outbox

WHAT = "Den Eintrag im Ausgang"


@dataclass(frozen=True, kw_only=True)
class OnItem(Action):
    """An action on one item."""

    bulk: ClassVar[bool] = True
    makes_room: ClassVar[bool] = True
    several: ClassVar[bool] = True

    id: str = arg("Ausgang", "id", positional=True, required=True)

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """All fields but the item itself."""
        return [f.name for f in dataclasses.fields(cls) if "arg" in f.metadata and f.name != "id"]

    def load(self, work: Work) -> Outbox:
        """The item, of a file that the member reads (A-28); `AlreadyDoneError` says what became of it."""
        item = work.get(Outbox, self.id, WHAT)
        if item.file is not None:
            require_reader(work, item.file)
        self.require_open(item)
        work.check_seen(item, f"outbox:{item.id}", self.seen)
        return item

    def require_open(self, item: Outbox) -> None:
        """Refuse one of which something has become already."""
        if item.state != "open":
            what = playbook().label("outbox_state", item.state)
            raise AlreadyDoneError(f"Ausgang {item.id} ist schon {what} ({item.done_by}).")


def item_result(item: Outbox) -> Result:
    """The item as it is now."""
    return Result(f"outbox:{item.id}", item.show(), name_of(item.subject))


def mark_carried(work: Work, item: Outbox, how: str) -> Outbox:
    """Note who has carried it over, when and how."""
    return work.update(item, state="carried", done_at=work.now, done_by=work.me, how=how)


@dataclass(frozen=True, kw_only=True)
class CarryItem(OnItem):
    """It stands on the platform now: carried over by hand (X-01)."""

    code: ClassVar[str] = "outbox.done"
    label: ClassVar[str] = "Als übertragen abhaken"
    done: ClassVar[str] = "Übertragen"
    help: ClassVar[str] = "Hakt ab, was du auf die Plattform übertragen hast."

    def perform(self, work: Work, target: Outbox) -> Result:
        """Tick it off."""
        return item_result(mark_carried(work, target, "hand"))


@dataclass(frozen=True, kw_only=True)
class SkipItem(OnItem):
    """The platform need not be told after all (X-01)."""

    code: ClassVar[str] = "outbox.skip"
    label: ClassVar[str] = "Übertragen nicht nötig"
    done: ClassVar[str] = "Nicht nötig"
    help: ClassVar[str] = "Nimmt aus dem Ausgang, was die Plattform nicht erfahren muss, mit Grund."

    reason: str | None = arg("Grund", "long")

    def obstacles(self, work: Work, target: Outbox) -> Iterator[Obstacle]:
        """Why."""
        if not self.reason:
            yield Obstacle("reason_missing", "X-01")

    def evidence(self) -> dict[str, Any]:
        """Why, for the history."""
        return {"reason": self.reason}

    def perform(self, work: Work, target: Outbox) -> Result:
        """Take it off."""
        return item_result(work.update(target, state="not_needed", done_at=work.now, done_by=work.me, how=None))


@dataclass(frozen=True, kw_only=True)
class ReopenItem(OnItem):
    """It does not stand there after all (X-01)."""

    code: ClassVar[str] = "outbox.reopen"
    label: ClassVar[str] = "Wieder in den Ausgang"
    done: ClassVar[str] = "Wieder offen"
    help: ClassVar[str] = "Legt etwas wieder in den Ausgang, das doch nicht auf der Plattform steht."

    def require_open(self, item: Outbox) -> None:
        """Refuse one that is open."""
        if item.state == "open":
            raise AlreadyDoneError(f"Ausgang {item.id} ist noch offen.")

    def perform(self, work: Work, target: Outbox) -> Result:
        """Put it back."""
        return item_result(work.update(target, state="open"))


@dataclass(frozen=True, kw_only=True)
class HandItemsOver(Action):
    """Several items have gone to the platform in one file (X-01)."""

    code: ClassVar[str] = "outbox.filed"
    label: ClassVar[str] = "Als Datei übertragen"
    done: ClassVar[str] = "Als Datei übertragen"
    help: ClassVar[str] = "Hakt ab, was eine Datei auf die Plattform bringt."

    id: tuple[str, ...] = arg("Ausgang", "id", many=True, required=True)

    def perform(self, work: Work, target: Any) -> Result:
        """Tick off those that are open still."""
        items = [item for key in self.id if (item := work.find(Outbox, key)) is not None and item.state == "open"]
        for item in items:
            mark_carried(work, item, "file")
        first = items[0] if items else None
        return Result(f"outbox:{first.id}" if first else "outbox", {"carried": [item.id for item in items]})
