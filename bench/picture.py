"""A plot of growth as SVG: each quantity over the number of rows, as a multiple of what it is with the fewest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 320, 60, 230, 20, 40
HIGHEST = 2.0
"""Top of the axis: twice as much as with the fewest rows."""
COLORS = ("#1f6feb", "#bf5b04", "#1a7f37", "#8250df", "#cf222e")
STYLE = "font: 13px sans-serif; fill: #57606a"


@dataclass(frozen=True)
class Line:
    """One quantity by size."""

    label: str
    unit: str
    points: tuple[tuple[int, float], ...]


def picture(lines: Sequence[Line]) -> str:
    """The SVG; sizes grow tenfold from mark to mark."""
    sizes = sorted({size for line in lines for size, _ in line.points})
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">']
    parts.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>')
    for share in (0.0, 0.5, 1.0, 1.5, 2.0):
        y = _y(share)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#d0d7de"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" style="{STYLE}">{share:g}×</text>')
    for size in sizes:
        x = _x(size, sizes)
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" style="{STYLE}">{size:,}</text>'
        )
    for place, line in enumerate(lines):
        parts += _drawn(line, COLORS[place % len(COLORS)], sizes, TOP + 16 + 40 * place)
    return "\n".join([*parts, "</svg>", ""])


def _drawn(line: Line, color: str, sizes: Sequence[int], legend: int) -> list[str]:
    """A line with its dots, and its name with the first and last value."""
    first, last = line.points[0][1], line.points[-1][1]
    places = [(_x(size, sizes), _y(value / first)) for size, value in line.points]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x = WIDTH - RIGHT + 20
    told = f"{first:,.1f} → {last:,.1f} {line.unit}"
    return [
        f'<polyline points="{way}" fill="none" stroke="{color}" stroke-width="2"/>',
        *(f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="3.5" fill="{color}"/>' for cx, cy in places),
        f'<text x="{x}" y="{legend}" style="{STYLE}; fill: {color}">{escape(line.label)}</text>',
        f'<text x="{x}" y="{legend + 16}" style="{STYLE}">{escape(told)}</text>',
    ]


def _x(size: int, sizes: Sequence[int]) -> float:
    low, high = math.log(sizes[0]), math.log(max(sizes[-1], sizes[0] * 10))
    return LEFT + 30 + (WIDTH - LEFT - RIGHT - 60) * (math.log(size) - low) / (high - low)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * min(share, HIGHEST) / HIGHEST
