"""`search`: VPAs, customers, tasks and entries at once (CONTRACT §2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from models.action.work import Work
from models.database.search.index import NAMED, Hit
from models.database.search.query import Query
from models.ground.text import clean_input
from models.questions.entries import PAGE, entries_by_id, ranked_entries
from models.tables.people import Customer, Vpa
from models.tables.person import Restriction
from models.tables.task import Task

TITLES: dict[str, Any] = {"vpa": Vpa.name, "customer": Customer.name, "task": Task.title}
"""What is found by its name or title; equal hits stand in this order, entries last."""
NAME = 1.0
"""What a name, title or id counts beside its words: as much as one more whole word in a text."""
EXACT = 1.0
"""What the very id, whatever its case, counts beside its words."""
TITLE_LENGTH = 80
"""Characters of an entry's Situation that its title shows."""


def search_everything(work: Work, text: str, limit: int | None = None) -> list[dict[str, Any]]:
    """Things whose id, name, title or text has all words, as `{"type", "id", "title", "score"}`, best first.

    Entries only where the member may read them. Without `limit` all. Raises `UsageError` for a text without words.
    """
    query = Query.of(text, ids=True)
    found = [(hit, *hit.key.split(":", 1)) for hit in _named(work, query, text, limit)]
    found += [(hit, "entry", hit.key) for hit in ranked_entries(work, Query.of(text), limit)]
    found.sort(key=lambda one: -one[0].score)  # stable: equal ones stay as they are
    found = found[:limit]
    titles: dict[str, dict[Any, str]] = {
        kind: dict(_titles(kind, [key for _, of, key in found if of == kind])) for kind in TITLES
    }
    titles["entry"] = dict(_entry_titles([key for _, of, key in found if of == "entry"]))
    return [{"type": kind, "id": key, "title": titles[kind][key], "score": hit.score} for hit, kind, key in found]


def _named(work: Work, query: Query, text: str, limit: int | None) -> list[Hit]:
    """VPAs, customers and tasks: by their words, and by the id itself even if it has letters the index cannot fold."""
    hits = {hit.key: hit for hit in NAMED.hits(work.session.store, query, limit)}
    exact = set(_with_id(clean_input(text).strip()))
    hits |= {subject: Hit(0.0, subject, "") for subject in exact - hits.keys()}
    for subject in (merged_subjects() | restricted_subjects()) & hits.keys():  # merged ones: as what they turned out
        del hits[subject]
    found = [
        Hit(round(hit.score + NAME + (EXACT if hit.key in exact else 0), 4), hit.key, hit.order)
        for hit in hits.values()
    ]
    kinds = {kind: place for place, kind in enumerate(TITLES)}
    found.sort(key=lambda hit: (-hit.score, kinds[hit.key.partition(":")[0]], hit.order, hit.key))
    return found[:limit]


def merged_subjects() -> set[str]:
    """VPAs and customers that turned out to be others (S-06)."""
    found: set[str] = set()
    for kind, model in (("vpa", Vpa), ("customer", Customer)):
        rows: Any = model.select(model.id).where(model.merged_into.is_null(False)).tuples()
        found |= {f"{kind}:{key}" for (key,) in rows}
    return found


def restricted_subjects() -> set[str]:
    """Persons whose processing is restricted, and the tasks of such customers: search does not find them (P-03)."""
    found = {row.subject for row in Restriction.select(Restriction.subject)}
    customers = [subject.partition(":")[2] for subject in found if subject.startswith("customer:")]
    tasks: Any = Task.select(Task.id).where(Task.customer.in_(customers)).tuples() if customers else ()
    return found | {f"task:{key}" for (key,) in tasks}


def _with_id(wanted: str) -> Iterator[str]:
    """Subjects whose id this is: as typed, in capitals or in small letters."""
    spellings = sorted({wanted, wanted.upper(), wanted.lower()})
    return (f"{kind}:{key}" for kind in TITLES for key, _ in _titles(kind, spellings))


def _titles(kind: str, keys: list[str]) -> Iterator[tuple[str, str]]:
    """Id and title of these VPAs, customers or tasks."""
    title = TITLES[kind]
    for start in range(0, len(keys), PAGE):
        page = keys[start : start + PAGE]
        yield from title.model.select(title.model.id, title).where(title.model.id.in_(page)).tuples()


def _entry_titles(keys: list[int]) -> Iterator[tuple[int, str]]:
    """Id and title of these entries: whom each is about, and how its Situation begins."""
    for start in range(0, len(keys), PAGE):
        entries = entries_by_id(keys[start : start + PAGE]).values()
        subjects = {entry.subject for entry in entries}
        names: dict[str, str] = {}
        for kind in ("vpa", "customer"):
            ids = [subject.removeprefix(f"{kind}:") for subject in subjects if subject.startswith(f"{kind}:")]
            names |= {f"{kind}:{key}": name for key, name in _titles(kind, ids)}
        for entry in entries:
            yield entry.id, f"{names.get(entry.subject, entry.subject)}: {_short(entry.situation)}"


def _short(text: str) -> str:
    """A text in one line, cut at the end."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"
