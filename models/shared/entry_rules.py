"""What a file entry and a text that a VPA can read must have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.action.work import Work
from models.ground.text import clean_output
from models.ground.vpa_text import Place, class_places, placeholder_places
from models.playbook import playbook
from models.playbook.entries import placeholder_word
from models.playbook.refusals import Obstacle, RefusedError, Weight
from models.tables.people import Member
from models.tables.task import Message, Task

LONGEST_QUOTE = 40
"""Characters of what a refusal quotes."""
CUSTOMER_FILES = ("oteam", "vpa_kunde")
READERS = {
    "oteam": ("at", "vpa_manager", "customer_manager", "sales"),
    "vpa_kunde": ("at", "vpa_manager", "customer_manager", "sales"),
    "vpa_akte": ("at", "vpa_manager"),
}
"""Roles that read each file (A-28)."""


def may_read(member: Member | None, file: str) -> bool:
    """Whether this member reads that file."""
    return member is not None and member.has(*READERS[file])


def require_reader(work: Work, file: str) -> None:
    """Refuse a member who may not read this file."""
    if not may_read(work.member, file):
        raise RefusedError([Obstacle("role_reader", "A-28")])


def readable_files(member: Member | None) -> list[str]:
    """The files this member reads."""
    return [file for file in READERS if may_read(member, file)]


def kinds_of(file: str) -> dict[str, str]:
    """Code and German label of the kinds a file takes (K-06)."""
    return playbook().labels(f"entry_{file}")


def vpa_text_obstacles(texts: Sequence[str | None]) -> Iterator[Obstacle]:
    """What stands against texts that a VPA can read: a class named (D-32), a placeholder left (K-23).

    What only sounds like one is a warning, `class_hinted` and `placeholder_suspected`; each quotes what was found.
    """
    given = [text for text in texts if text]
    names = template_names()
    classes = [(place, text) for text in given for place in class_places(text)]
    left = [(place, text) for text in given for place in placeholder_places(text, names)]
    if named := _quoted(classes, "stop"):
        yield Obstacle("class_named", "D-32", detail=named)
    elif hinted := _quoted(classes, "warn"):
        yield Obstacle("class_hinted", "D-32", "warn", detail=hinted)
    if sure := _quoted(left, "stop"):
        yield Obstacle("placeholder_left", "K-23", detail=sure)
    if suspected := _quoted(left, "warn"):
        yield Obstacle("placeholder_suspected", "K-23", "warn", detail=suspected)


def _quoted(places: Sequence[tuple[Place, str]], weight: Weight) -> str:
    """The words that stand at the places of a weight, the first three; empty where there are none."""
    words = [" ".join(clean_output(place.of(text)).split()) for place, text in places if place.weight == weight]
    quoted = [f"„{word if len(word) <= LONGEST_QUOTE else f'{word[: LONGEST_QUOTE - 1]}…'}“" for word in words]
    more = [f"und {len(quoted) - 3} weitere"] if len(quoted) > 3 else []
    return ", ".join([*dict.fromkeys(quoted[:3]), *more])


def template_names() -> frozenset[str]:
    """Every name that stands in brackets in some template, and the word that stands there in a message."""
    names = playbook().placeholders
    return frozenset(names) | {placeholder_word(name) for name in names}


def entry_obstacles(
    work: Work,
    *,
    file: str,
    subject: str,
    kind: str | None,
    situation: str | None,
    link: str | None,
    tags: Sequence[str],
    response: str | None = None,
    next_steps: str | None = None,
) -> Iterator[Obstacle]:
    """What an entry still lacks (K-06, K-10, K-09, T-10), and what it must not say (D-32, K-23)."""
    if kind not in kinds_of(file):
        yield Obstacle("kind_missing", "K-06")
    if not situation:
        yield Obstacle("situation_missing", "K-10")
    if not tags:
        yield Obstacle("tag_missing", "K-09")
    if kind == "booking" and file == "oteam" and not _is_confirmed(subject, link):
        yield Obstacle("confirmation_missing", "T-10")
    if file == "vpa_kunde":
        yield from vpa_text_obstacles([situation, link, response, next_steps, *tags])


def _is_confirmed(subject: str, link: str | None) -> bool:
    """Whether the link leads to a task of the customer whose chat holds a confirmation tagged by us."""
    if not link:
        return False
    customer = subject.partition(":")[2]
    query = Message.select(Message.tags).join(Task).where(Task.link == link, Task.customer == customer)
    return any("aufgabenbeschreibung" in message.tags for message in query.where(Message.sender == "at"))
