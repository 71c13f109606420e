"""What a profile may leave out (CONTRACT §14): the id of an absence, the day on which a customer's VPA began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.importing.columns import ABSENT, ABWESENHEITEN, ZUORDNUNGEN
from models.importing.problems import MOST, Problems
from models.importing.sql import Sql

if TYPE_CHECKING:
    from models.importing.context import Taking
    from models.importing.source import Source

ABSENCES = f"stage_{ABWESENHEITEN.name}"
STARTS = f"stage_{ZUORDNUNGEN.name}"


def absence_id(vpa: str, start: str) -> str:
    """The id of an absence that its table does not name: VPA and first day; empty where one of them is."""
    return f"{vpa} {start}" if vpa and start else ""


def lacks(source: Source, column: str) -> bool:
    """Whether a table is read by a profile that leaves out this column."""
    return source.profile is not None and column not in source.profile.columns


def name_absences(sql: Sql, sources: Sequence[Source]) -> None:
    """An absence that its table does not name is the one known of that VPA from that day on, if there is one."""
    numbers = [n for n, one in enumerate(sources) if one.table is ABWESENHEITEN and lacks(one, "abwesenheit_id")]
    for number in numbers:
        start = "CAST(a.start AS TEXT)" if sql.is_postgres else "a.start"
        known = (
            f"(SELECT a.id FROM absence a WHERE a.vpa = {ABSENCES}.vpa_id "
            f"AND {start} = substr({ABSENCES}.abwesenheit_id, length({ABSENCES}.vpa_id) + 2) "
            "ORDER BY a.withdrawn, a.id LIMIT 1)"
        )
        sql.run(f"ALTER TABLE {_at(sql)}{ABSENCES} ADD COLUMN known TEXT")
        sql.run(f"UPDATE {ABSENCES} SET known = {known} WHERE source = ? AND abwesenheit_id <> ''", (number,))
        sql.run(
            f"UPDATE {ABSENCES} SET abwesenheit_id = known, exported = known || "
            "substr(exported, length(abwesenheit_id) + 1) WHERE known IS NOT NULL"
        )
        sql.run(f"ALTER TABLE {_at(sql)}{ABSENCES} DROP COLUMN known")


def _at(sql: Sql) -> str:
    return "" if sql.is_postgres else "stage."


def check_one_vpa(sql: Sql, sources: Sequence[Source], problems: Problems) -> None:
    """Where no day says which of two began later, a customer has one VPA."""
    for source, line, customer in sql.rows(
        f"SELECT s.source, s.line, s.kunden_id FROM {STARTS} s JOIN (SELECT kunden_id, MIN(pos) AS first FROM {STARTS} "
        "WHERE von = ? AND kunden_id <> '' GROUP BY kunden_id HAVING COUNT(*) > 1) d ON d.kunden_id = s.kunden_id "
        f"WHERE s.von = ? AND s.pos > d.first LIMIT {MOST}",
        (ABSENT, ABSENT),
    ):
        why = f"„{customer[:80]}“ steht mehr als einmal in der Tabelle; ohne „von“ hat ein Kunde darin einen VPA."
        problems.add(sources[source].label, line, sources[source].theirs("kunden_id"), "duplicate_id", why)


CURRENT = """
SELECT a.{0} FROM assignment a WHERE a.customer = {1}.kunden_id AND (a."end" IS NULL OR a."end" >= ?)
ORDER BY a.start DESC, a.id DESC LIMIT 1
"""
"""A column of the assignment that lasts, or will."""


def begin_assignments(taking: Taking) -> None:
    """A customer's VPA without a day is the known one, or begins today; the one before ends the day before."""
    sql, today = taking.sql, taking.today
    if not any(source.table is ZUORDNUNGEN and lacks(source, "von") for source in taking.stage.sources):
        return
    vpa, start = CURRENT.format("vpa", STARTS), CURRENT.format("start", STARTS)
    if sql.is_postgres:
        start = start.replace("a.start FROM", "CAST(a.start AS TEXT) FROM", 1)
    sql.run(
        f"UPDATE {STARTS} SET von = CASE WHEN ({vpa}) = vpa_id THEN ({start}) ELSE ? END WHERE von = ?",
        (today, today, today, ABSENT),
    )
    # The third cell of what is compared was the mark for absent, one character long.
    sql.run(
        f"UPDATE {STARTS} SET exported = substr(exported, 1, length(kunden_id) + length(vpa_id) + 2) || von || "
        "substr(exported, length(kunden_id) + length(vpa_id) + 4) "
        "WHERE substr(exported, length(kunden_id) + length(vpa_id) + 3, 1) = ?",
        (ABSENT,),
    )
    _end_others(taking)


def _end_others(taking: Taking) -> None:
    """Who was in charge until now is so no longer from today on, and who is again is so without an end."""
    sql, today = taking.sql, taking.today
    cast = "CAST(s.von AS DATE)" if sql.is_postgres else "s.von"
    lasting = sql.rows(
        f"SELECT a.id, a.vpa, s.vpa_id, s.source FROM assignment a JOIN {STARTS} s ON s.kunden_id = a.customer "
        'WHERE (a."end" IS NULL OR a."end" >= ?) AND a.vpa <> s.vpa_id AND s.von = ?',
        (today, today),
    )
    lacking = {n for n, one in enumerate(taking.stage.sources) if one.table is ZUORDNUNGEN and lacks(one, "von")}
    yesterday = (taking.work.today - dt.timedelta(days=1)).isoformat()
    sql.many(
        'UPDATE assignment SET "end" = ?, version = version + 1 WHERE id = ?',
        [(yesterday, key) for key, _, _, source in lasting if source in lacking],
    )
    again = sql.rows(
        f"SELECT a.id, s.source FROM assignment a JOIN {STARTS} s ON s.kunden_id = a.customer AND s.vpa_id = a.vpa "
        f'AND {cast} = a.start WHERE s.von = ? AND a."end" < ?',
        (today, today),
    )
    sql.many(
        'UPDATE assignment SET "end" = NULL, version = version + 1 WHERE id = ?',
        [(key,) for key, source in again if source in lacking],
    )
