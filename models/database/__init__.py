"""One connection a thread to SQLite or PostgreSQL: the store, its fields, raw rows, pages, news."""
