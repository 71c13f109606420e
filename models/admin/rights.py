"""Roles and grants of a team on PostgreSQL, put in place by whoever may: `init`, `restore` and `move` (issue 5 §2).

Roles belong to the whole cluster, so they bear the name of the database: in `schicht` they are `schicht_team`,
`schicht_at` … and two teams, or two tests, on one server never share any. There is no switch: who may make roles gets
them, and who may not works as before, with rules held by the program alone; `schicht doctor` says which it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from models.admin.triggers import functions
from models.tables.people import ROLES
from models.tables.registry import tables

GRANTS = Path(__file__).with_name("grants.sql")

LONGEST_NAME = 63
"""Bytes of a name in PostgreSQL."""


@dataclass(frozen=True)
class Cluster:
    """Where we are, and who we are there."""

    database: str
    schema: str
    user: str
    """Whose rights we use now."""
    is_admin: bool
    """Whether the login is a superuser."""
    makes_roles: bool
    owner: str
    """Whom the tables belong to."""
    owner_is_admin: bool
    database_owner: str
    database_owner_is_admin: bool
    database_owner_logs_in: bool
    server: int
    """Version, such as 150018."""

    @classmethod
    def read(cls, db: Any) -> Cluster:
        """As it is now; the tables are there."""
        row = db.execute_sql(
            "SELECT current_database(), current_schema(), current_user::text, s.rolsuper, c.rolcreaterole, o.rolname, "
            "o.rolsuper, d.rolname, d.rolsuper, d.rolcanlogin, current_setting('server_version_num')::integer "
            "FROM pg_roles s, pg_roles c, pg_roles o, pg_class h, pg_roles d, pg_database b "
            "WHERE s.rolname = session_user AND c.rolname = current_user AND h.oid = 'history'::regclass "
            "AND o.oid = h.relowner AND b.datname = current_database() AND d.oid = b.datdba"
        ).fetchone()
        return cls(*row)

    def role(self, part: str) -> str:
        """Name of the role for this part."""
        return f"{self.database}_{part}"

    @property
    def parts(self) -> tuple[str, ...]:
        """All group roles by part."""
        return ("team", *ROLES, "vpa_view")

    @property
    def fits(self) -> bool:
        """Whether the database's name leaves room for those of the roles."""
        return all(len(self.role(part).encode()) <= LONGEST_NAME for part in self.parts)


def install(db: Any) -> bool:
    """Make the roles, hand the tables to an owner without login, give the rights; whether they are in place now.

    Runs inside the transaction that made or replaced the tables, under the lock of the schema. Changes nothing where
    the login may not make roles.
    """
    if isinstance(db, SqliteDatabase):
        return False
    here = Cluster.read(db)
    if here.is_admin and here.fits:
        db.execute_sql("SET LOCAL ROLE NONE")
        _hand_over(db, here)
    elif not (here.makes_roles and here.user == here.owner and here.fits):
        return is_installed(db)
    _make_roles(db, Cluster.read(db))
    _grant(db, here)
    if here.is_admin:
        _take_back(db, Cluster.read(db))
    db.execute_sql(
        "SELECT rights_login(login, ARRAY(SELECT jsonb_array_elements_text(roles::jsonb))) FROM member "
        "WHERE login IS NOT NULL AND left_on IS NULL"
    )
    return True


def is_installed(db: Any) -> bool:
    """Whether the roles of this database are there and may do what the team does."""
    sql = (
        "SELECT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = current_database() || '_team' "
        "AND has_column_privilege(r.oid, 'audit', 'id', 'INSERT'))"
    )
    return bool(db.execute_sql(sql).fetchone()[0])


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""').replace("%", "%%") + '"'


def _hand_over(db: Any, here: Cluster) -> None:
    """Nobody logs in as the owner: what a superuser has made goes to a role of its own."""
    owner = here.owner
    if here.owner_is_admin:
        at_home = not (here.database_owner_is_admin or here.database_owner_logs_in)
        owner = here.database_owner if at_home else here.role("owner")
        _make_role(db, owner)
    for kind, name in _ours(db, but_not_of=owner):  # the newest migration's too
        db.execute_sql(f"ALTER {kind} {name} OWNER TO {quoted(owner)}")
    db.execute_sql(f"ALTER ROLE {quoted(owner)} CREATEROLE")
    if here.database_owner_is_admin:
        db.execute_sql(f"ALTER DATABASE {quoted(here.database)} OWNER TO {quoted(owner)}")
    db.execute_sql(f"GRANT USAGE, CREATE ON SCHEMA {quoted(here.schema)} TO {quoted(owner)}")


def _ours(db: Any, but_not_of: str = "") -> list[tuple[str, str]]:
    """Kind and name of what the schema has made, and does not belong to this role yet."""
    relations = "CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, quote_ident(relname) FROM pg_class"
    routines = "'FUNCTION', oid::regprocedure::text FROM pg_proc"
    sql = (
        f"SELECT {relations} WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v') "
        "AND relname = ANY (%s) AND pg_get_userbyid(relowner) <> %s UNION ALL "
        f"SELECT {routines} WHERE pronamespace = current_schema()::regnamespace "
        "AND proname = ANY (%s) AND pg_get_userbyid(proowner) <> %s"
    )
    names = [*team_tables(), "untraced", "audit", "green_entry"]
    return list(db.execute_sql(sql, (names, but_not_of, functions(), but_not_of)).fetchall())


