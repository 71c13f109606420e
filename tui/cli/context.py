"""One call of the program: its global options, its database, its answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from models.action.work import Session, Work
    from models.database import Store
    from models.errors import SchichtError


class Invocation:
    """What was asked for globally, and where answers go. One at a time in a process."""

    _current: ClassVar[Invocation | None] = None

    def __init__(self, args: list[str]) -> None:
        self.args = args
        self.given_db: str | None = None
        self.given_member: str | None = None
        self.given_now: str | None = None
        self.given_json = "--json" in args  # already needed when the command line itself is wrong
        self.status = 0
        self._session: Session | None = None

    @classmethod
    def start(cls, args: list[str]) -> Invocation:
        """Begin a call."""
        cls._current = cls(args)
        return cls._current

    @classmethod
    def current(cls) -> Invocation:
        """The call that is going on."""
        assert cls._current is not None
        return cls._current

    @property
    def json(self) -> bool:
        """Whether the answer goes to a program."""
        return self.given_json

    @property
    def url(self) -> str:
        """The database: option, variable, or the user's own file."""
        from models.database import default_url

        return self.given_db or os.environ.get("SCHICHT_DB") or default_url()

    def store(self, *, create: bool = False) -> Store:
        """The opened database, connected for this thread."""
        from models.database import connect, open_store, spare_postgres_driver

        spare_postgres_driver(self.url)
        store = open_store(self.url, create=create)
        connect(store)
        return store

    def session(self) -> Session:
        """Who works where and when; checks schema, `--now` and `--as` (CONTRACT §1)."""
        if self._session is None:
            from models.schema import check_schema
            from tui.cli.acting import open_session

            store = self.store()
            check_schema(store)
            now = self.given_now or os.environ.get("SCHICHT_NOW")
            member = self.given_member or os.environ.get("SCHICHT_AS")
            self._session = open_session(store, now, member)
        return self._session

    def work(self) -> Work:
        """A view for reading."""
        return self.session().work()

    def close(self) -> None:
        """Give the connection back."""
        if "models.base" in sys.modules:  # else nothing was opened, and importing it would slow `--help`
            from models.base import proxy

            if proxy.obj is not None and not proxy.obj.is_closed():
                proxy.obj.close()
        Invocation._current = None

    # Answers

    def emit(self, thing: dict[str, Any], text: str | None = None) -> None:
        """Print one object, or a sentence about it."""
        from tui.cli.output import as_text, print_json, print_text

        if self.json:
            print_json(thing)
        else:
            print_text(text if text is not None else as_text(thing))

    def emit_all(self, things: Iterable[dict[str, Any]], columns: tuple[str, ...], limit: int | None = None) -> None:
        """Print a list: JSON Lines, or a table of these columns."""
        from itertools import islice

        from tui.cli.output import print_json, print_table

        chosen = things if limit is None else islice(things, limit)
        if self.json:
            for thing in chosen:
                print_json(thing)
        else:
            print_table(chosen, columns)

    def fail(self, error: SchichtError, key: object = None) -> int:
        """Print a failure; its exit status. `key` is the id among several."""
        from tui.cli.output import print_json, print_text

        if self.json:
            shown = {} if key is None else {"id": key}
            print_json({**shown, "error": error.as_json()})
        else:
            problems = [f"  {p.file}, Zeile {p.line}, {p.column}: {p.message}" for p in getattr(error, "problems", ())]
            print_text("\n".join([error.message, *problems]), sys.stderr)
        return error.exit_code

    def fail_with(self, error: Exception) -> int:
        """Print any failure: our own as they are, the database's explained, the rest as a defect with a log."""
        from models.errors import SchichtError

        if isinstance(error, SchichtError):
            return self.fail(error)
        from peewee import PeeweeException

        from models.database import explain
        from models.errors import DatabaseUnusableError
        from tui.log import log_defect

        if isinstance(error, PeeweeException) and _is_about_the_database(error):
            store = self._session.store if self._session else None
            message = explain(store, error) if store else "Die Datenbank ist nicht erreichbar."
            return self.fail(DatabaseUnusableError(message))
        reference = log_defect(error)
        return self.fail(SchichtError(f"Das hätte nicht passieren dürfen. Der Fehler steht im Protokoll: {reference}"))


def _is_about_the_database(error: Exception) -> bool:
    from peewee import DatabaseError, InterfaceError, OperationalError

    own = (OperationalError, InterfaceError)
    return isinstance(error, own) or (type(error) is DatabaseError)
