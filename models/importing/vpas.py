"""Taking `vpas`: who is gone, who is back, what is known, and the Cases schedule, class and inactive (D-10 to D-45)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.case.findings import (
    CLASS_FIELDS,
    SCHEDULE_FIELDS,
    class_findings,
    inactive_findings,
    merged,
    schedule_findings,
)
from models.ground.text import name_key
from models.importing.columns import ABSENT, VPAS
from models.importing.comparing import Difference, count, differences, write
from models.importing.context import NAMED, Taking, dumped, loaded
from models.importing.erased import AS_ERASED, counted
from models.importing.staging import staging
from models.tables.people import ERASED

COMPARED = (*SCHEDULE_FIELDS, *CLASS_FIELDS, "aktiv")
"""Columns whose change from one known value to another raises a Case."""

CASE_COLUMNS = (
    "version", "kind", "vpa", "vpa_name", "vpa_folded", "absence", "opened_at", "findings", "facts", "state",
    "before", "after", "changed_on", "workable_from", "details",
)  # fmt: skip
"""What a raised Case is written with."""

_YESNO = {"ja": True, "nein": False}


@dataclass
class Change:
    """A VPA of whom a compared column went from one known value to another."""

    vpa: str
    name: str
    folded: str
    before: dict[str, Any]
    """Everything known before this import."""
    after: dict[str, Any]
    """Everything known after it."""

    def of(self, names: Iterable[str]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What changed among these columns: old and new."""
        names = [name for name in names if name in self.before and self.before[name] != self.after[name]]
        return {name: self.before[name] for name in names}, {name: self.after[name] for name in names}


def take_vpas(taking: Taking) -> None:
    """Bring our VPAs up to the export, then raise what changed."""
    taking.vanishing.known = _present(taking)
    for batch in differences(taking, VPAS, ("known", "folded")):
        changes: list[Change] = []
        for difference in batch:
            count(taking, difference)
        write(taking, VPAS, batch, lambda difference, found=changes: _known(difference, found))  # type: ignore[misc]
        _rename(taking, batch)
        if changes and not taking.baseline:
            _raise_cases(taking, changes)
    _mark_gone(taking)


def _mark_gone(taking: Taking) -> None:
    """Those missing from a newer, whole file are gone; those who come back are not (X-05: how many is told)."""
    here = f"EXISTS (SELECT 1 FROM {staging(VPAS)} s WHERE s.vpa_id = vpa.id)"
    taking.sql.run(f"UPDATE vpa SET gone = ?, version = version + 1 WHERE gone = ? AND {here}", (False, True))
    # All in the file are known by now: where no more are, none is missing, and none has to be looked for.
    if taking.older or taking.partial or _present(taking) <= _rows(taking):
        return
    missing, left = f"gone = ? AND name <> ? AND NOT {here}", (False, ERASED)
    found = taking.vanishing
    named = taking.sql.rows(f"SELECT name FROM vpa WHERE {missing} ORDER BY folded, id LIMIT {NAMED}", left)
    found.vpas = [name for (name,) in named]
    found.gone = taking.sql.run(f"UPDATE vpa SET gone = ?, version = version + 1 WHERE {missing}", (True, *left))


def _present(taking: Taking) -> int:
    """VPAs that are neither gone nor erased."""
    erased = taking.sql.value(
        "SELECT COUNT(*) FROM vpa WHERE folded = ? AND name = ? AND gone = ?", (*AS_ERASED, False)
    )
    return int(taking.sql.value("SELECT COUNT(*) FROM vpa WHERE gone = ?", (False,)) - erased)


def _rows(taking: Taking) -> int:
    """VPAs in the export, without those who were erased here."""
    stage = taking.stage
    rows = sum(rows for source, rows in zip(stage.sources, stage.rows, strict=True) if source.table is VPAS)
    return rows - counted(stage, taking.erased, VPAS)


def _known(difference: Difference, changes: list[Change]) -> dict[str, Any]:
    """The last known values; an empty or absent cell leaves them."""
    before = loaded(difference.extra[0]) if difference.there else {}
    after = dict(before)
    for name in COMPARED:
        cell = difference.new[name]
        if cell not in ("", ABSENT):
            after[name] = _YESNO.get(cell, cell) if VPAS.by_name[name].kind == "yesno" else cell
    if difference.there and any(name in before and before[name] != after[name] for name in after):
        name = difference.new["name"]
        folded = name_key(name) if "name" in difference.changed else difference.extra[1]
        changes.append(Change(difference.new["vpa_id"], name, folded, before, after))
    return {"known": dumped(after)} if after != before or not difference.there else {}


