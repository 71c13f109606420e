"""What speaks against an import although nothing in it is broken: warnings that a reason passes (X-05, CONTRACT §§3, 13
and 14).
"""

from __future__ import annotations

from collections.abc import Iterator

from models.database.fields import MomentField
from models.ground import clock
from models.importing.checking import Ahead
from models.importing.context import Taking
from models.importing.mangled import mangled
from models.playbook.refusals import Obstacle
from models.tables.people import Import

MANY = 5
"""Fewer than so many VPAs may go at any time."""
SHOWN = 3
"""Cells that are named in one sentence."""


def warnings(taking: Taking) -> Iterator[Obstacle]:
    """Each whose condition holds, in the order of the contract; when the files are taken, for only then it shows who
    would be gone.
    """
    if taking.older:
        yield Obstacle("older_export", "D-01", "warn")
    gone = taking.vanishing
    share = taking.work.settings.number("gone_share")
    if gone.gone >= MANY and gone.gone * 100 > gone.known * share:
        yield Obstacle("many_gone", "X-05", "warn", detail=f"{gone.gone} von {gone.known} VPAs")
    if taking.baseline and Import.select().where(~Import.baseline, Import.reverted_at.is_null()).exists():
        yield Obstacle("baseline_again", "X-05", "warn")
    if taking.stage.ahead:
        yield Obstacle("implausible_date", "X-05", "warn", detail=_places(taking.stage.ahead))
    if changed := taking.changed_ids:
        told = "; ".join(f"{one.file}: {one.now} statt {one.known}" for one in changed[:SHOWN])
        yield Obstacle("id_changed", "X-05", "warn", detail=told)


def _places(cells: list[Ahead]) -> str:
    told = [f"{file}, Zeile {line}, {column}: {_day(value)}" for file, line, column, value in cells[:SHOWN]]
    return "; ".join(told)


def _day(value: str) -> str:
    """A stored moment or day as people read it."""
    moment = MomentField().python_value(value) if len(value) > 10 else None
    return clock.german_date(clock.day_of(moment) if moment else clock.parse_date(value))


def find_changed_ids(taking: Taking) -> None:
    """Look, before anything is written, whether a file's ids are those we know, mangled by a spreadsheet."""
    found = (mangled(taking.sql, table) for table in taking.stage.tables if len(table.key) == 1)
    taking.changed_ids = [one for one in found if one is not None]
