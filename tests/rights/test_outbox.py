"""The Ausgang and what comes back, each member by the own login (X-01, X-02)."""

from __future__ import annotations

from pathlib import Path

from models.tables.outbox import Outbox, Twin
from models.tables.people import Assignment
from tests.importing.support import row, write_folder
from tests.rights.team import Team
from tests.support import office as lay

LOG = ("file", "log", "--customer", "K001", "--file", "oteam", "--kind", "other", "--tag", "x", "--situation")


def test_a_day_goes_out_and_comes_back_by_personal_logins_x_02(team: Team, tmp_path: Path) -> None:
    team.cli("MIA", "setting", "set", "way_back", "on").ok()
    with team.bound():
        lay.vpa("V001", "Mira Keller")
        lay.vpa("V002", "Jonas Äpfel")
        lay.customer("K001", "Bäckerei Sommer")
        Assignment.create(customer="K001", vpa="V001", start=lay.moment("2025-01-02T00:00").date())
        lay.task("T1")
    team.cli("SAL", *LOG, "Anruf").ok()
    team.cli("ANN", "task", "message", "T1", "--from", "at", "--text", "Guten Tag").ok()
    team.cli("ANN", "task", "note", "T1", "--text", "bitte ansehen").ok()
    given = ("--customer", "K001", "--vpa", "V002", "--kind", "inactive", "--text", "Alles", "--read", "sales")
    team.cli("ANN", "assign", *given).ok()
    team.cli("MIA", "outbox", "done", "1").ok()
    team.cli("ANN", "outbox", "reopen", "1").ok()
    team.cli("BUD", "outbox", "skip", "3", "--reason", "mündlich").ok()
    team.cli("BUD", "undo").ok()
    team.cli("MIA", "outbox", "done", "1").ok()
    team.cli("SAL", "undo").ok()
    team.cli("SAL", "redo").ok()
    folder = write_folder(tmp_path / "zurück", {
        "akten": [row("akten", kunden_id="K001", eintrag_id="P1", situation="ANRUF (SAL)")],
        "nachrichten": [row("nachrichten", nachricht_id="P2", von="at", text="guten tag")],
        "zuordnungen": [row("zuordnungen", kunden_id="K001", vpa_id="V002", von="2025-11-07")],
    })  # fmt: skip
    files = team.cli("ANN", "import", str(folder)).ok().json["files"]
    assert {file["file"]: (file["new"], file["recognised"]) for file in files} == {
        "akten": (0, 1), "nachrichten": (0, 1), "zuordnungen": (0, 1),
    }  # fmt: skip
    again = team.cli("BUD", "import", str(folder)).ok().json["files"]
    assert [file["unchanged"] for file in again] == [1, 1, 1]
    with team.bound():
        assert Twin.select().count() == 2
        still_open = [(item.kind, item.takes_back) for item in Outbox.select().where(Outbox.state == "open")]
    assert ("entry", 1) in still_open, "what was carried and undone has to be taken back there"
    team.cli("ANN", "export", str(tmp_path / "alles.zip")).ok()
    team.cli("SAL", "outbox", "export", str(tmp_path / "raus.zip"), "--done").ok()
    assert team.cli("MIA", "history", "verify").ok().json["rows"] > 10
