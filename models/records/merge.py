"""Two records that are one (S-06): what hangs on the first hangs on the second afterwards, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from models.action.args import arg
from models.action.base import Action, Result
from models.action.subjects import show
from models.action.work import Work
from models.ground.errors import AlreadyDoneError, NotFoundError
from models.importing.by_hand import judge_again
from models.playbook.refusals import Obstacle
from models.records.moving import fill_in, move_customer, move_vpa
from models.tables.history import History
from models.tables.people import Customer, Vpa


class Pair(NamedTuple):
    """The record that goes, and the one that stays."""

    source: Any
    into: Any
    """None where the first only gets this id."""


@dataclass(frozen=True, kw_only=True)
class Merge(Action):
    """What merging VPAs and merging customers have in common."""

    tells: ClassVar[bool] = False
    model: ClassVar[type[Vpa | Customer]]
    what: ClassVar[str]

    def ids(self) -> tuple[str, str]:
        """Ids of both."""
        raise NotImplementedError

    def load(self, work: Work) -> Pair:
        """Both records. Raises `AlreadyDoneError` for one that is merged, `NotFoundError` for an unknown one."""
        first, second = self.ids()
        source = work.get(self.model, first, self.what)
        into = work.find(self.model, second)
        for row in (source, into):
            if row is not None and row.merged_into is not None:
                raise AlreadyDoneError(f"{row.id} ist schon derselbe Eintrag wie {row.merged_into}.")
        if into is None and not _made_here(source):
            raise NotFoundError(f"{self.what} „{second}“ gibt es nicht.")
        return Pair(source, into)

    def obstacles(self, work: Work, target: Pair) -> Iterator[Obstacle]:
        """A manager, unless it was made here; two different ones (S-06)."""
        if not (_made_here(target.source) or (work.member is not None and work.member.is_manager)):
            yield Obstacle("role_manager", "S-06")
        if target.into is not None and target.source.id == target.into.id:
            yield Obstacle("same", "S-06")

    def perform(self, work: Work, target: Pair) -> Result:
        """Lead the first to the second, and move everything."""
        source, into = target
        if into is None:
            into = self._under_new_id(work, source)
        else:
            fill_in(work, source, into)
        self._lead(work, source, into)
        kind = str(self.model._meta.table_name)
        into = work.get(self.model, into.id, self.what)
        return Result(f"{kind}:{into.id}", show(work, into), into.name)

    def _under_new_id(self, work: Work, source: Any) -> Any:
        values = {**source.__data__, "id": self.ids()[1], "version": 1, "made_by": work.me}
        return work.insert(self.model, **values)

    def _lead(self, work: Work, source: Any, into: Any) -> None:
        raise NotImplementedError


def _made_here(row: Any) -> bool:
    return row.made_by is not None and row.exported is None


@dataclass(frozen=True, kw_only=True)
class MergeVpa(Merge):
    """Two VPAs who are one."""

    code: ClassVar[str] = "vpa.merge"
    label: ClassVar[str] = "VPAs zusammenführen"
    done: ClassVar[str] = "VPAs zusammengeführt"
    help: ClassVar[str] = "Zwei Einträge desselben VPA werden einer; alles hängt danach am zweiten."
    model: ClassVar[type[Vpa | Customer]] = Vpa
    what: ClassVar[str] = "Den VPA"

    id: str = arg("VPA", "vpa", positional=True, required=True)
    into: str = arg("bleibt als", "vpa", positional=True, asked=True, required=True, help="Wer bleibt.")

    def ids(self) -> tuple[str, str]:
        """From and into."""
        return self.id, self.into

    def _lead(self, work: Work, source: Any, into: Any) -> None:
        work.update(source, merged_into=into.id, gone=True)
        move_vpa(work, source, into)

    @classmethod
    def replayed(cls, work: Work, row: History) -> None:
        """Both are judged anew."""
        into = str(row.subject).partition(":")[2]
        judge_again(work, [into, *(vpa.id for vpa in Vpa.select(Vpa.id).where(Vpa.id == (row.args or {}).get("id")))])


@dataclass(frozen=True, kw_only=True)
class MergeCustomer(Merge):
    """Two customers who are one."""

    code: ClassVar[str] = "customer.merge"
    label: ClassVar[str] = "Kunden zusammenführen"
    done: ClassVar[str] = "Kunden zusammengeführt"
    help: ClassVar[str] = "Zwei Einträge desselben Kunden werden einer; alles hängt danach am zweiten."
    model: ClassVar[type[Vpa | Customer]] = Customer
    what: ClassVar[str] = "Den Kunden"

    id: str = arg("Kunde", "customer", positional=True, required=True)
    into: str = arg("bleibt als", "customer", positional=True, asked=True, required=True, help="Wer bleibt.")

    def ids(self) -> tuple[str, str]:
        """From and into."""
        return self.id, self.into

    def _lead(self, work: Work, source: Any, into: Any) -> None:
        work.update(source, merged_into=into.id)
        move_customer(work, source, into)
