"""The first start without a database, or without anybody in it (no Textual in here: every start asks)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from models.database.store import Store

Answer = Literal["made", "import", "demo"]
"""Made, and on to the screen; made, and on to the first import; nothing made, the demo instead."""


@dataclass(frozen=True)
class FirstMember:
    """Who starts."""

    kuerzel: str
    name: str
    role: str


def is_first_start(url: str) -> bool:
    """Whether the database is a file that does not exist yet."""
    from models.database.store import is_postgres, sqlite_path

    return not is_postgres(url) and not sqlite_path(url).exists()


def has_nobody(store: Store) -> bool:
    """Whether a database that is there has never been worked in: no tables yet, or no member. Needs a connection."""
    from models.admin.schema import needs_init, version
    from models.tables.people import Member

    if version(store) == 0:
        return needs_init(store)  # refuses another program's file
    return not Member.select(Member.kuerzel).exists()


def make_database(url: str, first: FirstMember) -> None:
    """Create it, or bring it to the current schema, and add the first member with the account of this machine."""
    from models.action.run import run
    from models.action.work import Session
    from models.admin.schema import initialise
    from models.database.store import open_store
    from models.ground.clock import SystemClock
    from models.tables.history import Stamp
    from models.tables.people import Member
    from models.team.actions import AddMember
    from tui.cli.acting import account

    store = open_store(url, create=True)
    clock, login = SystemClock(), account()
    try:
        initialise(store, Stamp(clock.now(), None, login))
        with store.connected():
            if not Member.select().exists():
                action = AddMember(kuerzel=first.kuerzel, name=first.name, role=(first.role,), login=login)
                run(Session(store, clock, None, login), action)
    finally:
        store.db.close()


def welcome(url: str, kuerzel: str | None, *, exists: bool = False) -> Answer | None:
    """Ask whoever starts for the first time; None where they left."""
    from tui.settings import prepare_environment, read_settings

    settings = read_settings()
    prepare_environment(settings)  # before Textual is imported
    from tui.app.ending import watch
    from tui.welcome.app import WelcomeApp

    app = WelcomeApp(url, kuerzel, exists, settings)
    return watch().run(app)
