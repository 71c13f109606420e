"""The import: one transaction, one row in the history, all or nothing (CONTRACT §3)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any

from models.action.run import require_actor
from models.action.work import Session
from models.ground import clock
from models.ground.errors import UsageError
from models.ground.text import clean_input, readable_text
from models.importing.absences import judge_absences, judge_pending, take_absences
from models.importing.against import find_changed_ids, warnings
from models.importing.carried import tick_off
from models.importing.cells import Reading
from models.importing.columns import ABWESENHEITEN, AKTEN, AUFGABEN, NACHRICHTEN, VPAS, ZUORDNUNGEN
from models.importing.context import Taking, Vanishing, loaded
from models.importing.erased import pass_over
from models.importing.files import set_upkeep, take_assignments, take_entries, take_messages, take_plain, take_tasks
from models.importing.finder import Finder
from models.importing.journal import Marks, journal
from models.importing.leaving import judge_gone
from models.importing.merged import lead_on
from models.importing.problems import Problems
from models.importing.profiles.known import every_profile, find_profile
from models.importing.records import Progress
from models.importing.sheets import forget_sheets
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
    """The answer of an import, and what it raised."""

    answer: dict[str, Any]
    raised: list[dict[str, Any]]
    warnings: list[Obstacle]
    vanishing: Vanishing


def take(session: Session, paths: Sequence[Path], **how: Any) -> dict[str, Any]:
    """Take an export; the answer of CONTRACT §3. `how` are fields of `Order`.

    Raises `UsageError` (a path is not there), `NotFoundError` (a profile), `RefusedError` (`kuerzel_missing`, or a
    warning of `against` without `despite`), `BadDataError`.
    """
    order = Order(paths, **how)
    with _staged(session, order) as stage:
        return _in_one(session, stage, order).answer


def preview(session: Session, paths: Sequence[Path], **how: Any) -> dict[str, Any]:
    """What `take` would answer, nothing changed. Raises what `take` raises but for warnings.

    Beside it under `raised` every Case that it would raise (`kind`, `vpa`, `vpa_name`, `findings`, `before`, `after`),
    under `warnings` what needs a reason, under `vpas` and `absences` whom it would take away by not naming them.
    """
    order = Order(paths, **how, dry_run=True, only_look=True)
    with _staged(session, order) as stage:
        taken = _in_one(session, stage, order)
    gone = taken.vanishing
    more = {"raised": taken.raised, "warnings": taken.warnings, "vpas": gone.vpas, "absences": gone.absences}
    return {**taken.answer, **more}


def _silent(step: str, done: int, total: int) -> None:
    """For callers that want no progress."""


@dataclass(frozen=True)
class Order:
    """How an export is to be taken."""

    paths: Sequence[Path]
    baseline: bool = False
    """Everything is taken as known and raises nothing."""
    partial: bool = False
    """The files hold only a part: nothing is gone or withdrawn by missing (X-05)."""
    timezone: str = ""
    """Where the clocks of moments without offset stand; empty: in Berlin."""
    profiles: Sequence[str] = ()
    """Names of the only profiles to be used; empty for all that the team has."""
    despite: str | None = None
    """The reason for passing warnings."""
    dry_run: bool = False
    progress: Progress = _silent
    only_look: bool = False
    """Whether warnings are only reported."""

    @property
    def reason(self) -> str:
        """Why it is taken although something speaks against it; empty for none."""
        return readable_text(self.despite or "")

    @property
    def zone(self) -> tzinfo:
        """The time zone; `UsageError` for what is none."""
        try:
            return clock.zone_of(self.timezone) if self.timezone else clock.BERLIN
        except ValueError as error:
            raise UsageError(f"--timezone: {error}") from error


@contextmanager
def _staged(session: Session, order: Order) -> Iterator[Stage]:
    """The export, found, read and checked, without keeping a colleague waiting."""
    problems, reading = Problems(), Reading.at(session.clock.now(), order.zone)
    with ExitStack() as files, session.store.connected():
        files.callback(forget_sheets)
        profiles = [find_profile(name) for name in order.profiles] if order.profiles else every_profile()
        export = Finder(problems, files, profiles).find(order.paths)
        require_actor(session.work())
        with staged(session.store, export, problems, order.progress, reading) as stage:
            yield stage


def _in_one(session: Session, stage: Stage, order: Order) -> _Taken:
    """Write it in one transaction, or only try to."""
    taken = None
    try:
        with session.writing():
            taking = Taking(session.work(locking=True), stage, order.baseline, order.progress, order.partial)
            taken = _write(taking, order)
            if order.dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    assert taken is not None
    return taken


def _write(taking: Taking, order: Order) -> _Taken:
    newest = _newest_known()
    taking.older = _is_older(taking.stage, newest)
    find_changed_ids(taking)
    pass_over(taking)
    lead_on(taking)
    first = taking.sql.value('SELECT COALESCE(MAX(id), 0) FROM "case"')
    keeping: AbstractContextManager[Marks] = nullcontext({}) if order.dry_run else journal(taking)
    with keeping as marks:
        against, flags = _write_all(taking, order)
    answer = {**_counts(taking), "cases": taking.cases, "flags": flags}
    answer |= {"gone": taking.vanishing.gone, "withdrawn": taking.vanishing.withdrawn}
    raised = _raised(taking.sql, first) if order.only_look else []
    _record(taking, answer, {**newest, **taking.stage.newest}, order, against, marks)
    shown = {**answer, "dry_run": True} if order.dry_run else answer
    return _Taken(shown, raised, against, taking.vanishing)


def _write_all(taking: Taking, order: Order) -> tuple[list[Obstacle], int]:
    """Write what the files say and judge it; what speaks against it, and how many flags were raised."""
    upkeep = _take_files(taking)
    against = list(warnings(taking))
    if against and not order.only_look and not order.reason:
        raise RefusedError(against, "Import")
    judge_pending(taking)
    judge_absences(taking)
    judge_inactive(taking)
    judge_gone(taking)
    flags = raise_flags(taking.work, "baseline" if order.baseline else "open")
    if not order.baseline:
        set_upkeep(taking, upkeep)
    return against, flags


def _newest_known() -> dict[str, str]:
    """The newest values of the last import, for a column it did not have those of an earlier one."""
    last = Import.newest_standing()
    return dict(last.newest) if last is not None else {}


def _is_older(stage: Stage, known: dict[str, str]) -> bool:
    """Whether everything by which the export can be dated lies before the last import's."""
    return bool(stage.newest) and all(name in known and newest < known[name] for name, newest in stage.newest.items())


