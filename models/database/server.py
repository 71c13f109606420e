"""A team's server that may die: to which leader one connects, and whether a COMMIT was heard (issue 5 §4).

Replication and failover are PostgreSQL's own (`docs/betrieb.md`). Here stand the two things it cannot know for us: that
a leader which came back is not the newest one, and that a lost answer is no answer.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
from peewee import PeeweeException, PostgresqlDatabase
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus

from models.ground.errors import DatabaseUnusableError, OutcomeUnknownError, UsageError
from models.ground.folders import state_folder

CONNECT_TIMEOUT = 8
"""Seconds for the server of an address that says nothing else."""

CONNECT_TIMEOUT_EACH = 3
"""Seconds for each of several: two dead ones must not take longer than a member waits."""

PATIENCE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}
"""A machine without power says nothing: its connections end after about ten seconds instead of hours (libpq)."""

OLDEST = 15
"""The first PostgreSQL that this program knows."""

WHO = """
SELECT (pg_control_system()).system_identifier,
       CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_walfile_name(pg_current_wal_lsn()) END
"""
"""Which cluster this is, and the WAL file it writes now: its first eight digits are the timeline (PITFALLS)."""

RELIED_ON = """
SELECT pg_backend_pid(), set_config('datestyle', 'ISO, YMD', false), set_config('intervalstyle', 'postgres', false),
       set_config('client_encoding', 'UTF8', false), set_config('standard_conforming_strings', 'on', false),
       set_config('default_transaction_isolation', 'read committed', false), set_config('bytea_output', 'hex', false),
       set_config('default_transaction_deferrable', 'off', false), set_config('extra_float_digits', '1', false),
       set_config('transform_null_equals', 'off', false), set_config('row_security', 'on', false)
"""
"""Whatever a database, a role or the server presets: what the program reads and writes by. And who answered: through a
pooler it is not the process that the connection was greeted by.
"""

HERE = ("127.0.0.1", "::1")
"""Addresses that lead to this machine."""

MAYBE = "01000"
"""SQLSTATE of the warning beside a COMMIT whose wait for the standby was cancelled: it may be lost yet."""


class Timelines:
    """The highest timeline seen of each cluster; each promotion begins a higher one.

    Kept in the user's state folder too, so that a command that starts anew knows what the one before it has seen.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: dict[str, int] = {}

    def admit(self, cluster: str, timeline: int) -> bool:
        """Whether this is no leader of yesterday; a higher timeline is remembered."""
        if cluster not in self._seen:
            self._seen[cluster] = self._read().get(cluster, 1)
        if timeline > self._seen[cluster]:
            self._seen[cluster] = timeline
            self._write()
        return timeline == self._seen[cluster]

    def _read(self) -> dict[str, int]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(cluster): int(timeline) for cluster, timeline in found.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}  # not there yet, or not ours: then this process learns anew

    def _write(self) -> None:
        known = self._read()
        both = {cluster: max(known.get(cluster, 1), self._seen.get(cluster, 1)) for cluster in {**known, **self._seen}}
        part = self._path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):  # a home that cannot be written: this process remembers all the same
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.touch(mode=0o600)
            part.write_text(json.dumps(both), encoding="utf-8")
            part.replace(self._path)


class Server(PostgresqlDatabase):
    """Peewee's database, connecting to the newest leader among the servers of its address."""

    def __init__(self, url: str) -> None:
        self.place = _place(url)
        """Database and host, in a few characters; never a password."""
        self.places = _places(url)
        """Host and port of each server of the address, the one that answered last first."""
        self.timelines = Timelines(state_folder() / "timelines.json")
        self.keeping: float = 0
        """Seconds for which a closed connection is kept for the next one who reads; a screen reads again and again, and
        the server makes a process for each connection: milliseconds, with TLS tens of them.
        """
        self._kept: deque[tuple[psycopg.Connection[Any], float]] = deque()
        super().__init__(url, prefer_psycopg3=True, autoconnect=False, **_unsaid(url, len(self.places) > 1))

    def _connect(self) -> psycopg.Connection[Any]:
        return self._take() or self.dial()

    def _close(self, conn: psycopg.Connection[Any]) -> None:
        if self.keeping and not self._kept and conn.info.transaction_status is TransactionStatus.IDLE:
            self._kept.append((conn, monotonic()))
        else:
            conn.close()

    def _take(self) -> psycopg.Connection[Any] | None:
        """The connection that was kept, if it still leads to the newest leader; another thread may be quicker."""
        try:
            connection, since = self._kept.popleft()
        except IndexError:
            return None
        try:
            if monotonic() - since < self.keeping and _is_newest(connection, self.timelines):
                connection.execute("DISCARD TEMP")
                return connection
        except psycopg.OperationalError:
            pass  # it has died meanwhile: a new one is dialled, which tells what is wrong
        connection.close()
        return None

    def dial(self, **more: Any) -> psycopg.Connection[Any]:
        """A connection of its own, never to a leader that another one has replaced.

        libpq takes the first server that says read-write, a returned leader too: that one is passed over.
        """
        left = list(self.places)
        while True:
            several = {"host": ",".join(h for h, _ in left), "port": ",".join(p for _, p in left)} if left else {}
            connection = psycopg.connect(self.database, autocommit=True, **{**self.connect_params, **several, **more})
            place = (connection.info.host, str(connection.info.port))
            _require_usable(connection)
            _prepare(connection)
            if _is_newest(connection, self.timelines):
                # Never sorted in place: other threads read the list.
                self.places = sorted(self.places, key=lambda one: one != place)
                return connection
            connection.close()
            if len(left) < 2 or place not in left:
                raise psycopg.OperationalError("old timeline")
            left.remove(place)


