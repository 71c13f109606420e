"""The system's PgBouncer before a test server: the same server process for one transaction only."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.cluster import free_port
from tests.support.postgres import USER, NoServerError, Server, ordinary_user

CONFIG = """
[databases]
* = host={home} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = 3
min_pool_size = 3
logfile = {folder}/log
pidfile = {folder}/pid
server_round_robin = 1
"""


def program() -> str | None:
    """Where PgBouncer is, if it is installed (Debian, Ubuntu: apt install pgbouncer)."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def pooled(server: Server, folder: Path, mode: str = "transaction") -> Iterator[int]:
    """The port of a pooler that hands out a server's process per transaction, to whoever's turn it is."""
    port = free_port()
    config = folder / "pgbouncer.ini"
    config.write_text(CONFIG.format(home=server.home, user=USER, port=port, mode=mode, folder=folder))
    for path in (folder, *folder.parents[:3], config):
        path.chmod(path.stat().st_mode | 0o055)
    user = ordinary_user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    as_user = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    command = [program() or "pgbouncer", "-q", str(config)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=folder, **as_user)  # type: ignore[call-overload]
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes], patience: float = 10.0) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise NoServerError("PgBouncer startet nicht.")