def _take_files(taking: Taking) -> list[tuple[str, str]]:
    """Each file in its order; the customers with a new VPA, and what its check says."""
    upkeep: list[tuple[str, str]] = []
    for table in taking.stage.tables:
        if table is VPAS:
            take_vpas(taking)
        elif table is ABWESENHEITEN:
            take_absences(taking)
        elif table is AUFGABEN:
            take_tasks(taking)
        elif table is AKTEN:
            take_entries(taking)
        elif table is ZUORDNUNGEN:
            upkeep = take_assignments(taking)
        elif table is NACHRICHTEN:
            take_messages(taking)
        else:
            take_plain(taking, table)
    tick_off(taking)
    return upkeep


def _counts(taking: Taking) -> dict[str, Any]:
    """`files` and `ignored` of the answer, and who was passed over because they were erased here (CONTRACT §21)."""
    files = []
    for number, (source, rows) in enumerate(zip(taking.stage.sources, taking.stage.rows, strict=True)):
        new, changed = taking.new.get(number, 0), taking.changed.get(number, 0)
        erased = taking.erased.get(number, 0)
        counts = {"rows": rows, "new": new, "changed": changed, "unchanged": rows - new - changed - erased}
        profile = source.profile.name if source.profile else None
        counts |= {"erased": erased, "recognised": taking.recognised.get(number, 0)}
        counts["skipped"] = taking.stage.skipped[number]
        files.append({"file": source.table.name, **counts, "profile": profile})
    return {"files": files, "ignored": taking.stage.passed_over, "erased": sorted(taking.still_there)}


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


def _record(
    taking: Taking,
    answer: dict[str, Any],
    newest: dict[str, str],
    order: Order,
    against: list[Obstacle],
    marks: Marks,
) -> None:
    """The import's own row, and the one in the history."""
    work = taking.work
    Import.create(
        at=work.now,
        member=work.me,
        newest=newest,
        counts=answer,
        baseline=order.baseline,
        rows=sum(taking.stage.rows),
        marks=marks or None,
    )
    extra = {**answer, "paths": [clean_input(path.name) for path in order.paths], "baseline": order.baseline}
    if order.partial:
        extra["partial"] = True
    if against:
        extra |= {"despite": order.reason, "passed": [obstacle.code for obstacle in against]}
    append(
        work.stamp, action="import", subject=None, command=str(uuid.uuid4()), undoable=False, changes=[], extra=extra
    )
