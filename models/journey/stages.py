"""VPA-Journey stages and the raising of Neu-Flags (CONTRACT §6, J-00, A-09)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

from models.database.fields import proxy
from models.ground import clock
from models.tables.flag import BORDERS, STAGES
from models.tables.people import ERASED

if TYPE_CHECKING:
    from models.action.work import Work

_DAY = dt.timedelta(days=1)


def stage_of(start: dt.date, today: dt.date) -> str | None:
    """The stage in whole calendar months since `start`, lower end included; None before `start`."""
    months = clock.whole_months(start, today)
    reached = [stage for stage, border in zip(STAGES, BORDERS, strict=True) if months >= border]
    return reached[-1] if reached else None


def latest_start(months: int, today: dt.date) -> dt.date:
    """The latest start since which at least so many whole months have passed today."""
    day = clock.add_months(today, -months) + 3 * _DAY
    while clock.add_months(day, months) > today:
        day -= _DAY
    return day


def stage_begin(stage: str, start: dt.date) -> dt.date:
    """The day on which a VPA enters the stage."""
    return clock.add_months(start, BORDERS[STAGES.index(stage)])


def raise_flags(work: Work, state: Literal["open", "baseline"] = "open") -> int:
    """Raise the flag of each VPA's current stage where it never had one; the number of open ones raised.

    None before the start, none for those who are gone, erased or restricted (P-03). With `baseline` they count as
    removed; but of a VPA who is still being boarded, without an Onboarding-Call in the past, the flag stays open
    (J-01). Runs inside a transaction; whoever calls it writes the history row.
    """
    db = proxy.obj
    # `NOT v.gone` keeps SQLite from walking the index of starts; ordered, else PostgreSQL 16 numbers them as they come.
    state_now = "CAST('open' AS TEXT)"
    if state == "baseline":
        boarded = f"v.onboarding_call IS NOT NULL AND v.onboarding_call <= CAST(? AS {_date_type(db)})"
        state_now = f"CASE WHEN v.start > ? AND NOT ({boarded}) THEN 'open' ELSE 'baseline' END"
    cases = " ".join("WHEN v.start <= ? THEN ?" for _ in STAGES)
    sql = (
        "INSERT INTO flag (version, vpa, vpa_name, vpa_folded, stage, raised_on, state, details) "
        f"SELECT 1, n.id, n.name, n.folded, n.stage, n.today, n.state, '{{}}' FROM (SELECT v.id, v.name, v.folded, "
        f"CASE {cases} END AS stage, CAST(? AS {_date_type(db)}) AS today, {state_now} AS state FROM vpa v "
        "WHERE NOT v.gone AND v.start <= ? AND v.name <> ? "
        "AND ('vpa:' || v.id) NOT IN (SELECT subject FROM restriction)) n "
        "WHERE NOT EXISTS (SELECT 1 FROM flag f WHERE f.vpa = n.id AND f.stage = n.stage) "
        "ORDER BY n.id ON CONFLICT DO NOTHING"
    )
    borders = list(zip(STAGES, BORDERS, strict=True))[::-1]
    limits = [value for stage, months in borders for value in (latest_start(months, work.today).isoformat(), stage)]
    today = work.today.isoformat()
    known = (latest_start(BORDERS[1], work.today).isoformat(), today) if state == "baseline" else ()
    before = _open(db)
    db.execute_sql(sql.replace("?", db.param), (*limits, today, *known, today, ERASED))
    return _open(db) - before


def _open(db: Any) -> int:
    """How many flags are open."""
    return int(db.execute_sql("SELECT COUNT(*) FROM flag WHERE state = 'open'").fetchone()[0])


def _date_type(db: object) -> str:
    """What a calendar day is cast to; SQLite keeps it as text, where DATE would mean a number."""
    from peewee import SqliteDatabase

    return "TEXT" if isinstance(db, SqliteDatabase) else "DATE"
