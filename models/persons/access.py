"""Who has opened a VPA-Akte, or taken data along (P-06)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from peewee import PeeweeException

from models.action.work import Session, Work
from models.database.store import is_unusable
from models.ground import clock
from models.ground.log import log_defect
from models.playbook.refusals import Obstacle, RefusedError
from models.tables.person import Access


def note(work: Work, what: str, subject: str | None = None) -> None:
    """Write it down; inside a transaction."""
    stamp = work.stamp
    Access.create(at=stamp.at, member=stamp.member, account=stamp.account, what=what, subject=subject)


def note_opened(session: Session, vpa: str) -> None:
    """A VPA-Akte is opened: once a member, VPA and day.

    Reading goes on where nothing can be written, on a standby or a full disk: the program's log says so then.
    """
    work = session.work()
    if work.member is None:
        return
    once = f"{work.me} vpa:{vpa} {work.today.isoformat()}"
    if Access.select().where(Access.once == once).exists():
        return
    row = {"at": work.now, "member": work.me, "account": work.stamp.account, "what": "file", "subject": f"vpa:{vpa}"}
    try:
        with session.store.transaction():
            Access.insert(**row, once=once).on_conflict_ignore().execute()
    except PeeweeException as error:
        if not is_unusable(error):
            raise
        log_defect(error)


def list_access(work: Work, of: str | None, member: str | None, since: dt.date | None) -> Iterator[dict[str, Any]]:
    """What was opened and taken along, oldest first. Raises `RefusedError` (`role_manager`, P-06)."""
    if not (work.member is not None and work.member.is_manager):
        raise RefusedError([Obstacle("role_manager", "P-06")])
    query = Access.select().order_by(Access.id)
    if of is not None:
        query = query.where(Access.subject == of)
    if member is not None:
        query = query.where(Access.member == work.require_member(member).kuerzel)
    if since is not None:
        query = query.where(Access.at >= clock.start_of_day(since))
    return (row.show() for row in query.iterator())


def note_taken(session: Session, what: str) -> None:
    """Data was taken along; where nothing can be written, the program's log says so, and a copy is still a copy."""
    work = session.work()
    try:
        with session.store.transaction():
            note(work, what)
    except PeeweeException as error:
        if not is_unusable(error):
            raise
        log_defect(error)
