"""Questions about the Ausgang."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.action.subjects import shows
from models.action.work import Work
from models.shared.entry_rules import readable_files
from models.tables.outbox import Outbox


@shows("outbox")
def show_item(work: Work, item: Outbox) -> dict[str, Any]:
    """The shape of CONTRACT §16."""
    return item.show()


def list_items(
    work: Work, state: str = "open", of: str | None = None, kind: str | None = None, mine: bool = False
) -> Any:
    """Items, oldest first, as a query; never of a file that the member does not read (A-28)."""
    query = Outbox.select().where(readable(work)).order_by(Outbox.id)
    if state != "all":
        query = query.where(Outbox.state == state)
    if of is not None:
        query = query.where((Outbox.subject == of) | (Outbox.about == of))
    if kind is not None:
        query = query.where(Outbox.kind == kind)
    return query.where(Outbox.made_by == work.stamp.member) if mine else query


def readable(work: Work) -> Any:
    """The condition for what the member may read."""
    return Outbox.file.is_null() | Outbox.file.in_(readable_files(work.member) or [""])


def texts(keys: Sequence[int]) -> list[str]:
    """What these items say, oldest first."""
    return [item.text for item in Outbox.select().where(Outbox.id.in_(list(keys))).order_by(Outbox.id)]


def open_count(work: Work, mine: bool = False) -> int:
    """How many items are open, all or one's own."""
    return int(list_items(work, mine=mine).count())
