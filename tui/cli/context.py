"""One call of the program: its global options, its database, its answer."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from pathlib import Path

    from models.action.work import Session, Work
    from models.database.store import Store
    from models.ground.errors import Problem, SchichtError


def _told(problems: Sequence[Problem]) -> list[str]:
    """The problems of a file as people read them, not all of a kind (CONTRACT §14)."""
    if not problems:
        return []
    from screens.importing.words import problem_words

    return [f"  {place}: {message}" for place, message in problem_words(problems)]


PASSWORD = re.compile(r"://[^/?]*:[^/?]*[^/?:]@|[?&]password=.", re.IGNORECASE)
SEEN = (
    "Achtung: Ein Passwort auf der Befehlszeile liest jeder auf diesem Rechner in der Prozessliste. "
    "Leg es in ~/.pgpass (Rechte 0600)."
)


class Invocation:
    """What was asked for globally, and where answers go. One at a time in a process."""

    _current: ClassVar[Invocation | None] = None

    def __init__(self, args: list[str]) -> None:
        self.given_db: str | None = None
        self.given_member: str | None = None
        self.given_now: str | None = None
        # Read ahead, because it is already needed when the command line itself is wrong, at whatever place.
        self.given_json = "--json" in takewhile(lambda arg: arg != "--", args)
        self.status = 0
        self.list_format: str | None = None
        """How a list is to be written, if not as lines for a person: `csv`, `xlsx` or `json`."""
        self.list_file: Path | None = None
        """Where to."""
        self._session: Session | None = None
        self._warned = False

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
        from models.ground.errors import UsageError
        from models.ground.folders import default_url

        if self.given_db is not None and not self.given_db.strip():
            raise UsageError("--db ist leer. Ohne --db arbeitet Schicht mit deiner eigenen Datei.")
        return self.given_db or os.environ.get("SCHICHT_DB") or default_url()

    @property
    def now(self) -> str | None:
        """The moment that was asked for: option or variable."""
        return self.given_now if self.given_now is not None else os.environ.get("SCHICHT_NOW") or None

    @property
    def member(self) -> str | None:
        """The Kürzel that was given: option or variable."""
        return self.given_member or os.environ.get("SCHICHT_AS") or None

    def store(self, *, create: bool = False) -> Store:
        """The opened database, connected for this thread."""
        from models.database.store import connect, open_store, spare_drivers

        spare_drivers(self.url)
        self.warn_of_password(self.given_db)
        store = open_store(self.url, create=create)
        connect(store)
        return store

    def warn_of_password(self, url: str | None) -> None:
        """Say that everybody on this machine can read a password that stands on the command line."""
        from models.database.store import is_postgres

        if self._warned or url is None or not is_postgres(url):
            return
        self._warned = bool(PASSWORD.search(url))
        if self._warned:
            self._tell(SEEN)

    def session(self) -> Session:
        """Who works where and when; checks schema, `--now` and `--as` (CONTRACT §1)."""
        if self._session is None:
            store = self.store()  # first of all: it spares a SQLite user the import of psycopg
            from models.admin.schema import check_schema
            from tui.cli.acting import open_session
            from tui.settings import use_templates

            use_templates()
            check_schema(store)
            self._session = open_session(store, self.now, self.member, preset=not self.given_member)
        return self._session

    def forget(self) -> None:
        """Open it anew the next time: somebody was added meanwhile."""
        if self._session is not None:
            self._session.store.db.close()
        self._session = None

    def work(self) -> Work:
        """A view for reading."""
        return self.session().work()

    def close(self) -> None:
        """Give the connection back."""
        if "models.database.fields" in sys.modules:  # else nothing was opened, and importing it would slow `--help`
            from models.database.fields import proxy

            if proxy.obj is not None and not proxy.obj.is_closed():
                proxy.obj.close()
        Invocation._current = None

    # Answers

    def emit(self, thing: dict[str, Any], text: str | None = None) -> None:
        """Print one object, or a sentence about it. A reader who has gone stops nothing that is still to be done."""
        from tui.cli.output import as_text, print_json, print_text

        with self._answering():
            if self.json:
                print_json(thing)
            else:
                print_text(text if text is not None else as_text(thing))

    def emit_all(self, things: Iterable[dict[str, Any]], columns: tuple[str, ...], limit: int | None = None) -> None:
        """Print a list: JSON Lines, or a table of these columns."""
        from models.ground.errors import UsageError
        from tui.cli.output import print_json, print_table

        chosen = things if limit is None else islice(things, limit)
        if self.list_file and not self.list_format:
            raise UsageError("--out braucht --format csv, xlsx oder json.")
        with self._answering():  # `head` has seen enough
            if self.list_format and not (self.json and self.list_file is None):
                from tui.cli.tables import write_list

                write_list(chosen, columns, self.list_format, self.list_file)
            elif self.json:
                for thing in chosen:
                    print_json(thing)
            else:
                print_table(chosen, columns)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """What nobody reads is no failure; what could not be written is told, and whether the deed is done."""
        from tui.cli.streams import AnswerLostError, ReaderGoneError, silence

        try:
            yield
        except ReaderGoneError:
            silence()
        except AnswerLostError as lost:
            silence()
            if _writes():
                self._tell(f"Es ist getan; nur die Antwort ließ sich nicht schreiben. {lost}")
            else:
                self.status = self.status or self.unanswered(lost)

    def unanswered(self, lost: Exception) -> int:
        """Say that an answer is missing or cut off; the exit status."""
        self._tell(f"Die Antwort ließ sich nicht schreiben, sie fehlt oder ist unvollständig. {lost}")
        return 1

    def _tell(self, text: str) -> None:
        """Say something beside the answer, if anybody listens."""
        from tui.cli.output import print_text
        from tui.cli.streams import AnswerLostError, ReaderGoneError

        with suppress(ReaderGoneError, AnswerLostError):
            print_text(text, sys.stderr)

    def fail(self, error: SchichtError, key: object = None) -> int:
        """Print a failure; its exit status. `key` is the id among several."""
        from tui.cli.output import print_json
        from tui.cli.streams import AnswerLostError, ReaderGoneError, silence

        if self.json:
            shown = {} if key is None else {"id": key}
            try:
                print_json({**shown, "error": error.as_json()})
            except (ReaderGoneError, AnswerLostError):
                silence()
                self._tell(error.message)
        else:
            problems = _told(getattr(error, "problems", ()))
            message = error.message if key is None else f"{key}: {error.message}"
            if command := getattr(error, "command", ""):
                message += f" Oder wiederhole genau diesen Befehl mit --command-id {command}: Doppelt geschieht nichts."
            self._tell("\n".join([message, *problems]))
        return error.exit_code

    def fail_with(self, error: Exception) -> int:
        """Print any failure: our own as they are, the database's explained, the rest as a defect with a log."""
        from models.database.causes import unusable
        from models.database.store import is_unusable
        from models.ground.errors import DatabaseUnusableError, SchichtError
        from models.ground.log import log_defect
        from models.ground.os_errors import explain_file

        if isinstance(error, SchichtError):
            return self.fail(error)
        if is_unusable(error):
            return self.fail(unusable(self._session.store if self._session else None, error))
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            return self.fail(DatabaseUnusableError(explain_file(error)))
        reference = log_defect(error)
        return self.fail(SchichtError(f"Das hätte nicht passieren dürfen. Der Fehler steht im Protokoll: {reference}"))


def _writes() -> bool:
    """Whether the command that answers has changed something, every one that can takes `--dry-run` (CONTRACT §1), or
    has written a file, which is what was wanted of it.
    """
    import click

    ctx = click.get_current_context(silent=True)
    if ctx is None or Invocation.current().list_file is not None:
        return ctx is not None
    if "dry_run" in ctx.params:
        return ctx.params["dry_run"] is False
    if "out" in ctx.params:
        return ctx.params["out"] is not None
    return ctx.info_name in ("export", "anchor")
