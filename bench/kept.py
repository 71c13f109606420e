"""The figures of the parts that were run, kept in a file, so that the report can be made from several runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from bench.data import CACHE

FILE = CACHE / "results.json"

Measurements = dict[str, dict[str, list[list[float]]]]
"""By subject and quantity: the values of each round."""


@dataclass(frozen=True)
class Result:
    """One run of a part."""

    part: str
    sizes: list[int]
    when: str
    load: str
    """How busy the machine was, at the start and at the end."""
    versions: list[str]
    rounds: int
    runs: Measurements


def keep(result: Result) -> None:
    """Put it in the place of an earlier one of this part and largest size."""
    found = {_key(one): asdict(one) for one in results()}
    found[_key(result)] = asdict(result)
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(list(found.values())), encoding="utf-8")


def results() -> list[Result]:
    """All that are kept."""
    if not FILE.exists():
        return []
    kept: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return [Result(**one) for one in kept]


def largest(part: str) -> Result | None:
    """The one of a part that was run with the most."""
    return max((one for one in results() if one.part == part), key=lambda one: one.sizes[-1], default=None)


def _key(result: Result) -> str:
    return f"{result.part} {result.sizes[-1]}"
