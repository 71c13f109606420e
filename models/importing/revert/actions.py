"""Taking the newest import back (X-04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.database.store import Store
from models.ground.errors import AlreadyDoneError
from models.importing.revert.listing import show_import
from models.importing.revert.restore import Restorer
from models.importing.revert.worked import Verdict, Worked, judge, told_words, worked_since
from models.importing.sql import Sql
from models.playbook.refusals import Obstacle
from models.tables.people import Import


@dataclass
class Target:
    """The import, and what members have done since."""

    row: Import
    sql: Sql
    worked: Worked
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class RevertImport(Action):
    """The newest import never was: rows as before, and gone what it brought (X-04)."""

    code: ClassVar[str] = "imports.revert"
    label: ClassVar[str] = "Import zurücknehmen"
    done: ClassVar[str] = "Import zurückgenommen"
    help: ClassVar[str] = "Nimmt den neuesten Import zurück: alles ist wieder wie davor; der Verlauf behält es."
    undoable: ClassVar[bool] = False

    reason: str | None = arg("Begründung", "long", help="Warum der Import falsch war; steht im Verlauf.")
    trace: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """Filled while performing: what the history keeps of it."""

    def load(self, work: Work) -> Target:
        """The newest import, if it stands and can be taken back; else `AlreadyDoneError`."""
        row: Import | None = Import.select().order_by(Import.id.desc()).first()
        if row is None:
            raise AlreadyDoneError("Es gibt keinen Import, der sich zurücknehmen ließe.")
        if row.reverted_at is not None:
            raise AlreadyDoneError(
                "Der letzte Import ist schon zurückgenommen, der davor lässt sich nicht mehr zurücknehmen."
            )
        if row.marks is None:
            raise AlreadyDoneError(
                "Dieser Import ist mit einem älteren Schicht gemacht; er lässt sich nicht zurücknehmen."
            )
        sql, worked = Sql(_store(work)), worked_since(row)
        return Target(row, sql, worked, judge(sql, row, worked))

    def obstacles(self, work: Work, target: Target) -> Iterator[Obstacle]:
        """A reason; nobody worked on it, or a reason for that too; a manager for a baseline."""
        if not (self.reason or "").strip():
            yield Obstacle("reason_missing", "X-04")
        if target.verdict.told:
            yield Obstacle("worked_on", "X-04", "warn", detail=told_words(work, target.verdict.told))
        if target.row.baseline and not (work.member is not None and work.member.is_manager):
            yield Obstacle("role_manager", "X-04")

    def perform(self, work: Work, target: Target) -> Result:
        """Put everything back."""
        row = target.row
        work.update(row, reverted_at=work.now, reverted_by=work.me)
        gone = Restorer(work, target.sql, row, target.worked, target.verdict).run()
        kept = [f"{table}:{key}" for table, key in target.verdict.told]
        self.trace.update(reason=self.reason, gone=gone, kept=kept)
        return Result(f"import:{row.id}", show_import(row), f"vom {row.at.in_timezone('Europe/Berlin'):%d.%m.%Y %H:%M}")

    def evidence(self) -> dict[str, Any]:
        """The reason, how many rows went, and what stayed because somebody had worked on it."""
        return self.trace


def _store(work: Work) -> Store:
    return work.session.store
