"""A wire to the database that breaks in the middle of COMMIT: a proxy on loopback."""

from __future__ import annotations

import contextlib
import random
import select
import socket
import struct
import threading
import time
from dataclasses import dataclass
from urllib.parse import quote

from tests.support.postgres import USER, Server

COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
"""The message by which psycopg asks for it the first time on a connection."""

PLACES = ("before", "inside", "sent", "answered", "half answered")
"""Where the wire can break: before COMMIT went out, in its letters, before, after and in the answer."""


@dataclass(frozen=True)
class Cut:
    """How one COMMIT is lost."""

    place: str
    delay: float = 0.0
    """Seconds for which the server still hears us, where nothing says when it has answered."""
    length: int = 1
    """Bytes that still pass of a message that breaks inside."""
    hard: bool = False
    """Whether the wire breaks with a reset instead of an ordinary end."""

    @classmethod
    def somewhere(cls, chance: random.Random) -> Cut:
        """Anywhere."""
        return cls(
            chance.choice(PLACES), chance.uniform(0, 0.003), chance.randrange(1, len(COMMIT)), chance.random() < 0.5
        )


class Wire:
    """Listens on loopback and passes everything on to the server's socket; `cut` breaks the next COMMIT, once."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._door = socket.create_server(("127.0.0.1", 0))
        self.cut: Cut | None = None
        self.broken = 0
        """How often a COMMIT was lost."""
        self.down = False
        """Whether nobody gets through at all."""
        threading.Thread(target=self._listen, daemon=True).start()

    def url(self, database: str) -> str:
        """The address of a database at the other end."""
        host, port = self._door.getsockname()
        return f"postgresql://{USER}@{quote(host)}:{port}/{database}"

    def close(self) -> None:
        """Nobody listens any more."""
        self._door.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):  # closed: the test has ended
            while True:
                client, _ = self._door.accept()
                if self.down:
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._server.home / ".s.PGSQL.5432"))
                threading.Thread(target=self._pass_on, args=(client, server), daemon=True).start()

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        """Both ways in one thread, so that an answer can be kept back."""
        with client, server, contextlib.suppress(OSError):
            while True:
                for ready in select.select([client, server], [], [])[0]:
                    data = ready.recv(1 << 16)
                    if not data:
                        return
                    if ready is client and data.endswith(COMMIT) and (cut := self.cut):
                        self.cut = None
                        self.broken += 1
                        _break(cut, data, client, server)
                        return
                    (server if ready is client else client).sendall(data)


def _break(cut: Cut, data: bytes, client: socket.socket, server: socket.socket) -> None:
    if cut.place == "inside":
        server.sendall(data[: cut.length - len(COMMIT)])
    elif cut.place != "before":
        server.sendall(data)
    if "answered" in cut.place:
        answer = server.recv(1 << 12)
        client.sendall(answer[: cut.length] if cut.place == "half answered" else b"")
    if cut.hard:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
    time.sleep(cut.delay)
