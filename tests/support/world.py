"""A test's own world: a fresh database with the current schema, a clock that stands still, an acting member."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.program import Result, in_new_process, in_process

if TYPE_CHECKING:
    from models.action.base import Action
    from models.action.work import Session
    from models.database.store import Store

WEDNESDAY = "2025-11-05T14:00"
"""A working day in the afternoon, with no holiday near it: the time in a test that names none."""


@dataclass
class World:
    """The database of one test; `now` and `me` hold until the test sets others."""

    url: str
    engine: str
    """`sqlite` or `postgres`."""
    store: Store
    """Opened and connected for the test's own thread."""
    now: str = WEDNESDAY
    """ISO 8601, Berlin."""
    me: str | None = None
    """Kürzel of the acting member."""

    def session(self, as_: str | None = None, now: str | None = None) -> Session:
        """Who works where and when, for questions and actions of the models."""
        from models.action.work import Session
        from models.ground.clock import FixedClock, parse_moment

        return Session(self.store, FixedClock(parse_moment(now or self.now)), as_ or self.me, "test-account")

    def run(self, action: Action, *, as_: str | None = None, now: str | None = None, **how: Any) -> dict[str, Any]:
        """Run an action through the one door; what it shows. `how` goes to the runner (`despite`, `dry_run` …)."""
        from models.action.run import run

        return run(self.session(as_, now), action, **how).show()

    def cli(
        self, *args: str, as_: str | None = None, now: str | None = None, json: bool = True, stdin: str = ""
    ) -> Result:
        """Run a command in this process, by default with `--json`."""
        try:
            return in_process(self._globals(as_, now, json) + list(args), stdin)
        finally:
            self._take_back()

    def run_process(
        self, *args: str, as_: str | None = None, now: str | None = None, json: bool = True, stdin: str = ""
    ) -> Result:
        """Run a command as a process of its own."""
        return in_new_process(self._globals(as_, now, json) + list(args), stdin)

    def _globals(self, as_: str | None, now: str | None, json: bool) -> list[str]:
        member = as_ or self.me
        return [
            *("--db", self.url, "--now", now or self.now),
            *(("--as", member) if member else ()),
            *(("--json",) if json else ()),
        ]

    def _take_back(self) -> None:
        """The command bound the tables to a connection of its own; bind them to the test's again."""
        from models.database.fields import proxy
        from models.database.store import connect

        proxy.initialize(self.store.db)
        connect(self.store)


def prepare(url: str) -> None:
    """Give an empty database the current schema, as a sandbox, long before any test's time."""
    from models.admin.schema import initialise
    from models.database.store import open_store
    from models.tables.history import Stamp

    store = open_store(url, create=True)
    try:
        made = Stamp(dt.datetime(2020, 1, 1, tzinfo=dt.UTC), None, "test-account")
        initialise(store, made, sandbox=True, rights=False)
    finally:
        store.db.close()
