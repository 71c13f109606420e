"""The open transaction an Action works in: who, when, and the ledger of every row it writes."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import pendulum
from peewee import SqliteDatabase

from models.database import rows
from models.database.fields import BaseModel, IdField, Versioned, proxy
from models.database.store import Store
from models.ground.clock import Clock
from models.ground.errors import ConflictError, NotFoundError
from models.ground.presence import Presence
from models.ground.text import id_text, is_plain
from models.ground.workdays import Workdays
from models.tables.history import Change, Stamp, latest_by, lock_head
from models.tables.people import Customer, Member, Vpa
from models.tables.setting import Settings

M = TypeVar("M", bound=BaseModel)

_MARKED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)

BIGGEST_ID = 2**63 - 1
"""Largest whole number both engines hold."""


@dataclass
class Session:
    """Who works where: what every question and every action needs to know."""

    store: Store
    clock: Clock
    kuerzel: str | None = None
    """The acting member, in the Kürzel's own spelling."""
    account: str = ""
    """Account of the operating system."""
    presence: Presence = field(default_factory=Presence, repr=False, compare=False)
    """Who else works on what."""

    def work(self, locking: bool = False, despite: str | None = None, trial: bool = False) -> Work:
        """A fresh view of members and settings; `locking` inside a transaction, `trial` in one that is rolled back."""
        return Work(self, self.clock.now(), locking, despite, trial)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Any]:
        """One transaction. Writers queue up from its beginning, on PostgreSQL as on SQLite: what a rule has seen holds
        until the commit, and nobody waits crosswise for another.
        """
        with self.store.transaction() as transaction:
            lock_head()
            yield transaction


@dataclass
class Work:
    """One action's view of the world. Outside the runner it only reads."""

    session: Session
    now: pendulum.DateTime
    """Berlin time; stands still for the whole action."""
    locking: bool = False
    despite: str | None = None
    """The reason given for passing warnings."""
    trial: bool = False
    """Whether it is only tried out (`--dry-run`)."""
    changes: list[Change] = field(default_factory=list)

    @property
    def today(self) -> dt.date:
        """The Berlin date."""
        return self.now.date()

    @cached_property
    def member(self) -> Member | None:
        """The acting member, or None."""
        return Member.find(self.session.kuerzel) if self.session.kuerzel else None

    @property
    def me(self) -> str:
        """Kürzel of the acting member; the runner has made sure that there is one."""
        assert self.member is not None
        return self.member.kuerzel

    @cached_property
    def settings(self) -> Settings:
        """The team's settings as they are now."""
        return Settings.read()

    @cached_property
    def workdays(self) -> Workdays:
        """The team's working days."""
        return Workdays(self.settings.holidays)

    @property
    def stamp(self) -> Stamp:
        """Who and when, for the history."""
        kuerzel = self.member.kuerzel if self.member else None
        return Stamp(self.now, kuerzel, self.session.account)

    def has_role(self, *roles: str) -> bool:
        """Whether the acting member has one of these roles."""
        return self.member is not None and self.member.has(*roles)

    # Reading

    def get(self, model: type[M], key: Any, what: str) -> M:
        """The row with this key, locked while acting. `what` is its German name for the refusal."""
        row = self.find(model, key)
        if row is None:
            raise NotFoundError(f"{what} „{key}“ gibt es nicht.")
        return row

    def find(self, model: type[M], key: Any) -> M | None:
        """The row with this key, or None, also for a key that cannot be one. What nobody sees in it does not count."""
        primary: Any = model._meta.primary_key
        if primary.field_type in ("AUTO", "INT"):
            key = whole_number(str(key))
            if key is None:
                return None
        where = f'"{primary.column_name}" = ?'
        found = rows.first(model, where, primary.db_value(key), lock=self.locking)
        if found is None and isinstance(key, str) and not is_plain(key):
            found = rows.first(model, where, primary.db_value(id_text(key)), lock=self.locking)
        return found

    def require_member(self, kuerzel: str) -> Member:
        """The member with this Kürzel; `NotFoundError` for an unknown one."""
        member = Member.find(kuerzel)
        if member is None:
            raise NotFoundError(f"Das Kürzel „{kuerzel}“ kennt das Team nicht.")
        return member

    def subject(self, kind: str, key: str) -> str:
        """`vpa:…` or `customer:…` of one that exists."""
        if kind == "vpa":
            return f"vpa:{self.get(Vpa, key, 'Die VPA').id}"
        return f"customer:{self.get(Customer, key, 'Den Kunden').id}"

    def check_seen(self, row: Versioned, subject: str, seen: int | None) -> None:
        """Refuse a save that saw an older version, and say who changed it."""
        if seen is not None and row.version != seen:
            raise changed_meanwhile(subject)

    # Writing: the only four ways

    def insert(self, model: type[M], **values: Any) -> M:
        """Write a new row."""
        row = model(**{**self._foreseen(model), **values})
        rows.insert(row)
        after = stored(row)
        self.changes.append(Change(table(model), key_of(row), None, after, None, mark(after, model.derived)))
        return row

    def _foreseen(self, model: type[M]) -> dict[str, int]:
        """The id that the deed will give a new row: a trial takes none, since a PostgreSQL sequence never goes back.

        No other writer takes one meanwhile: they all queue up behind `Session.writing`.
        """
        key: Any = model._meta.primary_key
        if not self.trial or not isinstance(key, IdField) or isinstance(proxy.obj, SqliteDatabase):
            return {}
        name = table(model)
        query = "SELECT COALESCE(pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass), 0)"
        taken = proxy.execute_sql(query, (f'"{name}"', key.column_name)).fetchone()[0]
        here = sum(change.table == name and change.before is None for change in self.changes)
        return {key.name: taken + here + 1}

    def update(self, row: M, **values: Any) -> M:
        """Change columns of a row, if nobody else has changed it since it was read."""
        before = stored(row)
        for name, value in values.items():
            setattr(row, name, value)
        after = stored(row)
        names = [name for name in after if after[name] != before[name]]
        if not names:
            return row
        version = None
        if isinstance(row, Versioned):
            version = row.version
            row.version += 1
        if not rows.update(row, [*names, "version"] if version is not None else names, version):
            raise ConflictError("Jemand anderes hat das gerade geändert. Lade neu und sieh es dir noch einmal an.")
        kept = ({n: before[n] for n in names}, {n: after[n] for n in names})
        marks = (mark(before, row.derived), mark(after, row.derived))
        self.changes.append(Change(table(type(row)), key_of(row), *kept, *marks))
        return row

    def delete(self, row: BaseModel) -> None:
        """Take a row away; only undo does that, and never with entries or history."""
        before = stored(row)
        if row.delete_instance() != 1:
            raise ConflictError("Jemand anderes hat das gerade entfernt.")
        self.changes.append(Change(table(type(row)), key_of(row), before, None, mark(before, row.derived), None))

    def erase(self, row: BaseModel, **values: Any) -> None:
        """Empty columns for good: the one change that keeps no earlier value, for nobody may have it back (A-28)."""
        if isinstance(row, Versioned):
            values["version"] = row.version + 1
        type(row).update(values).where(type(row)._meta.primary_key == key_of(row)).execute()


