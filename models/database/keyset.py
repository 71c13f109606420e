"""Pages of a list by keyset: rows beside an anchor, read from an index, whatever the length of the list (law 10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from peewee import SQL, Field, NodeList, Tuple, Value

Direction = Literal["from", "after", "before"]
"""`from` takes the row at the anchor too, `after` and `before` do not."""

Anchor = tuple[Any, ...]
"""Number of the part, then the stored values of its order: where a row stands in the list."""


class Part(NamedTuple):
    """One stretch of a list: rows that meet a condition, in the order of some columns of which the last is unique."""

    where: tuple[Any, ...]
    order: tuple[Any, ...]
    descending: bool = False


class Found(NamedTuple):
    """Some neighbouring rows in the order they are shown in."""

    rows: list[tuple[Anchor, tuple[Any, ...]]]
    """Anchor and selected columns of each."""
    has_more: bool
    """Whether the list goes on in the direction asked for."""


class Listing:
    """An ordered list out of one query, in one or more parts that stand one after the other."""

    def __init__(self, query: Any, key: Any, parts: Sequence[Part], counted: Any = None) -> None:
        """`query` selects the columns shown, `key` is the column that tells one row from all others.

        `counted` has as many rows under the same conditions but no joins, so that counting reads one index.
        """
        self._query, self._key, self._parts = query, key, tuple(parts)
        self._counted = query if counted is None else counted
        self._width = len(query._returning)

    def page(self, anchor: Anchor | None, direction: Direction, limit: int) -> Found:
        """At most `limit` rows beside the anchor; without one the first, or with `before` the last."""
        step = -1 if direction == "before" else 1
        place = anchor[0] if anchor else (0 if step > 0 else len(self._parts) - 1)
        rows: list[tuple[Anchor, tuple[Any, ...]]] = []
        while 0 <= place < len(self._parts) and len(rows) <= limit:
            beside = anchor if anchor and anchor[0] == place else None
            rows += self._read(place, beside, direction, limit + 1 - len(rows))
            place += step
        return Found(rows[:limit][::step], len(rows) > limit)

    def count(self) -> int:
        """Number of all rows."""
        return sum(int(_within(self._counted, part).count()) for part in self._parts)

    def locate(self, key: Any) -> Anchor | None:
        """The anchor of a row, or None if it is not among the rows."""
        for place, part in enumerate(self._parts):
            found = _within(self._query, part).select_extend(*part.order).where(self._key == key).tuples().first()
            if found is not None:
                return self._anchor(place, part, found)
        return None

    def _read(self, place: int, anchor: Anchor | None, direction: Direction, limit: int) -> list[Any]:
        """Rows of one part, nearest to the anchor first."""
        part = self._parts[place]
        upwards = part.descending is (direction != "before")
        query = _within(self._query, part).select_extend(*part.order)
        if anchor is not None:
            query = query.where(_beside(part.order, anchor[1:], upwards, direction == "from"))
        query = query.order_by(*(column.desc() if upwards else column.asc() for column in part.order)).limit(limit)
        return [(self._anchor(place, part, row), row[: self._width]) for row in query.tuples()]

    def _anchor(self, place: int, part: Part, row: tuple[Any, ...]) -> Anchor:
        values = zip(part.order, row[self._width :], strict=True)
        stored: Any = (column.db_value(value) if isinstance(column, Field) else value for column, value in values)  # type: ignore[no-untyped-call]
        return (place, *stored)


def _within(query: Any, part: Part) -> Any:
    """The rows of a part; of one without conditions all."""
    return query.where(*part.where) if part.where else query


def _beside(order: tuple[Any, ...], values: Sequence[Any], smaller: bool, inclusive: bool) -> Any:
    """The rows on one side of a place; as row values, which both engines answer from an index."""
    left, right = (Tuple(*order), Tuple(*values)) if len(order) > 1 else (order[0], values[0])
    if smaller:
        return left <= right if inclusive else left < right
    return left >= right if inclusive else left > right


def begins_word(folded: Any, word: str) -> Any:
    """Whether a folded word begins some word of a folded name (`text.fold`); the word is letters and digits."""
    spaced = NodeList((SQL("(' ' ||"), folded, SQL(") LIKE"), Value(f"% {word}%")))
    return spaced | folded.contains(f"-{word}")
