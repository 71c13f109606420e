"""The roles of docs/betrieb.md: the team works with them, and what is written stays written (issue 5 §2, K-04)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from models.rights import gaps
from tests.support.postgres import Server
from tests.support.program import Result, in_process
from tests.support.terminal import ROOT
from tui.demo.bulk import write_bulk

ATTACKS = (
    "UPDATE history SET member = 'BEN'",
    "DELETE FROM history",
    "TRUNCATE history",
    "TRUNCATE entry CASCADE",
    "DELETE FROM entry",
    "UPDATE entry SET situation = 'anders'",
    "ALTER TABLE history DISABLE TRIGGER ALL",
    "DROP TRIGGER entry_no_update ON entry",
    "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
    "SET ROLE schicht_eigner",
    "UPDATE meta SET value = '1' WHERE key = 'sandbox'",
)
STATE = (
    "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM "
    "(SELECT h::text FROM history h UNION ALL SELECT e::text FROM entry e UNION ALL SELECT m::text FROM meta m) t"
)


@pytest.fixture
def roles(postgres_server: Server) -> Iterator[Server]:
    """The server with everything that the page says, and `schicht init` between."""
    blocks = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "betrieb.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    with postgres_server.lock():
        for statement in blocks[0].strip().split("\n"):
            postgres_server.execute(statement)
        owner = f"{postgres_server.url('schicht')}&options=-crole%3Dschicht_eigner"
        in_process(["--db", owner, "--json", "init"]).ok()
        for statement in blocks[1].strip().split("\n"):
            postgres_server.execute(statement, "schicht")
        yield postgres_server
        postgres_server.execute("DROP DATABASE schicht WITH (FORCE)")
        postgres_server.execute("DROP ROLE anna, schicht_team, schicht_eigner")


def url(server: Server) -> str:
    """Anna's own address."""
    return server.url("schicht").replace("//schicht@", "//anna@")


def test_anna_works_and_cannot_rewrite_what_was_written(roles: Server, tmp_path: Path) -> None:
    """The control: with the owner's trigger gone and the right given, the very attack goes through."""

    def anna(*args: str) -> Result:
        return in_process(["--db", url(roles), "--as", "ANN", "--json", *args])

    in_process(["--db", url(roles), "--json", "member", "add", "ANN", "Anna Beispiel", "--role", "vpa_manager"]).ok()
    roles.execute(
        "INSERT INTO vpa (id, version, name, folded, klasse, start, part_time, areas, gone, known)"
        " VALUES ('V1', 1, 'Keller', 'keller', 'B', '2024-01-01', false, '[]', false, '[]')",
        "schicht",
    )
    anna("file", "log", "--vpa", "V1", "--kind", "other", "--situation", "Ruhig", "--tag", "x").ok()
    anna("undo").ok()
    for export, cases in zip(write_bulk(tmp_path / "export", 9, 3, 9, 9), (0, 3), strict=True):
        assert anna("import", str(export), *([] if cases else ["--baseline"])).ok().json["cases"] == cases
    anna("check").ok()
    anna("init").ok()
    anna("backup", str(tmp_path / "a.db")).ok()
    anna("history", "verify").ok()
    said = anna("doctor").ok().json["unprotected"]
    assert said == [gaps.NOBODYS, gaps.ROLES]
    anna("member", "set", "ANN", "--login", "anna").ok()
    assert anna("doctor").json["unprotected"] == [gaps.ROLES]
    assert in_process(["--db", f"{roles.url('schicht')}", "--json", "doctor"]).json["unprotected"][0] == gaps.SUPERUSER
    owner = f"{roles.url('schicht')}&options=-crole%3Dschicht_eigner"
    assert in_process(["--db", owner, "--json", "doctor"]).json["unprotected"][0] == gaps.OWNER
    before = roles.execute(STATE, "schicht")
    with psycopg.connect(url(roles), autocommit=True) as attacker:
        for attack in ATTACKS:
            with pytest.raises(psycopg.Error):
                attacker.execute(attack.encode())
        assert anna("vpa", "erase", "V1", "--confirm", "Keller").exit_code == 5, "only the owner may"
        assert anna("restore", str(tmp_path / "a.db"), "--replace").exit_code == 5
        assert roles.execute(STATE, "schicht") == before
        roles.execute("GRANT UPDATE ON history TO schicht_team", "schicht")
        roles.execute("REVOKE UPDATE ON task FROM schicht_team", "schicht")
        assert anna("doctor").json["unprotected"] == [gaps.EVIDENCE, gaps.MISSING.format("task"), gaps.ROLES]
        with pytest.raises(psycopg.Error, match="append only"):
            attacker.execute(b"UPDATE history SET member = 'BEN'")
        roles.execute("DROP TRIGGER history_append_only ON history", "schicht")
        attacker.execute(b"UPDATE history SET member = 'BEN'")
    assert roles.execute(STATE, "schicht") != before
    assert "Trigger" in anna("doctor").ok().json["integrity"]
    assert anna("history", "verify").exit_code == 3
