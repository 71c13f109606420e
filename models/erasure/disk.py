"""What a deleted text leaves behind on the disk: old pages, the write-ahead log, the search index (PITFALLS)."""

from __future__ import annotations

from pathlib import Path

from models.database.store import Store
from models.erasure.rows import BLANK
from models.tables.person import Erasure

INDEXES = ("search_entry", "search_named")
OTHERS = ("history", "earlier", "twin", "named", "newest")
"""Tables that have held texts beside those of the persons themselves."""


def clean_up(store: Store, erasure: int) -> None:
    """Clear the disk and note it at the request: until that is done, confirming it again goes on here."""
    clear_disk(store)
    with store.transaction():
        Erasure.update(cleaned=True).where(Erasure.id == erasure).execute()


def clear_disk(store: Store) -> None:
    """Write the database anew without it; takes as long as copying the file. Outside a transaction.

    Copies that the program itself has laid down before a migration go too: they hold the person still.
    """
    if store.engine == "sqlite":
        for index in INDEXES:
            store.db.execute_sql(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        store.db.execute_sql("VACUUM")
        store.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        for copy in copies(store):
            copy.unlink(missing_ok=True)
        return
    for table in (*BLANK, *OTHERS):
        store.db.execute_sql(f'VACUUM (FULL) "{table}"')


def copies(store: Store) -> list[Path]:
    """Copies beside a SQLite file that the program made before a migration."""
    file = Path(str(store.db.database))
    return sorted(file.parent.glob(f"{file.name}.vor-schema-*"))
