"""The search part of the schema: what the indexes hold, and the triggers that keep them true."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase

NAMED_TABLES = ("vpa", "customer", "task")
"""Tables with an `id` and a `folded` name or title."""

SEPARATORS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t\n¡¢£¤¥¦§©«¬®°±¶·»¿×÷‐‒–—―‘’‚‛“”„‹›•†‡‰′⁄€"
"""What ends a word in an id or a folded name; `models.ground.text.fold` leaves these as they are."""

SQLITE = """
CREATE VIRTUAL TABLE search_entry USING fts5
(folded, content='entry', content_rowid='id', tokenize='ascii', detail='none', columnsize=0, prefix='1 2')
;;
CREATE TRIGGER search_entry_insert AFTER INSERT ON entry BEGIN
INSERT INTO search_entry (rowid, folded) VALUES (NEW.id, NEW.folded); END
;;
CREATE TRIGGER search_entry_update AFTER UPDATE OF folded ON entry BEGIN
INSERT INTO search_entry (search_entry, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
INSERT INTO search_entry (rowid, folded) VALUES (NEW.id, NEW.folded); END
;;
CREATE TABLE named (n INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, words TEXT NOT NULL)
;;
CREATE VIRTUAL TABLE search_named USING fts5
(words, content='named', content_rowid='n', tokenize='ascii', detail='none', columnsize=0, prefix='1 2')
;;
CREATE TRIGGER search_named_insert AFTER INSERT ON named BEGIN
INSERT INTO search_named (rowid, words) VALUES (NEW.n, NEW.words); END
;;
CREATE TRIGGER search_named_update AFTER UPDATE OF words ON named BEGIN
INSERT INTO search_named (search_named, rowid, words) VALUES ('delete', OLD.n, OLD.words);
INSERT INTO search_named (rowid, words) VALUES (NEW.n, NEW.words); END
;;
CREATE TRIGGER search_named_delete AFTER DELETE ON named BEGIN
INSERT INTO search_named (search_named, rowid, words) VALUES ('delete', OLD.n, OLD.words); END
"""
"""`ascii` leaves everything beyond ASCII in the word, so that exactly blanks part the folded words. Without positions
(`detail`) and sizes an index of 1,000,000 entries takes 45 MB, its beginnings of one and two letters another 30.
A table of its own numbers the named things: the row numbers of tables with a text key change with VACUUM.
"""

SQLITE_NAMED = """
CREATE TRIGGER {table}_named_insert AFTER INSERT ON {table} WHEN NOT ({signs}) BEGIN
INSERT INTO named (subject, words) VALUES ('{table}:' || NEW.id, trim({plain})); END
;;
CREATE TRIGGER {table}_named_insert_signs AFTER INSERT ON {table} WHEN {signs} BEGIN
INSERT INTO named (subject, words) VALUES ('{table}:' || NEW.id, {parted}); END
;;
CREATE TRIGGER {table}_named_update AFTER UPDATE OF folded ON {table}
WHEN NEW.folded <> OLD.folded AND NOT ({signs}) BEGIN
UPDATE named SET words = trim({plain}) WHERE subject = '{table}:' || NEW.id; END
;;
CREATE TRIGGER {table}_named_update_signs AFTER UPDATE OF folded ON {table}
WHEN NEW.folded <> OLD.folded AND ({signs}) BEGIN
UPDATE named SET words = {parted} WHERE subject = '{table}:' || NEW.id; END
;;
CREATE TRIGGER {table}_named_delete AFTER DELETE ON {table} BEGIN
DELETE FROM named WHERE subject = '{table}:' || OLD.id; END
"""
"""Most names have neither signs nor blanks that must go; these are spared the work, and SQLite before 3.47 a nesting
of which its parser runs out.
"""

POSTGRES = """
CREATE FUNCTION search_vector(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF octet_length(words) < 2000 THEN
        RETURN array_to_tsvector(string_to_array(words, ' '));
    END IF;
    RETURN array_to_tsvector(ARRAY(
        SELECT DISTINCT left(word, 64) FROM unnest(string_to_array(left(words, 250000), ' ')) word WHERE word <> ''));
END $$
;;
CREATE FUNCTION search_words(id text, folded text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        translate(folded || ' ' || lower(id COLLATE "C"), {separators}, {blanks}), ' +', ' ', 'g'))
$$
;;
CREATE INDEX search_entry ON entry USING gin (search_vector(folded))
;;
CREATE TABLE named (n BIGSERIAL PRIMARY KEY, subject TEXT NOT NULL UNIQUE, words TEXT NOT NULL)
;;
CREATE INDEX search_named ON named USING gin (search_vector(words))
;;
CREATE FUNCTION named_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO named (subject, words)
    SELECT TG_TABLE_NAME || ':' || id, search_words(id, folded) FROM fresh;
    RETURN NULL;
END $$
;;
CREATE FUNCTION named_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE named SET words = search_words(NEW.id, NEW.folded) WHERE subject = TG_TABLE_NAME || ':' || NEW.id;
    RETURN NULL;
END $$
;;
CREATE FUNCTION named_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    DELETE FROM named WHERE subject = TG_TABLE_NAME || ':' || OLD.id;
    RETURN NULL;
END $$
;;
CREATE FUNCTION named_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    DELETE FROM named WHERE starts_with(subject, TG_TABLE_NAME || ':');
    RETURN NULL;
END $$
"""
"""A tsvector of the words as they are, because a text search configuration would part them anew; cut only where one may
be longer than PostgreSQL holds (2046 bytes), and where all together may be (1 MB).
"""

POSTGRES_NAMED = """
CREATE TRIGGER {table}_named_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION named_insert()
;;
CREATE TRIGGER {table}_named_update AFTER UPDATE OF folded ON {table}
FOR EACH ROW WHEN (NEW.folded <> OLD.folded) EXECUTE FUNCTION named_update()
;;
CREATE TRIGGER {table}_named_delete AFTER DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION named_delete()
;;
CREATE TRIGGER {table}_named_truncate AFTER TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION named_truncate()
"""


def create_search(db: Any) -> None:
    """Create the indexes over all tables as they are, still empty, and the triggers that feed them."""
    on_sqlite = isinstance(db, SqliteDatabase)
    for statement in _sqlite() if on_sqlite else _postgres():
        db.execute_sql(statement)


def _sqlite() -> list[str]:
    plain = "(NEW.folded || ' ' || lower(NEW.id))"
    values = {
        "plain": plain,
        "signs": f"{plain} GLOB '*[^a-z0-9 ]*' OR {plain} GLOB '*  *'",
        "parted": _parted(plain),
    }
    scripts = [SQLITE, *(SQLITE_NAMED.format(table=table, **values) for table in NAMED_TABLES)]
    return [statement for script in scripts for statement in script.split("\n;;\n")]


def _parted(text: str) -> str:
    """The text with one blank for any run of separators; in steps, because SQLite before 3.47 nests no deeper."""
    source = f"(SELECT {text} AS w)"
    for start in range(0, len(SEPARATORS), NESTED):
        step = "w"
        for char in SEPARATORS[start : start + NESTED]:
            step = f"replace({step}, {_quoted(char)}, ' ')"
        source = f"(SELECT {step} AS w FROM {source})"
    return f"(SELECT trim(replace(replace(replace(w, ' ', '<>'), '><', ''), '<>', ' ')) FROM {source})"


NESTED = 12
"""Calls within calls in one step."""


def _postgres() -> list[str]:
    common = POSTGRES.format(separators=_quoted(SEPARATORS), blanks=_quoted(" " * len(SEPARATORS)))
    scripts = [common, *(POSTGRES_NAMED.format(table=table) for table in NAMED_TABLES)]
    return [statement.replace("%", "%%") for script in scripts for statement in script.split("\n;;\n")]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
