"""Rows that no file of an export brings: Reminders about Cases and flags, VPA-Wechsel, colleagues.

Laid straight into a filled database, since hundreds of thousands of actions would take an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.surroundings import sqlite3

TODAY = datetime(2026, 11, 23, 8)
OWNERS = ("ANN", "BOB", "EVA", "KAI")
STATES = ("open", "proposed", "approved", "informed", "finished", "rejected")
REMINDER = (
    "version, subject, about, kind, due, reason, folded, owner, original_owner, owners, created_by, created_at, "
    "after_entry, state"
)
HANDOVER = "version, customer, vpa, state, reason_kind, reason, opened_at, opened_by, questions, talks, measures, facts"


def add_rows(database: Path, reminders: int, handovers: int) -> None:
    """So many of each, with dates round about a day in November 2026."""
    db = sqlite3.connect(database)
    with db:
        for name in OWNERS[1:]:
            db.execute(
                "INSERT INTO member (kuerzel, version, key, name, roles) VALUES (?, 1, ?, ?, '[\"at\"]')",
                (name, name.lower(), f"{name} Beispiel"),
            )
        cases = db.execute("SELECT 'case:' || id, vpa FROM \"case\" WHERE state = 'open' ORDER BY id").fetchall()
        flags = db.execute("SELECT 'flag:' || id, vpa FROM flag WHERE state = 'open' ORDER BY id").fetchall()
        _insert(db, "reminder", REMINDER, _reminders(reminders, [*cases[::2], *flags[::2]] or [(None, "")]))
        people = db.execute("SELECT customer, vpa FROM assignment ORDER BY id LIMIT ?", (handovers,)).fetchall()
        _insert(db, "handover", HANDOVER, _handovers(people))
    db.close()


def _insert(db: Any, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * (columns.count(",") + 1))
    db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _moment(days: int, hours: int = 0) -> str:
    return f"{TODAY + timedelta(days=days, hours=hours)}.000000+00:00"


def _reminders(count: int, about: list[tuple[str | None, str]]) -> Iterator[tuple[Any, ...]]:
    for number in range(count):
        subject, vpa = about[number * 7 % len(about)]
        owner, reason = OWNERS[number % 4], "Nachfragen, ob es weitergeht"
        due, state = _moment(number % 60 - 20, number % 9), "open" if number % 5 else "done"
        yield (
            1, f"vpa:{vpa}", subject, "general", due, reason, "nachfragen ob es weitergeht", owner, owner, "[]", owner,
            _moment(-30), 0, state,
        )  # fmt: skip


def _handovers(people: list[tuple[str, str]]) -> Iterator[tuple[Any, ...]]:
    for number, (customer, vpa) in enumerate(people):
        opened, state = _moment(-1 - number % 90), STATES[number % len(STATES)]
        yield (
            1, customer, vpa, state, "cooperation_failed", "Es passt nicht", opened, "ANN", "[]", "[]", "[]", "{}",
        )  # fmt: skip
