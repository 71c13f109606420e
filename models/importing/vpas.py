"""Taking `vpas`: who is gone, who is back, what is known, and the Cases schedule, class and inactive (D-10 to D-45)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from models.importing.columns import ABSENT, SEPARATOR, VPAS
from models.importing.comparing import Difference, count, differences, write
from models.importing.context import NAMED, Taking, dumped, loaded
from models.importing.erased import AS_ERASED
from models.importing.leaving import raise_gone
from models.importing.staging import staging
from models.tables.people import ERASED

COMPARED = (*SCHEDULE_FIELDS, *CLASS_FIELDS, "aktiv")
"""Columns whose change from one known value to another raises a Case."""

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
    for batch in differences(taking, VPAS, EXTRA):
        for difference in batch:
            count(taking, difference)
        take_batch(taking, batch)
    mark_gone(taking)


SAYS_GONE = f"substr(s.exported, length(s.exported) - 2) = '{SEPARATOR}ja'"
"""Whether a staged row says so in `weg`, its last column."""

EXTRA = ("known", "folded", "gone")
"""What is wanted of our own row beside its cells."""


def take_batch(taking: Taking, batch: list[Difference]) -> None:
    """Write the VPAs that differ, and raise what changed."""
    changes: list[Change] = []
    write(taking, VPAS, batch, lambda difference: _known(taking, difference, changes))
    _rename(taking, batch)
    if changes and not taking.baseline:
        _raise_cases(taking, changes)


def _said_gone(taking: Taking) -> bool:
    """Whether the export itself says of anybody that they are gone."""
    return bool(taking.sql.rows(f"SELECT 1 FROM {staging(VPAS)} s WHERE {SAYS_GONE} LIMIT 1"))


def mark_gone(taking: Taking) -> None:
    """Those missing from a newer, whole file are gone, and a Case says so (S-04, X-05); those who are back are not.

    What counts is that the export's own presence changes: `vpa leave` and `vpa return` hold until then.
    """
    said_gone = _said_gone(taking)
    said = f" AND NOT {SAYS_GONE}" if said_gone else ""
    here = f"EXISTS (SELECT 1 FROM {staging(VPAS)} s WHERE s.vpa_id = vpa.id{said})"
    back = "UPDATE vpa SET gone = ?, missing = ?, version = version + 1 WHERE missing = ? AND merged_into IS NULL"
    taking.sql.run(f"{back} AND {here}", (False, False, True))
    # All in the file are known by now: where no more are, none is missing, and none has to be looked for.
    if not said_gone and (taking.older or taking.partial or _named(taking) <= _rows(taking)):
        return
    if taking.older or taking.partial:  # nobody goes by missing, but the export itself says who is gone
        here = f"vpa.id NOT IN (SELECT s.vpa_id FROM {staging(VPAS)} s WHERE {SAYS_GONE})"
    missing = f"missing IS NOT TRUE AND exported IS NOT NULL AND merged_into IS NULL AND name <> ? AND NOT {here}"
    query = f"SELECT id, name, folded FROM vpa WHERE gone = ? AND {missing} ORDER BY folded, id"
    leaving = taking.sql.rows(query, (False, ERASED))
    query = f"UPDATE vpa SET gone = ?, missing = ?, version = version + 1 WHERE {missing}"
    taking.sql.run(query, (True, True, ERASED))
    taking.vanishing.gone = len(leaving)
    taking.vanishing.vpas = [name for _, name, _ in leaving[:NAMED]]
    if not taking.baseline:
        raise_gone(taking, leaving)


def _named(taking: Taking) -> int:
    """VPAs whom an export has named and none has missed since, but for the erased."""
    query = "SELECT COUNT(*) FROM vpa WHERE missing IS NOT TRUE AND exported IS NOT NULL AND name <> ? "
    query += "AND merged_into IS NULL"
    return int(taking.sql.value(query, (ERASED,)))


def _present(taking: Taking) -> int:
    """VPAs that are neither gone nor erased."""
    erased = taking.sql.value(
        "SELECT COUNT(*) FROM vpa WHERE folded = ? AND name = ? AND gone = ?", (*AS_ERASED, False)
    )
    return int(taking.sql.value("SELECT COUNT(*) FROM vpa WHERE gone = ?", (False,)) - erased)


def _rows(taking: Taking) -> int:
    """VPAs in the export, without those who are passed over."""
    return int(taking.sql.value(f"SELECT COUNT(*) FROM {staging(VPAS)}"))


def _known(taking: Taking, difference: Difference, changes: list[Change]) -> dict[str, Any]:
    """The last known values; only a cell that has changed and says something moves them.

    A VPA made here whom an export names for the first time is there by that.
    """
    before = loaded(difference.extra[0]) if difference.there else {}
    after = dict(before)
    for name in COMPARED:
        cell = difference.new[name]
        if name in difference.changed and cell not in ("", ABSENT):
            after[name] = _YESNO.get(cell, cell) if VPAS.by_name[name].kind == "yesno" else cell
    if difference.there and any(name in before and before[name] != after[name] for name in after):
        name = difference.new["name"]
        folded = name_key(name) if "name" in difference.changed else difference.extra[1]
        changes.append(Change(difference.new["vpa_id"], name, folded, before, after))
    more = {"known": dumped(after)} if after != before or not difference.there else {}
    if not difference.there:
        gone = difference.new["weg"] == "ja"
        return {**more, "gone": gone, "missing": gone or None}
    return {**more, **taking.presence(difference.there, difference.old is None)}


def _rename(taking: Taking, batch: list[Difference]) -> None:
    """Cases and flags carry the name, so that a page of a list reads one index."""
    named = [d.new for d in batch if d.there and "name" in d.changed]
    rename(taking, [(new["name"], name_key(new["name"]), new["vpa_id"]) for new in named])


def rename(taking: Taking, renamed: Sequence[tuple[str, str, str]]) -> None:
    """Give Cases and flags the name of their VPA; each with name, folded name and id."""
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
    taking.raise_cases(new)
    taking.sql.many(
        'UPDATE "case" SET before = ?, after = ?, findings = ?, changed_on = ?, workable_from = ?, '
        "version = version + 1 WHERE id = ?",
        further,
    )


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
    only, values = taking.of_vpa("c.vpa")
    for key, findings, *facts in taking.sql.rows(
        'SELECT c.id, c.findings, v.part_time, v.mobile_app, v.active FROM "case" c JOIN vpa v ON v.id = c.vpa '
        f"WHERE c.state = 'open' AND c.kind = 'inactive'{only}",
        values,
    ):
        part_time, mobile_app, active = (None if fact is None else bool(fact) for fact in facts)
        judged = dumped(inactive_findings(part_time, mobile_app, active))
        if judged != findings:
            stale.append((judged, key))
    taking.sql.many('UPDATE "case" SET findings = ?, version = version + 1 WHERE id = ?', stale)
