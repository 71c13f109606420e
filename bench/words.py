"""`python -m bench.words`: how long both checks of a text for VPAs take, by its length (CONTRACT §18)."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from models.ground.vpa_text import class_places, placeholder_places

CORPUS = Path(__file__).parents[1] / "tests" / "words" / "corpus.txt"
LENGTHS = (150, 300, 600, 1200, 2400, 4800)
ROUNDS = 5


def texts(length: int) -> Iterator[str]:
    """Texts of a length, each beginning at another sentence of the corpus."""
    lines = [line for line in CORPUS.read_text(encoding="utf-8").splitlines() if line and line[0] not in "#"]
    whole = " ".join(lines * 2)
    for start in range(0, len(whole) // 2, 997):
        yield whole[start : start + length]


def milliseconds(length: int) -> list[float]:
    """The best of some rounds for each text, both checks together."""
    found = []
    for text in texts(length):
        best = 1.0
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            class_places(text)
            placeholder_places(text)
            best = min(best, time.perf_counter() - begun)
        found.append(best * 1000)
    return found


def main() -> None:
    """One line a length."""
    for length in LENGTHS:
        times = milliseconds(length)
        median, worst = statistics.median(times), max(times)
        sys.stdout.write(f"{length:>5} characters: median {median:.2f} ms, worst {worst:.2f} ms\n")


if __name__ == "__main__":
    main()
