"""An import is taken back by a member's own login, and nothing else can be taken away that way (X-04)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.importing.support import USUAL, absence, row, vpa, write_folder
from tests.rights.team import Team


def first() -> dict[str, Any]:
    return {name: [dict(cells)] for name, cells in USUAL.items()}


def second() -> dict[str, Any]:
    return {
        "vpas": [vpa(klasse="A", neukunden="nein"), vpa(vpa_id="V2", start="2020-11-01")],
        "kunden": [row("kunden", status="prio"), row("kunden", kunden_id="K2")],
        "zuordnungen": [row("zuordnungen", bis="2025-11-04"), row("zuordnungen", vpa_id="V2", von="2025-11-05")],
        "abwesenheiten": [absence(bis="2025-12-30"), absence(abwesenheit_id="A2", von="2026-02-01", bis="2026-02-03")],
        "aufgaben": [row("aufgaben", status="vergeben"), row("aufgaben", aufgabe_id="T2")],
        "akten": [row("akten", situation="Anders"), row("akten", eintrag_id="E2", situation="Neu")],
        "nachrichten": [row("nachrichten", text="Hallo!"), row("nachrichten", nachricht_id="M2", aufgabe_id="T2")],
    }


COUNTS = (
    'SELECT (SELECT count(*) FROM vpa), (SELECT count(*) FROM "case"), (SELECT count(*) FROM flag), '
    "(SELECT count(*) FROM reminder), (SELECT count(*) FROM entry WHERE withdrawn_at IS NULL), "
    "(SELECT klasse FROM vpa WHERE id = 'V1')"
)
FORBIDDEN = (
    "DELETE FROM vpa", "DELETE FROM \"case\"", "DELETE FROM customer", "DELETE FROM flag",
    "UPDATE entry SET withdrawn_at = now()", "UPDATE import SET reverted_at = NULL, reverted_by = NULL",
    "UPDATE import SET reverted_at = now(), reverted_by = 'MIA'",
)  # fmt: skip

STOPPED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.ForeignKeyViolation)


def test_x_04_a_login_takes_back_what_another_has_imported(team: Team, tmp_path: Path) -> None:
    base, wrong = (write_folder(tmp_path / name, files) for name, files in (("a", first()), ("b", second())))
    team.cli("ANN", "import", str(base)).ok()
    before = team.execute(COUNTS)
    team.cli("ANN", "import", str(wrong)).ok()
    assert team.execute(COUNTS) != before
    refuse(team)
    team.cli("BUD", "imports", "revert", "--reason", "falsche Datei").ok()
    assert team.execute(COUNTS) == before
    assert team.cli("MIA", "history", "verify").ok().json["rows"] > 3
    refuse(team)
    team.cli("ANN", "import", str(wrong)).ok()
    assert team.cli("ANN", "imports", "revert", "--reason", "noch einmal").ok().json["reverted_by"] == "ANN"
    assert team.execute(COUNTS) == before


def test_x_04_a_baseline_is_taken_back_by_managers_alone(team: Team, tmp_path: Path) -> None:
    export = write_folder(tmp_path / "a", {"vpas": [vpa(vpa_id="V9", name="Neun", start="2025-10-01")]})
    team.cli("ANN", "import", str(export), "--baseline", "--despite", "Übung", "--partial").ok()
    with psycopg.connect(team.address("ANN")) as login, pytest.raises(psycopg.errors.InsufficientPrivilege):
        login.execute(
            "UPDATE import SET reverted_at = now(), reverted_by = 'ANN' WHERE id = (SELECT max(id) FROM import)"
        )
    assert team.cli("ANN", "imports", "revert", "--reason", "x").codes == ["role_manager"]
    team.cli("MIA", "imports", "revert", "--reason", "x").ok()


def refuse(team: Team) -> None:
    """No login gets round the door."""
    for statement in FORBIDDEN:
        with psycopg.connect(team.address("BUD")) as login, pytest.raises(STOPPED):
            login.execute(statement)
