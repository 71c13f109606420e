"""When something goes wrong: a lost database, a faulty export, a defect of the program."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from models.tables.case import Case
from models.tables.people import Vpa
from screens.form.form import FormScreen
from screens.importing.screen import ImportScreen
from tests.screens.stage import NOW, Stage
from tests.support.terminal import Terminal

VPAS = "vpa_id;name;klasse;start;aktiv;neukunden;auftraege\n"


async def test_a_lost_database_loses_nothing_typed_and_does_nothing_twice(stage: Stage) -> None:
    away = stage.path.with_suffix(".weg")
    async with stage.screen() as player:
        await player.press("e", "v", "tab")
        await player.type("Alles vorbereitet")
        stage.path.rename(away)
        stage.path.mkdir()
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        assert "Alles vorbereitet" in player.text
        assert "lässt sich nicht öffnen" in player.text or "antwortet nicht" in player.text
        stage.path.rmdir()
        away.rename(stage.path)
        await player.press("ctrl+s")
        assert stage.one(Case, 1).state == "resolved"


async def test_an_export_is_looked_at_and_then_taken(stage: Stage, tmp_path: Path) -> None:
    export = tmp_path / "vpas.csv"
    export.write_text(VPAS + "V9;Neu, Nora;N;2025-11-01;ja;ja;ja\n", encoding="utf-8")
    async with stage.screen() as player:
        await player.press("i")
        await player.type(str(export))
        await player.press("enter")
        assert "1 Zeilen: 1 neu" in player.text
        assert stage.count(Vpa, Vpa.id == "V9") == 0
        await player.press("ctrl+s")
        assert not isinstance(player.app.screen, ImportScreen)
        assert stage.count(Vpa, Vpa.id == "V9") == 1
        assert "Stand heute 14:00" in player.lines[0]


async def test_half_an_export_names_who_would_go_and_wants_a_reason_x_05(stage: Stage, tmp_path: Path) -> None:
    """Looked at and as a toast; a part takes nothing away."""
    known = "".join(f"V{n};Neu, Nora {n};N;2025-11-01;ja;ja;ja\n" for n in range(1, 9))
    export = tmp_path / "vpas.csv"
    export.write_text(VPAS + known, encoding="utf-8")
    async with stage.screen() as player:
        await player.press("i")
        await player.type(str(export))
        await player.press("ctrl+s")
        assert "0 VPAs sind" in player.text
        export.write_text(VPAS, encoding="utf-8")
        await player.press("i")
        await player.type(str(export))
        await player.press("enter")
        assert "8 VPAs wären weg" in player.text
        assert "Neu, Nora 3" in player.text
        assert "Begründung" in player.text
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, ImportScreen), "not without a reason"
        await player.press("tab", "space")
        assert "0 VPAs wären weg" in player.text, "only a part"
        await player.press("ctrl+s")
        assert "0 VPAs sind" in player.text
        assert stage.count(Vpa, Vpa.gone) == 0


async def test_a_faulty_export_names_every_problem_and_changes_nothing(stage: Stage, tmp_path: Path) -> None:
    export = tmp_path / "vpas.csv"
    export.write_text(VPAS + "V9;Neu, Nora;X;gestern;ja;ja;ja\n", encoding="utf-8")
    async with stage.screen() as player:
        await player.press("i")
        await player.type(str(export))
        await player.press("ctrl+s")
        assert isinstance(player.app.screen, ImportScreen)
        assert "vpas.csv, Zeile 2" in player.text
        assert "klasse" in player.text
        assert "start" in player.text
        assert stage.count(Vpa, Vpa.id == "V9") == 0


CRASH = """
import sys
from screens.main.workplace import Workplace

def fall(self):
    secret = "Keller, Mira"
    raise RuntimeError(secret)

Workplace.action_help = fall
from tui.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_defect_ends_with_a_german_sentence_a_private_log_and_exit_1(stage: Stage, own_home: Path) -> None:
    program = (sys.executable, "-c", CRASH)
    with Terminal("--db", str(stage.path), "--as", "ANN", "--now", NOW, program=program) as terminal:
        terminal.wait_for("Vorgehen")
        known = len(terminal.raw)
        terminal.press("?")
        assert terminal.exit_status(5) == 1
        assert terminal.left_on() == []
        said = terminal.raw[known:].decode(errors="replace")
        assert "Schicht musste aufhören" in said
        assert "Traceback" not in said
    log = own_home / "state" / "schicht" / "schicht.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "RuntimeError" in log.read_text()
    assert "Keller" not in log.read_text()
