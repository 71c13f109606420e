"""What a database does not protect: said honestly by `doctor`, without names of persons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.base import proxy
from models.database import Store, sqlite_path
from models.people import Member
from models.schema import tables

FILE = (
    "Eine Datei schützt sich nicht selbst: Wer sie schreiben darf, kommt am Programm vorbei. "
    "Was am Verlauf verändert wurde, findet `schicht history verify`."
)
READABLE = "Die Datei ist für andere Konten dieses Rechners offen: chmod 600 schließt sie."
SUPERUSER = "Deine Anmeldung ist Superuser: Ihr verweigert die Datenbank nichts. Nimm für die Arbeit eine eigene."
OWNER = "Deiner Anmeldung gehören die Tabellen: Sie kann Trigger abschalten. Nimm für die Arbeit eine eigene."
EVIDENCE = "Deine Anmeldung hat am Verlauf mehr Rechte als lesen und anfügen."
NOBODYS = "Deine Anmeldung an der Datenbank gehört keinem Mitglied allein: Wer was tat, weiß nur das Programm."
SHARED = "Mitglieder teilen sich eine Anmeldung: {} Mal steht dieselbe bei mehreren."
MISSING = "Deiner Anmeldung fehlen Rechte an: {}. docs/betrieb.md zeigt, wie sie vergeben werden."
ROLES = "Was welche Teamrolle darf, prüft das Programm und nicht die Datenbank."

WORKING = {"meta": "SELECT", "history": "SELECT, INSERT", "history_head": "SELECT, UPDATE", "entry": "SELECT, INSERT"}
"""What a member's login needs at least; at all other tables `EVERYWHERE`."""
EVERYWHERE = "SELECT, INSERT, UPDATE"


def gaps(store: Store) -> list[str]:
    """Everything that is not protected here, a sentence each."""
    return [*(_of_file(store) if store.engine == "sqlite" else _of_login()), *_of_members()]


def _of_file(store: Store) -> Iterator[str]:
    yield FILE
    path = sqlite_path(store.url)
    if path.stat().st_mode & 0o077:
        yield READABLE


def _of_login() -> Iterator[str]:
    if _ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        yield SUPERUSER
    elif _ask("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'history'::regclass"):
        yield OWNER
    elif _ask("SELECT has_table_privilege('history', 'UPDATE, DELETE, TRUNCATE')"):
        yield EVIDENCE
    lacking = [name for name in (str(model._meta.table_name) for model in tables()) if not _may_work_with(name)]
    if lacking:
        yield MISSING.format(", ".join(lacking))
    login = _ask("SELECT session_user::text")
    if Member.select().where(Member.login == login, Member.left_on.is_null()).count() != 1:
        yield NOBODYS
    yield ROLES


def _may_work_with(table: str) -> bool:
    """`has_table_privilege` asks for any of several, so each is asked for by itself."""
    wanted = WORKING.get(table, EVERYWHERE).split(", ")
    return all(_ask("SELECT has_table_privilege(%s, %s)", f'"{table}"', one) for one in wanted)


def _of_members() -> Iterator[str]:
    logins = [
        str(member.login) for member in Member.select().where(Member.login.is_null(False), Member.left_on.is_null())
    ]
    shared = {login for login in logins if logins.count(login) > 1}
    if shared:
        yield SHARED.format(len(shared))


def _ask(sql: str, *values: str) -> Any:
    db: Any = proxy.obj
    return db.execute_sql(sql, values or None).fetchone()[0]
