"""All of it out, and the same again when it is taken in (CONTRACT §17)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from models.exporting import targets
from models.ground.clock import FixedClock, parse_moment
from models.ground.formulas import guard, unguard
from models.tables.entry import Entry
from models.tables.people import Vpa
from tests.exporting.conftest import HARD
from tests.support.program import in_process
from tests.support.world import World, prepare
from tui.demo.play import set_stage
from tui.demo.story import ACTING

LISTS = (
    ("vpa", "list"), ("customer", "list"), ("task", "list", "--state", "all"), ("task", "messages", "T1"),
    ("file", "show", "--customer", "K001"), ("file", "show", "--vpa", "V001"), ("file", "show", "--vpa", "V002"),
)  # fmt: skip
NOT_COMPARED = ("account", "corrects", "returns")


def compared(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What has to be the same: ids of entries and of our own messages are not."""
    return [
        {k: v for k, v in line.items() if k not in NOT_COMPARED and not (k == "id" and "created_at" in line)
         and not (k == "id" and str(v).startswith("schicht-"))}
        for line in lines
    ]  # fmt: skip


def round_trip(world: World, path: Path, empty: Path) -> tuple[list[Any], list[Any]]:
    """What the lists say here, and in an empty database that took the export."""
    world.cli("export", str(path)).ok()
    here = [compared(world.cli(*command).ok().lines) for command in LISTS]
    there = []
    try:
        prepare(str(empty))
        known = ("--db", str(empty), "--now", world.now, "--json")
        in_process([*known, "member", "add", "ANB", "Anna", "--role", "at", "--role", "vpa_manager"]).ok()
        in_process([*known, "--as", "ANB", "import", str(path), "--baseline"]).ok()
        there = [compared(in_process([*known, "--as", "ANB", *command]).ok().lines) for command in LISTS]
    finally:
        world._take_back()
    return here, there


@pytest.mark.parametrize("name", ["alles", "alles.zip", "alles.xlsx"])
def test_taken_in_again_it_is_the_same(office: World, tmp_path: Path, name: str) -> None:
    here, there = round_trip(office, tmp_path / name, tmp_path / "leer.db")
    assert there == here
    assert any(line.get("situation") == HARD for line in here[4])
    assert ["eins", "zwei", "drei"] in [line["tags"] for line in here[4]]


def test_what_the_platform_has_no_place_for_lies_beside_it(office: World, tmp_path: Path) -> None:
    answer = office.cli("export", str(tmp_path / "alles")).ok().json
    rows = {file["file"]: file["rows"] for file in answer["files"]}
    assert rows["interne_notizen"] == 1
    assert rows["reminder"] == 1
    with (tmp_path / "alles" / "reminder.csv").open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file, delimiter=";")
    assert (line["subject"], line["due"], line["state"]) == ("customer:K001", "2025-11-20T00:00:00+01:00", "open")
    assert rows["verlauf"] == len(office.cli("history").ok().lines) - 1  # the export itself came later
    history = office.cli("history").ok().lines[-1]
    assert (history["action"], history["after"]["path"]) == ("export", "alles")


def test_since_leaves_out_what_is_older(office: World, tmp_path: Path) -> None:
    answer = office.cli("export", str(tmp_path / "neu"), "--since", "2025-11-05T00:00").ok().json
    rows = {file["file"]: file["rows"] for file in answer["files"]}
    assert (rows["akten"], rows["nachrichten"], rows["vpas"]) == (3, 1, 2)
    spoken = office.cli("export", str(tmp_path / "heute"), "--since", "heute").ok().json
    assert spoken["files"][:7] == answer["files"][:7]
    assert office.cli("export", str(tmp_path / "nie"), "--since", "irgendwann").exit_code == 2


