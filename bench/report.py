"""The section of `docs/performance.md` that is made from what was measured, and its picture of growth."""

from __future__ import annotations

from bench.data import Data
from bench.figures import Spread, table
from bench.kept import Result, largest
from bench.parts import PARTS, ours
from bench.picture import Line, picture
from bench.surroundings import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "growth.svg"
BEGIN, END = "<!-- measured: written by `python -m bench`, not by hand -->", "<!-- end of what was measured -->"
GROWING = (
    ("start", "start", "start → first row", 1000, "ms"),
    ("keys", "down", "Down key that scrolls", 1000, "ms"),
    ("keys", "memory", "peak memory", 1, "MiB"),
)
"""Part, quantity, label, factor and unit of what is drawn and told by size."""


def write() -> None:
    """Put the newest figures between the marks of the document; the rest of it stays."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{section()}\n{END}{after}", encoding="utf-8")
    if drawn := _lines():
        PICTURE.write_text(picture(drawn), encoding="utf-8")


def section() -> str:
    """All parts that were ever run, each at its largest size."""
    told: list[str] = []
    found = [(part, result) for part in PARTS if (result := largest(part.name)) is not None]
    for versions in dict.fromkeys("  \n".join(result.versions) for _, result in found):
        told += [versions, ""]
    for part, result in found:
        told += [f"### {part.title}", "", _when(result), "", *table(part.figures(result.sizes), result.runs), ""]
    return "\n".join([*told, *_growth()])


def _when(result: Result) -> str:
    """Date, how often, how busy, how much."""
    how = f"`--only {result.part}`, {result.when}, load {result.load}; {_counted(result.rounds)} in turn"
    return f"{how}, medians (smallest–largest of a round). {Data(result.sizes[-1]).told}."


def _counted(rounds: int) -> str:
    return f"{rounds} round{'' if rounds == 1 else 's'}"


def _growth() -> list[str]:
    """The same quantity at each size."""
    rows = []
    for line in _lines():
        shown = [f"{value:,.1f} {line.unit}" for _, value in line.points]
        rows.append(f"| {line.label} | {' | '.join(shown)} | {line.points[-1][1] / line.points[0][1]:.2f} |")
    if not rows:
        return []
    sizes = [f"{size:,}" for size, _ in _lines()[0].points]
    heads = ["| VPAs and open Cases | " + " | ".join(sizes) + " | last ÷ first |", "|---|" + "--:|" * (len(sizes) + 1)]
    return ["### Growth", "", "![Growth](growth.svg)", "", *heads, *rows, ""]


def _lines() -> list[Line]:
    found = []
    for part, quantity, label, factor, unit in GROWING:
        result = largest(part)
        if result is not None:
            points = tuple(
                (size, Spread.of(result.runs[ours(size)][quantity]).value * factor)
                for size in result.sizes
                if ours(size) in result.runs
            )
            found.append(Line(label, unit, points))
    return found
