"""`file search`: Akteneinträge by their words (CONTRACT §7)."""

from __future__ import annotations

from collections.abc import Iterator

from models.action.work import Work
from models.database.search.index import ENTRIES, Hit
from models.database.search.query import Query
from models.playbook.refusals import Obstacle, RefusedError
from models.shared.entry_rules import readable_files
from models.tables.entry import Entry
from models.tables.person import Restriction

PAGE = 500
"""Entries read at once."""


def search_entries(work: Work, text: str, limit: int | None = None) -> list[tuple[Entry, float]]:
    """Entries with all words of `text` and their scores, best first, equal ones newest first; see `found_entries`."""
    return list(found_entries(work, text, limit))


def found_entries(work: Work, text: str, limit: int | None = None) -> Iterator[tuple[Entry, float]]:
    """The same one after the other, for an output without end.

    Only entries that the member may read, withdrawn ones never. Without `limit` all; with one, of a word that more
    than `models.database.search.index.CANDIDATES` entries have, only the newest written of these are weighed.
    Raises `UsageError` for a text without words, `RefusedError` (`role_reader`, A-28) where the member reads no file.
    """
    query = Query.of(text)
    if not readable_files(work.member):
        raise RefusedError([Obstacle("role_reader", "A-28")])
    return _read(ranked_entries(work, query, limit))


def ranked_entries(work: Work, query: Query, limit: int | None) -> list[Hit]:
    """Hits in entries that the member may read, in their order; none where they read none, nor about whom processing is
    restricted (P-03).
    """
    files = readable_files(work.member)
    if not files:
        return []
    where = f"AND t.withdrawn_at IS NULL AND t.file IN ({', '.join('?' for _ in files)})"
    restricted = [row.subject for row in Restriction.select(Restriction.subject)]
    if restricted:
        where += f" AND t.subject NOT IN ({', '.join('?' for _ in restricted)})"
    hits = ENTRIES.hits(work.session.store, query, limit, where, (*files, *restricted))
    hits.sort(key=lambda hit: (hit.score, hit.order, hit.key), reverse=True)
    return hits[:limit]


def entries_by_id(ids: list[int]) -> dict[int, Entry]:
    """The entries with these ids."""
    return {entry.id: entry for entry in Entry.select().where(Entry.id.in_(ids))}


def _read(hits: list[Hit]) -> Iterator[tuple[Entry, float]]:
    for start in range(0, len(hits), PAGE):
        page = hits[start : start + PAGE]
        entries = entries_by_id([hit.key for hit in page])
        yield from ((entries[hit.key], hit.score) for hit in page)
