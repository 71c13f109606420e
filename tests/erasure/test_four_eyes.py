"""Erasing takes two (P-04), stops at a hold (P-05), and outlives imports and restores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from models.admin.verify import verify
from models.erasure import disk
from models.ground.errors import DatabaseUnusableError
from models.tables.entry import Entry
from models.tables.history import History
from models.tables.people import Assignment, Customer, Leave, Member, Vpa
from models.tables.person import Erasure
from models.tables.task import Task
from tests.support import office as lay
from tests.support.program import Result
from tests.support.world import World

WHY = "Schreiben vom 3.11., Aktenzeichen Rumpelstilz"


def codes(result: Result) -> list[str]:
    """Codes of the obstacles with their rules."""
    assert result.exit_code == 3, result.stdout
    return [f"{one['code']} {one['rule']}" for one in result.json["error"]["obstacles"]]


def everything() -> str:
    """The whole database as one text."""
    return repr(lay.content())


def asked(office: World, *whom: str, as_: str = "ANB") -> int:
    """Ask for an erasure; the number of the request."""
    shown: dict[str, Any] = office.cli(*whom, "--reason", WHY, as_=as_).ok().json
    assert shown["state"] == "requested"
    return int(shown["id"])


def test_one_asks_another_confirms_p_04(office: World) -> None:
    """Nothing goes before; then nothing is left, the erasure's own reason included."""
    lay.entry(subject="vpa:V001", file="vpa_akte", situation="Geheimniskrämerei")
    number = asked(office, "vpa", "erase", "V001")
    assert Vpa.get_by_id("V001").name == "Mira Keller"
    assert office.cli("vpa", "erase", "V001", "--reason", WHY, as_="KIM").exit_code == 6
    assert codes(office.cli("erasures", "confirm", str(number), as_="ANB")) == ["own_request P-04"]
    assert codes(office.cli("erasures", "confirm", str(number), as_="SAL")) == ["role_manager P-04"]
    shown = office.cli("erasures", "confirm", str(number), as_="KIM").ok().json
    assert (shown["state"], shown["done_by"], shown["requested_by"]) == ("done", "KIM", "ANB")
    for text in ("Keller", "Geheimnis", "Rumpelstilz", "keller"):
        assert text not in everything()
    assert [line["state"] for line in office.cli("erasures", "list").ok().lines] == ["done"]
    assert office.cli("erasures", "confirm", str(number), as_="KIM").exit_code == 6
    assert office.cli("erasures", "cancel", str(number), as_="KIM").exit_code == 6
    assert verify() == History.select().count()
    if office.engine == "sqlite":
        file = Path(office.url)
        pieces = [file, *file.parent.glob(f"{file.name}-*")]
        assert all(b"Rumpelstilz" not in piece.read_bytes() for piece in pieces)


def test_what_a_request_needs_p_04(office: World) -> None:
    """A reason, a manager, no hold; a member must have left; a dry run changes nothing."""
    assert codes(office.cli("vpa", "erase", "V001")) == ["reason_missing P-04", "role_manager P-04"]
    assert office.cli("member", "erase", "SAL", "--reason", "x", as_="ANB").exit_code == 2
    hold = ("person", "hold", "--vpa", "V001", "--until", "2025-11-30", "--reason", "Streit")
    office.cli(*hold, as_="ANB").ok()
    assert codes(office.cli("vpa", "erase", "V001", "--reason", "x", as_="ANB")) == ["on_hold P-05"]
    office.cli("vpa", "erase", "V001", "--reason", "x", as_="ANB", now="2025-12-01T10:00").ok()
    before = lay.content()
    assert codes(office.cli("erasures", "confirm", "1", as_="KIM")) == ["on_hold P-05"]
    office.cli("erasures", "confirm", "1", "--dry-run", as_="KIM", now="2025-12-01T10:00").ok()
    assert lay.content() == before
    office.cli("erasures", "cancel", "1", as_="ANB").ok()
    assert office.cli("erasures", "confirm", "1", as_="KIM", now="2025-12-01T10:00").exit_code == 6
    assert Vpa.get_by_id("V001").name == "Mira Keller"


