"""How a form shows what must not stand in a text: at its place, and in the line below the field (D-32, K-23)."""

from __future__ import annotations

from collections.abc import Sequence

from models.ground.vpa_text import Place

MARKED = {"stop": "bold reverse red underline", "warn": "bold reverse yellow underline"}
"""How a place of a text shows what it does."""


def complaint(named: Sequence[Place], left: Sequence[Place]) -> str:
    """What is wrong with a text, in the words below its field; what stops comes first."""
    said = {
        "stop": ("Klasse genannt (D-32)", "Platzhalter ausfüllen (K-23)"),
        "warn": (
            "klingt nach einer Klasse (D-32) · F4: trotzdem, weil …",
            "wie ein Platzhalter (K-23) · F4: trotzdem, weil …",
        ),
    }
    for weight, words in said.items():
        for places, sentence in zip((named, left), words, strict=True):
            if any(place.weight == weight for place in places):
                return sentence
    return ""
