"""What a deleted text leaves behind on the disk: old pages, the write-ahead log, the search index (PITFALLS)."""

from __future__ import annotations

from models.database.store import Store

INDEXES = ("search_entry", "search_named")


def clear_disk(store: Store) -> None:
    """Write the database anew without it; takes as long as copying the file. Outside a transaction."""
    if store.engine == "sqlite":
        for index in INDEXES:
            store.db.execute_sql(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        store.db.execute_sql("VACUUM")
        store.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    store.db.execute_sql("VACUUM")
