"""`--dry-run` on every writing command: the same answer or the same error, and nothing changes (CONTRACT §1)."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from models.action.base import CATALOGUE
from models.action.catalogue import load_all
from tests.support import office as lay
from tests.support.program import in_process
from tests.support.world import World
from tui.cli import COMMANDS, root

ENTRY = ["--kind", "other", "--situation", "Neu", "--tag", "x"]
WRITING = [
    ["check"],
    ["case", "contact", "1"],
    ["case", "resolve", "1", "--measure", "checked", "--log", "Angesehen"],
    ["reminder", "set", "--vpa", "V001", "--due", "2025-11-06", "--reason", "x"],
    ["reminder", "postpone", "1", "--due", "2025-11-06", "--reason", "x"],
    ["reminder", "hand-over", "1", "--to", "KIM", "--reason", "x"],
    ["reminder", "done", "1", "--outcome", "solved", "--log", "Fertig"],
    ["journey", "remove", "1", "--onboarding-call", "2025-11-01"],
    ["journey", "inform", "1"],
    ["file", "log", "--vpa", "V001", *ENTRY, "--reminder", "2025-11-06", "--urgent-to", "KIM"],
    ["file", "correct", "1", "--situation", "Besser"],
    ["task", "note", "T1", "--text", "Passt"],
    ["task", "message", "T1", "--from", "kunde", "--text", "Danke"],
    ["task", "book", "T1", "--addon", "shift", "--option", "a", "--schedule", "b", "--minimum", "c", "--notice", "d"],
    ["task", "complain", "T1", "--reason", "Zu spät", "--next-steps", "Gespräch"],
    ["task", "support", "T1", "--text", "Es wird mehr"],
    ["handover", "open", "--customer", "K001", "--vpa", "V001", "--reason-kind", "other", "--reason", "Umzug"],
    ["handover", "escalate", "--customer", "K001", "--text", "Beleidigt"],
    ["assign", "--customer", "K001", "--vpa", "V002", "--kind", "vpa_change", "--text", "Hallo"],
    ["watchlist", "approach", "--customer", "K001", "--text", "Bitte pflegen", "--deadline", "2025-11-07"],
    ["customer", "status", "K001", "--to", "inaktiv", "--reason", "ruht"],
    ["day", "close", "--despite", "genug"],
    ["undo"],
]
BY_ANB = [
    ["member", "add", "NEU", "Nora Neu"],
    ["member", "set", "TOM", "--name", "Thomas"],
    ["member", "away", "TOM", "--reason", "sick", "--from", "2025-11-05", "--until", "2025-11-06"],
    ["member", "leave", "TOM"],
    ["setting", "set", "decline_hours", "12"],
]


@pytest.mark.parametrize("args", [*WRITING, *BY_ANB], ids=lambda args: " ".join(args[:2]))
def test_a_dry_run_answers_as_the_deed_and_changes_nothing(office: World, args: list[str]) -> None:
    lay.case()
    lay.flag()
    lay.reminder()
    lay.entry()
    as_ = "ANB" if args in BY_ANB else "TOM"
    if args == ["undo"]:
        office.cli("case", "contact", "1").ok()
    before = lay.content()
    tried = office.cli(*args, "--dry-run", as_=as_).ok().json
    assert lay.content() == before
    assert tried.pop("dry_run") is True
    spoken = office.cli(*args, "--dry-run", as_=as_, json=False).ok().stdout
    assert args == ["check"] or spoken.startswith("Nur geprüft, nichts geändert.")
    done = office.cli(*args, as_=as_).ok().json
    assert lay.content() != before
    assert tried == done


def test_a_dry_run_is_refused_as_the_deed(office: World) -> None:
    """Also D-32: the attempt to name a class leaves its row only when it was meant."""
    args = ["file", "log", "--customer", "K001", "--file", "vpa_kunde", "--situation", "Er ist Klasse B"]
    before = lay.content()
    tried = office.cli(*args, "--dry-run")
    assert lay.content() == before
    done = office.cli(*args)
    assert tried == done
    assert done.codes == ["kind_missing", "tag_missing", "class_named"]
    assert len(lay.content()["history"]) == len(before["history"]) + 1


def test_every_writing_command_takes_it() -> None:
    """Every Action there is, and what writes without being one."""
    load_all()
    writing = {code.replace(".", " ") for code in CATALOGUE}
    writing |= {"init", "import", "check", "undo", "redo", "backup", "restore"}
    lacking, seen = [], set()
    for name in COMMANDS:
        command = root.get_command(click.Context(root), name)
        for path, found in [
            (name, command),
            *((f"{name} {sub}", c) for sub, c in getattr(command, "commands", {}).items()),
        ]:
            seen.add(path)
            if path in writing and "--dry-run" not in {opt for param in found.params for opt in param.opts}:
                lacking.append(path)
    assert lacking == []
    assert {"case resolve", "member add", "day close", "undo", "restore"} <= seen
    assert {code for code in writing if code not in seen and code.split()[0] not in seen} == set()


def test_bulk_tries_each_id(office: World, tmp_path: Path) -> None:
    lay.case()
    lay.case(kind="class", findings=["worse"])
    result = office.cli("case", "resolve", "1", "2", "--measure", "checked", "--dry-run")
    assert result.exit_code == 3
    assert [line.get("dry_run") for line in result.lines] == [True, None]
    assert in_process(["--db", str(tmp_path / "fehlt.db"), "check", "--dry-run"]).exit_code == 5