def _require_usable(connection: psycopg.Connection[Any]) -> None:
    """Refuse a server that is too old, and a database that cannot hold every letter."""
    wrong = ""
    if (major := connection.info.server_version // 10_000) < OLDEST:
        wrong = f"Der Server ist PostgreSQL {major}; Schicht braucht {OLDEST} oder neuer."
    elif (encoding := connection.info.parameter_status("server_encoding") or "UTF8") != "UTF8":
        wrong = (
            f"Diese Datenbank speichert in {encoding}; Schicht braucht UTF8. "
            "Leg eine neue an: createdb -E UTF8 -T template0 NAME."
        )
    if wrong:
        connection.close()
        raise DatabaseUnusableError(wrong)


def _prepare(connection: psycopg.Connection[Any]) -> None:
    """Set what the program relies on; through a pooler nothing may be kept on the server between two transactions."""
    answer = connection.execute(RELIED_ON).fetchone()
    if answer is None or answer[0] != connection.info.backend_pid:
        connection.prepare_threshold = None


def _is_newest(connection: psycopg.Connection[Any], timelines: Timelines) -> bool:
    try:
        cluster, file = connection.execute(WHO).fetchone() or (None, None)
    except (errors.InsufficientPrivilege, errors.FeatureNotSupported, errors.UndefinedFunction):
        return True  # a hired server does not tell: whoever rents it out sees to it that the old one stays away
    # A standby is asked for on purpose or not at all; what it shows may be old, and it refuses every write by itself.
    return file is None or timelines.admit(str(cluster), int(file[:8], 16))


SLASHED = (
    "In der Adresse der Datenbank steht ein @ oder / zu viel. Gehört es zum Passwort, dann leg das Passwort in "
    "~/.pgpass (Rechte 0600), oder schreib %40 für @ und %2F für /."
)


def _place(url: str) -> str:
    """What is shown of an address. Raises `UsageError` for one in which the password is torn apart."""
    told = _told(url)
    if any("@" in str(told.get(part) or "") for part in ("host", "hostaddr", "port", "dbname")):
        raise UsageError(SLASHED)
    host, port = (str(told.get(part) or "").partition(",")[0] for part in ("host", "port"))
    host = "localhost" if not host or host.startswith("/") else host
    return f"{told.get('dbname') or 'postgres'}@{host}{f':{port}' if port and port != '5432' else ''}"


def is_unverified(connection: psycopg.Connection[Any]) -> bool:
    """Whether it goes over a network without certainty that it is the right server which answers."""
    info = connection.info
    if not info.host or info.host.startswith("/") or info.hostaddr in HERE:
        return False
    return info.get_parameters().get("sslmode") != "verify-full"


def _places(url: str) -> list[tuple[str, str]]:
    """Host and port of each server where an address names several; none where libpq has to look elsewhere."""
    told = _told(url)
    hosts = str(told.get("host") or "").split(",")
    ports = [port or "5432" for port in str(told.get("port") or "").split(",")]
    if len(hosts) < 2 or "hostaddr" in told:
        return []
    return list(zip(hosts, ports if len(ports) == len(hosts) else ports * len(hosts), strict=False))


def _unsaid(url: str, several: bool) -> dict[str, Any]:
    """What an address leaves open and a server that may die needs."""
    told = _told(url)
    wanted: dict[str, Any] = {**PATIENCE, "connect_timeout": CONNECT_TIMEOUT_EACH if several else CONNECT_TIMEOUT}
    if several:
        wanted["target_session_attrs"] = "read-write"
    environment = {"connect_timeout": "PGCONNECT_TIMEOUT", "target_session_attrs": "PGTARGETSESSIONATTRS"}
    return {
        name: value for name, value in wanted.items()
        if name not in told and environment.get(name, "") not in os.environ
    }  # fmt: skip


def _told(url: str) -> dict[str, Any]:
    try:
        return conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return {}  # no address at all: connecting says so


@contextlib.contextmanager
def heard(db: Any) -> Iterator[Any]:
    """A transaction whose COMMIT was answered; `OutcomeUnknownError` where nobody can know whether it holds.

    That is a connection lost in the middle of COMMIT, Ctrl-C there, and a server that stopped waiting for its standby:
    it says COMMIT and warns, and the row is lost should the leader die now.
    """
    connection, warnings, asked = db.connection(), list[str | None](), False

    def notice(said: errors.Diagnostic) -> None:
        warnings.append(said.sqlstate)

    try:
        with db.atomic() as transaction:
            yield transaction
            connection.add_notice_handler(notice)
            asked = True
    except (PeeweeException, psycopg.Error, KeyboardInterrupt) as error:
        if asked and (_unanswered(connection) or isinstance(error, KeyboardInterrupt)):
            raise OutcomeUnknownError from error
        raise
    finally:
        if asked:
            connection.remove_notice_handler(notice)
    if MAYBE in warnings:
        raise OutcomeUnknownError


def _unanswered(connection: psycopg.Connection[Any]) -> bool:
    """Whether the last statement got no answer: after half of one the wire may be gone and libpq still wait for it."""
    return connection.closed or connection.info.transaction_status in (
        TransactionStatus.ACTIVE,
        TransactionStatus.UNKNOWN,
    )
