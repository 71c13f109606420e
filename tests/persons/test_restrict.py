"""Restricting the processing of a person (P-03), and holding them (P-05)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from models.importing.importer import take
from models.journey.stages import raise_flags
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.history import History
from models.tables.people import Assignment, Vpa
from models.tables.reminder import Reminder
from tests.support import office as lay
from tests.support.program import Result
from tests.support.world import World

HEAD = "vpa_id;name;klasse;rising_star;start;aktiv;neukunden;auftraege;letzte_aktivitaet"


def codes(result: Result) -> list[str]:
    """Codes of the obstacles with their rules."""
    assert result.exit_code == 3, result.stdout
    return [f"{one['code']} {one['rule']}" for one in result.json["error"]["obstacles"]]


@pytest.fixture
def still(office: World) -> World:
    """V001 and K001 are restricted, each with something open."""
    lay.case()
    lay.flag()
    lay.reminder()
    lay.entry(subject="vpa:V001", file="vpa_akte", situation="Geheimniskrämerei")
    for option, key in (("--vpa", "V001"), ("--customer", "K001")):
        office.cli("person", "restrict", option, key, "--reason", "Widerspruch vom 3.11.", as_="KIM").ok()
    return office


@pytest.mark.parametrize(
    "command",
    [
        "case resolve 1 --measure checked",
        "journey inform 1",
        "reminder set --vpa V001 --due 2025-11-06 --reason x",
        "reminder postpone 1 --due 2025-11-07 --reason x",
        "reminder set --about case:1 --due 2025-11-06 --reason x",
        "file log --vpa V001 --kind other --situation x --tag x",
        "absence add --vpa V001 --from 2025-12-01 --until 2025-12-02",
        "task message T1 --from at --text x",
        "task note T1 --text x",
        "handover open --customer K001 --reason-kind vpa --reason x",
        "vpa leave V001",
    ],
)
def test_no_deed_about_a_restricted_person_p_03(still: World, command: str) -> None:
    """Nothing is changed."""
    before = lay.content()
    assert "restricted P-03" in codes(still.cli(*command.split()))
    assert lay.content() == before


def test_what_is_allowed_about_them_p_03(still: World) -> None:
    """Correcting wrong facts stays possible (P-02)."""
    """Correcting, the customer's status, handing customers on; and whoever is not restricted is worked on."""
    still.cli("vpa", "set", "V001", "--name", "Mira Kellner").ok()
    still.cli("customer", "set", "K001", "--name", "Bäckerei Herbst").ok()
    still.cli("file", "correct", "1", "--situation", "Anders").ok()
    still.cli("customer", "status", "K001", "--to", "prio", "--reason", "Bucht mehr").ok()
    lay.customer("K002", "Blumen Herbst")
    Assignment.create(customer="K002", vpa="V001", start=dt.date(2025, 1, 2))
    kept = ("assign", "--customer", "K002", "--kind", "new", "--text", "x", "--despite", "y", "--vpa")
    assert "restricted P-03" not in still.cli(*kept, "V002").stdout
    lay.customer("K003", "Hof Winter")
    assert "restricted P-03" in codes(still.cli("assign", "--customer", "K003", "--vpa", "V001"))
    still.cli("reminder", "set", "--vpa", "V002", "--due", "2025-11-06", "--reason", "x").ok()


def test_shown_and_not_found_p_03(still: World) -> None:
    """Everywhere marked; search finds neither them nor what hangs on them."""
    shown = still.cli("vpa", "show", "V001").ok().json
    assert (shown["restricted"], shown["restricted_why"]) == (True, "Widerspruch vom 3.11.")
    assert still.cli("customer", "show", "K001").ok().json["restricted"] is True
    marked = [line["id"] for line in still.cli("vpa", "list").ok().lines if line.get("restricted")]
    assert marked == ["V001"]
    assert "eingeschränkt" in still.cli("vpa", "list", json=False).stdout
    for word in ("Keller", "V001", "Sommer", "Messeliste", "Geheimniskrämerei"):
        assert still.cli("search", word).ok().lines == []
    assert still.cli("file", "search", "Geheimniskrämerei").ok().lines == []
    assert still.cli("search", "Äpfel").ok().lines
    still.cli("person", "unrestrict", "--vpa", "V001", as_="ANB").ok()
    assert [hit["id"] for hit in still.cli("search", "Keller").ok().lines] == ["V001"]
    assert "restricted" not in still.cli("vpa", "show", "V001").ok().json


