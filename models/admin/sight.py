"""Reading with the eyes of a VPA: on a server by a role that cannot see anything internal (K-02)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from peewee import SqliteDatabase

from models.admin.rights import quoted
from models.database.fields import proxy

ROLE = "SELECT rolname FROM pg_roles WHERE rolname = current_database() || '_vpa_view' AND pg_has_role(oid, 'MEMBER')"


@contextlib.contextmanager
def as_vpa() -> Iterator[None]:
    """Inside, the database itself refuses what a VPA may not see; without the roles of a team only the query does."""
    db: Any = proxy.obj
    found = None if isinstance(db, SqliteDatabase) else db.execute_sql(ROLE).fetchone()
    if found is None:
        yield
        return
    with db.atomic():  # an error takes the role back by itself
        db.execute_sql(f"SET LOCAL ROLE {quoted(found[0])}")
        yield
        db.execute_sql("RESET ROLE")