def test_nothing_is_executed_by_a_spreadsheet(office: World, tmp_path: Path) -> None:
    office.cli("export", str(tmp_path / "alles")).ok()
    with (tmp_path / "alles" / "akten.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file, delimiter=";") for cell in line]
    assert [cell for cell in cells if cell[:1] in "=+-@" and cell] == []
    assert f"'{HARD}" in cells


@pytest.mark.parametrize("text", ["=1", "'=1", "''-1", "'x", "x", "", "'", "@", "+49 30", "- Punkt"])
def test_exactly_the_guard_is_taken_off_again(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.text(alphabet="'=+-@\t\r ax", max_size=6))
def test_no_text_is_changed_by_guarding_it(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in set("=+-@\t\r")


def test_only_who_reads_all_files_takes_them_along_a_28(office: World, tmp_path: Path) -> None:
    for member in ("KIM", "SAL"):
        refused = office.cli("export", str(tmp_path / "alles"), as_=member)
        assert (refused.exit_code, refused.codes) == (3, ["role_reader"])
    assert not (tmp_path / "alles").exists()


def test_what_is_there_is_replaced_only_when_asked_and_only_ours(office: World, tmp_path: Path) -> None:
    path = tmp_path / "alles"
    office.cli("export", str(path)).ok()
    assert office.cli("export", str(path)).exit_code == 2
    office.cli("export", str(path), "--replace").ok()
    (path / "brief.txt").write_text("meins")
    assert office.cli("export", str(path), "--replace").exit_code == 2
    assert (path / "brief.txt").read_text() == "meins"
    assert [each.name for each in tmp_path.iterdir() if "teil" in each.name] == []


def test_whole_or_not_at_all(office: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "SHEET_ROWS", 2)
    assert office.cli("export", str(tmp_path / "alles.xlsx")).exit_code == 2
    assert [each.name for each in tmp_path.iterdir() if "alles" in each.name] == []


def test_who_is_gone_stays_gone(office: World, tmp_path: Path) -> None:
    """The column `weg`: §3 reads it too."""
    Vpa.update(gone=True).where(Vpa.id == "V002").execute()
    office.cli("export", str(tmp_path / "alles")).ok()
    Vpa.update(gone=False).execute()
    office.cli("import", str(tmp_path / "alles" / "vpas.csv"), "--despite", "zurück").ok()
    assert {vpa.id: vpa.gone for vpa in Vpa.select()} == {"V001": False, "V002": True}


def test_texts_are_stored_trimmed(office: World) -> None:
    texts = [entry.situation for entry in Entry.select()]
    assert texts == [text.strip() for text in texts]


def test_every_list_is_a_table_too(office: World, tmp_path: Path) -> None:
    done = office.cli("customer", "list", "--format", "csv", json=False).ok()
    (line,) = csv.DictReader(done.stdout.splitlines(), delimiter=";")
    assert (line["Name"], line["Status"]) == ("Bäckerei Sommer", "Prio-Kunde")
    office.cli("reminder", "list", "--format", "xlsx", "--out", str(tmp_path / "liste.xlsx"), json=False).ok()
    sheet = CalamineWorkbook.from_path(str(tmp_path / "liste.xlsx")).get_sheet_by_index(0).to_python()
    assert dict(zip(sheet[0], sheet[1], strict=True))["fällig"] == "2025-11-20 00:00"
    as_json = office.cli("outbox", "list", "--format", "json", json=False).ok()
    assert as_json.lines == office.cli("outbox", "list").ok().lines
    assert office.cli("vpa", "list", "--format", "pdf").exit_code == 2
    assert office.cli("vpa", "list", "--format", "csv", "--out", str(tmp_path / "liste.xlsx")).exit_code == 2
    assert office.cli("case", "list", "--format", "csv", json=False).ok().stdout.startswith("Nr.;")


def test_the_demo_comes_out_and_in_again_unchanged(tmp_path: Path) -> None:
    """Every VPA, customer, task, entry and message of a whole office."""
    set_stage(tmp_path, FixedClock(parse_moment("2026-11-23T14:00")))
    here, there = tmp_path / "demo.db", tmp_path / "leer.db"
    prepare(str(there))
    known = ("--now", "2026-11-23T14:00", "--json", "--as", ACTING)
    told = in_process([*known, "--db", str(here), "member", "list"]).ok().lines
    roles = next(line["roles"] for line in told if line["kuerzel"] == ACTING)
    in_process([*known[:3], "--db", str(there), "member", "add", ACTING, "Wer", *(f"--role={r}" for r in roles)]).ok()
    in_process([*known, "--db", str(here), "export", str(tmp_path / "alles.zip")]).ok()
    in_process([*known, "--db", str(there), "import", str(tmp_path / "alles.zip"), "--baseline"]).ok()

    def lines(database: Path, *command: str) -> list[dict[str, Any]]:
        return compared(in_process([*known, "--db", str(database), *command]).ok().lines)

    commands: list[tuple[str, ...]] = list(LISTS[:3])
    commands += [("file", "show", "--customer", line["id"]) for line in lines(here, "customer", "list")[:25]]
    commands += [("file", "show", "--vpa", line["id"]) for line in lines(here, "vpa", "list")[:25]]
    commands += [("task", "messages", line["id"]) for line in lines(here, "task", "list", "--state", "all")[:25]]
    assert len(commands) > 50
    for command in commands:
        assert lines(there, *command) == lines(here, *command), command


def test_a_trial_counts_and_writes_nothing(office: World, tmp_path: Path) -> None:
    path = tmp_path / "alles.zip"
    tried = office.cli("export", str(path), "--dry-run", "--since", "2025-11-05T00:00").ok().json
    assert not path.exists()
    assert tried.pop("dry_run") is True
    assert office.cli("export", str(path), "--since", "2025-11-05T00:00").ok().json == tried
    assert office.cli("export", str(path), "--dry-run").exit_code == 2
    assert office.cli("outbox", "export", str(path), "--dry-run").exit_code == 2
