"""The checks run at every key: their steps grow with the text, not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models.ground.vpa_text
from models.ground.vpa_text import Place, class_places, placeholder_places
from tests.words.test_corpus import sentences

HOME = str(Path(models.ground.vpa_text.__file__).parent)
PIECES = [
    *[sentence for _, sentence in sentences("corpus")][::7],
    "klasse ", "a, ", "a-", "von a auf ", "eine klasse ", "stufen dich ", "k l a s s e ", "rising ", "[", "{a", "bis ",
    "XX.",
]  # fmt: skip


def steps(check: Callable[[str], list[Place]], text: str) -> int:
    """Lines of the checks that run for a text."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        if not frame.f_code.co_filename.startswith(HOME):
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        check(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("check", [class_places, placeholder_places])
@settings(max_examples=25, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=4))
def test_steps_grow_with_the_length(check: Callable[[str], list[Place]], pieces: list[str]) -> None:
    """Twice the text takes at most about twice the steps."""
    text = " ".join(pieces) * 4
    once, twice, fourfold = (steps(check, text * times) for times in (1, 2, 4))
    assert fourfold - twice <= 2.2 * (twice - once) + 400


def test_600_characters_take_few_steps() -> None:
    """A check of 600 characters is to take under 1 ms: mostly 2,000 steps, of the worst text 60 a character."""
    for sentence in PIECES:
        text = (sentence * 600)[:600]
        assert steps(class_places, text) < 60 * 600, sentence
        assert steps(placeholder_places, text) < 10 * 600, sentence
