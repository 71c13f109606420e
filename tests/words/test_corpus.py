"""How many sentences that name a class or hold a placeholder are found, how many others troubled (D-32, K-23)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.ground.vpa_text import Place, class_places, placeholder_places

HERE = Path(__file__).parent
SECTIONS = ("class", "class?", "placeholder", "placeholder?", "innocent", "doubtful")
Check = Callable[[str], list[Place]]


def sentences(name: str) -> Iterator[tuple[str, str]]:
    """Section and sentence of every line."""
    section = ""
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line[1:-1] in SECTIONS and line[:1] == "[":
            section = line[1:-1]
        elif line and not line.startswith("#"):
            yield section, line.replace("\\n", "\n")


def weight(check: Check, sentence: str) -> str:
    """`stop`, `warn` or nothing."""
    weights = {place.weight for place in check(sentence)}
    return "stop" if "stop" in weights else "warn" if weights else ""


def measured(name: str, noun: str, check: Check) -> dict[str, float]:
    """Percentages: hits that are found, innocent sentences that are stopped and warned about."""
    counts: Counter[tuple[str, str]] = Counter()
    for section, sentence in sentences(name):
        if section != "doubtful":
            counts["hit" if section.startswith(noun) else "innocent", weight(check, sentence)] += 1

    def share(kind: str, *weights: str) -> float:
        total = sum(count for (of, _), count in counts.items() if of == kind)
        return 100 * sum(counts[kind, one] for one in weights) / total

    return {
        "found": share("hit", "stop", "warn"),
        "falsely stopped": share("innocent", "stop"),
        "falsely warned": share("innocent", "warn"),
    }


@pytest.mark.parametrize("name", ["corpus", "fresh"])
@pytest.mark.parametrize(("noun", "check"), [("class", class_places), ("placeholder", placeholder_places)])
def test_recall_and_false_alarms(name: str, noun: str, check: Check, capsys: pytest.CaptureFixture[str]) -> None:
    """CONTRACT §18: of hits at least 95 % found, of innocent sentences at most 2 % stopped and 5 % warned about."""
    figures = measured(name, noun, check)
    with capsys.disabled():
        print(f"\n{name}, {noun}: " + ", ".join(f"{what} {share:.1f} %" for what, share in figures.items()))
    assert figures["found"] >= 95
    assert figures["falsely stopped"] <= 2
    assert figures["falsely warned"] <= 5


def test_the_sets_are_large_enough() -> None:
    """The first has at least 400 sentences, the second, in another style, at least 300; none twice."""
    sizes = {}
    for name in ("corpus", "fresh"):
        lines = [sentence for _, sentence in sentences(name)]
        assert len(set(lines)) == len(lines)
        sizes[name] = len(lines)
    assert sizes["corpus"] >= 400
    assert sizes["fresh"] >= 300


SURE = [(section, sentence) for section, sentence in sentences("corpus") if section in ("class", "placeholder")]


@pytest.mark.parametrize(("section", "sentence"), SURE)
def test_what_is_sure_stops(section: str, sentence: str) -> None:
    """D-32, K-23: the sentences of the first set that name a class or hold a placeholder without doubt."""
    assert weight(class_places if section == "class" else placeholder_places, sentence) == "stop"
