"""What somebody at a shell expects: Tab, -h, a near miss understood, spoken dates, progress, `-` (issue 10 §7)."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import pytest

from models.ground.clock import FixedClock, parse_moment
from models.importing.columns import TABLES
from models.importing.piped import name_of
from screens.form.model import FormModel
from screens.tab.tab import Deed
from tests.importing.workbook import write_workbook
from tests.support import office as lay
from tests.support.program import in_process
from tests.support.terminal import ROOT, SCHICHT
from tests.support.world import World
from tui.cli import reference
from tui.cli.commands import root
from tui.cli.reference import leaves

LEAVES = [(words, command, ctx) for words, command, ctx in leaves(root, click.Context(root, info_name="schicht"))]


def offered(world: World, *words: str, shell: str = "bash") -> list[str]:
    """What Tab offers behind these words, the last of them begun."""
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "SCHICHT_DB": world.url, "_SCHICHT_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(("schicht", *words)), "COMP_CWORD": words[-1] if shell == "fish" else str(len(words)),
    }  # fmt: skip
    told = subprocess.run(SCHICHT, capture_output=True, env=environment, check=True)
    assert told.stderr == b""
    lines = [line for line in told.stdout.decode().split("\n") if line]
    if shell == "zsh":  # three lines each: type, value, help
        return lines[1::3]
    return [re.split(r"\t", line.partition(",")[2])[0] for line in lines]


def test_tab_offers_values(office: World) -> None:
    case = str(lay.case().id)
    assert {"case", "reminder", "vpa"} <= set(offered(office, ""))
    assert offered(office, "case", "resolve", "") == [case]
    assert {"checked", "contacted"} <= set(offered(office, "case", "resolve", "1", "--measure", ""))
    assert offered(office, "case", "list", "--kind", "a") == ["absence"]
    assert {"TOM", "KIM"} <= set(offered(office, "member", "away", ""))
    assert offered(office, "vpa", "show", "v") == ["V001", "V002"]
    assert offered(office, "--as", "to") == ["TOM"]
    assert "--measure" in offered(office, "case", "resolve", "1", "--m")
    assert "decline_hours" in offered(office, "setting", "set", "dec")
    assert offered(office, "outbox", "list", "--kind", "no") == ["note"]
    assert offered(office, "stats", "--by", "w") == ["week"]
    assert "heute" in offered(office, "day", "show", "--date", "")
    assert offered(office, "reminder", "list", "--format", "x") == ["xlsx"]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_answered_in_its_way(office: World, shell: str) -> None:
    assert offered(office, "task", "list", "--state", "umf", shell=shell) == ["umfrage"]
    assert offered(office, "customer", "show", "K", shell=shell) == ["K001"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_tab_fails_at_nothing(office: World, tmp_path: Path) -> None:
    office.url = str(tmp_path / "fehlt.db")
    assert offered(office, "vpa", "show", "") == []
    office.url = "postgresql://127.0.0.1:1/x"
    assert offered(office, "--as", "") == []
    assert not (tmp_path / "fehlt.db").exists()


BASH = """
eval "$(_SCHICHT_COMPLETE=bash_source schicht)"
COMP_WORDS=(schicht case list --kind ina); COMP_CWORD=4
_schicht_completion schicht
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = "_SCHICHT_COMPLETE=fish_source schicht | source; complete -C 'schicht case list --kind ina'"
ZSH = 'eval "$(_SCHICHT_COMPLETE=zsh_source schicht)"; print ${_comps[schicht]}'


