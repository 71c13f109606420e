"""Reads the demo's text blocks and fills them.

A block starts with `@kind origin tag|tag`, then Situation, Reaktion/Lösung and Nächste Schritte, one line each,
`-` for none. Slots: {ap} contact person, {apd} the same declined, {vpa}, {thema} area, {std} hours, {nr} a small
number, {wo} weeks, {tag} weekday, {uhr} hour of the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")


@dataclass(frozen=True, slots=True)
class Block:
    """One wording of a file entry."""

    kind: str
    """A kind of CONTRACT §7."""
    origin: str
    """Who writes it: at, vpa or sales."""
    tags: str
    """Separated by `|`."""
    situation: str
    response: str
    next_steps: str


def blocks(text: str) -> list[Block]:
    """The blocks of one of the phrase modules, in their order."""
    found = []
    for chunk in text.strip().removeprefix("@").split("\n@"):
        head, situation, response, next_steps = chunk.splitlines()
        kind, origin, tags = head.split(" ", 2)
        found.append(Block(kind, origin, tags, situation, response.strip("-"), next_steps.strip("-")))
    return found


def slots(contact: str, area: str, vpa: str, rng: Random) -> dict[str, str]:
    """What can be put into a text about this customer or VPA; chance decides the numbers and days."""
    return {
        "ap": contact,
        "apd": contact.replace("Herr ", "Herrn "),
        "vpa": vpa,
        "thema": area,
        "std": str(rng.choice((3, 5, 6, 8, 10, 12, 15, 20))),
        "nr": str(rng.randrange(2, 5)),
        "wo": str(rng.randrange(4, 9)),
        "tag": rng.choice(WEEKDAYS),
        "uhr": str(rng.randrange(8, 16)),
    }
