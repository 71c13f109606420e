"""Taking a server into use as docs/betrieb.md shows it: `init` makes roles and grants, `member add` the logins."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from models.admin import gaps
from models.database.store import SCHEMA
from tests.rights.team import Team, disband, found
from tests.support import office as lay
from tests.support.postgres import Server
from tests.support.program import in_process
from tests.support.terminal import ROOT

TABLES = "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
FUNCTIONS = "SELECT DISTINCT proowner::regrole::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
MEMBERSHIPS = (
    "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member "
    "WHERE r.rolname = '{}' ORDER BY 1"
)


@pytest.fixture
def page(postgres_server: Server) -> Iterator[Server]:
    """The server after the commands of the page, which name their roles themselves: one test at a time."""
    text = (ROOT / "docs" / "betrieb.md").read_text(encoding="utf-8").partition("## PostgreSQL in Betrieb nehmen")[2]
    block = re.findall(r"```\n(.*?)```", text, re.DOTALL)[0]
    with postgres_server.lock():
        for line in re.findall(r"^sudo -u postgres (.*)$", block, re.MULTILINE):
            words = shlex.split(line)
            if words[0] == "createdb":
                postgres_server.execute(f"CREATE DATABASE {words[1]}")
            else:
                address = postgres_server.url("schicht")
                in_process(["--json", *(address if "://" in word else word for word in words[1:])]).ok()
        yield postgres_server
        postgres_server.execute("DROP DATABASE schicht WITH (FORCE)")
        roles = postgres_server.execute("SELECT rolname FROM pg_roles WHERE rolname ~ '^(schicht_.*|mia|anna)$'")
        postgres_server.execute(f"DROP ROLE {', '.join(name for (name,) in roles)}")


def test_the_commands_of_the_page(page: Server, tmp_path: Path) -> None:
    """Mia takes Anna in, both work; nothing belongs to anybody who logs in, and no stranger comes in."""
    address = page.url("schicht")
    mia, anna = (address.replace("//schicht@", f"//{name}@") for name in ("mia", "anna"))
    in_process(["--db", mia, "--as", "MIA", "--json", "member", "add", "ANN", "Anna", "--login", "anna"]).ok()
    in_process(["--db", anna, "--as", "ANN", "--json", "check"]).ok()
    posing = in_process(["--db", anna, "--as", "MIA", "--json", "check"])
    assert (posing.exit_code, "zu einem anderen Kürzel" in posing.stdout) == (5, True)
    assert page.execute(TABLES, "schicht") == [("schicht_owner",)]
    assert page.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'schicht_owner'") == [(False,)]
    assert page.execute(MEMBERSHIPS.format("anna")) == [("schicht_at",)]
    told = in_process(["--db", address, "init"]).ok().stdout
    assert "Rollen und Rechte des Teams sind eingerichtet." in told
    page.execute("CREATE ROLE stranger LOGIN")
    try:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(address.replace("//schicht@", "//stranger@"))
    finally:
        page.execute("DROP ROLE stranger")


@pytest.fixture
def team(postgres_server: Server) -> Iterator[Team]:
    """A real team, without a sandbox."""
    made = found(postgres_server, sandbox=False)
    yield made
    disband(made)


def test_memberships_follow_the_team(team: Team) -> None:
    """`member set`, `leave` and `back` keep them true; a dry run makes no login; odd names are only names."""
    ann, new, odd = team.login("ANN"), f"{team.database}.new", f'{team.database}."; DROP ROLE x --%'

    def plays(login: str) -> list[str]:
        name = login.replace("'", "''")
        return [str(role).removeprefix(f"{team.database}_") for (role,) in team.execute(MEMBERSHIPS.format(name))]

    assert plays(ann) == ["at"]
    team.cli("MIA", "member", "set", "ANN", "--role", "buddy", "--role", "approver").ok()
    assert plays(ann) == ["approver", "buddy"]
    team.cli("MIA", "member", "set", "ANN", "--login", new).ok()
    assert (plays(ann), plays(new)) == ([], ["approver", "buddy"])
    team.cli("MIA", "member", "leave", "ANN").ok()
    assert plays(new) == []
    with pytest.raises(psycopg.OperationalError, match="permission denied"), team.sql(new):
        pass
    team.cli("MIA", "member", "add", "ODD", "Otto", "--login", odd, "--dry-run").ok()
    assert team.execute("SELECT 1 FROM pg_roles WHERE rolname ~ 'DROP'") == []
    team.cli("MIA", "member", "add", "ODD", "Otto", "--login", odd).ok()
    assert plays(odd) == ["at"]
    assert team.cli("BUD", "member", "add", "NEU", "Nina", "--login", f"{team.database}.neu").codes == ["role_manager"]
    # Nobody gets hold of what is no login: the owner, the groups, a superuser.
    for number, name in enumerate((f"{team.database}_owner", f"{team.database}_at", "schicht", "pg_monitor", "public")):
        before = plays(name)
        team.cli("MIA", "member", "add", f"X{number}", "Xaver", "--role", "vpa_manager", "--login", name).ok()
        assert plays(name) == before


def test_doctor_says_what_is_missing(team: Team) -> None:
    """Each gap by itself; `init` closes those that are its own."""

    def said(kuerzel: str = "ANN") -> list[str]:
        told = team.cli(kuerzel, "doctor")
        unprotected: list[str] = told.json["unprotected"]
        assert told.exit_code == (5 if gaps.MISSING.format("task") in unprotected else 0)
        return unprotected

    assert said() == []
    assert team.admin("doctor").json["unprotected"] == [gaps.SUPERUSER, gaps.NOBODYS]
    group = f"{team.database}_team"
    team.execute(f"GRANT UPDATE ON history TO {group}")
    team.execute(f"REVOKE INSERT ON task FROM {group}")
    team.execute(f'REVOKE {team.database}_sales FROM "{team.login("SAL")}" GRANTED BY {team.database}_owner')
    team.execute(f'CREATE ROLE "{team.database}.guest" LOGIN IN ROLE {group}')
    assert said() == [gaps.EVIDENCE, gaps.MISSING.format("task"), gaps.UNPREPARED.format(1), gaps.STRANGERS.format(1)]
    team.execute(f'DROP ROLE "{team.database}.guest"')
    team.admin("init").ok()
    assert said() == []
    team.execute(f'GRANT {team.database}_sales TO "{team.login("ANN")}"')  # by hand, as the superuser
    assert said() == [gaps.UNPREPARED.format(1)]
    team.admin("init").ok()
    assert said() == []
    # From PostgreSQL 16 on a login is granted to whoever made it; the other way round it would be a circle.
    team.execute(f'REVOKE "{team.login("ANN")}" FROM {team.database}_owner')
    team.execute(f'GRANT {team.database}_owner TO "{team.login("ANN")}"')
    assert gaps.OWNER in said()
    team.execute("ALTER TABLE flag DISABLE TRIGGER flag_cleared")
    assert team.cli("ANN", "doctor").json["integrity"] == "Es fehlen Trigger: flag_cleared"


LIE = (
    "INSERT INTO audit (at, member, account, action, subject, command, step, route, undoable, changes) VALUES (now(), "
    "'ANN', 'x', 'member.set', 'member:ANN', 'x', 0, 'do', false, "
    '\'[["member","ANN",{"roles":"[]"},{"roles":"[\\"vpa_manager\\"]"}]]\')'
)


def test_a_lie_about_oneself_is_found_with_the_login_of_who_told_it(team: Team) -> None:
    """What a login hands in at the door stands under its own name; `verify` holds it against the tables."""
    team.cli("ANN", "history", "verify").ok()
    with team.sql(team.login("ANN")) as ann:
        ann.execute(LIE)
    (number, account) = team.execute("SELECT id, account FROM history ORDER BY id DESC LIMIT 1")[0]
    assert account == team.login("ANN")
    told = team.cli("ANN", "history", "verify")
    assert (told.exit_code, told.codes) == (3, ["history_broken"])
    assert f"Zeile {number} " in told.stdout


def test_restore_and_move_give_the_rights_again(team: Team, postgres_server: Server, tmp_path: Path) -> None:
    """Tables made anew are as well guarded as those before; a member without rights cannot make them."""
    team.cli("ANN", "backup", str(tmp_path / "a.db")).ok()
    restore = ("restore", str(tmp_path / "a.db"), "--replace")
    assert team.cli("ANN", *restore).exit_code == 5
    in_process(["--db", team.url, "--as", "ANN", "--json", *restore]).ok()
    assert team.cli("ANN", "doctor").ok().json["unprotected"] == []
    assert team.execute(TABLES) == [(f"{team.database}_owner",)]
    team.cli("ANN", "check").ok()
    with team.sql(team.login("ANN")) as ann, pytest.raises(psycopg.errors.InsufficientPrivilege):
        ann.execute("UPDATE history SET member = 'MIA'")
    other = Team(postgres_server, f"{team.database}_moved")
    postgres_server.execute(f"CREATE DATABASE {other.database}")
    try:
        in_process(["--as", "MIA", "--json", "move", "--from", team.url, "--to", other.url]).ok()
        assert other.execute("SELECT rights_owner()") == [(True,)]
        login = other.url.replace("//schicht@", f"//{team.login('ANN')}@")
        assert in_process(["--db", login, "--as", "ANN", "--json", "doctor"]).ok().json["unprotected"] == []
        in_process(["--db", login, "--as", "ANN", "--json", "check"]).ok()
    finally:
        disband(other)


def test_what_stood_before_is_brought_up(team: Team) -> None:
    """An owner by another name stays; what a superuser's migration has made, and rights of an older page, do not."""
    owner, group = f"{team.database}_elder", f"{team.database}_team"
    team.execute(f"CREATE ROLE {owner} NOLOGIN")
    team.execute(f"REASSIGN OWNED BY {team.database}_owner TO {owner}")
    team.execute("ALTER TABLE untraced OWNER TO schicht")
    team.execute("ALTER FUNCTION rights_owner() OWNER TO schicht")
    team.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {group}")
    assert team.admin("init").ok().json == {
        "engine": "postgres", "schema": SCHEMA, "sandbox": False, "changed": False, "rights": True,
    }  # fmt: skip
    assert team.execute(TABLES) == [(owner,)]
    assert team.execute(FUNCTIONS) == [(owner,)]
    assert team.execute(f"SELECT has_table_privilege('{group}', 'history', 'INSERT')") == [(False,)]
    team.cli("MIA", "member", "add", "NEU", "Nina", "--login", team.login("NEU")).ok()
    team.cli("NEU", "check").ok()


