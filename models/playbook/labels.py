"""What the team calls TL, TA and Forwarded (A-21): names that a file of its own may change everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

LABELS = {"tl": "TL", "ta": "TA", "forwarded": "Forwarded"}
"""The names as we write them, by the key under which a team names its own."""
LONGEST = 16
"""Characters of a name: it stands in columns and tabs."""
SHORTENED = "Fwd."
"""How `Forwarded` is written where room is short."""

_WRITTEN = re.compile(r"\b(?:TL|TA|Forwarded)\b|\bFwd\.")


def renamed(value: Any, own: Mapping[str, str]) -> Any:
    """A text, or all texts of a playbook's part, with the team's names in it."""
    if isinstance(value, str):
        names = {ours: own.get(key, ours) for key, ours in LABELS.items()}
        names[SHORTENED] = _short(names["Forwarded"])
        return _WRITTEN.sub(lambda found: names[found[0]], value)
    if isinstance(value, Mapping):
        return {key: renamed(one, own) for key, one in value.items()}
    return [renamed(one, own) for one in value] if isinstance(value, list) else value


def _short(name: str) -> str:
    return SHORTENED if name == LABELS["forwarded"] else name if len(name) <= len(SHORTENED) + 1 else f"{name[:4]}."


def faults(raw: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a team's names: key, code, sentence without its full stop."""
    from models.ground.vpa_text import class_places, stops  # only who has names of its own pays for it

    for key, name in raw.items():
        if key not in LABELS:
            yield key, "name", f"„{key}“ gibt es nicht; möglich ist: {', '.join(LABELS)}"
        elif not isinstance(name, str) or not name.strip() or name != " ".join(name.split()):
            yield key, "label", f"„{key}“ braucht einen Namen in einer Zeile"
        elif len(name) > LONGEST:
            yield key, "label", f"„{name}“ ist zu lang; höchstens {LONGEST} Zeichen"
        elif stops(class_places(name)) or re.search(r"[\[\]{}]", name):
            yield key, "label", f"„{name}“ geht nicht: keine Klasse, keine Klammern (D-32, K-23)"