def test_alone_only_where_the_team_says_so_p_04(office: World) -> None:
    """Setting `four_eyes` off: at once, with the name typed; a hold stops that too."""
    office.cli("setting", "set", "four_eyes", "off", as_="ANB").ok()
    assert codes(office.cli("vpa", "erase", "V001", "--reason", "x", as_="ANB")) == ["name_unconfirmed A-28"]
    office.cli("person", "hold", "--vpa", "V001", "--until", "2025-11-30", "--reason", "Streit", as_="ANB").ok()
    named = ("vpa", "erase", "V001", "--confirm", "Mira Keller")
    assert codes(office.cli(*named, as_="ANB")) == ["on_hold P-05"]
    office.cli("person", "unhold", "--vpa", "V001", as_="ANB").ok()
    office.cli(*named, as_="ANB").ok()
    assert [row.state for row in Erasure.select()] == ["done"]


def test_the_preview_says_what_goes_and_who_else_names_them_p_04(office: World) -> None:
    """Mentions that are not named stay and are listed; those that are, go with the person."""
    lay.entry(subject="vpa:V001", file="vpa_akte", situation="Über sie selbst")
    lay.entry(situation="Frau Keller war freundlich")
    lay.entry(situation="Mira Kellers Aufgabe")
    lay.entry(subject="vpa:V002", file="vpa_akte", situation="Streit mit Mira Keller")
    lay.entry(situation="Im Weinkeller")
    dry = office.cli("vpa", "erase", "V001", "--reason", WHY, "--dry-run", as_="ANB").ok().json
    assert dry["goes"] == {"assignment": 1, "entry": 1, "vpa": 1}
    assert dry["stays"]["assignment"] == 1
    assert [(one["where"], one["id"]) for one in dry["mentions"]] == [("entry", 2), ("entry", 3), ("entry", 4)]
    assert Erasure.select().count() == 0
    listed = office.cli("person", "mentions", "--vpa", "V001").ok().lines
    assert "Frau Keller war freundlich" in listed[0]["excerpt"]
    assert codes(office.cli("person", "mentions", "--vpa", "V001", as_="KIM")) == ["role_reader P-01"]
    asked(office, "vpa", "erase", "V001")
    assert office.cli("erasures", "confirm", "1", "--also", "entry:5", as_="KIM").exit_code == 2
    office.cli("erasures", "confirm", "1", "--also", "entry:2", "--also", "entry:4", as_="KIM").ok()
    gone = {entry.id: entry.situation for entry in Entry.select()}
    assert gone == {1: "(gelöscht)", 2: "(gelöscht)", 3: "Mira Kellers Aufgabe", 4: "(gelöscht)", 5: "Im Weinkeller"}


def test_cells_of_others_that_name_them_go_p_04(office: World) -> None:
    """An author, a Buddy, a reason, a comment; another's history keeps its own."""
    Vpa.update(buddy="Mira Keller").where(Vpa.id == "V002").execute()
    lay.entry(author="Mira Keller", situation="Über den Kunden", exported="E1\x1fMira Keller\x1fÜber den Kunden")
    Assignment.update(reason="Rumpelstilz").execute()
    lay.customer("K002", "Blumen Herbst")
    lay.task("T2", customer="K002", vpa="V002", delegated_by="V001", delegation_comment="Rumpelstilz")
    office.cli("vpa", "set", "V002", "--buddy", "Mira Keller", "--name", "Jonas Birne", as_="TOM")
    asked(office, "vpa", "erase", "V001")
    office.cli("erasures", "confirm", "1", as_="KIM").ok()
    for text in ("Keller", "Rumpelstilz"):
        assert text not in everything()
    assert "Jonas Birne" in everything()
    assert Entry.get().situation == "Über den Kunden"
    assert Task.get_by_id("T2").title == "Messeliste"
    assert verify() == History.select().count()


