"""What a VPA gets to read with a customer, at an assignment and at the end of a VPA-Wechsel (K-20 to K-24)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.action.work import Work
from models.care.assignment.sources import sources_with_something
from models.care.letters.templates import KINDS, unchanged
from models.playbook import playbook
from models.playbook.refusals import Obstacle
from models.shared.entry import write_entry
from models.shared.entry_rules import vpa_text_obstacles
from models.tables.entry import Entry
from models.tables.people import Customer, Vpa


def wording_obstacles(
    work: Work, kind: str | None, customer: Customer, vpa: Vpa | None, text: str | None, read: Sequence[str]
) -> Iterator[Obstacle]:
    """What the text of an assignment lacks, in the order of CONTRACT §10."""
    if not text:
        yield Obstacle("text_missing", "K-20")
    yield from vpa_text_obstacles([text])
    if text and kind in KINDS and vpa is not None and unchanged(work, kind, customer, vpa, text):
        yield Obstacle("template_unchanged", "K-23", "warn")
    unread = [source for source in sources_with_something(customer) if source not in read]
    if unread:
        what = ", ".join(playbook().label("source", source) for source in unread)
        yield Obstacle("source_unread", "K-24", "warn", detail=what)


def write_assignment(work: Work, kind: str, customer: Customer, text: str) -> Entry:
    """The entry in the VPA Kundenakte, with the tag of the kind (K-20, K-21)."""
    tag, subject = playbook().kind("assignment_kind", kind).tag, f"customer:{customer.id}"
    return write_entry(work, file="vpa_kunde", subject=subject, kind="assignment", situation=text, tags=[tag])
