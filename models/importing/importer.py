"""The import: one transaction, one row in the history, all or nothing (CONTRACT §3)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.action.run import require_actor
from models.action.work import Session
from models.ground.text import clean_input
from models.importing.absences import judge_absences, judge_pending, take_absences
from models.importing.columns import ABWESENHEITEN, AKTEN, VPAS, ZUORDNUNGEN
from models.importing.context import Taking, loaded
from models.importing.files import set_upkeep, take_assignments, take_entries, take_plain
from models.importing.finder import Finder
from models.importing.problems import Problems
from models.importing.records import Progress
from models.importing.sql import Sql
from models.importing.staging import Stage, staged
from models.importing.vpas import judge_inactive, take_vpas
from models.journey.stages import raise_flags
from models.playbook.refusals import Obstacle, RefusedError
from models.tables.history import append
from models.tables.people import Import


class _DryRunError(Exception):
    """Rolls the transaction back at the end of a dry run."""


@dataclass
class _Taken:
    """What came of it."""

    answer: dict[str, Any]
    raised: list[dict[str, Any]]
    older: bool


def take(
    session: Session,
    paths: Sequence[Path],
    *,
    baseline: bool = False,
    despite: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Take an export; the answer of CONTRACT §3.

    With `baseline` everything is taken as known and raises nothing. `despite` is the reason for taking an older export.
    Raises `UsageError` (a path is not there), `RefusedError` (`kuerzel_missing`, W `older_export`), `BadDataError`.
    """
    with _staged(session, paths, progress) as stage:
        return _in_one(session, stage, Order(paths, baseline, despite, dry_run, progress or _silent)).answer


def preview(
    session: Session, paths: Sequence[Path], *, baseline: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """What `take` would answer, nothing changed. Raises what `take` raises but for `older_export`.

    Beside it under `raised` every Case that it would raise (`kind`, `vpa`, `vpa_name`, `findings`, `before`, `after`)
    and under `older` whether it needs a reason.
    """
    with _staged(session, paths, progress) as stage:
        order = Order(paths, baseline, None, True, progress or _silent, only_look=True)
        taken = _in_one(session, stage, order)
        return {**taken.answer, "raised": taken.raised, "older": taken.older}


@dataclass(frozen=True)
class Order:
    """How an export is to be taken."""

    paths: Sequence[Path]
    baseline: bool
    despite: str | None
    dry_run: bool
    progress: Progress
    only_look: bool = False
    """Whether an older one is only reported as such."""

    @property
    def reason(self) -> str:
        """Why it is taken although it is older; empty for none."""
        return (self.despite or "").strip()


@contextmanager
def _staged(session: Session, paths: Sequence[Path], progress: Progress | None) -> Iterator[Stage]:
    """The export, found, read and checked, without keeping a colleague waiting."""
    problems = Problems()
    with ExitStack() as files, session.store.connected():
        export = Finder(problems, files).find(paths)
        require_actor(session.work())
        with staged(session.store, export, problems, progress or _silent) as stage:
            yield stage


def _in_one(session: Session, stage: Stage, order: Order) -> _Taken:
    """Write it in one transaction, or only try to."""
    taken = None
    try:
        with session.writing():
            taking = Taking(session.work(locking=True), stage, order.baseline, order.progress)
            taken = _write(taking, order)
            if order.dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    assert taken is not None
    return taken


def _write(taking: Taking, order: Order) -> _Taken:
    newest = _newest_known()
    older = taking.older = _is_older(taking.stage, newest)
    if older and not order.only_look and not order.reason:
        raise RefusedError([Obstacle("older_export", "D-01", "warn")], "Import")
    first = taking.sql.value('SELECT COALESCE(MAX(id), 0) FROM "case"')
    upkeep = _take_files(taking)
    judge_pending(taking)
    judge_absences(taking)
    judge_inactive(taking)
    flags = raise_flags(taking.work, "baseline" if order.baseline else "open")
    if not order.baseline:
        set_upkeep(taking, upkeep)
    answer = {**_counts(taking), "cases": taking.cases, "flags": 0 if order.baseline else flags}
    raised = _raised(taking.sql, first) if order.only_look else []
    _record(taking, answer, {**newest, **taking.stage.newest}, order, older)
    return _Taken({**answer, "dry_run": True} if order.dry_run else answer, raised, older)


def _newest_known() -> dict[str, str]:
    """The newest values of the last import, for a column it did not have those of an earlier one."""
    last: Import | None = Import.select().order_by(Import.id.desc()).first()
    return dict(last.newest) if last is not None else {}


def _is_older(stage: Stage, known: dict[str, str]) -> bool:
    """Whether everything by which the export can be dated lies before the last import's."""
    return bool(stage.newest) and all(name in known and newest < known[name] for name, newest in stage.newest.items())


def _take_files(taking: Taking) -> list[str]:
    """Each file in its order; the customers with a new VPA."""
    upkeep: list[str] = []
    for table in taking.stage.tables:
        if table is VPAS:
            take_vpas(taking)
        elif table is ABWESENHEITEN:
            take_absences(taking)
        elif table is AKTEN:
            take_entries(taking)
        elif table is ZUORDNUNGEN:
            upkeep = take_assignments(taking)
        else:
            take_plain(taking, table)
    return upkeep


def _counts(taking: Taking) -> dict[str, Any]:
    """`files` and `ignored` of the answer."""
    files = []
    for number, (source, rows) in enumerate(zip(taking.stage.sources, taking.stage.rows, strict=True)):
        new, changed = taking.new.get(number, 0), taking.changed.get(number, 0)
        unchanged = rows - new - changed
        files.append({"file": source.table.name, "rows": rows, "new": new, "changed": changed, "unchanged": unchanged})
    return {"files": files, "ignored": taking.stage.ignored}


def _raised(sql: Sql, first: int) -> list[dict[str, Any]]:
    """The Cases with a higher id."""
    rows = sql.rows(
        'SELECT kind, vpa, vpa_name, findings, before, after FROM "case" WHERE id > ? ORDER BY vpa_folded, id', (first,)
    )
    return [
        {"kind": kind, "vpa": vpa, "vpa_name": name, "findings": loaded(findings), "before": loaded(before),
         "after": loaded(after)}
        for kind, vpa, name, findings, before, after in rows
    ]  # fmt: skip


def _record(taking: Taking, answer: dict[str, Any], newest: dict[str, str], order: Order, older: bool) -> None:
    """The import's own row, and the one in the history."""
    work = taking.work
    Import.create(
        at=work.now, member=work.me, newest=newest, counts=answer, baseline=order.baseline, rows=sum(taking.stage.rows)
    )
    extra = {**answer, "paths": [clean_input(path.name) for path in order.paths], "baseline": order.baseline}
    if older:
        extra["despite"] = order.reason
    append(
        work.stamp, action="import", subject=None, command=str(uuid.uuid4()), undoable=False, changes=[], extra=extra
    )


def _silent(step: str, done: int, total: int) -> None:
    """For callers that want no progress."""
