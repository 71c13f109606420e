"""Cases about VPAs who left: raised when one becomes gone, judged anew by every import (S-04)."""

from __future__ import annotations

from collections.abc import Sequence

from models.case.leaving import AFTER, BEFORE, gone_findings, left_behind
from models.database.fields import CANONICAL
from models.importing.context import Taking, dumped

Leaver = tuple[str, str, str]
"""Id, name and folded name of a VPA."""


def raise_gone(taking: Taking, leaving: Sequence[Leaver]) -> None:
    """A Case for each of them; an open one says the same again. What they leave is judged when all is written."""
    still = taking.sql.rows_in(
        "SELECT vpa, id FROM \"case\" WHERE kind = 'gone' AND state = 'open' AND vpa IN (?*)",
        [key for key, *_ in leaving],
    )
    taking.raise_cases(
        [
            (
                1,
                "gone",
                key,
                name,
                folded,
                None,
                taking.now,
                "[]",
                None,
                "open",
                dumped(BEFORE),
                dumped(AFTER),
                taking.today,
                None,
                "{}",
            )
            for key, name, folded in leaving
            if key not in dict(still)
        ]
    )
    again = [(taking.today, case) for _, case in still]
    taking.sql.many('UPDATE "case" SET changed_on = ?, version = version + 1 WHERE id = ?', again)


def judge_gone(taking: Taking) -> None:
    """Judge every open Case about a VPA who left by what is still his."""
    only, values = taking.of_vpa("c.vpa")
    rows = taking.sql.rows(
        'SELECT c.id, c.vpa, c.findings, c.facts, v.gone FROM "case" c JOIN vpa v ON v.id = c.vpa '
        f"WHERE c.state = 'open' AND c.kind = 'gone'{only} ORDER BY c.id",
        values,
    )
    left = left_behind((vpa for _, vpa, *_ in rows), taking.work.today)
    stale = []
    for key, vpa, findings, facts, gone in rows:
        judged = (dumped(gone_findings(left[vpa], bool(gone))), _told(left[vpa]))
        if judged != (findings, facts):
            stale.append((*judged, key))
    taking.sql.many('UPDATE "case" SET findings = ?, facts = ?, version = version + 1 WHERE id = ?', stale)


def _told(facts: dict[str, list[object]]) -> str:
    return CANONICAL.encode(facts)
