"""Data by hand with personal logins: whatever the rules allow, the database lets through, and nothing else."""

from __future__ import annotations

from tests.rights.team import Team

ADD = ("vpa", "add", "--class", "B", "--start", "01.03.2024", "--name")


def test_data_by_hand_is_written_undone_and_merged_by_personal_logins(team: Team) -> None:
    """S-01 to S-04, S-06."""
    assert team.cli("ANN", *ADD, "Mira Keller").ok().json["id"] == "H1"
    team.cli("ANN", *ADD, "Mira K.").ok()
    team.cli("ANN", "vpa", "set", "H1", "--orders", "no").ok()
    team.cli("ANN", "undo").ok()
    assert team.cli("ANN", "case", "list").ok().lines == []
    team.cli("ANN", "redo").ok()
    team.cli("ANN", "absence", "add", "--vpa", "H2", "--from", "heute", "--until", "+3").ok()
    team.cli("ANN", "customer", "add", "--name", "Lenz", "--status", "prio", "--vpa", "H2").ok()
    team.cli("ANN", "customer", "add", "--name", "Lenz & Sohn", "--status", "prio").ok()
    note = ("--kind", "other", "--situation", "Notiz", "--tag", "x")
    team.cli("ANN", "file", "log", "--vpa", "H2", *note).ok()
    team.cli("ANN", "file", "log", "--customer", "H1", "--file", "oteam", *note).ok()
    team.cli("ANN", "task", "add", "--customer", "H1", "--title", "Liste").ok()
    team.cli("ANN", "task", "delegate", "H1", "--by", "H2", "--reason", "time", "--comment", "voll").ok()
    team.cli("ANN", "check").ok()
    assert team.cli("ANN", "vpa", "merge", "H2", "H1").ok().json["customers"] == ["H1"]
    assert team.cli("ANN", "customer", "merge", "H1", "H2").ok().json["tasks"] == ["H1"]
    team.cli("ANN", "undo").ok()
    team.cli("ANN", "undo").ok()
    team.cli("ANN", "redo").ok()
    team.cli("ANN", "vpa", "leave", "H1").ok()
    assert team.cli("ANN", "history", "verify").ok().json["rows"] > 10
    for _ in range(12):
        team.cli("ANN", "undo")
    assert team.cli("ANN", "vpa", "list").ok().lines == []
    assert team.cli("ANN", "history", "verify").ok().json["rows"] > 20
