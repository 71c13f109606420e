"""Taking `abwesenheiten`: known, changed, withdrawn, known again; open Cases judged anew (D-20 to D-24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from models.case.findings import merged
from models.ground.absences import JoinedAbsences, Span
from models.importing.columns import ABSENT, ABWESENHEITEN
from models.importing.comparing import Difference, count, differences, write
from models.importing.context import NAMED, Taking, dumped, loaded
from models.importing.known_absences import recognise
from models.importing.sql import BATCH
from models.importing.staging import staging
from models.tables.people import ERASED

DATES = ("von", "bis")
"""Only these count as a change of dates."""


def take_absences(taking: Taking) -> None:
    """Bring our absences up to the export; what they raise comes later, when all is written."""
    recognise(taking)
    for batch in differences(taking, ABWESENHEITEN, EXTRA, " OR (t.withdrawn AND t.missing)"):
        for difference in batch:
            count(taking, difference, as_new=_comes_back(difference))
        write_absences(taking, batch)
    _withdraw(taking)


EXTRA = ("withdrawn", "missing")
"""What is wanted of our own row beside its cells."""


def write_absences(taking: Taking, batch: list[Difference]) -> None:
    """Write the absences that differ; they are judged when all is written."""
    write(taking, ABWESENHEITEN, batch, lambda difference: _judged_later(taking, difference))


def _comes_back(difference: Difference) -> bool:
    """Whether it is known again: the export names it anew, or with other dates. Withdrawn by hand it stays that."""
    withdrawn, missing = difference.extra
    named_anew = bool(missing) or difference.old is None
    return difference.there and bool(withdrawn) and (named_anew or not set(DATES).isdisjoint(difference.changed))


def _judged_later(taking: Taking, difference: Difference) -> dict[str, Any]:
    """Whether it has to be judged, and the day of the change of its dates as long as nobody entered it anew."""
    more: dict[str, Any] = taking.named_absence(difference.there)
    if not difference.there:
        unsaid = difference.new["eingetragen_am"] == ABSENT
        return {**more, "changed_on": None, **({"entered_on": taking.today} if unsaid else {})}
    if _comes_back(difference):
        return {**more, "withdrawn": False, "pending": True, "changed_on": None}
    if not difference.changed:
        return more
    more["pending"] = True
    if "eingetragen_am" in difference.changed:
        more["changed_on"] = None
    elif not set(DATES).isdisjoint(difference.changed):
        more["changed_on"] = taking.today
    return more


def _withdraw(taking: Taking) -> None:
    """Those that end today or later and are missing from a whole file; they are no longer known (X-05).

    One made here has not been named yet; withdrawn by hand it only is missing.
    """
    if taking.partial:
        return
    missing = taking.sql.rows(
        'SELECT a.id, a.withdrawn, v.name, a.start, a."end" FROM absence a JOIN vpa v ON v.id = a.vpa '
        'WHERE a.missing IS NOT TRUE AND a.exported IS NOT NULL AND a."end" >= ? AND v.name <> ? '
        f"AND NOT EXISTS (SELECT 1 FROM {staging(ABWESENHEITEN)} s WHERE s.abwesenheit_id = a.id) "
        "ORDER BY v.folded, a.start, a.id",
        (taking.today, ERASED),
    )
    taking.sql.many("UPDATE absence SET missing = ? WHERE id = ?", [(True, key) for key, *_ in missing])
    going = [row for row in missing if not row[1]]
    found = taking.vanishing
    found.withdrawn = len(going)
    found.absences = [(name, str(start), str(end)) for _, _, name, start, end in going[:NAMED]]
    withdraw(taking, [key for key, *_ in going])


def withdraw(taking: Taking, keys: Sequence[str]) -> None:
    """These absences are taken back, and what is open about them says so."""
    taking.sql.many(
        "UPDATE absence SET withdrawn = ?, pending = ?, known = NULL, changed_on = NULL, version = version + 1 "
        "WHERE id = ?",
        [(True, False, key) for key in keys],
    )
    taking.sql.many("UPDATE \"case\" SET after = NULL WHERE absence = ? AND state = 'open'", [(key,) for key in keys])


def judge_pending(taking: Taking) -> None:
    """Raise a Case for each absence that is new or has other dates, or put the change into its open one.

    Those of a VPA who is gone wait until he is back, unless their Case is open.
    """
    only, values = taking.of_vpa("a.vpa")
    query = (
        'SELECT a.id, a.vpa, v.name, v.folded, a.start, a."end", a.entered_on, a.known, c.id, c.before, c.after '
        "FROM absence a JOIN vpa v ON v.id = a.vpa LEFT JOIN \"case\" c ON c.absence = a.id AND c.state = 'open' "
        "WHERE a.pending = ? AND a.withdrawn = ? AND a.id > ? AND (v.gone = ? OR c.id IS NOT NULL OR ? = 1)"
        f"{only} ORDER BY a.id LIMIT {BATCH}"
    )
    last = ""
    while rows := taking.sql.rows(query, (True, False, last, False, int(taking.baseline), *values)):
        last = rows[-1][0]
        _judge(taking, rows)


def _judge(taking: Taking, rows: list[tuple[Any, ...]]) -> None:
    new: list[tuple[Any, ...]] = []
    further: list[tuple[Any, ...]] = []
    judged: list[tuple[Any, ...]] = []
    for key, vpa, name, folded, start, end, entered, known, case, before, after in rows:
        now = {"von": str(start), "bis": str(end), "eingetragen_am": str(entered)}
        judged.append((dumped(now), False, key))
        if taking.baseline:
            continue
        change = _change(loaded(known), now)
        if case is not None and change is not None:
            course = _course(loaded(before), loaded(after), change, now)
            further.append((*map(dumped, course), taking.today, case))
        elif change is not None and (change[0] is not None or now["bis"] >= taking.today):
            new.append(
                (1, "absence", vpa, name, folded, key, taking.now, "[]", None, "open", dumped(change[0]),
                 dumped(change[1]), taking.today, None, "{}")
            )  # fmt: skip
    taking.raise_cases(new)
    taking.sql.many(
        'UPDATE "case" SET before = ?, after = ?, changed_on = ?, version = version + 1 WHERE id = ?', further
    )
    taking.sql.many("UPDATE absence SET known = ?, pending = ? WHERE id = ?", judged)


def _change(known: dict[str, str] | None, now: dict[str, str]) -> tuple[dict[str, str] | None, dict[str, str]] | None:
    """Before and after of a new absence or of one with other dates; None where only the day of entry differs."""
    if known is None:
        return None, now
    names = [name for name in now if known[name] != now[name]]
    if set(DATES).isdisjoint(names):
        return None
    return {name: known[name] for name in names}, {name: now[name] for name in names}


def _course(
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    change: tuple[dict[str, str] | None, dict[str, str]],
    now: dict[str, str],
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Before and after of an open Case with a further change in it; one that began as new stays new."""
    old, new = change
    if old is None or before is None:
        return None, now
    return merged(before, after or {}, old, new)