def _rename(taking: Taking, batch: list[Difference]) -> None:
    """Cases and flags carry the name, so that a page of a list reads one index."""
    named = [d.new for d in batch if d.there and "name" in d.changed]
    renamed = [(new["name"], name_key(new["name"]), new["vpa_id"]) for new in named]
    if renamed:
        for table in ("case", "flag"):
            taking.sql.many(f'UPDATE "{table}" SET vpa_name = ?, vpa_folded = ? WHERE vpa = ?', renamed)


def _raise_cases(taking: Taking, changes: list[Change]) -> None:
    open_cases = {
        (vpa, kind): (key, loaded(before) or {}, loaded(after) or {})
        for key, vpa, kind, before, after in taking.sql.rows_in(
            "SELECT id, vpa, kind, before, after FROM \"case\" WHERE state = 'open' AND kind <> 'absence' "
            "AND vpa IN (?*)",
            [change.vpa for change in changes],
        )
    }
    new: list[tuple[Any, ...]] = []
    further: list[tuple[Any, ...]] = []
    for change in changes:
        for kind, (before, after) in _kinds(change):
            found = open_cases.get((change.vpa, kind))
            if found is None:
                new.append(_case(taking, change, kind, before, after))
            else:
                further.append(_further(taking, change, kind, found, before, after))
    taking.sql.insert("case", CASE_COLUMNS, new)
    taking.sql.many(
        'UPDATE "case" SET before = ?, after = ?, findings = ?, changed_on = ?, workable_from = ?, '
        "version = version + 1 WHERE id = ?",
        further,
    )
    taking.cases += len(new)


def _kinds(change: Change) -> Iterable[tuple[str, tuple[dict[str, Any], dict[str, Any]]]]:
    """The kinds of Case that a change is, each with its old and new values."""
    for kind, names in (("schedule", SCHEDULE_FIELDS), ("class", CLASS_FIELDS), ("inactive", ("aktiv",))):
        before, after = change.of(names)
        if after and (kind != "inactive" or after["aktiv"] is False):
            yield kind, (before, after)


def _findings(change: Change, kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Judged over the whole course of the Case; those of `inactive` come when all is written."""
    if kind == "inactive":
        return []
    if not after:
        return ["reverted"]
    if kind == "class":
        return class_findings(before, after)
    return schedule_findings(before, after, change.before.get("klasse"), change.after.get("klasse"))


def _case(taking: Taking, change: Change, kind: str, before: dict[str, Any], after: dict[str, Any]) -> tuple[Any, ...]:
    """A new one, as the columns of `CASE_COLUMNS`."""
    return (
        1, kind, change.vpa, change.name, change.folded, None, taking.now,
        dumped(_findings(change, kind, before, after)), None, "open", dumped(before), dumped(after),
        taking.today, taking.workable_from if kind == "inactive" else None, "{}",
    )  # fmt: skip


def _further(
    taking: Taking,
    change: Change,
    kind: str,
    found: tuple[int, dict[str, Any], dict[str, Any]],
    old: dict[str, Any],
    new: dict[str, Any],
) -> tuple[Any, ...]:
    """A further change put into an open Case; `inactive` says the same again, counted from today."""
    key, before, after = found
    if kind != "inactive":
        before, after = merged(before, after, old, new)
    findings = dumped(_findings(change, kind, before, after))
    return (
        dumped(before),
        dumped(after),
        findings,
        taking.today,
        taking.workable_from if kind == "inactive" else None,
        key,
    )


def judge_inactive(taking: Taking) -> None:
    """Judge every open Case about an inactive VPA by the newest export."""
    stale = []
    for key, findings, *facts in taking.sql.rows(
        'SELECT c.id, c.findings, v.part_time, v.mobile_app, v.active FROM "case" c JOIN vpa v ON v.id = c.vpa '
        "WHERE c.state = 'open' AND c.kind = 'inactive'"
    ):
        part_time, mobile_app, active = (None if fact is None else bool(fact) for fact in facts)
        judged = dumped(inactive_findings(part_time, mobile_app, active))
        if judged != findings:
            stale.append((judged, key))
    taking.sql.many('UPDATE "case" SET findings = ?, version = version + 1 WHERE id = ?', stale)
