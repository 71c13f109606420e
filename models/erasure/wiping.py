"""Emptying whatever tells who a person was, in one transaction (P-04, A-28)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.action.work import key_of
from models.database.fields import BaseModel, Versioned
from models.erasure.mentions import mentions
from models.erasure.rows import (
    ALSO,
    blanks,
    checks_naming,
    comments_of,
    emptied,
    find,
    forget_earlier,
    forget_twins,
    naming_cells,
    rows_of,
)
from models.erasure.trail import redact, triggers_off
from models.ground.errors import UsageError

Keys = dict[str, set[Any]]

OF_RIGHTS = ("restriction", "hold", "erasure")
"""Tables that are emptied too, and counted by nobody."""


@dataclass(frozen=True)
class Wiped:
    """What went."""

    counts: dict[str, int]
    """Rows by table."""
    redacted: dict[str, str]
    """Seals of the history's emptied rows, by id."""

    def evidence(self) -> dict[str, Any]:
        """What the history keeps of an erasure: seals and counts, nothing of the person."""
        return {"counts": self.counts, "redacted": self.redacted}


def wipe(subject: str, also: Sequence[str] = ()) -> Wiped:
    """Empty a person, and these texts that mention them. Raises `UsageError` for one that does not."""
    person = find(subject)
    assert person is not None
    name, key = str(person.name), subject.partition(":")[2]
    mentioning = _mentioning(subject, also)
    keys: Keys = defaultdict(set)
    with triggers_off():
        for row in list(rows_of(subject)):
            _empty(keys, row, blanks(row))
        for row, values in list(checks_naming(name)):
            _empty(keys, row, values)
        beside: Keys = defaultdict(set)
        for row, values in [*naming_cells(name, key), *comments_of(subject)]:
            _empty(beside, row, values)
        for row in mentioning:
            kind = str(row._meta.table_name)
            plain, nested = ALSO[kind]
            _empty(keys, row, {**plain, **{name: emptied(getattr(row, name)) for name in nested}})
        forget_twins(keys)
        forget_earlier(keys)
        redacted = redact(keys, name)
    return Wiped({name: len(found) for name, found in sorted(keys.items()) if name not in OF_RIGHTS}, redacted)


def _mentioning(subject: str, also: Sequence[str]) -> list[BaseModel]:
    if not also:
        return []
    there = {mention.name for mention in mentions(subject)}
    found = []
    for name in also:
        row = find(name) if name.partition(":")[0] in ALSO else None
        if row is None or name not in there:
            raise UsageError(f"--also {name}: Dieser Text nennt die Person nicht oder lässt sich hier nicht leeren.")
        found.append(row)
    return found


def _empty(keys: Keys, row: BaseModel, values: dict[str, Any]) -> None:
    """The one change that keeps no earlier value, for nobody may have it back."""
    keys[str(row._meta.table_name)].add(key_of(row))
    if isinstance(row, Versioned):
        values = {**values, "version": row.version + 1}
    type(row).update(values).where(type(row)._meta.primary_key == key_of(row)).execute()