def judge_absences(taking: Taking) -> None:
    """Judge every open absence Case anew, VPA by VPA."""
    only, values = taking.of_vpa("a.vpa")
    query = (
        'SELECT a.vpa, c.id, c.before, c.findings, c.facts, a.start, a."end", '
        'COALESCE(a.changed_on, a.entered_on), a.withdrawn FROM "case" c JOIN absence a ON a.id = c.absence '
        f"WHERE c.state = 'open'{only} ORDER BY a.vpa, c.id"
    )
    rows = taking.sql.rows(query, values)
    vpas = list(dict.fromkeys(row[0] for row in rows))
    spans: dict[str, list[Span]] = {}
    for vpa, start, end in taking.sql.rows_in(
        'SELECT vpa, start, "end" FROM absence WHERE withdrawn = ? AND vpa IN (?*)', vpas, (False,)
    ):
        spans.setdefault(vpa, []).append((_day(start), _day(end)))
    stale: list[tuple[Any, ...]] = []
    for vpa, cases in groupby(rows, key=lambda row: row[0]):
        joined = JoinedAbsences(spans.get(vpa, ()), taking.work.workdays, taking.limits)
        for _, case, before, findings, facts, start, end, entered, withdrawn in cases:
            span = (_day(start), _day(end))
            verdict = (["withdrawn"], None) if withdrawn else _verdict(joined, span, _day(entered), loaded(before))
            told = (dumped(verdict[0]), dumped(verdict[1]))
            if told != (findings, facts):
                stale.append((*told, case))
    taking.sql.many('UPDATE "case" SET findings = ?, facts = ?, version = version + 1 WHERE id = ?', stale)


def _verdict(
    joined: JoinedAbsences, span: Span, entered: dt.date, before: dict[str, Any] | None
) -> tuple[list[str], dict[str, int]]:
    """Findings and facts; `reverted` where both dates are back at what they were."""
    days, starts = joined.facts(span)
    facts = {"days": days, "starts_90_days": starts}
    if before is not None and set(DATES).isdisjoint(before):
        return ["reverted"], facts
    return joined.findings(span, entered), facts


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
