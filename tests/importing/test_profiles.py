"""Tables of a team's own, read by its profiles (X-03, CONTRACT §14)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.ground.errors import BadDataError
from models.importing.profiles.actions import RemoveProfile, SetProfile
from models.tables.people import Absence, Assignment, Customer, Vpa
from tests.importing.support import Exports, row, vpa
from tests.importing.workbook import write_workbook
from tests.support.cases import day

LIST = """
name = "Assistentenliste"
file = "vpas"
headers = ["Assistent-Nr.", "Einstufung"]
[columns]
vpa_id = "Assistent-Nr."
name = "{Nachname}, {Vorname}"
klasse = "Einstufung"
start = "Eintritt"
aktiv = "Status"
neukunden = "=ja"
auftraege = "=ja"
[values.aktiv]
"online" = "ja"
"*" = "nein"
[formats]
start = "MM/DD/YYYY"
[rows]
without = "Assistent-Nr."
"""

TABLE = (
    "Assistenten;;;;;;\n"
    "Stand: heute;;;;;;\n"
    "ASSISTENT-NR.;Nachname;Vorname;einstufung ;Eintritt;Status;Bemerkung\n"
    "P1;Muster;Mira;a;01/31/2020;Online;\n"
    ";;;;;;\n"
    "P2;Beispiel;;B;2021-02-03;Pause;nett\n"
    ";Summe;2;;;;\n"
    "P3;;Ida;N;05.04.2022;offline;\n"
)


def set_profile(exports: Exports, text: str = LIST) -> dict[str, Any]:
    return exports.world.run(SetProfile(toml=text))


def write(exports: Exports, tmp_path: Path, text: str = TABLE, name: str = "liste.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(exports: Exports, path: Path, **how: Any) -> list[tuple[str, int, str, str]]:
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(path, **how)
    assert Vpa.select().count() == 0
    return [(p.file, p.line, p.column, p.code) for p in caught.value.problems]


def test_x_03_a_table_is_read_by_the_profile_that_fits(exports: Exports, tmp_path: Path) -> None:
    set_profile(exports)
    answer = exports.take_paths(write(exports, tmp_path))
    file = {"file": "vpas", "rows": 3, "new": 3, "changed": 0, "unchanged": 0}
    assert answer["files"] == [{**file, "profile": "Assistentenliste", "skipped": 1, "erased": 0, "recognised": 0}]
    assert answer["ignored"] == ["liste.csv:Bemerkung"]
    found = {v.id: (v.name, v.klasse, v.start, v.active, v.orders) for v in Vpa.select()}
    assert found == {
        "P1": ("Muster, Mira", "A", day("2020-01-31"), True, True),
        "P2": ("Beispiel", "B", day("2021-02-03"), False, True),
        "P3": ("Ida", "N", day("2022-04-05"), False, True),
    }
    again = exports.take_paths(write(exports, tmp_path))["files"][0]
    assert (again["unchanged"], again["skipped"]) == (3, 1)


def test_x_03_without_a_profile_the_table_is_refused_and_told_how_to_go_on(exports: Exports, tmp_path: Path) -> None:
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(write(exports, tmp_path))
    assert [problem.code for problem in caught.value.problems] == ["unknown_file"]
    assert "profile suggest" in caught.value.message
    assert "profile suggest" in caught.value.problems[0].message


def test_x_03_two_profiles_of_one_file_are_ambiguous_unless_one_is_named(exports: Exports, tmp_path: Path) -> None:
    set_profile(exports)
    set_profile(exports, LIST.replace("Assistentenliste", "Zweite"))
    path = write(exports, tmp_path)
    assert problems(exports, path) == [("liste.csv", 3, "", "ambiguous_profile")]
    answer = exports.take_paths(path, profiles=("zweite",))
    assert answer["files"][0]["profile"] == "Zweite"


def test_problems_name_their_header_their_row_and_the_way_out(exports: Exports, tmp_path: Path) -> None:
    set_profile(exports)
    text = TABLE.replace(";a;01/31/2020", ";Spitze;31/01/2020").replace("P3;;Ida", "P3;;").replace("P2;", "P1;")
    path = write(exports, tmp_path, text)
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(path)
    told = [(p.line, p.column, p.code) for p in caught.value.problems]
    assert told == [
        (4, "Einstufung", "bad_value"), (4, "Eintritt", "bad_date"), (6, "Assistent-Nr.", "duplicate_id"),
        (8, "Nachname", "missing_value"),
    ]  # fmt: skip
    assert "[values.klasse]" in caught.value.problems[0].message
    assert "MM/DD/YYYY" in caught.value.problems[1].message


def test_a_mapped_column_that_is_missing_is_told_at_the_header(exports: Exports, tmp_path: Path) -> None:
    set_profile(exports)
    text = TABLE.replace("Eintritt", "Beginn").replace("Vorname", "Rufname")
    assert problems(exports, write(exports, tmp_path, text)) == [
        ("liste.csv", 3, "Eintritt", "missing_column"), ("liste.csv", 3, "Vorname", "missing_column"),
    ]  # fmt: skip


def test_a_mapped_column_that_we_can_do_without_stays_as_known(exports: Exports, tmp_path: Path) -> None:
    set_profile(exports, LIST.replace('start = "Eintritt"', 'start = "Eintritt"\nbuddy = "Pate"\nteilzeit = "TZ"', 1))
    text = TABLE.replace("Bemerkung", "Pate")
    exports.take_paths(write(exports, tmp_path, text))
    assert Vpa.get_by_id("P2").buddy == "nett"
    answer = exports.take_paths(write(exports, tmp_path, TABLE))
    assert (answer["files"][0]["unchanged"], Vpa.get_by_id("P2").buddy) == (3, "nett")


def test_a_table_of_our_own_name_but_not_our_header_is_read_by_a_profile(exports: Exports, tmp_path: Path) -> None:
    set_profile(exports)
    assert exports.take_paths(write(exports, tmp_path, name="vpas.csv"))["files"][0]["profile"] == "Assistentenliste"
    assert exports.take(vpas=[vpa()])["files"][0]["profile"] is None


def test_the_header_stands_among_the_first_twenty_rows(exports: Exports, tmp_path: Path) -> None:
    set_profile(exports)
    header, *rest = TABLE.splitlines(keepends=True)[2:]
    late = "Titel;;;;;;\n" + ";;;;;;\n" * 18 + header + "".join(rest)
    assert exports.take_paths(write(exports, tmp_path, late))["files"][0]["rows"] == 3
    later = "Titel;;;;;;\n" + late
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(write(exports, tmp_path, later))
    assert caught.value.problems[0].code == "unknown_file"


BOTH = """
name = "Kundenliste"
file = "kunden"
headers = ["KdNr", "Firma"]
[columns]
kunden_id = "KdNr"
name = "Firma"
status = "=aktiv"
"""
WHO = """
name = "Betreuung"
file = "zuordnungen"
headers = ["KdNr", "Firma"]
[columns]
kunden_id = "KdNr"
vpa_id = "Assistent"
[rows]
without = "Assistent"
"""


def served(exports: Exports, tmp_path: Path, who: str, now: str, **how: Any) -> dict[str, Any]:
    path = write(exports, tmp_path, f"KdNr,Firma,Assistent\nK1,Bäckerei,{who}\nK2,Ohne,\n", "kunden 2025.csv")
    return exports.take_paths(path, now=now, **how)


def spans() -> list[tuple[str, Any, Any]]:
    return [(a.vpa_id, a.start, a.end) for a in Assignment.select().order_by(Assignment.id)]


def test_one_table_is_read_by_profiles_of_different_files_and_a_vpa_begins_today(
    exports: Exports, tmp_path: Path
) -> None:
    exports.take(vpas=[vpa(), vpa(vpa_id="V2", name="Zwei")])
    for profile in (BOTH, WHO):
        set_profile(exports, profile)
    answer = served(exports, tmp_path, "V1", "2025-11-05T14:00", baseline=True, despite="Anfang")
    assert [(f["file"], f["rows"], f["skipped"]) for f in answer["files"]] == [("kunden", 2, 0), ("zuordnungen", 1, 1)]
    assert answer["ignored"] == []
    assert spans() == [("V1", day("2025-11-05"), None)]
    assert served(exports, tmp_path, "V1", "2025-11-06T14:00")["files"][1]["unchanged"] == 1
    served(exports, tmp_path, "V2", "2025-11-07T14:00")
    assert spans() == [("V1", day("2025-11-05"), day("2025-11-06")), ("V2", day("2025-11-07"), None)]
    served(exports, tmp_path, "V1", "2025-11-10T14:00")
    current = Assignment.current("K1", day("2025-11-10"))
    assert current is not None
    assert (current.vpa_id, current.start, Customer.select().count()) == ("V1", day("2025-11-10"), 2)


def test_a_vpa_back_on_the_same_day_is_in_charge_again(exports: Exports, tmp_path: Path) -> None:
    exports.take(vpas=[vpa(), vpa(vpa_id="V2", name="Zwei")])
    for profile in (BOTH, WHO):
        set_profile(exports, profile)
    for who in ("V1", "V2", "V1"):
        served(exports, tmp_path, who, "2025-11-05T14:00")
    current = Assignment.current("K1", day("2025-11-05"))
    assert current is not None
    assert (current.vpa_id, current.end) == ("V1", None)


def test_a_customer_with_two_vpas_and_no_days_is_a_fault(exports: Exports, tmp_path: Path) -> None:
    set_profile(exports, WHO)
    exports.take(vpas=[vpa(), vpa(vpa_id="V2", name="Zwei")], kunden=[row("kunden")])
    path = write(exports, tmp_path, "KdNr\tFirma\tAssistent\nK1\tA\tV1\nK1\tA\tV2\n", "wer.tsv")
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(path)
    assert [(p.line, p.column, p.code) for p in caught.value.problems] == [(3, "KdNr", "duplicate_id")]


AWAY = """
name = "Urlaub"
file = "abwesenheiten"
headers = ["Wer", "Von", "Bis"]
[columns]
vpa_id = "Wer"
von = "Von"
bis = "Bis"
"""


def test_an_absence_without_id_is_named_by_vpa_and_first_day(exports: Exports, tmp_path: Path) -> None:
    exports.take(vpas=[vpa()], abwesenheiten=[row("abwesenheiten")])
    set_profile(exports, AWAY)
    path = write(exports, tmp_path, "Wer;Von;Bis\nV1;01.12.2025;05.12.2025\nV1;07.01.2026;09.01.2026\n", "urlaub.csv")
    answer = exports.take_paths(path, now="2025-11-06T14:00")
    assert (answer["files"][0]["new"], answer["files"][0]["unchanged"], answer["cases"]) == (1, 1, 1)
    found = {a.id: (a.start, a.entered_on, a.withdrawn) for a in Absence.select()}
    assert found == {
        "A1": (day("2025-12-01"), day("2025-11-04"), False),
        "V1 2026-01-07": (day("2026-01-07"), day("2025-11-06"), False),
    }
    again = exports.take_paths(path, now="2025-11-07T14:00")
    assert (again["files"][0]["unchanged"], again["cases"]) == (2, 0)
    assert Absence.get_by_id("V1 2026-01-07").entered_on == day("2025-11-06")


def test_a_sheet_below_titles_is_read_with_its_real_dates(exports: Exports, tmp_path: Path) -> None:
    set_profile(exports)
    rows = [["Unsere Leute"], [], ["Assistent-Nr.", "Nachname", "Vorname", "Einstufung", "Eintritt", "Status"]]
    path = tmp_path / "Mappe.xlsx"
    write_workbook(path, {"Tabelle1": [*rows, ["P1", "Muster", "Mira", "A", day("2020-01-31"), "online"]]})
    answer = exports.take_paths(path)
    assert (answer["files"][0]["rows"], Vpa.get().start) == (1, day("2020-01-31"))


def test_moments_without_offset_are_in_the_zone_that_is_named(exports: Exports, tmp_path: Path) -> None:
    text = LIST.replace('start = "Eintritt"', 'start = "Eintritt"\nletzte_aktivitaet = "Zuletzt"')
    set_profile(exports, text + 'timezone = "UTC"\n')
    table = "Assistent-Nr.;Einstufung;Nachname;Vorname;Eintritt;Status;Zuletzt\nP1;A;M;V;2020-01-01;online;{}\n"
    exports.take_paths(write(exports, tmp_path, table.format("2025-03-30T02:30")))
    assert Vpa.get().last_activity.isoformat() == "2025-03-30T02:30:00+00:00"
    exports.take_paths(write(exports, tmp_path, table.format("2025-07-01T10:30")))
    assert Vpa.get().last_activity.isoformat() == "2025-07-01T10:30:00+00:00"


def test_an_hour_that_never_was_asks_whether_the_file_is_in_utc(exports: Exports) -> None:
    folder = exports.folder(vpas=[vpa(letzte_aktivitaet="2025-03-30T02:30")])
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(folder)
    assert [(p.code, "UTC" in p.message) for p in caught.value.problems] == [("bad_date", True)]
    exports.take_paths(folder, timezone="UTC")
    assert Vpa.get().last_activity.isoformat() == "2025-03-30T02:30:00+00:00"


def test_a_profile_is_replaced_by_its_name_and_removed(exports: Exports, tmp_path: Path) -> None:
    assert set_profile(exports)["set_by"] == "ANN"
    set_profile(exports, LIST.replace("Assistentenliste", "ASSISTENTENLISTE"))
    listed = exports.world.cli("profile", "list").lines
    assert [line["name"] for line in listed] == ["ASSISTENTENLISTE"]
    exports.world.run(RemoveProfile(name="assistentenliste"))
    assert exports.world.cli("profile", "list").lines == []
    assert exports.world.cli("profile", "show", "weg").exit_code == 2
    assert exports.world.cli("import", str(write(exports, tmp_path)), "--profile", "weg").exit_code == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ('"vpas"', '"leute"', 3, "file"),
        ("klasse =", "klase =", 8, "klase"),
        ('neukunden = "=ja"', 'neukunden = "=jo"', 11, "neukunden"),
        ('"*" = "nein"', '"*" = "jain"', 15, "*"),
        ('"MM/DD/YYYY"', '"MM.DD.YYYY"', 17, "start"),
        ('"MM/DD/YYYY"', '"Woche"', 17, "start"),
        ('headers = ["Assistent-Nr.", "Einstufung"]', "headers = []", 4, "headers"),
        ('vpa_id = "Assistent-Nr."', 'vpa_id = ', 6, "vpa_id"),
        ('without = "Assistent-Nr."', 'without = 3', 19, "without"),
    ],
)  # fmt: skip
def test_a_faulty_profile_is_refused_with_line_and_key(
    exports: Exports, tmp_path: Path, old: str, new: str, line: int, key: str
) -> None:
    path = tmp_path / "liste.toml"
    path.write_text(LIST.replace(old, new), encoding="utf-8")
    result = exports.world.cli("profile", "set", str(path))
    assert result.exit_code == 4
    found = [(p["file"], p["line"], p["column"], p["code"]) for p in result.json["error"]["problems"]]
    assert ("liste.toml", line, key, "bad_profile") in found
    assert exports.world.cli("profile", "list").lines == []
