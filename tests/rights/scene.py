"""A team's database with something of everything, attackers, and the fingerprint that tells whether they changed it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import psycopg

from models.admin.rights import team_tables
from models.tables.claim import Claim
from models.tables.entry import Entry
from models.tables.handover import Handover
from models.tables.people import Assignment, Import
from models.tables.task import Note
from tests.rights.attacks import INTERNAL, Attack
from tests.rights.team import PARTS, Team
from tests.support import office as lay

VIEWER = "viewer"
"""The login that serves „Ansicht als VPA“ and nothing else."""

OURS = "'public'::regnamespace"
CATALOG = (
    f"SELECT proname, prosrc, proacl::text, proowner, prosecdef, proconfig FROM pg_proc WHERE pronamespace = {OURS}",
    "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger",
    f"SELECT relname, relowner, relacl::text, relrowsecurity, relkind FROM pg_class WHERE relnamespace = {OURS}",
    "SELECT attrelid::regclass::text, attname, attacl::text FROM pg_attribute WHERE attacl IS NOT NULL",
    "SELECT ev_class::regclass::text, rulename FROM pg_rewrite WHERE oid >= 16384",
    """SELECT rolname, rolsuper, rolcreaterole, rolcanlogin, rolconfig::text FROM pg_roles
    WHERE starts_with(rolname, current_database())""",
    """SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members
    WHERE starts_with(roleid::regrole::text, current_database())""",
    "SELECT oid FROM pg_largeobject_metadata",
)
"""What else an attacker might change: functions, triggers, rights, rules, roles."""


def furnish(team: Team) -> None:
    """Entries of all files, a Case, a Reminder, a Neu-Flag, a task of twelve hours, a request of each member."""
    now = dt.datetime.now(dt.UTC)
    with team.bound():
        lay.vpa("V001", "Mira Keller")
        lay.vpa("V002", "Jonas Äpfel")
        lay.vpa("V003", "Neu Hier", start=now.date())
        lay.customer("K001", "Bäckerei Sommer", klasse="A", wizard="wizardwort")
        Assignment.create(customer="K001", vpa="V001", start=now.date(), reason="notizwort")
        lay.task("T1", hours=12.0)
        lay.confirmation()
        Note.create(task="T1", at=now, author="ANN", text="notizwort")
        lay.case()
        for kuerzel in PARTS:
            lay.reminder(kuerzel)
        lay.flag(stage=">12")
        for file, author, text in (
            ("oteam", "ANN", "schwarzwort"), ("oteam", "ANN", "schwarzwort"), ("vpa_akte", "ANN", "aktenwort"),
            ("vpa_kunde", "ANN", "grünes Wort"), ("oteam", "MIA", "schwarzwort"),
        ):  # fmt: skip
            Entry.create(file=file, subject="customer:K001", kind="other", situation=text, author=author,
                         account="kontowort", created_at=now, folded=text)  # fmt: skip
        green = Entry.get(Entry.file == "vpa_kunde")
        lay.entry(situation="schwarzwort", author="ANN", corrects=green.id)
        Import.create(at=now, member="ANN")
        Claim.create(subject="case:9", member="ANN", holder="x", since=now, until=now)
        for kuerzel in PARTS:
            signed = {"opened_at": now, "opened_by": kuerzel, "proposed_at": now, "proposed_by": kuerzel}
            Handover.create(customer="K001", vpa="V001", state="proposed", reason="notizwort", **signed)
    for kuerzel in PARTS:
        team.cli(kuerzel, "check").ok()
    team.cli("MIA", "setting", "set", "long_days", "20").ok()
    team.execute(f'CREATE ROLE "{team.login(VIEWER)}" LOGIN IN ROLE {team.database}_vpa_view')
    team.execute("ANALYZE")


def fingerprint(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    """Of every row, every right, every trigger and every role of this team."""
    tables = [f'SELECT * FROM "{name}"' for name in (*team_tables(), "untraced")]
    parts = [f"(SELECT md5(coalesce(string_agg(x::text, '|' ORDER BY x::text), '')) FROM ({one}) x)" for one in tables]
    parts += [f"(SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) FROM ({one}) x)" for one in CATALOG]
    found = connection.execute(f"SELECT concat_ws(' ', {', '.join(parts)})".encode()).fetchone()
    assert found is not None
    return str(found[0])


@dataclass(frozen=True)
class Attacker:
    """Who tries it."""

    team: Team
    kuerzel: str

    def words(self, text: str) -> str:
        """The attack as this one makes it."""
        other = "MIA" if self.kuerzel == "ANN" else "ANN"
        return text.format(me=self.kuerzel, other=other, login=self.team.login(self.kuerzel), db=self.team.database)

    def succeeds(self, attack: Attack) -> bool:
        """Whether it did anything, or showed anything internal; by the attacker's own login, committed."""
        with self.team.sql() as admin:
            before = fingerprint(admin)
            refused, seen = self._try(attack)
            changed = fingerprint(admin) != before
        return changed or _learnt(attack, refused, seen) or not (refused or attack.looks)

    def _try(self, attack: Attack) -> tuple[bool, str]:
        with self.team.sql(self.team.login(self.kuerzel)) as connection:
            return attempt(connection, self.words(attack.sql))

    def would_succeed(self, attack: Attack) -> bool:
        """The control: without what stands in its way it does something. All is rolled back."""
        with self.team.sql() as admin, admin.transaction(force_rollback=True):
            before = fingerprint(admin)
            for statement in filter(None, attack.unlock.split("; ")):
                admin.execute(statement.encode())
            between = fingerprint(admin)
            if not attack.as_owner:
                admin.execute(f'SET LOCAL SESSION AUTHORIZATION "{self.team.login(self.kuerzel)}"'.encode())
            refused, seen = attempt(admin, self.words(attack.sql))
            if _learnt(attack, refused, seen):
                return True
            if refused:
                return False
            admin.execute(b"RESET SESSION AUTHORIZATION")
            assert between == before or attack.unlock
            return attack.quiet or bool(seen) or fingerprint(admin) != between


def attempt(connection: psycopg.Connection[tuple[object, ...]], sql: str) -> tuple[bool, str]:
    """Whether the server refused it, and all that it said."""
    try:
        if sql.startswith("COPY") and sql.endswith("STDOUT"):
            with connection.cursor().copy(sql.encode()) as copy:
                return False, " ".join(bytes(part).decode() for part in copy)
        cursor = connection.execute(sql.encode())
        seen = ""
        while True:
            seen += " ".join(str(row) for row in cursor.fetchall()) if cursor.description else ""
            if not cursor.nextset():
                return False, seen
    except psycopg.Error as error:
        if error.sqlstate is None:  # the driver's, not the server's
            raise
        return True, str(error)


def _learnt(attack: Attack, refused: bool, seen: str) -> bool:
    if any(word in seen for word in INTERNAL):
        return True
    return attack.looks and not refused and bool(seen) and " entry" not in attack.sql