def whole_number(text: str) -> int | None:
    """The id this text writes in its one normal form, so that `case:7` has no second name; None for anything else."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(BIGGEST_ID)):
        return None
    number = int(text)
    return number if str(number) == text and number <= BIGGEST_ID else None


def key_of(row: Any) -> Any:
    """The row's primary key as it is stored: a number or a text."""
    return row._meta.primary_key.db_value(row._pk)


def table(model: type[BaseModel]) -> str:
    """Name of the table; for subjects also the kind."""
    return str(model._meta.table_name)


def stored(row: BaseModel) -> dict[str, Any]:
    """The row's columns as they are stored, without its version: what undo compares and restores."""
    return {f.name: f.db_value(row.__data__.get(f.name)) for f in row._meta.sorted_fields if f.name != "version"}


def mark(values: dict[str, Any], derived: frozenset[str] = frozenset()) -> str:
    """A short fingerprint of a row but for what is `derived`: tells whether anybody has touched it since."""
    said = {name: value for name, value in values.items() if name not in derived} if derived else values
    return hashlib.blake2b(_MARKED.encode(said).encode(), digest_size=8).hexdigest()


def changed_meanwhile(subject: str) -> ConflictError:
    """The refusal that names who was first, and with what."""
    from models.action.base import CATALOGUE

    row = latest_by(subject)
    who = row.member if row is not None and row.member else "jemand anderes"
    action = CATALOGUE.get(row.action) if row is not None else None
    what = f" („{action.label}“)" if action is not None else ""
    return ConflictError(f"Inzwischen hat {who} das geändert{what}. Lade neu; was du geschrieben hast, bleibt stehen.")
