"""`python -m release.rules`: docs/rules.md, every rule with the files it lives in and the tests that name it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from models.playbook import playbook
from release.tree import ROOT

PAGE = ROOT / "docs" / "rules.md"
SOURCES = ("models", "screens", "tui")
MOST = 4
"""Files named for one rule: where it is refused or judged first, then where it is spoken of."""

ID = re.compile(r"\b[ADRJKWTFSXPL]-\d\d\b")
REFUSED = re.compile(r"(?:Obstacle|Hint)\([^()]*?\"([A-Z]-\d\d)\"")
HEAD = """\
# Rules

Made by `make rules` from `models/playbook/rules.toml` and the code: every rule of the team in its own words, the files
that refuse or judge by it, and the tests that name it. What the code cites as a rule id is found here.

| rule | in the team's words | lives in | tested by |
|---|---|---|---|
"""


def texts(*folders: str) -> Iterator[tuple[str, str]]:
    """Path and content of every Python file below these folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def places(*folders: str) -> dict[str, list[str]]:
    """The files in which each rule id stands: those that refuse by it first, then by how often they mention it."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for path, text in texts(*folders):
        refused, named = set(REFUSED.findall(text)), ID.findall(text)
        for rule in set(named):
            found[rule].append((rule not in refused, -named.count(rule), path))
    return {rule: [path for _, _, path in sorted(ranked)] for rule, ranked in found.items()}


def page() -> str:
    """The whole page."""
    homes, tests = places(*SOURCES), places("tests")
    rows = []
    for rule, words in playbook().rules.items():
        where = ", ".join(f"`{path}`" for path in homes.get(rule, [])[:MOST]) or "–"
        tested = ", ".join(f"`{path}`" for path in tests.get(rule, [])[:MOST]) or "–"
        sentence = words.with_numbers(_defaults()).sentence
        rows.append(f"| {rule} | {sentence} | {where} | {tested} |\n")
    return HEAD + "".join(rows)


def _defaults() -> dict[str, str]:
    return {key: spec.show(spec.default) for key, spec in playbook().settings.items()}


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8")
    print(Path(PAGE).relative_to(ROOT))  # noqa: T201


if __name__ == "__main__":
    main()
