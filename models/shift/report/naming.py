"""Whom the subjects of a history are about: the name of a VPA or customer for each, a few questions for all of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from models.action.base import CATALOGUE
from models.action.catalogue import load_all
from models.ground import clock
from models.shift.day.overview import CHUNK
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.handover import Handover
from models.tables.outbox import Outbox
from models.tables.people import Customer, Vpa
from models.tables.reminder import Reminder
from models.tables.task import Task

LEADS_TO: dict[str, tuple[Any, Any]] = {
    "case": (Case.id, Case.vpa_name),
    "flag": (Flag.id, Flag.vpa_name),
    "task": (Task.id, Task.title),
    "vpa": (Vpa.id, Vpa.name),
    "customer": (Customer.id, Customer.name),
}
"""Where a name stands beside the key."""

STEPS: dict[str, tuple[Any, Any, str]] = {
    "reminder": (Reminder.id, Reminder.subject, ""),
    "entry": (Entry.id, Entry.subject, ""),
    "outbox": (Outbox.id, Outbox.subject, ""),
    "handover": (Handover.id, Handover.customer, "customer:"),
}
"""What hangs on a VPA or customer, and what to put before its value to name that."""


BESIDE = {
    "check": "Nachgesehen", "import": "Import", "init": "Datenbank angelegt", "restore": "Sicherung eingespielt",
    "move": "Umgezogen", "journey.raise": "Neu-Flags gesetzt",
    "import.failed": "Import gescheitert", "import.settled": "Gescheiterter Import geklärt",
}  # fmt: skip
"""What members do beside the actions, as a member calls it."""


def deed_label(code: str) -> str:
    """What an action is called, or what was done beside the actions; the code where nobody has named it."""
    load_all()
    return CATALOGUE[code].label if code in CATALOGUE else BESIDE.get(code, code)


def names_of(subjects: Iterable[str]) -> dict[str, str]:
    """A name for each subject; one that names nothing we know (`setting:…`, a row undone) shows its key."""
    wanted = set(subjects)
    owners = _read(wanted, {noun: (key, value) for noun, (key, value, _) in STEPS.items()})
    behind = {subject: f"{STEPS[subject.partition(':')[0]][2]}{value}" for subject, value in owners.items()}
    known = _read(wanted | set(behind.values()), LEADS_TO)
    return {one: known.get(behind.get(one, one)) or _alone(behind.get(one, one)) for one in wanted}


def _alone(subject: str) -> str:
    """A subject that names nobody: a day as its date, else its key."""
    noun, _, key = subject.partition(":")
    return clock.german_date(dt.date.fromisoformat(key)) if noun == "day" and key else key or subject


def _read(subjects: Iterable[str], columns: dict[str, tuple[Any, Any]]) -> dict[str, str]:
    """The value beside the key of each subject of these nouns."""
    keys: dict[str, list[Any]] = defaultdict(list)
    for subject in subjects:
        noun, _, key = subject.partition(":")
        if noun in columns and key:
            keys[noun].append(int(key) if columns[noun][0].field_type == "AUTO" else key)
    found: dict[str, str] = {}
    for noun, some in keys.items():
        column, value = columns[noun]
        for start in range(0, len(some), CHUNK):
            rows = column.model.select(column, value).where(column.in_(some[start : start + CHUNK])).tuples()
            found |= {f"{noun}:{key}": str(name) for key, name in rows}
    return found
