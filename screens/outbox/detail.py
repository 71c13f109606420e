"""The detail of an item of the Ausgang: the text as it will stand there, and nothing else."""

from __future__ import annotations

from models.action.work import Session
from models.outbox.pages import link_of, outbox_lines
from models.shared.entry_rules import may_read
from models.tables.outbox import Outbox
from screens.detail.detail import Detail, Section
from screens.words import joined, label, moment_word


def outbox_detail(session: Session, key: int) -> Detail | None:
    """Read in a thread with a connection; None where it is gone or not for this member."""
    work = session.work()
    item = work.find(Outbox, key)
    if item is None or (item.file is not None and not may_read(work.member, item.file)):
        return None
    (line,) = outbox_lines([_row(item)])
    what = label("file", item.file) if item.file else label("outbox_kind", item.kind)
    done = []
    if item.state != "open" and item.done_at is not None:
        how = label("outbox_how", item.how) if item.how else ""
        state = label("outbox_state", item.state)
        done = [joined([state, how, item.done_by or "", moment_word(item.done_at, work.today)])]
    return Detail(
        title=joined([what, line.name]),
        aside=item.about.partition(":")[2],
        facts=(joined([moment_word(item.made_at, work.today), item.made_by]), *done),
        before=(Section("", tuple(item.text.splitlines()), "message"),),
        copy=item.text,
        copied="Text",
        extra={"link": link_of(item)},
    )


def _row(item: Outbox) -> tuple[object, ...]:
    names = (
        "id",
        "version",
        "kind",
        "subject",
        "about",
        "text",
        "file",
        "made_at",
        "made_by",
        "state",
        "done_by",
        "how",
    )
    return tuple(getattr(item, name) for name in names)
