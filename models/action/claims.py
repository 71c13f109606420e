"""Taking, renewing and releasing claims, and who holds which; the clock of the database decides.

The one write beside `models.action` that a member causes: presence is no data, so no rule refuses it, nobody undoes it
and the history does not keep it. A claim never locks anything: who saves first is decided by rules and versions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.action.work import Session
from models.database.live import announce
from models.ground.presence import Claimant

LIFE = 60
"""Seconds after which a claim ends unless it is renewed."""

RENEW = 20.0
"""Seconds between two renewals: two may be lost on the way."""

SQLITE = {
    "now": "strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')",
    "end": f"strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now', '+{LIFE} seconds')",
    "age": "(julianday('now') - julianday(since)) * 86400",
}
POSTGRES = {
    "now": "now()",
    "end": f"now() + interval '{LIFE} seconds'",
    "age": "extract(epoch FROM now() - since)",
}

TAKE = """
INSERT INTO claim (subject, holder, member, since, until) VALUES {values}
ON CONFLICT (subject, holder) DO UPDATE SET until = EXCLUDED.until,
since = CASE WHEN claim.until > {now} THEN claim.since ELSE EXCLUDED.since END
"""
"""Taking and renewing in one: nobody waits for anybody else's claim."""


def take(session: Session, subjects: Sequence[str]) -> None:
    """Say that one works on these, or go on saying it for another `LIFE`. Wakes nobody: see `tell`."""
    if session.kuerzel is None or not subjects:
        return
    words = _words(session)
    row = f"(?, ?, ?, {words['now']}, {words['end']})"
    named = sorted(set(subjects))
    sql = TAKE.format(values=", ".join([row] * len(named)), **words)
    _write(session, sql, [value for one in named for value in (one, session.presence.desk, session.kuerzel)])


def release(session: Session) -> int:
    """Work on nothing any more; clears up what dead sessions have left behind too. How many claims ended."""
    sql = f"DELETE FROM claim WHERE holder = ? OR until <= {_words(session)['now']}"
    return _write(session, sql, [session.presence.desk])


def keep(session: Session) -> None:
    """Make it known what is worked on here, and wake the others where that has changed. In a thread.

    Called when a form opens and closes, and every `RENEW` seconds between.
    """
    presence = session.presence
    with presence.lock, session.store.connected():
        wanted, taken = presence.wanted, presence.taken
        if set(taken) - set(wanted):
            release(session)
        take(session, wanted)
        presence.taken = wanted
        if wanted != taken:
            tell(session)


def tell(session: Session) -> None:
    """Wake everybody who listens, because a claim was taken or released."""
    with session.store.connected():
        announce()


def others(session: Session) -> dict[str, tuple[Claimant, ...]]:
    """Who works on what elsewhere at this moment, by subject, whoever came first before the rest; one small read."""
    words, now = _words(session), session.clock.now()
    sql = f"SELECT subject, member, holder, {words['age']} FROM claim WHERE until > {words['now']} AND holder <> ?"
    with session.store.connected() as db:
        rows = db.execute_sql(f"{_holders(session, sql)} ORDER BY since, holder", (session.presence.desk,)).fetchall()
    found: dict[str, tuple[Claimant, ...]] = {}
    for subject, member, holder, age in rows:
        claimant = Claimant(member, holder, now.subtract(seconds=max(0, int(age))))
        found[subject] = (*found.get(subject, ()), claimant)
    return found


def _words(session: Session) -> dict[str, str]:
    return SQLITE if session.store.engine == "sqlite" else POSTGRES


def _holders(session: Session, sql: str) -> str:
    """Place holders as the driver wants them."""
    return sql if session.store.engine == "sqlite" else sql.replace("?", "%s")


def _write(session: Session, sql: str, values: list[Any]) -> int:
    """One statement in a transaction of its own; the number of rows."""
    with session.store.connected() as db, session.store.transaction():
        return int(db.rows_affected(db.execute_sql(_holders(session, sql), values)))
