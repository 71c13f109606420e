"""What is compared with what, and the bar: the figures of a run and how they are told."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Runs = Mapping[str, Mapping[str, Sequence[Sequence[float]]]]
"""By subject and quantity: the values that each run measured."""


@dataclass(frozen=True)
class Spread:
    """A quantity over several runs; a run that measured it often counts with its median."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, runs: Sequence[Sequence[float]]) -> Spread:
        """Over these runs."""
        values = [statistics.median(run) for run in runs]
        return cls(statistics.median(values), min(values), max(values))

    def told(self, unit: Unit) -> str:
        """Such as `182 (175–201) ms`."""
        shown = (f"{value * unit.factor:.{unit.digits}f}" for value in (self.median, self.low, self.high))
        return "{} ({}–{}) {}".format(*shown, unit.name).replace(".", ",")


@dataclass(frozen=True)
class Unit:
    """How a quantity is shown."""

    name: str
    factor: float
    digits: int


MILLISECONDS = Unit("ms", 1000, 1)
SECONDS = Unit("s", 1, 2)
MEBIBYTES = Unit("MiB", 1, 1)


@dataclass(frozen=True)
class Figure:
    """One line of the table: a quantity of the product over that of a comparison."""

    label: str
    quantity: str
    product: str
    against: str
    bar: float
    """The highest ratio that will do."""
    unit: Unit = MILLISECONDS

    def line(self, runs: Runs) -> tuple[str, ...]:
        """Its cells; see `HEADER`."""
        ours, theirs = (Spread.of(runs[subject][self.quantity]) for subject in (self.product, self.against))
        ratio = ours.median / theirs.median
        verdict = "erfüllt" if ratio <= self.bar else f"verfehlt ({ratio / self.bar - 1:+.0%})"
        shown = (f"{ratio:.2f}".replace(".", ","), f"≤ {self.bar:g}".replace(".", ","))
        return (self.label, ours.told(self.unit), self.against, theirs.told(self.unit), *shown, verdict)


@dataclass(frozen=True)
class Limit:
    """One line of the table: a quantity of the product that may not pass a bound, whatever others need."""

    label: str
    quantity: str
    product: str
    bound: float
    """The highest median that will do, in seconds."""
    unit: Unit = MILLISECONDS

    @property
    def against(self) -> str:
        """Nothing else is run for it."""
        return self.product

    def line(self, runs: Runs) -> tuple[str, ...]:
        """Its cells; see `HEADER`."""
        ours = Spread.of(runs[self.product][self.quantity])
        verdict = "erfüllt" if ours.median <= self.bound else f"verfehlt ({ours.median / self.bound - 1:+.0%})"
        bound = f"≤ {self.bound * self.unit.factor:g} {self.unit.name}"
        return (self.label, ours.told(self.unit), "", "", "", bound, verdict)


HEADER = ("Messwert", "Schicht", "verglichen mit", "", "Verhältnis", "Grenze", "Urteil")


def table(figures: Sequence[Figure | Limit], runs: Runs) -> str:
    """All lines, columns aligned; those whose subjects were not run are left out."""
    measured = [figure for figure in figures if {figure.product, figure.against} <= runs.keys()]
    lines = [HEADER, *(figure.line(runs) for figure in measured)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([shown[0], "─" * (sum(widths) + 2 * len(widths) - 2), *shown[1:]])
