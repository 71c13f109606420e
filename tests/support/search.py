"""Things to search for, put into a world without asking any rule."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from models.ground.text import fold

if TYPE_CHECKING:
    from models.tables.entry import Entry
    from tests.support.world import World

LONG_AGO = dt.datetime(2025, 1, 1, 12, tzinfo=dt.UTC)
WHEN = dt.date(2025, 1, 1)


def member(kuerzel: str, *roles: str) -> None:
    """A member of the team."""
    from models.tables.people import Member

    Member.create(kuerzel=kuerzel, key=kuerzel.casefold(), name=kuerzel, roles=sorted(roles))


def vpa(key: str, name: str) -> None:
    """A VPA."""
    from models.tables.people import Vpa

    Vpa.create(id=key, name=name, folded=fold(name), klasse="B", start=WHEN)


def customer(key: str, name: str) -> None:
    """A customer."""
    from models.tables.people import Customer

    Customer.create(id=key, name=name, folded=fold(name), status="bucher")


def task(key: str, title: str, customer: str) -> None:
    """A task."""
    from models.tables.task import Task

    Task.create(id=key, title=title, folded=fold(title), customer=customer, state="offen")


def entry(situation: str, *, file: str = "oteam", days: int = 0, **more: Any) -> Entry:
    """An entry, written `days` days after the first of the year."""
    from models.tables.entry import Entry

    texts = (situation, more.get("link"), more.get("response"), more.get("next_steps"))
    return Entry.create(
        file=file,
        subject=more.pop("subject", "vpa:V1" if file == "vpa_akte" else "customer:K1"),
        kind="other",
        situation=situation,
        author="EU",
        account="test-account",
        created_at=LONG_AGO + dt.timedelta(days=days),
        folded=Entry.searchable(*texts, tags=more.get("tags", ())),
        **more,
    )


def found(world: World, words: str, limit: int | None = None, as_: str | None = None) -> list[tuple[int, float]]:
    """Id and score of the entries that `file search` finds."""
    from models.questions.entries import search_entries

    return [(one.id, score) for one, score in search_entries(world.session(as_).work(), words, limit)]


def ids(world: World, words: str, limit: int | None = None, as_: str | None = None) -> list[int]:
    """Ids of the entries that `file search` finds, best first."""
    return [one for one, _ in found(world, words, limit, as_)]


def everything(world: World, words: str, limit: int | None = None, as_: str | None = None) -> list[str]:
    """What `search` finds, as `type:id`, best first."""
    from models.questions.search import search_everything

    hits = search_everything(world.session(as_).work(), words, limit)
    return [f"{hit['type']}:{hit['id']}" for hit in hits]
