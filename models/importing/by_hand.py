"""A change by hand is read like an export that holds just this row and these columns (S-01 to S-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from models.action.work import Work, key_of, mark, stored, table
from models.database.fields import BaseModel
from models.ground.errors import UsageError
from models.importing.absences import EXTRA as OF_ABSENCES
from models.importing.absences import judge_absences, judge_pending, withdraw, write_absences
from models.importing.cells import CellError, Cells, Reading
from models.importing.columns import ABSENT, ABWESENHEITEN, VPAS, Table
from models.importing.comparing import Difference, as_cell, differs, plain, write
from models.importing.context import CASE_COLUMNS, Taking
from models.importing.leaving import judge_gone, raise_gone
from models.importing.sql import Sql
from models.importing.staging import Stage
from models.importing.vpas import EXTRA as OF_VPAS
from models.importing.vpas import judge_inactive, rename, take_batch
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.history import Change
from models.tables.people import Absence, Customer, Platform, Vpa
from models.tables.task import Task

MODELS: dict[str, type[Platform]] = {"vpa": Vpa, "customer": Customer, "absence": Absence, "task": Task}


@dataclass
class ByHand(Taking):
    """What a member says of one row, while it is written."""

    gone: bool = False
    """Whether its VPA is gone: then no new Case is raised."""

    @classmethod
    def by(cls, work: Work, vpa: str = "", gone: bool = False) -> ByHand:
        """For a row of this VPA; of none where it is about something else."""
        return cls(work, Stage(Sql(work.session.store)), False, lambda *_: None, only=vpa, gone=gone)

    def memory(self, cells: dict[str, str], there: bool) -> dict[str, Any]:
        """What the last export said stays: the next one is compared with it."""
        return {} if there else {"exported": None, "made_by": self.work.me}

    def presence(self, there: bool, first: bool) -> dict[str, Any]:
        """Being there is said by `vpa leave` and `vpa return`."""
        return {}

    def named_absence(self, there: bool) -> dict[str, Any]:
        """The export still says of it what it said."""
        return {}

    def raise_cases(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write them as an action does, so that it can be undone."""
        for values in () if self.gone else self.workable(rows):
            given = dict(zip(CASE_COLUMNS, values, strict=True), made_by=self.work.me)
            fields = Case._meta.fields
            self.work.insert(Case, **{name: fields[name].python_value(value) for name, value in given.items()})
            self.cases += 1


def read_cells(of: Table, given: Mapping[str, Any]) -> dict[str, str]:
    """What was given, by column, as an export would have it; `UsageError` for what no export may hold."""
    cells = {}
    for name, value in given.items():
        if value is None or value == ():
            continue
        try:
            cells[name] = Cells(of.by_name[name], Reading()).read(_text(value))
        except CellError as error:
            raise UsageError(error.message) from error
    return cells


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return "|".join(value) if isinstance(value, tuple) else str(value)


def say(work: Work, of: Table, key: str, cells: Mapping[str, str]) -> None:
    """Write a row of this key: new, or changed in these cells."""
    difference = _difference(work, of, key, cells)
    if not difference.changed:
        return
    if of is VPAS:
        with recorded(work, key):
            taking = ByHand.by(work, key, bool(difference.there and difference.extra[OF_VPAS.index("gone")]))
            take_batch(taking, [difference])
            judge(taking)
    elif of is ABWESENHEITEN:
        with recorded(work, difference.new["vpa_id"]):
            taking = ByHand.by(work, difference.new["vpa_id"])
            write_absences(taking, [difference])
            judge(taking)
    else:
        with recorded(work, "", (MODELS[of.table], key)):
            write(ByHand.by(work), of, [difference], plain)


def say_withdrawn(work: Work, absence: Absence) -> None:
    """Take an absence back."""
    with recorded(work, absence.vpa_id):
        taking = ByHand.by(work, absence.vpa_id)
        withdraw(taking, [absence.id])
        judge(taking)


