"""A PostgreSQL server that is reached over a network: passwords, TLS, and what goes wrong with them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import postgres
from tests.support.cluster import free_port, until
from tests.support.postgres import Home, Server, ordinary_user

HBA = """
local   all  schicht                 trust
host    all  offen      127.0.0.1/32 trust
host    all  anna       127.0.0.1/32 scram-sha-256
host    all  fremd      127.0.0.1/32 scram-sha-256
hostssl all  nurtls     127.0.0.1/32 trust
"""


@dataclass(frozen=True)
class Port(Server):
    """A server whose socket is named by another port than usual."""

    port: int = 5432

    def url(self, database: str) -> str:
        """With the port."""
        return f"{super().url(database)}&port={self.port}"


@dataclass(frozen=True)
class Network:
    """The server, and the port it listens on at 127.0.0.1; its certificate says `localhost`."""

    server: Server
    port: int
    certificate: Path

    def url(self, who: str, database: str = "postgres", host: str = "127.0.0.1", more: str = "") -> str:
        """An address of it; `who` may hold a password."""
        return f"postgresql://{who}@{host}:{self.port}/{database}{more}"

    def encrypt(self, ssl: str) -> None:
        """Switch TLS `on` or `off` for whoever connects from now on."""
        self.server.execute(f"ALTER SYSTEM SET ssl = {ssl}")
        self.server.execute("SELECT pg_reload_conf()")
        until(lambda: self.server.execute("SHOW ssl") == [(ssl,)], 20, "Der Server liest seine Einstellungen nicht.")


@contextmanager
def networked() -> Iterator[Network]:
    """A server of its own with TLS, an account with a password and one that everybody may use."""
    home, port = Home(), free_port()
    settings = (*postgres.SETTINGS[1:], "listen_addresses=127.0.0.1", f"port={port}")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(postgres, "SETTINGS", settings)
            patch.setenv("PGPORT", str(port))
            postgres.start(home.path)
        server = Port(home.path, port)
        certificate = _certify(home.path / "data")
        _certify(home.path, "other")
        (home.path / "data" / "pg_hba.conf").write_text(HBA)
        server.execute("CREATE ROLE anna LOGIN PASSWORD 'richtig'")
        for name in ("offen", "nurtls"):
            server.execute(f"CREATE ROLE {name} LOGIN")
        server.execute("CREATE ROLE gruppe")
        shutil.copyfile(certificate, home.path / "root.crt")
        (home.path / "root.crt").chmod(0o644)
        network = Network(server, port, home.path / "root.crt")
        network.encrypt("on")
        yield network
    finally:
        home.close()


def _certify(data: Path, name: str = "server") -> Path:
    """A certificate of the server for itself, or one of somebody else's."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-keyout", str(data / f"{name}.key"), "-out", str(data / f"{name}.crt")]
    subprocess.run([*command, *files], check=True, capture_output=True)
    user = ordinary_user()
    for part in (data / f"{name}.key", data / f"{name}.crt"):
        part.chmod(0o600)
        if user is not None:
            shutil.chown(part, user.pw_uid, user.pw_gid)
    return data / f"{name}.crt"
