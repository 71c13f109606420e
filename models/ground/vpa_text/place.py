"""A place in a text where something stands that may not, or may be meant to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Span = tuple[int, int]
"""First and one-after-last index in the original text."""


class Place(NamedTuple):
    """Where it stands in the original text, and whether that stops or only warns."""

    start: int
    end: int
    weight: Literal["stop", "warn"]

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]


def stops(places: Iterable[Place]) -> list[Span]:
    """Where something sure stands."""
    return [(place.start, place.end) for place in places if place.weight == "stop"]


def warnings(places: Iterable[Place]) -> list[Span]:
    """Where something likely stands."""
    return [(place.start, place.end) for place in places if place.weight == "warn"]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in their order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def weighed(sure: Iterable[Span], likely: Iterable[Span]) -> list[Place]:
    """Stops and warnings in the order of the text; a warning that a stop covers is none."""
    stopped = merged(sure)
    places = [Place(*span, "stop") for span in stopped]
    places += [Place(*span, "warn") for span in merged(likely) if not _covered(span, stopped)]
    return sorted(places)


def _covered(span: Span, others: Sequence[Span]) -> bool:
    from bisect import bisect_left

    place = bisect_left(others, (span[1], 0))
    return place > 0 and others[place - 1][1] > span[0]