def test_a_renamed_database_gets_roles_of_its_new_name(team: Team) -> None:
    """The old ones lose every right, so that who leaves later keeps none through them."""
    renamed = Team(team.server, f"{team.database}_new")
    ann = renamed.url.replace("//schicht@", f"//{team.login('ANN')}@")
    team.server.execute(f"ALTER DATABASE {team.database} RENAME TO {renamed.database}")
    try:
        assert gaps.ROLES in in_process(["--db", ann, "--as", "ANN", "--json", "doctor"]).ok().json["unprotected"]
        assert renamed.admin("init").ok().json["rights"] is True
        assert in_process(["--db", ann, "--as", "ANN", "--json", "doctor"]).ok().json["unprotected"] == []
        in_process(["--db", ann, "--as", "ANN", "--json", "check"]).ok()
        for part in ("team", "approver", "vpa_view"):
            role = f"{team.database}_{part}"
            seen = f"has_any_column_privilege('{role}', 'task', 'SELECT, UPDATE')"
            assert renamed.execute(
                f"SELECT {seen}, has_database_privilege('{role}', '{renamed.database}', 'CONNECT')"
            ) == [(False, False)]
    finally:
        team.server.execute(f"ALTER DATABASE {renamed.database} RENAME TO {team.database}")


def test_erasing_is_the_superusers(team: Team) -> None:
    """A-28 on a server: a manager decides, and whoever holds the owner's rights carries it out; all stays guarded."""
    with team.bound():
        lay.vpa("V1", "Keller")
    team.cli("ANN", "file", "log", "--vpa", "V1", "--kind", "other", "--situation", "Ruhig", "--tag", "x").ok()
    assert team.cli("ANN", "vpa", "erase", "V1", "--reason", "x").exit_code == 3
    team.cli("MIA", "vpa", "erase", "V1", "--reason", "x").ok()
    team.cli("MIA", "erasures", "cancel", "1").ok()
    team.cli("MIA", "person", "restrict", "--vpa", "V1", "--reason", "x").ok()
    team.cli("MIA", "person", "unrestrict", "--vpa", "V1").ok()
    team.cli("MIA", "setting", "set", "four_eyes", "off").ok()
    erase = ("vpa", "erase", "V1", "--confirm", "Keller")
    assert team.cli("MIA", *erase).exit_code == 5
    in_process(["--db", team.url, "--as", "MIA", "--json", *erase]).ok()
    assert team.execute("SELECT situation FROM entry") == [("(gelöscht)",)]
    assert team.cli("ANN", "doctor").ok().json["unprotected"] == []
    team.cli("ANN", "history", "verify").ok()


