"""A team whose members each have a login of their own, on the tests' server: one member for every part."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from models.database.store import connect, open_store
from tests.support.postgres import Server
from tests.support.program import Result, in_process

PARTS = {
    "ANN": ("at",), "MIA": ("vpa_manager",), "KIM": ("customer_manager",), "FRE": ("approver",), "BUD": ("buddy",),
    "SAL": ("sales",),
}  # fmt: skip
"""Kürzel and roles of the members."""

_numbers = itertools.count()


@dataclass
class Team:
    """A database with the rights of a team; ANN logs in as `<database>.ann`: logins are the cluster's."""

    server: Server
    database: str
    now: str | None = None
    """In a sandbox: the time at which everything happens."""

    @property
    def url(self) -> str:
        """As the superuser."""
        return self.server.url(self.database)

    def login(self, kuerzel: str) -> str:
        """Name of the login."""
        return f"{self.database}.{kuerzel.casefold()}"

    def address(self, kuerzel: str) -> str:
        """As this member."""
        return self.url.replace("//schicht@", f"//{self.login(kuerzel)}@")

    def cli(self, kuerzel: str, *args: str, now: str | None = None) -> Result:
        """A command of a member, by the own login."""
        at = now or self.now
        clock = ("--now", at) if at else ()
        return in_process(["--db", self.address(kuerzel), "--as", kuerzel, *clock, "--json", *args])

    def admin(self, *args: str) -> Result:
        """A command of the superuser, who is nobody in the team."""
        clock = ("--now", self.now) if self.now else ()
        return in_process(["--db", self.url, *clock, "--json", *args])

    def execute(self, sql: str) -> list[tuple[object, ...]]:
        """Raw, as the superuser."""
        return self.server.execute(sql, self.database)

    @contextmanager
    def bound(self) -> Iterator[None]:
        """The tables of the models, bound to this database, as the superuser."""
        store = open_store(self.url)
        connect(store)
        try:
            yield
        finally:
            store.db.close()

    @contextmanager
    def sql(self, login: str | None = None) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """A connection of its own; None: the superuser's."""
        url = self.url if login is None else self.url.replace("//schicht@", f"//{login}@")
        with psycopg.connect(url, autocommit=True) as connection:
            yield connection


def found(server: Server, *, sandbox: bool) -> Team:
    """Make one, as docs/betrieb.md shows it."""
    team = empty(server, sandbox=sandbox)
    first, *others = ("MIA", *(kuerzel for kuerzel in PARTS if kuerzel != "MIA"))
    team.admin("member", "add", first, "Mia Muster", "--role", *PARTS[first], "--login", team.login(first)).ok()
    for kuerzel in others:
        name = f"{kuerzel.title()} Muster"
        roles = [word for role in PARTS[kuerzel] for word in ("--role", role)]
        team.cli(first, "member", "add", kuerzel, name, *roles, "--login", team.login(kuerzel)).ok()
    return team


def empty(server: Server, *, sandbox: bool) -> Team:
    """A database with all roles, and nobody in the team yet."""
    team = Team(server, f"team_{os.getpid()}_{next(_numbers)}", "2025-11-05T14:00" if sandbox else None)
    server.execute(f"CREATE DATABASE {team.database}")
    assert team.admin("init", *(["--sandbox"] if sandbox else [])).ok().json["rights"] is True
    return team


def disband(team: Team) -> None:
    """Leave nothing of it in the cluster."""
    team.server.execute(f"DROP DATABASE {team.database} WITH (FORCE)")
    roles = team.server.execute(f"SELECT quote_ident(rolname) FROM pg_roles WHERE rolname ~ '^{team.database}[._]'")
    team.server.execute(f"DROP ROLE {', '.join(str(name) for (name,) in roles)}")
