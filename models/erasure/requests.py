"""Confirming and calling off a request for erasure (P-04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Session, Work
from models.erasure.disk import clean_up
from models.erasure.wiping import wipe
from models.ground.errors import AlreadyDoneError
from models.playbook.refusals import Hint, Obstacle
from models.tables.person import Erasure, Hold


@dataclass(frozen=True, kw_only=True)
class OnRequest(Action):
    """An action on a request for erasure."""

    undoable: ClassVar[bool] = False
    on_restricted: ClassVar[bool] = True

    id: int = arg("Nr.", "id", positional=True, required=True)

    def load(self, work: Work) -> Erasure:
        """The request. Raises `AlreadyDoneError` for one that is done or called off."""
        row = work.get(Erasure, self.id, "Den Löschantrag")
        if row.state == "cancelled":
            raise AlreadyDoneError(f"Der Löschantrag {row.id} ist zurückgezogen. Stell einen neuen.")
        if row.state == "done" and not self.goes_on(row):
            raise AlreadyDoneError(f"Der Löschantrag {row.id} ist schon ausgeführt.")
        return row

    def goes_on(self, row: Erasure) -> bool:
        """Whether something of a done one is still to be done."""
        return False

    def _managers(self, work: Work) -> Iterator[Obstacle]:
        if not (work.member is not None and work.member.is_manager):
            yield Obstacle("role_manager", "P-04")


@dataclass(frozen=True, kw_only=True)
class ConfirmErasure(OnRequest):
    """The second pair of eyes: the person is erased. Goes on where a clean-up stopped."""

    code: ClassVar[str] = "erasures.confirm"
    label: ClassVar[str] = "Löschung bestätigen"
    done: ClassVar[str] = "Gelöscht"
    help: ClassVar[str] = "Löscht die Person, deren Löschung ein anderer Manager beantragt hat; für immer."

    also: tuple[str, ...] = arg("Auch diese Texte", many=True, help="Ein Text, der die Person erwähnt, etwa entry:9.")
    trace: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """Filled while performing: what the history keeps of it."""

    def goes_on(self, row: Erasure) -> bool:
        """A clean-up that failed is done again."""
        return not row.cleaned

    def obstacles(self, work: Work, target: Erasure) -> Iterator[Obstacle]:
        """Somebody else's request, a manager, no hold."""
        waits = target.state == "requested"
        if waits and target.requested_by == work.me:
            yield Obstacle("own_request", "P-04")
        yield from self._managers(work)
        if waits and Hold.on(target.subject, work.today):
            yield Obstacle("on_hold", "P-05")

    def hints(self, work: Work, target: Erasure) -> Iterator[Hint]:
        """What lies outside of this database."""
        yield Hint("A-28", "Ältere Sicherungen enthalten die Person noch.")

    def perform(self, work: Work, target: Erasure) -> Result:
        """Empty everything, and the request's own reason."""
        self.trace["erasure"] = target.id
        if target.state == "requested":
            done = {"state": "done", "done_at": work.now, "done_by": work.me, "also": list(self.also)}
            work.update(target, **done)
            self.trace.update(wipe(target.subject, self.also).evidence())
            target = work.get(Erasure, target.id, "Den Löschantrag")
        shown = {**target.show(), "erased": self.trace.get("counts", {})}
        return Result(target.subject, shown, target.subject.partition(":")[2])

    def evidence(self) -> dict[str, Any]:
        """How many rows of which kind, and the seals of the history's emptied rows."""
        return self.trace

    def afterwards(self, session: Session) -> None:
        """A deleted text stands in the file until it is overwritten."""
        clean_up(session.store, self.trace["erasure"])


@dataclass(frozen=True, kw_only=True)
class CancelErasure(OnRequest):
    """A request is called off."""

    code: ClassVar[str] = "erasures.cancel"
    label: ClassVar[str] = "Löschantrag zurückziehen"
    done: ClassVar[str] = "Löschantrag zurückgezogen"
    help: ClassVar[str] = "Zieht einen Löschantrag zurück, solange ihn niemand bestätigt hat."

    def obstacles(self, work: Work, target: Erasure) -> Iterator[Obstacle]:
        """A manager."""
        yield from self._managers(work)

    def perform(self, work: Work, target: Erasure) -> Result:
        """Write by whom."""
        work.update(target, state="cancelled", done_at=work.now, done_by=work.me)
        return Result(target.subject, target.show(), target.subject.partition(":")[2])