def team_tables() -> list[str]:
    """Tables that the team reads."""
    return [*(str(model._meta.table_name) for model in tables()), "claim", "named", "newest", "schema_migration"]


def _make_role(db: Any, name: str) -> None:
    if db.execute_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone() is None:
        db.execute_sql(f"CREATE ROLE {quoted(name)} NOLOGIN")


def _make_roles(db: Any, here: Cluster) -> None:
    for part in here.parts:
        _make_role(db, here.role(part))
        if here.is_admin and here.server >= 160000:  # there CREATEROLE rules over its own roles only
            db.execute_sql(f"GRANT {quoted(here.role(part))} TO {quoted(here.owner)} WITH ADMIN OPTION")


def _take_back(db: Any, here: Cluster) -> None:
    """Parts that somebody else than the owner has given to members: what they are to have is given anew.

    Up to PostgreSQL 15 whoever takes a role away takes it from all who gave it, later only from the one that is named.
    """
    given = db.execute_sql(
        "SELECT g.rolname, m.rolname, b.rolname FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid "
        "JOIN pg_roles m ON m.oid = a.member JOIN pg_roles b ON b.oid = a.grantor "
        "WHERE g.rolname = ANY (%s) AND %s NOT IN (b.rolname, m.rolname) AND m.rolname IN (SELECT login FROM member)",
        ([here.role(part) for part in ROLES], here.owner),
    )
    for role, login, grantor in given.fetchall():
        db.execute_sql(f"REVOKE {quoted(role)} FROM {quoted(login)} GRANTED BY {quoted(grantor)} CASCADE")


def _grant(db: Any, here: Cluster) -> None:
    elders = _elders(db, here)
    script = re.sub(r"^--.*\n", "", GRANTS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    roles = {part: quoted(here.role(part)) for part in here.parts}
    words = {
        **roles,
        "schema": quoted(here.schema),
        "parts": ", ".join(roles[part] for part in ROLES),
        "everybody": ", ".join([*roles.values(), *elders]),
        "tables": ", ".join(quoted(name) for name in team_tables()),
        "sequences": ", ".join(_sequences(db)),
        "functions": ", ".join(name for kind, name in _ours(db) if kind == "FUNCTION"),
    }

    def told(match: re.Match[str]) -> str:
        table, _, fixed = match[1].partition(" - ")
        return _columns_but(db, table, fixed.split(", ")) if fixed else words[table]

    for statement in script.rstrip("\n").split("\n;;\n"):
        db.execute_sql(re.sub(r"\{([^}]*)\}", told, statement))
    if here.is_admin or here.database_owner == here.user:
        _close_database(db, here, elders)


def _sequences(db: Any) -> list[str]:
    rows = db.execute_sql(
        "SELECT d.objid::regclass::text FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid "
        "WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0 "
        "AND (SELECT relkind FROM pg_class WHERE oid = d.objid) = 'S' "
        "AND t.relnamespace = current_schema()::regnamespace AND t.relname = ANY (%s)",
        (team_tables(),),
    )
    return [name for (name,) in rows.fetchall()]


def _columns_but(db: Any, table: str, fixed: list[str]) -> str:
    names = [column.name for column in db.get_columns(table)]
    assert set(fixed) <= set(names), (table, fixed)
    return ", ".join(quoted(name) for name in names if name not in fixed)


def _elders(db: Any, here: Cluster) -> list[str]:
    """Groups of the name the database had before, or of the one it was copied from: here they lose every right."""
    rows = db.execute_sql(
        "SELECT r.rolname FROM pg_roles r WHERE EXISTS (SELECT FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles t "
        "ON t.oid = a.grantee WHERE c.oid = 'meta'::regclass AND t.rolname <> %s AND t.rolname LIKE '%%\\_team' "
        "AND r.rolname IN (SELECT regexp_replace(t.rolname, 'team$', '') || part FROM unnest(%s::text[]) part))",
        (here.role("team"), list(here.parts)),
    )
    return [quoted(name) for (name,) in rows.fetchall()]


def _close_database(db: Any, here: Cluster, elders: list[str]) -> None:
    """Only the team comes in, and nobody of it puts tables or functions beside ours."""
    database, team, view = quoted(here.database), quoted(here.role("team")), quoted(here.role("vpa_view"))
    db.execute_sql(f"REVOKE ALL ON DATABASE {database} FROM {', '.join(['PUBLIC', team, view, *elders])}")
    db.execute_sql(f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {team}")
    db.execute_sql(f"GRANT CONNECT ON DATABASE {database} TO {view}")
    db.execute_sql(f"REVOKE CREATE ON SCHEMA {quoted(here.schema)} FROM PUBLIC, {team}, {view}")
