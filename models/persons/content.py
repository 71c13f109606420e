"""What is held about a person, whole: for a program and to read (P-01; Art. 15 and 20 DSGVO)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from models.action.work import Work, key_of
from models.database.fields import BaseModel
from models.erasure.mentions import mentions
from models.erasure.rows import rows_of
from models.ground import clock
from models.persons.whom import READERS, Person
from models.persons.words import WORDS
from models.tables.history import History
from models.tables.people import Absence
from models.tables.reminder import Reminder

HIDDEN = frozenset({"folded", "vpa_folded", "version", "exported", "known", "missing", "pending", "after_entry"})
"""Columns that only serve the program."""

HEADINGS = {
    "vpa": "Angaben", "customer": "Angaben", "member": "Angaben", "assignment": "Zuweisungen",
    "absence": "Abwesenheiten", "leave": "Abwesenheiten", "entry": "Akteneinträge", "reminder": "Reminder",
    "case": "Cases", "flag": "Neu-Flags", "task": "Aufgaben", "message": "Nachrichten", "note": "interne Notizen",
    "handover": "VPA-Wechsel", "outbox": "Ausgang", "restriction": "Einschränkung", "hold": "Aufbewahrung",
    "erasure": "Löschanträge",
}  # fmt: skip
"""What a reader calls each table."""

READ_BY = {
    "vpa": "Admin-Team und VPA Manager; Angaben ohne Akte das ganze Team",
    "customer": "Admin-Team, VPA Manager, Kundenmanager und Vertrieb; die VPA Kundenakte auch der VPA in Betreuung",
    "member": "das Team; warum jemand weg ist, die Manager",
}
KEPT = {
    "vpa": "bis {keep_gone_months} Monate nach dem Weggang",
    "customer": "bis {keep_customer_months} Monate nach der letzten Buchung oder Nachricht",
    "member": "solange das Mitglied im Team ist; danach auf Antrag",
}


def content_of(work: Work, person: Person, request: str) -> dict[str, Any]:
    """Everything, by table; then what the history knows, and every text elsewhere that names the person."""
    held: dict[str, list[dict[str, Any]]] = {}
    keys: dict[str, set[Any]] = {}
    for row in _rows(person):
        table = str(row._meta.table_name)
        held.setdefault(table, []).append(_values(row))
        keys.setdefault(table, set()).add(key_of(row))
    kept = KEPT[person.kind].format(**work.settings.shown)
    return {
        "subject": person.subject,
        "name": person.name,
        "made_at": work.now.isoformat(),
        "made_by": work.me,
        "request": request,
        "readers": {"roles": list(READERS[person.kind]), "text": READ_BY[person.kind]},
        "kept": kept,
        "data": held,
        "history": list(_history(person, keys)),
        "mentions": [_plain(mention.show(work.member)) for mention in mentions(person.subject)],
    }


def _rows(person: Person) -> Iterator[BaseModel]:
    yield from rows_of(person.subject)
    if person.kind == "vpa":
        yield from Absence.select().where(Absence.vpa == person.key)
    if person.kind == "member":
        yield from Reminder.select().where(Reminder.owner == person.key)


def _values(row: BaseModel) -> dict[str, Any]:
    return _plain({f.name: row.__data__.get(f.name) for f in row._meta.sorted_fields if f.name not in HIDDEN})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def _history(person: Person, keys: dict[str, set[Any]]) -> Iterator[dict[str, Any]]:
    subjects = {f"{table}:{key}" for table, found in keys.items() for key in found}
    for row in History.select().order_by(History.id).iterator():
        touched = any(change[1] in keys.get(change[0], ()) for change in row.changes)
        if row.subject in subjects or touched or (person.kind == "member" and row.member == person.key):
            told = {name: getattr(row, name) for name in ("id", "at", "member", "action", "subject")}
            yield _plain(told)


def as_markdown(content: dict[str, Any]) -> str:
    """The same for a person to read, in German."""
    made = clock.german_moment(dt.datetime.fromisoformat(content["made_at"]))
    lines = [
        f"# Auskunft über {_line(content['name'])}", "",
        f"Stand: {made} · Anfrage: {_line(content['request'])}", "",
        f"Wer das liest: {content['readers']['text']}.", f"Wie lange es steht: {content['kept']}.",
    ]  # fmt: skip
    for table, rows in content["data"].items():
        lines += ["", f"## {HEADINGS[table]} ({len(rows)})", *_listed(rows)]
    lines += ["", f"## Verlauf ({len(content['history'])})", *_listed(content["history"])]
    lines += ["", f"## In anderen Texten erwähnt ({len(content['mentions'])})", *_listed(content["mentions"])]
    return "\n".join(lines) + "\n"


def _listed(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        given = {name: value for name, value in row.items() if value not in (None, "", [], {})}
        told = [f"{WORDS.get(name, name)}: {_line(value)}" for name, value in given.items()]
        yield f"- {' · '.join(told)}"


def _line(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return " ".join(str(value).split())