@pytest.mark.parametrize(
    ("shell", "script", "word"),
    [("bash", BASH, "inactive"), ("fish", FISH, "inactive"), ("zsh", ZSH, "_schicht_completion")],
)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_line_of_the_readme_switches_it_on(
    office: World, tmp_path: Path, shell: str, script: str, word: str
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    assert "_SCHICHT_COMPLETE=" in (ROOT / "README.md").read_text()
    program = tmp_path / "schicht"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m tui "$@"\n')
    program.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    if shell == "zsh":
        script = f"autoload -Uz compinit; compinit -D -u; {script}"
    told = subprocess.run(
        [shell, "-c", script], capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": path, "SCHICHT_DB": office.url},
    )  # fmt: skip
    assert word in told.stdout, told


@pytest.mark.parametrize(("words", "command", "ctx"), LEAVES, ids=[words for words, _, _ in LEAVES])
def test_every_help_names_the_global_options(words: str, command: click.Command, ctx: click.Context) -> None:
    told = in_process([*words.split(), "-h"]).ok().stdout
    for option in ("--db", "--as", "--now", "--json", "-h, --help"):
        assert f"  {option}" in told
    assert told == in_process([*words.split(), "--help"]).ok().stdout


@pytest.mark.parametrize(
    ("args", "meant"),
    [
        (["cas", "list"], "case"), (["case", "lst"], "list"), (["case", "resolv", "1"], "resolve"),
        (["case", "list", "--knd", "x"], "--kind"), (["--jsn", "check"], "--json"), (["remind"], "reminder"),
        (["backup", "--dry", "x"], "--dry-run"),
    ],
)  # fmt: skip
def test_a_near_miss_is_understood(args: list[str], meant: str) -> None:
    told = in_process(args)
    assert told.exit_code == 2
    assert f"Meintest du „{meant}“?" in told.stderr


def test_what_is_far_off_is_no_near_miss() -> None:
    assert "Meintest" not in in_process(["xyzzy"]).stderr


def test_choices_are_listed_where_one_is_refused(office: World) -> None:
    """Wrong usage stays wrong usage and an obstacle an obstacle (CONTRACT §1); both say what there is."""
    lay.case()
    refused = office.cli("case", "resolve", "1", "--measure", "quark")
    assert (refused.exit_code, refused.codes) == (3, ["measure_missing"])
    assert "checked, contacted" in refused.json["error"]["message"]
    left_out = office.cli("case", "resolve", "1")
    assert left_out.codes == ["measure_missing"]
    assert "Möglich" not in left_out.json["error"]["message"]
    tags = office.cli("task", "tag", "1", "--tag", "quark")
    assert tags.exit_code in (2, 3)
    for args in (["case", "list", "--state", "x"], ["case", "list", "--kind", "x"], ["vpa", "list", "--class", "x"],
                 ["member", "add", "A", "B", "--role", "x"]):  # fmt: skip
        told = office.cli(*args, as_="ANB")
        assert told.exit_code == 2
        assert "Möglich ist" in told.json["error"]["message"]


def test_a_preset_kuerzel_blocks_no_first_member(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHICHT_AS", "ANN")
    assert world.cli("check").ok().json["member"] is None
    world.cli("member", "add", "ANN", "Anna").ok()
    assert world.cli("check").ok().json["member"] == "ANN"
    monkeypatch.setenv("SCHICHT_AS", "WER")
    assert world.cli("check").exit_code == 2
    assert world.cli("check", as_="NIX").exit_code == 2


@pytest.mark.parametrize("engine", ["sqlite"])
def test_three_slashes_are_explained(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    missing = in_process(["--db", "sqlite:///gibt/es/nicht.db", "--json", "check"])
    assert missing.exit_code == 5
    assert "sqlite:////pfad" in missing.json["error"]["message"]
    assert str(tmp_path) in missing.json["error"]["message"]
    in_process(["--db", f"sqlite:///{world.url}", "check"]).ok()
    assert "////" not in in_process(["--db", "sqlite:////gibt/es/nicht.db", "check"]).stderr


SPOKEN = [
    ("heute", "2025-11-05"), ("morgen", "2025-11-06"), ("gestern", "2025-11-04"), ("+3", "2025-11-08"),
    ("mo", "2025-11-10"), ("24.12.", "2025-12-24"), ("24.12.2025", "2025-12-24"), ("2025-12-24", "2025-12-24"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), SPOKEN)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_dates_are_spoken_as_on_the_screen(office: World, text: str, day: str) -> None:
    """CONTRACT §13: one parser for the form and every date option."""
    if day <= "2025-11-05":
        assert office.cli("day", "show", "--date", text).ok().json["date"] == day
    given = ("reminder", "set", "--vpa", "V001", "--reason", "x", "--due")
    if day >= "2025-11-05":
        assert office.cli(*given, text).ok().json["due"].startswith(day)
        assert office.cli(*given, f"{text} 15:30").ok().json["due"].startswith(f"{day}T15:30")
    else:
        assert office.cli(*given, text).codes == ["due_past"]
    form = FormModel(office.session(), Deed("reminder.set", "", subjects=("vpa:V001",)))
    form.load()
    field = next(one for one in form.fields if one.spec.kind == "due")
    assert str(form.parse(field, text)).startswith(day)


def test_what_is_no_date_says_how_one_is_written(office: World) -> None:
    for args in (["day", "show", "--date", "bald"], ["member", "away", "TOM", "--reason", "sick", "--from", "bald"],
                 ["case", "contact", "1", "--due", "32.1."]):  # fmt: skip
        told = office.cli(*args)
        assert told.exit_code == 2
        assert "heute" in told.json["error"]["message"]


def test_undo_and_redo_read_spoken_dates_once(office: World) -> None:
    """What is kept is the day that was meant then, not the word."""
    office.cli("reminder", "set", "--vpa", "V001", "--due", "morgen", "--reason", "x").ok()
    office.cli("undo").ok()
    office.now = "2025-11-06T14:00"
    assert office.cli("redo").ok().json["due"].startswith("2025-11-06")


CUSTOMERS = "kunden_id;name;status\nK9;Neu & Söhne;aktiv\n"
PEOPLE = {"kunden_id": "K9", "name": "Neu & Söhne", "status": "aktiv"}


def archive() -> bytes:
    """A .zip of an export."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("kunden.csv", CUSTOMERS)
    return packed.getvalue()


def piped(world: World, content: bytes, *more: str) -> tuple[int, Any]:
    """`schicht import -` with this on standard input."""
    told = subprocess.run(
        [*SCHICHT, "--db", world.url, "--now", world.now, "--as", "TOM", "--json", "import", "-", *more],
        input=content, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return told.returncode, json.loads(told.stdout)


def test_an_export_through_a_pipe(office: World, tmp_path: Path) -> None:
    """Whatever its format: what it is follows from what is in it."""
    book = write_workbook(tmp_path / "x.xlsx", {"kunden": [list(PEOPLE), list(PEOPLE.values())]})
    commas = CUSTOMERS.replace(";", ",")
    contents = {
        "csv": CUSTOMERS.encode(), "windows": CUSTOMERS.encode("cp1252"), "commas": commas.encode(),
        "json": json.dumps([PEOPLE]).encode(), "zip": archive(), "xlsx": book.read_bytes(),
    }  # fmt: skip
    for name, content in contents.items():
        status, answer = piped(office, content, "--dry-run")
        assert status == 0, (name, answer)
        assert [(file["file"], file["new"]) for file in answer["files"]] == [("kunden", 1)], name
    assert piped(office, contents["csv"])[0] == 0
    assert office.cli("customer", "show", "K9").ok().json["name"] == "Neu & Söhne"


def test_what_comes_through_a_pipe_and_is_none(office: World) -> None:
    assert piped(office, b"")[0] == 2
    status, answer = piped(office, b"ganz;andere;spalten\n1;2;3\n")
    assert (status, answer["error"]["problems"][0]["code"]) == (4, "unknown_file")
    status, answer = piped(office, b"kunden_id;name\nK9;Neu\n")
    assert (status, answer["error"]["problems"][0]["code"]) == (4, "missing_column")
    assert office.cli("import", "-", "x.csv", stdin="x").exit_code == 2


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_known_by_its_header(table: str, tmp_path: Path) -> None:
    names = [column.name for column in TABLES[table].columns]
    required = [column.name for column in TABLES[table].columns if column.required]
    for header in (names, required, names[::-1]):
        (file := tmp_path / "x").write_text(";".join(header) + "\n")
        assert name_of(file) == f"{table}.csv"
        file.write_text(json.dumps([dict.fromkeys(header, "x")]))
        assert name_of(file) == f"{table}.json"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_long_commands_say_how_far_they_are(office: World, tmp_path: Path) -> None:
    """On a terminal, on standard error alone; nothing with `--json` and nothing in a pipe."""
    (export := tmp_path / "kunden.csv").write_text(CUSTOMERS)
    script = (
        "import sys; from tui.cli import progress; progress.SOON = 0.001; from tui.main import main; sys.exit(main())"
    )

    def told(*args: str) -> str:
        leader, follower = pty.openpty()
        command = [sys.executable, "-c", script, "--db", office.url, "--now", office.now, "--as", "TOM", *args]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=follower, check=True, env=environment)
        os.close(follower)
        assert "\x1b" not in done.stdout.decode()
        pieces = []
        with os.fdopen(leader, "rb", buffering=0) as terminal, suppress(OSError):  # its end is an error on Linux
            while piece := terminal.read(65536):  # a terminal hands over what there is, not all there will be
                pieces.append(piece)
        return b"".join(pieces).decode()

    backup = tmp_path / "b.db"
    assert "Importiere …" in told("import", str(export))
    assert "Sichere …" in told("backup", str(backup))
    assert "Spiele ein …" in told("restore", str(backup), "--replace")
    assert "\r" in told("history", "verify")  # over before a word of it is written
    assert told("--json", "history", "verify") == ""
    assert office.cli("history", "verify", json=False).stderr == ""


def test_the_page_of_commands_is_current() -> None:
    """`make befehle` writes it anew."""
    assert reference.PAGE.read_text() == reference.page()


def test_the_page_forgets_no_variable() -> None:
    """Every one of ours that the code reads."""
    read = set()
    for folder in ("models", "screens", "tui"):
        for path in (ROOT / folder).rglob("*.py"):
            read |= set(re.findall(r'"(_?SCHICHT_[A-Z_]+)"', path.read_text()))
    assert read <= set(reference.VARIABLES)


def test_a_clock_of_its_own_says_what_tomorrow_is() -> None:
    assert FixedClock(parse_moment("2025-11-05T23:59")).today().isoformat() == "2025-11-05"