def say_gone(work: Work, vpa: Vpa, gone: bool) -> None:
    """A VPA leaves, or is back: what he left, and what waited for him, is judged."""
    work.update(vpa, gone=gone)
    with recorded(work, vpa.id):
        taking = ByHand.by(work, vpa.id)
        if gone:
            raise_gone(taking, [(vpa.id, vpa.name, vpa.folded)])
        judge(taking)


def judge(taking: Taking) -> None:
    """Raise what waits, and judge what is open."""
    judge_pending(taking)
    judge_absences(taking)
    judge_inactive(taking)
    judge_gone(taking)


def judge_again(work: Work, vpas: Sequence[str]) -> None:
    """What is derived, once undo or redo has put rows back: names, findings, facts."""
    for vpa in Vpa.select().where(Vpa.id.in_(list(vpas))):
        taking = ByHand.by(work, vpa.id)
        rename(taking, [(vpa.name, vpa.folded, vpa.id)])
        judge_absences(taking)
        judge_inactive(taking)
        judge_gone(taking)


@contextmanager
def recorded(work: Work, vpa: str, *more: tuple[type[BaseModel], Any]) -> Iterator[None]:
    """Keep in the ledger what the import's own writing does to this VPA and all that hangs on him, row by row."""
    start = len(work.changes)
    before = {_name(row): stored(row) for row in _rows(vpa, more)}
    yield
    inside, work.changes[start:] = work.changes[start:], []
    by_name = {(change.table, change.key): change for change in inside}
    for row in _rows(vpa, more):
        said = by_name.pop(_name(row), None)
        if change := _change(row, before.get(_name(row)), said):
            work.changes.append(change)
    work.changes += by_name.values()


def _rows(vpa: str, more: Sequence[tuple[type[BaseModel], Any]]) -> Iterator[BaseModel]:
    """Parents before children, as undo and redo need them."""
    for model, key in more:
        yield from model.select().where(model._meta.primary_key == key)
    if vpa:
        yield from Vpa.select().where(Vpa.id == vpa)
        yield from Absence.select().where(Absence.vpa == vpa).order_by(Absence.id)
        yield from Case.select().where(Case.vpa == vpa).order_by(Case.id)
        yield from Flag.select().where(Flag.vpa == vpa).order_by(Flag.id)


def _name(row: BaseModel) -> tuple[str, Any]:
    return table(type(row)), key_of(row)


def _change(row: BaseModel, before: dict[str, Any] | None, said: Change | None) -> Change | None:
    """What became of a row, without what is derived; `said` is what an action has written of it already."""
    after = stored(row)
    now = mark(after, row.derived)
    if before is None:
        return Change(*_name(row), None, after, None, now)
    names = [name for name in after if after[name] != before[name] and name not in row.derived]
    if not names:
        return said
    kept = ({name: before[name] for name in names}, {name: after[name] for name in names})
    return Change(*_name(row), *kept, mark(before, row.derived), now)


# The row as it stands


def _difference(work: Work, of: Table, key: str, cells: Mapping[str, str]) -> Difference:
    """What the cells change of our own row."""
    extra = {VPAS.name: OF_VPAS, ABWESENHEITEN.name: OF_ABSENCES}.get(of.name, ())
    columns = [column for column in of.columns if column.field]
    names = ", ".join(f'"{name}"' for name in (*(column.field for column in columns), *extra))
    found = Sql(work.session.store).rows(f'SELECT {names} FROM "{of.table}" WHERE id = ?', (key,))
    if not found:
        new = {column.name: cells.get(column.name, ABSENT) for column in of.columns}
        return Difference(0, False, None, new, tuple(cells), tuple(None for _ in extra))
    old = {column.name: as_cell(column, value) for column, value in zip(columns, found[0], strict=False)}
    changed = tuple(name for name, cell in cells.items() if differs(of.by_name[name], old[name], cell))
    return Difference(0, True, old, {**old, **cells}, changed, tuple(found[0][len(columns) :]))
