"""Who acts, and when."""

from __future__ import annotations

import getpass
import os

from models.action.work import Session
from models.admin.schema import is_sandbox
from models.database.store import Store
from models.ground.clock import Clock, FixedClock, SystemClock, parse_moment
from models.ground.errors import NotFoundError, UsageError
from models.tables.people import Member
from models.tables.setting import Settings


def account() -> str:
    """The account of the operating system: not what the environment claims, where that can be told apart."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        pass
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # no entry in the list of accounts, and nothing in the environment
        return f"uid {os.getuid()}"


def open_session(store: Store, now: str | None, kuerzel: str | None, *, preset: bool = False) -> Session:
    """Clock and acting member of this call."""
    return Session(store, clock_of(now, is_sandbox()), acting(kuerzel, preset=preset), account())


def clock_of(now: str | None, sandbox: bool) -> Clock:
    """The machine's clock, or one that stands still at `--now`. Raises `UsageError` outside a sandbox."""
    if now is None:
        return SystemClock()
    if not sandbox:
        raise UsageError("--now gibt es nur im Sandkasten (schicht init --sandbox).")
    try:
        return FixedClock(parse_moment(now))
    except ValueError as error:
        raise UsageError(f"--now: {error}") from error


def acting(kuerzel: str | None, *, preset: bool = False) -> str | None:
    """The Kürzel of who acts: as given, or the member whose login this account is; None where that says nothing.

    One that was `preset` for every call, by the variable, is no obstacle while the team has nobody yet.
    """
    if kuerzel and kuerzel.strip():
        member = Member.find(kuerzel)
        if member is None and preset and not Member.select().limit(1).exists():
            return None
        if member is None or member.left_on is not None:
            raise NotFoundError(f"Das Kürzel „{kuerzel}“ gehört niemandem im Team.")
        return str(member.kuerzel)
    login = account()
    if login in Settings.read().value("shared_accounts"):
        return None  # in a shared account everybody says who they are (K-11)
    members = list(Member.select().where(Member.login == login, Member.left_on.is_null()))
    return str(members[0].kuerzel) if len(members) == 1 else None
