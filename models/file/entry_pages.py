"""Pages of one subject's file entries, newest first."""

from __future__ import annotations

from typing import Any

from peewee import SQL, fn

from models.action.work import Work
from models.database.keyset import Listing, Part, begins_word
from models.ground.text import matches, words
from models.playbook import playbook
from models.shared.entry_rules import readable_files
from models.tables.entry import Entry

KINDS = ("entry_oteam", "entry_vpa_kunde", "entry_vpa_akte")


def entry_listing(work: Work, subject: str, file: str = "", text: str = "", descending: bool = True) -> Listing:
    """The entries that the member may read; those an undo took back and those corrected later are left out."""
    newer = Entry.alias()
    corrected = fn.EXISTS(newer.select(SQL("1")).where(newer.corrects == Entry.id, newer.withdrawn_at.is_null()))
    where: list[Any] = [
        Entry.subject == subject,
        Entry.file.in_([name for name in readable_files(work.member) if file in ("", name)] or [""]),
        Entry.withdrawn_at.is_null(),
        ~corrected,
    ]
    where += [_matches(word) for word in words(text)]
    return Listing(Entry.select(), Entry.id, [Part(tuple(where), (Entry.created_at, Entry.id), descending)])


def _matches(word: str) -> Any:
    kinds = {code for group in KINDS for code, label in playbook().labels(group).items() if matches(word, label)}
    return begins_word(Entry.folded, word) | Entry.kind.in_(sorted(kinds) or [""])