def test_a_member_who_left_p_04(office: World) -> None:
    """Name, login and illness go; the Kürzel signs on."""
    Member.update(login="salmuster").where(Member.kuerzel == "SAL").execute()
    away = ("--reason", "sick", "--from", "2025-11-01", "--until", "2025-11-02")
    office.cli("member", "away", "SAL", *away, as_="ANB").ok()
    office.cli("member", "leave", "SAL", as_="ANB").ok()
    office.cli("member", "erase", "sal", "--reason", WHY, as_="KIM").ok()
    office.cli("erasures", "confirm", "1", as_="ANB").ok()
    assert (Member.get_by_id("SAL").name, Leave.get().reason) == ("(gelöscht)", "(gelöscht)")
    for text in ("Sal Muster", "salmuster", '"sick"'):
        assert text not in everything()
    assert verify() == History.select().count()
    office.cli("member", "list").ok()


def test_a_clean_up_that_failed_goes_on_p_04(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk was full: confirming again does what is left."""
    asked(office, "vpa", "erase", "V001")

    def full(store: object) -> None:
        raise DatabaseUnusableError("voll")

    with monkeypatch.context() as failing:
        failing.setattr(disk, "clear_disk", full)
        assert office.cli("erasures", "confirm", "1", as_="KIM").exit_code == 5
    assert (Vpa.get_by_id("V001").name, Erasure.get().cleaned) == ("(gelöscht)", False)
    office.cli("erasures", "confirm", "1", as_="KIM").ok()
    assert Erasure.get().cleaned is True
    assert office.cli("erasures", "confirm", "1", as_="KIM").exit_code == 6


def test_copies_before_a_migration_go_too_p_04(office: World) -> None:
    """On a file they lie beside it."""
    if office.engine == "postgres":
        pytest.skip("a server has none")
    copy = Path(f"{office.url}.vor-schema-9")
    copy.write_text("Mira Keller", encoding="utf-8")
    asked(office, "vpa", "erase", "V001")
    office.cli("erasures", "confirm", "1", as_="KIM").ok()
    assert not copy.exists()


def test_erased_again_after_a_restore_p_04(office: World, tmp_path: Path) -> None:
    """What was erased here goes again, with its mentions; also by a file of ids."""
    lay.entry(situation="Frau Keller war freundlich")
    backup, told = tmp_path / "backup.db", tmp_path / "erased.jsonl"
    office.cli("backup", str(backup)).ok()
    asked(office, "vpa", "erase", "V001")
    office.cli("erasures", "confirm", "1", "--also", "entry:1", as_="KIM").ok()
    assert office.cli("erasures", "export", str(told)).ok().json["erasures"] == 1
    assert office.cli("erasures", "export", str(told)).exit_code == 6
    assert json.loads(told.read_text(encoding="utf-8")) == {"subject": "vpa:V001", "also": ["entry:1"]}
    assert "Keller" not in everything()
    restored = office.cli("restore", str(backup), "--replace", as_="ANB").ok().json
    assert restored["erased_again"] == ["vpa:V001"]
    assert "Keller" not in everything()
    assert [(row.subject, row.state) for row in Erasure.select()] == [("vpa:V001", "done")]
    assert verify() == History.select().count()
    again = office.cli("restore", str(backup), "--replace", "--erasures", str(told), as_="ANB").ok().json
    assert again["erased_again"] == ["vpa:V001"]
    assert office.cli("restore", str(backup), "--replace", "--erasures", str(backup), as_="ANB").exit_code == 2
    office.cli("customer", "erase", "K001", "--reason", "x", as_="ANB").ok()
    assert Customer.get_by_id("K001").name == "Bäckerei Sommer"
