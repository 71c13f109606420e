"""What is compared with what, and the bar: the figures of a run and how they are told."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

Runs = Mapping[str, Mapping[str, Sequence[Sequence[float]]]]
"""By subject and quantity: the values that each run measured."""
FRAME = 1 / 60
NO_BAR = math.inf
"""For what is told beside the bars."""


def highest_of_hundred(values: Sequence[float]) -> float:
    """The value that 99 of 100 do not pass (p99); of fewer than a hundred the highest."""
    return sorted(values)[-(len(values) // 100) - 1]


@dataclass(frozen=True)
class Spread:
    """A quantity over several runs, and its smallest and highest value in one of them."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, runs: Sequence[Sequence[float]], highest: bool = False) -> Spread:
        """The median of the runs' medians; with `highest` the p99 of all values."""
        if highest:
            values = [highest_of_hundred(run) for run in runs]
            return cls(highest_of_hundred(list(chain.from_iterable(runs))), min(values), max(values))
        values = [statistics.median(run) for run in runs]
        return cls(statistics.median(values), min(values), max(values))

    def told(self, unit: Unit) -> str:
        """Such as `182 (175–201) ms`."""
        shown = (f"{value * unit.factor:,.{unit.digits}f}" for value in (self.value, self.low, self.high))
        return "{} ({}–{}) {}".format(*shown, unit.name).rstrip()


@dataclass(frozen=True)
class Unit:
    """How a quantity is shown."""

    name: str
    factor: float
    digits: int


MILLISECONDS = Unit("ms", 1000, 1)
MICROSECONDS = Unit("µs", 1_000_000, 0)
SECONDS = Unit("s", 1, 2)
MEBIBYTES = Unit("MiB", 1, 1)
A_SECOND = Unit("/s", 1, 0)
TIMES = Unit("", 1, 0)


@dataclass(frozen=True)
class Figure:
    """One line of the table: a quantity of the product, and what it may be."""

    label: str
    quantity: str
    product: str
    against: str
    """The subject it is compared with; empty: the bar is a bound for the quantity itself."""
    bar: float
    """The highest ratio (or value) that will do."""
    unit: Unit = MILLISECONDS
    highest: bool = False
    """Whether the p99 is told instead of the median."""
    at_least: bool = False
    """Whether the bar is the lowest ratio that will do."""
    other: str = ""
    """The quantity of the comparison, where it is called otherwise."""

    def measured(self, runs: Runs) -> bool:
        """Whether all it needs was run."""
        other = self.other or self.quantity
        return self.quantity in runs.get(self.product, {}) and (not self.against or other in runs.get(self.against, {}))

    def line(self, runs: Runs) -> tuple[str, ...]:
        """Its cells; see `HEADER`."""
        label = f"{self.label}, p99" if self.highest else self.label
        ours = Spread.of(runs[self.product][self.quantity], self.highest)
        if not self.against:
            shown = (f"≤ {self.bar * self.unit.factor:.0f} {self.unit.name}".rstrip(), self._verdict(ours.value))
            return (label, self.product, ours.told(self.unit), "", "", *shown)
        theirs = Spread.of(runs[self.against][self.other or self.quantity], self.highest)
        ratio = ours.value / theirs.value
        compared = f"{self.against}: {theirs.told(self.unit)}"
        sign = "≥" if self.at_least else "≤"
        bar = "" if self.bar == NO_BAR else f"{sign} {self.bar:g}"
        return (label, self.product, ours.told(self.unit), compared, f"{ratio:.2f}", bar, self._verdict(ratio))

    def _verdict(self, value: float) -> str:
        if self.bar == NO_BAR:
            return ""
        if (value >= self.bar) if self.at_least else (value <= self.bar):
            return "met"
        return f"**missed** ({value / self.bar - 1:+.0%})" if self.bar else "**missed**"


HEADER = ("what", "product", "measured", "compared with", "ratio", "bar", "")


def table(figures: Sequence[Figure], runs: Runs) -> list[str]:
    """All lines as Markdown; those that were not measured are left out."""
    lines = [figure.line(runs) for figure in figures if figure.measured(runs)]
    rows = [HEADER, ("---", "---", "--:", "---", "--:", "--:", "---"), *lines] if lines else []
    return [f"| {' | '.join(row)} |" for row in rows]