def test_a_role_that_makes_roles_is_enough(postgres_server: Server) -> None:
    """Where nobody is given a superuser: CREATEROLE and a database of one's own."""
    name = f"hosted_{id(postgres_server)}"
    postgres_server.execute(f"CREATE ROLE {name} LOGIN CREATEROLE")
    postgres_server.execute(f"CREATE DATABASE {name} OWNER {name}")
    team = Team(postgres_server, name)
    try:
        url = postgres_server.url(name).replace("//schicht@", f"//{name}@")
        assert in_process(["--db", url, "--json", "init"]).ok().json["rights"] is True
        in_process(["--db", url, "--json", "member", "add", "ANN", "Anna", "--login", team.login("ANN")]).ok()
        team.cli("ANN", "check").ok()
        assert team.cli("ANN", "doctor").json["unprotected"] == []
        with team.sql(team.login("ANN")) as ann, pytest.raises(psycopg.errors.InsufficientPrivilege):
            ann.execute("UPDATE entry SET situation = 'anders'")
    finally:
        disband(team)
        postgres_server.execute(f"DROP ROLE {name}")


def test_who_may_not_make_roles_works_as_before(postgres_server: Server) -> None:
    """A database that one login owns and shares: no roles, no refusal, and both `init` and `doctor` say so."""
    name = f"alone_{id(postgres_server)}"
    postgres_server.execute(f"CREATE ROLE {name} LOGIN")
    postgres_server.execute(f"CREATE DATABASE {name} OWNER {name}")
    try:
        url = postgres_server.url(name).replace("//schicht@", f"//{name}@")
        assert gaps.ROLES in in_process(["--db", url, "init"]).ok().stdout
        assert in_process(["--db", url, "--json", "init"]).ok().json["rights"] is False
        in_process(["--db", url, "--json", "member", "add", "ANN", "Anna", "--login", f"{name}_nobody"]).ok()
        in_process(["--db", url, "--as", "ANN", "--json", "check"]).ok()
        said = in_process(["--db", url, "--json", "doctor"]).ok().json
        assert (said["unprotected"], said["integrity"], said["history"]) == (
            [gaps.OWNER, gaps.NOBODYS, gaps.ROLES],
            "ok",
            "ok",
        )
        assert postgres_server.execute(f"SELECT count(*) FROM pg_roles WHERE rolname ~ '^{name}'") == [(1,)]
    finally:
        postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        postgres_server.execute(f"DROP ROLE {name}")
