"""docs/rules.md leads from every rule to the code and back; the picture of the house shows its floors."""

from __future__ import annotations

import re
from pathlib import Path

from models.playbook import playbook
from release import house, rules

ROOT = Path(__file__).parents[1]


def rows() -> dict[str, tuple[list[str], list[str]]]:
    """Rule id, the files it lives in and the tests that name it, as the page says."""
    found = {}
    for line in rules.PAGE.read_text(encoding="utf-8").splitlines():
        if re.match(r"\| [A-Z]-\d\d \|", line):
            rule, _, homes, tests = (cell.strip() for cell in line.strip("|").split(" | "))
            found[rule] = (re.findall(r"`([^`]+)`", homes), re.findall(r"`([^`]+)`", tests))
    return found


def test_every_rule_stands_on_the_page() -> None:
    assert set(rows()) == set(playbook().rules)


def test_what_the_page_names_is_there_and_speaks_of_the_rule() -> None:
    stale = [
        f"{rule}: {path}"
        for rule, (homes, tests) in rows().items()
        for path in (*homes, *tests)
        if not (ROOT / path).is_file() or rule not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert stale == [], "make rules"


def test_every_rule_has_a_test_on_the_page() -> None:
    assert [rule for rule, (_, tests) in rows().items() if not tests] == []


def test_no_arrow_inside_models_leads_up() -> None:
    figures = house.figures()
    assert figures["arrows up or sideways"] == 0
    assert figures["arrows between rooms"] > 50


def test_the_picture_shows_every_room() -> None:
    drawn = house.PICTURE.read_text(encoding="utf-8")
    assert [room for rooms in house.floors() for room in rooms if f">{room}<" not in drawn] == [], "make rules"
