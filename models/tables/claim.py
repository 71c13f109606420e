"""The table of claims."""

from __future__ import annotations

from typing import Any

from peewee import CompositeKey, SqliteDatabase, TextField

from models.database.fields import BaseModel, MomentField


class Claim(BaseModel):
    """Somebody has a form about this thing open: one row for each of them.

    Left out of `registry.tables`: no history, no undo, no move and no fingerprint knows it, and a copied database
    begins without. It is presence, not data: it informs, ends by itself and leaves no trace. On PostgreSQL it is not
    logged: after a crash nobody's form is open any more.
    """

    subject = TextField()
    """Such as `case:12`."""
    holder = TextField()
    """The running program with the form, a random name: a member may have several."""
    member = TextField()
    """Kürzel of who works on it."""
    since = MomentField()
    """By the clock of the database, as `until` is: no terminal's clock decides."""
    until = MomentField()
    """When it ends unless it is renewed: a session that dies takes nothing along."""

    class Meta:
        table_name = "claim"
        primary_key = CompositeKey("subject", "holder")


SQLITE = """
CREATE TABLE claim (subject TEXT NOT NULL, holder TEXT NOT NULL, member TEXT NOT NULL,
since TIMESTAMPTZ NOT NULL, until TIMESTAMPTZ NOT NULL, PRIMARY KEY (subject, holder)) WITHOUT ROWID
"""

POSTGRES = """
CREATE UNLOGGED TABLE claim (subject TEXT NOT NULL, holder TEXT NOT NULL, member TEXT NOT NULL,
since TIMESTAMPTZ NOT NULL, until TIMESTAMPTZ NOT NULL, PRIMARY KEY (subject, holder))
"""


def create_claims(db: Any) -> None:
    """Create the table, empty."""
    db.execute_sql((SQLITE if isinstance(db, SqliteDatabase) else POSTGRES).strip())
