"""The newest entry of each customer, kept by triggers: the Kundenakte list is read from it, not searched for."""

from __future__ import annotations

from typing import Any

from peewee import IntegerField, SqliteDatabase, TextField

from models.database.fields import BaseModel, MomentField


class Newest(BaseModel):
    """One row a customer, whoever writes: when the newest entry of their two files was written, and by whom.

    Both files have the same readers (A-28), so that one newest entry holds for everybody. Never written by hand, and
    left out of `models.admin.schema.tables`: a copied database makes its own.
    """

    customer = TextField(primary_key=True)
    folded = TextField()
    """The customer's name, for those without an entry."""
    status = TextField()
    """The customer's."""
    at = MomentField(null=True)
    """`created_at` of the entry; None where there is none."""
    entry = IntegerField(null=True)
    author = TextField(null=True)

    class Meta:
        table_name = "newest"


COUNTS = "NEW.subject {like} AND NEW.file IN ('oteam', 'vpa_kunde')"

NEWER = """
UPDATE newest SET at = NEW.created_at, entry = NEW.id, author = substr(NEW.author, 1, 100)
WHERE customer = substr(NEW.subject, 10) AND (at IS NULL OR (at, entry) < (NEW.created_at, NEW.id))
"""

ANEW = """
UPDATE newest SET (at, entry, author) = (
SELECT created_at, id, substr(author, 1, 100) FROM entry
WHERE subject = NEW.subject AND file IN ('oteam', 'vpa_kunde') AND withdrawn_at IS NULL
ORDER BY created_at DESC, id DESC LIMIT 1)
WHERE customer = substr(NEW.subject, 10)
"""

INDEXES = """
CREATE INDEX newest_at ON newest (at, entry) WHERE entry IS NOT NULL
;;
CREATE INDEX newest_author ON newest (author, at, entry) WHERE entry IS NOT NULL
;;
CREATE INDEX newest_status ON newest (status, at, entry) WHERE entry IS NOT NULL
;;
CREATE INDEX newest_silent ON newest (folded, customer) WHERE entry IS NULL
"""

SQLITE = f"""
CREATE TABLE newest (customer TEXT NOT NULL PRIMARY KEY, folded TEXT NOT NULL, status TEXT NOT NULL,
at TIMESTAMPTZ, entry INTEGER, author TEXT) WITHOUT ROWID
;;{INDEXES};;
CREATE TRIGGER newest_of_new_customer AFTER INSERT ON customer BEGIN
INSERT INTO newest (customer, folded, status) VALUES (NEW.id, NEW.folded, NEW.status); END
;;
CREATE TRIGGER newest_renamed AFTER UPDATE OF folded, status ON customer
WHEN NEW.folded <> OLD.folded OR NEW.status <> OLD.status BEGIN
UPDATE newest SET folded = NEW.folded, status = NEW.status WHERE customer = NEW.id; END
;;
CREATE TRIGGER newest_gone AFTER DELETE ON customer BEGIN
DELETE FROM newest WHERE customer = OLD.id; END
;;
CREATE TRIGGER newest_written AFTER INSERT ON entry
WHEN NEW.withdrawn_at IS NULL AND {COUNTS.format(like="GLOB 'customer:*'")} BEGIN
{NEWER.strip()}; END
;;
CREATE TRIGGER newest_withdrawn AFTER UPDATE OF withdrawn_at ON entry
WHEN {COUNTS.format(like="GLOB 'customer:*'")} BEGIN
{ANEW.strip()}; END
"""

POSTGRES = f"""
CREATE TABLE newest (customer TEXT NOT NULL PRIMARY KEY, folded TEXT NOT NULL, status TEXT NOT NULL,
at TIMESTAMPTZ, entry INTEGER, author TEXT)
;;{INDEXES};;
CREATE FUNCTION newest_customer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM newest WHERE customer = OLD.id;
    ELSE
        INSERT INTO newest (customer, folded, status) VALUES (NEW.id, NEW.folded, NEW.status)
        ON CONFLICT (customer) DO UPDATE SET folded = EXCLUDED.folded, status = EXCLUDED.status;
    END IF;
    RETURN NULL;
END $$
;;
CREATE FUNCTION newest_written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
{NEWER.strip()};
    RETURN NULL;
END $$
;;
CREATE FUNCTION newest_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
{ANEW.strip()};
    RETURN NULL;
END $$
;;
CREATE TRIGGER newest_of_new_customer AFTER INSERT ON customer FOR EACH ROW EXECUTE FUNCTION newest_customer()
;;
CREATE TRIGGER newest_renamed AFTER UPDATE OF folded, status ON customer
FOR EACH ROW WHEN (NEW.folded <> OLD.folded OR NEW.status <> OLD.status) EXECUTE FUNCTION newest_customer()
;;
CREATE TRIGGER newest_gone AFTER DELETE ON customer FOR EACH ROW EXECUTE FUNCTION newest_customer()
;;
CREATE TRIGGER newest_written AFTER INSERT ON entry
FOR EACH ROW WHEN (NEW.withdrawn_at IS NULL AND {COUNTS.format(like="LIKE 'customer:%'")})
EXECUTE FUNCTION newest_written()
;;
CREATE TRIGGER newest_withdrawn AFTER UPDATE OF withdrawn_at ON entry
FOR EACH ROW WHEN ({COUNTS.format(like="LIKE 'customer:%'")}) EXECUTE FUNCTION newest_withdrawn()
"""


def create_newest(db: Any) -> None:
    """Create the table, still empty, and the triggers that keep it."""
    on_sqlite = isinstance(db, SqliteDatabase)
    for statement in (SQLITE if on_sqlite else POSTGRES).split(";;"):
        db.execute_sql(statement.strip() if on_sqlite else statement.strip().replace("%", "%%"))
