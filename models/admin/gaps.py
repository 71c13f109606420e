"""What a database does not protect: said honestly by `doctor`, without names of persons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.admin.rights import is_installed
from models.database.fields import proxy
from models.database.store import Store, sqlite_path
from models.tables.people import ROLES as PARTS
from models.tables.people import Member
from models.tables.registry import tables

FILE = (
    "Eine Datei schützt sich nicht selbst: Wer sie schreiben darf, kommt am Programm vorbei. "
    "Was am Verlauf verändert wurde, findet `schicht history verify`."
)
READABLE = "Die Datei ist für andere Konten dieses Rechners offen: chmod 600 schließt sie."
UNVERIFIED = (
    "Die Verbindung geht über ein Netz, und niemand prüft, ob der richtige Server antwortet: "
    "sslmode=verify-full mit sslrootcert=… in der Adresse stellt es sicher."
)
SUPERUSER = "Deine Anmeldung ist Superuser: Ihr verweigert die Datenbank nichts. Nimm für die Arbeit eine eigene."
OWNER = "Deine Anmeldung hat die Rechte der Eigentümerin: Ihr verweigert die Datenbank nichts. Nimm eine eigene."
EVIDENCE = "Deine Anmeldung hat am Verlauf mehr Rechte als lesen."
NOBODYS = "Deine Anmeldung an der Datenbank gehört keinem Mitglied allein: Wer was tat, weiß nur das Programm."
SHARED = "Mitglieder teilen sich eine Anmeldung: {} Mal steht dieselbe bei mehreren."
MISSING = "Dem Team fehlen Rechte an: {}. `schicht init` als Superuser oder Eigentümerin vergibt sie."
ROLES = (
    "Was welche Teamrolle darf, prüft das Programm und nicht die Datenbank. "
    "`schicht init` als Superuser oder Eigentümerin richtet Rollen ein."
)
UNPREPARED = "Mitglieder ohne passende Anmeldung an der Datenbank: {}. `schicht init` gleicht sie an."
STRANGERS = "Anmeldungen mit Rechten des Teams, die keinem Mitglied gehören: {}."

WORKING = {
    "meta": "SELECT", "history": "SELECT", "history_head": "SELECT", "entry": "SELECT, INSERT",
    "import": "SELECT, INSERT", "day": "SELECT, INSERT", "look": "SELECT, INSERT", "note": "SELECT, INSERT",
    "earlier": "SELECT", "restriction": "SELECT, INSERT", "access": "SELECT, INSERT",
}  # fmt: skip
"""What the team needs at least; at all other tables `EVERYWHERE`. UPDATE: of some column."""
EVERYWHERE = "SELECT, INSERT, UPDATE"

MORE_THAN_READING = """
SELECT has_any_column_privilege('history', 'INSERT, UPDATE') OR has_table_privilege('history', 'DELETE, TRUNCATE')
"""
WRONG_LOGINS = """
SELECT count(*) FROM member m LEFT JOIN pg_roles r ON r.rolname = m.login
WHERE m.login IS NOT NULL AND m.left_on IS NULL AND NOT coalesce(r.rolsuper, false) AND (r.oid IS NULL OR EXISTS (
SELECT FROM unnest(%s::text[]) part JOIN pg_roles g ON g.rolname = current_database() || '_' || part
WHERE pg_has_role(r.oid, g.oid, 'MEMBER') <> (m.roles::jsonb ? part)))
"""
STRANGE_LOGINS = """
SELECT count(*) FROM pg_roles r JOIN pg_roles t ON t.rolname = current_database() || '_team'
WHERE r.rolcanlogin AND NOT r.rolsuper AND pg_has_role(r.oid, t.oid, 'MEMBER')
AND r.oid <> (SELECT relowner FROM pg_class WHERE oid = 'history'::regclass)
AND NOT EXISTS (SELECT FROM member m WHERE m.login = r.rolname AND m.left_on IS NULL)
"""


def gaps(store: Store) -> list[str]:
    """Everything that is not protected here, a sentence each."""
    return [*(_of_file(store) if store.engine == "sqlite" else _of_server()), *_of_members()]


def _of_file(store: Store) -> Iterator[str]:
    yield FILE
    path = sqlite_path(store.url)
    if path.stat().st_mode & 0o077:
        yield READABLE


def _of_server() -> Iterator[str]:
    from models.database.server import is_unverified

    if is_unverified(proxy.obj.connection()):
        yield UNVERIFIED
    if _ask("SELECT rolsuper FROM pg_roles WHERE rolname = session_user"):
        yield SUPERUSER
    elif _ask("SELECT pg_has_role(session_user, relowner, 'MEMBER') FROM pg_class WHERE oid = 'history'::regclass"):
        yield OWNER
    elif _ask(MORE_THAN_READING):
        yield EVIDENCE
    installed = is_installed(proxy.obj)
    team = _ask("SELECT current_database() || '_team'") if installed else _ask("SELECT current_user::text")
    lacking = [name for name in (str(model._meta.table_name) for model in tables()) if not _may_work_with(team, name)]
    if lacking:
        yield MISSING.format(", ".join(lacking))
    login = _ask("SELECT session_user::text")
    if Member.select().where(Member.login == login, Member.left_on.is_null()).count() != 1:
        yield NOBODYS
    if not installed:
        yield ROLES
    else:
        yield from _of_logins()


def _of_logins() -> Iterator[str]:
    """The memberships on the server beside those in the team."""
    if wrong := _ask(WRONG_LOGINS, list(PARTS)):
        yield UNPREPARED.format(wrong)
    if strange := _ask(STRANGE_LOGINS):
        yield STRANGERS.format(strange)


def _may_work_with(role: str, table: str) -> bool:
    """`has_table_privilege` asks for any of several, so each is asked for by itself."""
    wanted = WORKING.get(table, EVERYWHERE).split(", ")
    return all(_ask("SELECT has_any_column_privilege(%s, %s, %s)", role, f'"{table}"', one) for one in wanted)


def _of_members() -> Iterator[str]:
    logins = [
        str(member.login) for member in Member.select().where(Member.login.is_null(False), Member.left_on.is_null())
    ]
    shared = {login for login in logins if logins.count(login) > 1}
    if shared:
        yield SHARED.format(len(shared))


def _ask(sql: str, *values: Any) -> Any:
    db: Any = proxy.obj
    return db.execute_sql(sql, values or None).fetchone()[0]
