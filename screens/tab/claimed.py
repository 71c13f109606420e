"""Who else works on what, in words. It informs, it never locks."""

from __future__ import annotations

from collections.abc import Iterable

from models.action.work import Session
from models.ground import clock
from models.ground.presence import Claimant


def claimants(session: Session, subjects: Iterable[str]) -> list[Claimant]:
    """Who works elsewhere on one of these, whoever came first before the rest; each once."""
    others = session.presence.others
    return list({one.desk: one for subject in subjects for one in others.get(subject, ())}.values())


def worker(session: Session, subjects: Iterable[str]) -> str:
    """The Kürzel of the first of them; empty for nobody."""
    return next((one.member for one in claimants(session, subjects)), "") if session.presence.others else ""


def at_work(session: Session, subjects: Iterable[str]) -> str:
    """`TOM arbeitet gerade daran, seit 14:02`; empty where nobody does."""
    found = claimants(session, subjects)
    if not found:
        return ""
    since = f"{clock.in_berlin(found[0].since):%H:%M}"
    names = list(dict.fromkeys(one.member for one in found if one.member != session.kuerzel))
    if not names:
        return f"✎ Du arbeitest in einem anderen Fenster daran, seit {since}"
    whom = f"{', '.join(names[:-1])} und {names[-1]} arbeiten" if len(names) > 1 else f"{names[0]} arbeitet"
    return f"✎ {whom} gerade daran, seit {since}"
