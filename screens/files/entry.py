"""One file entry in full."""

from __future__ import annotations

from models.action.subjects import name_of
from models.action.work import Session
from models.shared.entry_rules import may_read
from models.tables.entry import Entry
from screens.detail.detail import Detail, Section
from screens.words import joined, label, moment_word


def entry_detail(session: Session, key: int) -> Detail | None:
    """Read in a thread with a connection; None where it is gone or not for this member."""
    work = session.work()
    entry = work.find(Entry, key)
    if entry is None or not may_read(work.member, entry.file):
        return None
    parts = (
        ("Situation", entry.situation),
        ("Reaktion/Lösung", entry.response),
        ("Nächste Schritte", entry.next_steps),
    )
    sections = [Section(title, tuple(text.splitlines())) for title, text in parts if text]
    about = [f"Tags: {', '.join(entry.tags)}" if entry.tags else "", f"Link: {entry.link}" if entry.link else ""]
    if entry.corrects:
        about.append(f"Berichtigt Eintrag {entry.corrects}; die alte Fassung bleibt im Verlauf.")
    return Detail(
        title=name_of(entry.subject),
        aside=label("file", entry.file),
        facts=(
            joined([label(f"entry_{entry.file}", entry.kind), moment_word(entry.created_at, work.today), entry.author]),
            *(line for line in about if line),
        ),
        before=tuple(sections),
        copy="\n\n".join(text for _, text in parts if text),
        copied="Eintrag",
    )