def test_an_import_records_and_raises_nothing_p_03(office: World, tmp_path: Path) -> None:
    """Facts follow the export; no Case, no flag."""
    file = tmp_path / "vpas.csv"
    row = "{0};{1};B;nein;2024-01-08;ja;ja;{2};2025-11-04T10:00"
    rows = (("V001", "Mira Keller"), ("V002", "Jonas Äpfel"))

    def taken(orders: str) -> None:
        file.write_text("\n".join([HEAD, *(row.format(*one, orders) for one in rows)]), encoding="utf-8")
        take(office.session(), [file])

    taken("ja")
    Case.delete().execute()
    Flag.delete().execute()
    office.cli("person", "restrict", "--vpa", "V001", "--reason", "x", as_="ANB").ok()
    taken("nein")
    assert Vpa.get_by_id("V001").orders is False
    assert [case.vpa_id for case in Case.select()] == ["V002"]
    assert [flag.vpa_id for flag in Flag.select()] == ["V002"]
    with office.session().writing():
        assert raise_flags(office.session().work()) == 0
    office.cli("person", "unrestrict", "--vpa", "V001", as_="ANB").ok()
    with office.session().writing():
        assert raise_flags(office.session().work()) == 1
    assert Reminder.select().count() == 0


def test_who_restricts_and_why_p_03(office: World) -> None:
    """Managers, with a reason, once; the history keeps from when and why."""
    bare = office.cli("person", "restrict", "--vpa", "V001")
    assert codes(bare) == ["reason_missing P-03", "role_manager P-03"]
    assert codes(office.cli("person", "restrict", "--vpa", "V001", "--reason", "x")) == ["role_manager P-03"]
    dry = office.cli("person", "restrict", "--vpa", "V001", "--reason", "x", "--dry-run", as_="KIM").ok().json
    assert (dry["restricted"], dry["dry_run"]) == (True, True)
    office.cli("person", "restrict", "--vpa", "V001", "--reason", "x", as_="KIM").ok()
    assert office.cli("person", "restrict", "--vpa", "V001", "--reason", "x", as_="KIM").exit_code == 6
    assert office.cli("person", "unrestrict", "--customer", "K001", as_="KIM").exit_code == 6
    assert codes(office.cli("person", "unrestrict", "--vpa", "V001", as_="TOM")) == ["role_manager P-03"]
    assert office.cli("person", "restrict", "--reason", "x", as_="KIM").exit_code == 2
    row = History.get(History.action == "person.restrict")
    assert (row.subject, row.args["reason"], row.member) == ("vpa:V001", "x", "KIM")


def test_a_redo_asks_whether_they_are_restricted_p_03(office: World) -> None:
    """What is forbidden now stays forbidden."""
    office.cli("reminder", "set", "--vpa", "V001", "--due", "2025-11-06", "--reason", "x", as_="KIM").ok()
    office.cli("undo", as_="KIM").ok()
    office.cli("person", "restrict", "--vpa", "V001", "--reason", "x", as_="ANB").ok()
    assert codes(office.cli("redo", as_="KIM")) == ["restricted P-03"]


def test_a_hold_stands_until_its_day_p_05(office: World) -> None:
    """Managers, with a reason; members too; a new day takes the place of the old."""
    hold = ("person", "hold", "--member", "TOM", "--until", "2026-01-31")
    assert codes(office.cli(*hold)) == ["reason_missing P-05", "role_manager P-05"]
    shown = office.cli(*hold, "--reason", "Prozess", as_="ANB").ok().json
    assert (shown["subject"], shown["until"], shown["made_by"]) == ("member:TOM", "2026-01-31", "ANB")
    later = ("person", "hold", "--member", "TOM", "--until", "2026-03-31", "--reason", "Berufung")
    assert office.cli(*later, as_="KIM").ok().json["until"] == "2026-03-31"
    assert office.cli(*later[:-3], "2025-01-01", *later[-2:], as_="KIM").exit_code == 2
    assert codes(office.cli("person", "unhold", "--member", "TOM")) == ["role_manager P-05"]
    office.cli("person", "unhold", "--member", "TOM", as_="ANB").ok()
    assert office.cli("person", "unhold", "--member", "TOM", as_="ANB").exit_code == 6
