"""The base of all tables: which database they live in, and field types that store alike on both engines."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, ClassVar

import pendulum
from peewee import SQL, AutoField, DatabaseProxy, Field, IntegerField, Model, NodeList, SqliteDatabase, TextField

proxy = DatabaseProxy()
"""Stands for the database until one is opened."""

CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
"""Equal values give equal texts; one encoder for all is twice as quick."""


class MomentField(Field):
    """A moment: an aware `pendulum.DateTime` in Python, UTC in storage (sortable text, or timestamptz)."""

    field_type = "TIMESTAMPTZ"

    def db_value(self, value: dt.datetime | None) -> str | None:
        """UTC with microseconds, so that text order is time order."""
        if value is None:
            return None
        return value.astimezone(dt.UTC).isoformat(" ", "microseconds")

    def python_value(self, value: Any) -> pendulum.DateTime | None:
        """In UTC; people are shown Berlin time by `models.ground.clock`."""
        if value is None:
            return None
        found = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
        utc = found.astimezone(dt.UTC)
        # By hand: `pendulum.instance` looks for the time zone, which takes five times as long.
        clock = (utc.hour, utc.minute, utc.second, utc.microsecond)
        return pendulum.DateTime(utc.year, utc.month, utc.day, *clock, tzinfo=pendulum.UTC)


class DayField(Field):
    """A calendar day: `datetime.date` in Python, ISO text or DATE in storage."""

    field_type = "DATE"

    def db_value(self, value: dt.date | None) -> str | None:
        """ISO text, which both engines take."""
        return None if value is None else value.isoformat()

    def python_value(self, value: Any) -> dt.date | None:
        """A plain date."""
        return dt.date.fromisoformat(value) if isinstance(value, str) else value


class JsonField(TextField):
    """A list or dict as JSON text, keys sorted: equal values are equal bytes on both engines."""

    def db_value(self, value: Any) -> str | None:
        """Canonical JSON, or NULL for None."""
        return None if value is None else CANONICAL.encode(value)

    def python_value(self, value: str | None) -> Any:
        """The value back."""
        return None if value is None else json.loads(value)


class BaseModel(Model):
    """A table of this program."""

    derived: ClassVar[frozenset[str]] = frozenset()
    """Columns that the program judges or copies anew by itself: nobody has built on a row because they changed."""

    class Meta:
        database = proxy
        legacy_table_names = False


class Versioned(BaseModel):
    """A row that members change: each save names the version it saw (DESIGN law 7)."""

    version = IntegerField(default=1)
    """Counts the changes; never goes back."""


class IdField(AutoField):
    """A whole number that is never used again, also after an undo took its row away."""

    def ddl(self, ctx: Any) -> Any:
        """SQLite needs AUTOINCREMENT for that; a PostgreSQL sequence never goes back."""
        node = super().ddl(ctx)
        return NodeList((node, SQL("AUTOINCREMENT"))) if isinstance(proxy.obj, SqliteDatabase) else node
