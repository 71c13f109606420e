"""Two hundred members at once on PostgreSQL: reading and resolving by the product's functions, and the same statements
by bare psycopg in as many processes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.data import ENTRIES, TASKS, schicht
from bench.subjects import Measured
from bench.surroundings import PYTHON, ROOT
from tests.support import postgres
from tui.demo.bulk import write_bulk

MEMBERS = 200
RAW = "the same statements by psycopg"
VPAS, FIRST = 10_000, "M000"
LASTING = ("fsync=on", "full_page_writes=on", "autovacuum=on", f"max_connections={MEMBERS + 20}")
"""Beyond the test server's settings: commits last, as in a team's own server, and all find a place."""


@dataclass(frozen=True)
class Crowd:
    """A server of its own with a database that is laid anew for each run."""

    name: str
    env: Mapping[str, str]
    folder: Path

    def run(self) -> Measured:
        """Ours and the bare statements in turn: operations a second, Cases resolved twice and lost.

        NoServerError without a server, CalledProcessError where a member fails.
        """
        ours = self._together("ours")
        assert self._recorded.is_dir()
        bare = self._together("replay")
        return {
            "done": [ours["operations"] / ours["seconds"]],
            "double": [ours["double"]],
            "lost": [ours["lost"]],
            "refused": [ours["refused"]],
            "used": [ours["used"] / ours["operations"]],
            f"{RAW}|done": [bare["operations"] / bare["seconds"]],
            f"{RAW}|refused": [bare["refused"]],
            f"{RAW}|used": [bare["used"] / bare["operations"]],
        }

    def address(self) -> str:
        """The database with everybody in it, before anything was done."""
        return self._server.url(self._base)

    @cached_property
    def _server(self) -> postgres.Server:
        """Started when first asked for; ends with this process."""
        home = postgres.Home()
        vars(self)["home"] = home  # holds the end of the pipe on which the server lives
        vars(postgres)["SETTINGS"] = (*postgres.SETTINGS, *LASTING)
        return postgres.running(home.path)

    @cached_property
    def _base(self) -> str:
        """The database that is copied for each run."""
        self._server.execute("CREATE DATABASE base")
        url = self._server.url("base")
        export = self.folder / "crowd"
        first, second = write_bulk(
            export, VPAS, 0, customers=VPAS, entries=ENTRIES * VPAS, tasks=TASKS * VPAS, all_cases=True
        )  # fmt: skip
        schicht(url, "init")
        schicht(url, "member", "add", FIRST, "Erstes Mitglied", "--role", "vpa_manager", acting="")
        for part in (first, second):
            schicht(url, "import", str(part), acting=FIRST)
        self._members("join", url)
        self._server.execute("VACUUM ANALYZE", "base")
        shutil.rmtree(export)
        return "base"

    @cached_property
    def _recorded(self) -> Path:
        """The folder with the statements of each member, written down in a run of its own."""
        self._together("record")
        return self.folder / "statements"

    def _together(self, role: str) -> dict[str, float]:
        base = self._base
        self._server.execute("DROP DATABASE IF EXISTS run")
        self._server.execute(f"CREATE DATABASE run TEMPLATE {base}")
        self._server.execute("CHECKPOINT")
        return self._members(role, self._server.url("run"))

    def _members(self, role: str, url: str) -> dict[str, float]:
        """A process apart: two hundred are forked from one that has loaded what they need."""
        argv = [PYTHON, "-m", "bench.members", role, url, str(self.folder / "statements"), str(MEMBERS)]
        env = {**self.env, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(argv, env=env, cwd=self.folder, check=True, stdout=subprocess.PIPE)
        return dict(json.loads(done.stdout))
