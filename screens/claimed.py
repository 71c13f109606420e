"""Who else works on what, in words. It informs, it never locks."""

from __future__ import annotations

from collections.abc import Iterable

from models import clock
from models.action.work import Session
from models.claim.presence import Claimant


def claimant(session: Session, subjects: Iterable[str]) -> Claimant | None:
    """Who works elsewhere on one of these, or None."""
    others = session.presence.others
    return next((others[subject] for subject in subjects if subject in others), None)


def worker(session: Session, subjects: Iterable[str]) -> str:
    """Their Kürzel; empty for nobody."""
    found = claimant(session, subjects)
    return found.member if found else ""


def at_work(session: Session, subjects: Iterable[str]) -> str:
    """`TOM arbeitet gerade daran, seit 14:02`; empty where nobody does."""
    found = claimant(session, subjects)
    if found is None:
        return ""
    mine = found.member == session.kuerzel
    who = "Du arbeitest in einem anderen Fenster" if mine else f"{found.member} arbeitet gerade"
    return f"✎ {who} daran, seit {clock.in_berlin(found.since):%H:%M}"
