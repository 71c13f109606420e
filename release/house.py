"""`python -m release.house`: docs/bilder/haus.svg, the rooms of `models` on their floors, and their figures."""

from __future__ import annotations

import ast
import re
import statistics
import tomllib
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

from release.tree import ROOT

PICTURE = ROOT / "docs" / "bilder" / "haus.svg"
PACKAGES = ("models", "screens", "tui")
WIDTH, FLOOR, ROOM, LEFT = 1000, 64, 150, 24
INK, PAPER, LINE = "#2b303b", "#fbfaf7", "#8a93a5"


def modules() -> dict[str, Path]:
    """Every module of the three packages by its dotted name; migrations are data."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                found[name.removesuffix(".__init__")] = path
    return found


def imports(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules of ours that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if (target := full if full in known else node.module) in known:
                    yield target


def floors() -> list[list[str]]:
    """The rooms of `models` from the top floor down, as the import contract names them."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one.get("containers") == ["models"])
    return [re.split(r"\s*[|:]\s*", layer) for layer in layers]


def arrows() -> Counter[tuple[str, str]]:
    """How many imports lead from one room of `models` to another."""
    known = modules()
    found: Counter[tuple[str, str]] = Counter()
    for name, path in known.items():
        if name.startswith("models."):
            for target in imports(path, known):
                pair = (name.split(".")[1], target.split(".")[1] if "." in target else "")
                if pair[0] != pair[1] and pair[1]:
                    found[pair] += 1
    return found


def figures() -> dict[str, int | float]:
    """What the house measures."""
    level = {room: number for number, rooms in enumerate(floors()) for room in rooms}
    known = modules()
    lines = [path.read_text(encoding="utf-8").count("\n") for path in known.values()]
    leading = arrows()
    return {
        "rooms of models": len(level),
        "floors": len(floors()),
        "arrows between rooms": len(leading),
        "arrows up or sideways": sum(level[a] >= level[b] for a, b in leading),
        "files": len(lines),
        "lines": sum(lines),
        "median file": statistics.median(lines),
        "largest file": max(lines),
    }


def picture() -> str:
    """The floors as rows of rooms, each with the number of rooms it stands on."""
    rows, below = [], Counter(a for a, _ in arrows())
    for number, rooms in enumerate(floors()):
        top = 20 + number * FLOOR
        for place, room in enumerate(sorted(rooms)):
            x = LEFT + place * (ROOM + 12)
            rows.append(
                f'<rect x="{x}" y="{top}" width="{ROOM}" height="40" rx="6" fill="white" stroke="{LINE}"/>'
                f'<text x="{x + 12}" y="{top + 25}">{escape(room)}</text>'
                f'<text x="{x + ROOM - 12}" y="{top + 25}" text-anchor="end" fill="{LINE}">{below[room] or ""}</text>'
            )
    height = 20 + len(floors()) * FLOOR
    style = f'font-family="sans-serif" font-size="14" fill="{INK}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" {style}>'
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>{"".join(rows)}</svg>\n'
    )


def main() -> None:
    """Write the picture anew and tell the figures."""
    PICTURE.write_text(picture(), encoding="utf-8")
    for name, value in figures().items():
        print(f"{name}: {value:g}")  # noqa: T201


if __name__ == "__main__":
    main()
