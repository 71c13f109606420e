"""What a table most likely is: a profile suggested by header and by content (X-03, CONTRACT §14)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from models.ground.errors import UsageError
from models.importing.columns import TABLES
from models.importing.profiles.actions import SetProfile
from models.importing.profiles.suggest.suggestion import suggest
from models.importing.profiles.suggest.words import header_words, key_of
from models.tables.people import Vpa
from tests.importing.support import Exports, row, vpa
from tests.importing.workbook import write_workbook
from tests.support.cases import day

STAFF = (
    "Unsere Leute;;;;;;;\n"
    "Assistent-Nr.;Nachname;Vorname;Einstufung;Eintritt;Status;Bemerkung;Neukunden\n"
    "P1;Muster;Mira;A;01/31/2020;Online;;x\n"
    "P2;Beispiel;Ida;B;02/03/2021;Pause;nett;\n"
    ";Summe;2;;;;;\n"
)


def suggested(exports: Exports, path: Path, **how: Any) -> dict[str, Any]:
    return suggest(exports.world.session(), path, **how).show()


def write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_x_03_a_suggestion_is_valid_and_says_what_is_open(exports: Exports, tmp_path: Path) -> None:
    path = write(tmp_path, "leute.csv", STAFF)
    shown = suggested(exports, path)
    assert (shown["file"], shown["open"]) == ("vpas", ["auftraege"])
    found = {ours: guess["from"] for ours, guess in shown["columns"].items()}
    assert found == {
        "vpa_id": "Assistent-Nr.", "name": "{Vorname} {Nachname}", "klasse": "Einstufung", "start": "Eintritt",
        "aktiv": "Status", "neukunden": "Neukunden",
    }  # fmt: skip
    assert all(0 < guess["sure"] <= 1 for guess in shown["columns"].values())
    assert "# offen: auftraege" in shown["toml"].splitlines()
    raw = tomllib.loads(shown["toml"])
    assert raw["values"] == {"aktiv": {"Online": "ja", "Pause": "nein"}, "neukunden": {"x": "ja", "": "nein"}}
    assert (raw["formats"], raw["rows"]) == ({"start": "MM/DD/YYYY"}, {"without": "Assistent-Nr."})


def test_x_03_finished_by_hand_the_suggestion_reads_its_table(exports: Exports, tmp_path: Path) -> None:
    path = write(tmp_path, "leute.csv", STAFF)
    text = suggested(exports, path)["toml"].replace("# offen: auftraege", 'auftraege = "=ja"')
    exports.world.run(SetProfile(toml=text))
    assert exports.take_paths(path)["files"][0]["skipped"] == 1
    found = [(v.id, v.name, v.klasse, v.start, v.active, v.new_customers) for v in Vpa.select().order_by(Vpa.id)]
    assert found == [
        ("P1", "Mira Muster", "A", day("2020-01-31"), True, True),
        ("P2", "Ida Beispiel", "B", day("2021-02-03"), False, False),
    ]


def test_x_03_the_command_prints_the_toml_and_with_json_the_columns(exports: Exports, tmp_path: Path) -> None:
    path = write(tmp_path, "urlaub.tsv", "Mitarbeiter\tUrlaub von\tUrlaub bis\nP1\t01.12.2025\t05.12.2025\n")
    shown = exports.world.cli("profile", "suggest", str(path)).ok().json
    assert set(shown) == {"file", "columns", "open", "toml"}
    assert (shown["file"], set(shown["columns"]), shown["open"]) == ("abwesenheiten", {"vpa_id", "von", "bis"}, [])
    assert set(shown["columns"]["von"]) == {"from", "sure"}
    plain = exports.world.cli("profile", "suggest", str(path), json=False).ok().stdout
    assert plain == shown["toml"]


def test_content_tells_where_headers_do_not(exports: Exports, tmp_path: Path) -> None:
    exports.take(vpas=[vpa(), vpa(vpa_id="V2", name="Ida Beispiel")], kunden=[row("kunden")])
    text = "S1,S2,S3,S4,S5\nV1,Mira Keller,A,2020-01-01,ja\nV2,Ida Beispiel,N,2021-02-03,nein\n"
    shown = suggested(exports, write(tmp_path, "vpas alt.csv", text))
    found = {ours: guess["from"] for ours, guess in shown["columns"].items()}
    assert found == {"vpa_id": "S1", "name": "S2", "klasse": "S3", "start": "S4", "aktiv": "S5"}
    assert shown["columns"]["start"]["sure"] < shown["columns"]["vpa_id"]["sure"]


def test_a_list_of_customers_also_tells_who_serves_them(exports: Exports, tmp_path: Path) -> None:
    text = "KdNr;Firma;Betreuer;Stand\nK1;Bäckerei;V1;Bestandskunde\nK2;Ofen AG;;Sonderfall\n"
    path = write(tmp_path, "Liste.csv", text)
    shown = suggested(exports, path)
    assert shown["file"] == "kunden"
    assert '# offen: "Sonderfall" = "?"' in shown["toml"]
    assert "--file zuordnungen" in shown["toml"]
    second = suggested(exports, path, file="zuordnungen")
    assert {ours: guess["from"] for ours, guess in second["columns"].items()} == {
        "kunden_id": "KdNr",
        "vpa_id": "Betreuer",
    }
    assert tomllib.loads(second["toml"])["rows"]["without"] == "Betreuer"


def test_the_sheet_that_fits_best_is_taken_or_the_named_one(exports: Exports, tmp_path: Path) -> None:
    path = tmp_path / "Mappe.xlsx"
    sheets: dict[str, list[list[Any]] | str] = {
        "Notizen": [["Datum", "Was"], ["heute", "nichts"]],
        "Team": [["Personalnummer", "Name", "Klasse", "Eintritt"], ["P1", "Mira", "A", day("2020-01-31")]],
    }
    write_workbook(path, sheets)
    assert suggested(exports, path)["file"] == "vpas"
    assert "Team" in suggested(exports, path, sheet="team")["toml"].splitlines()[0]
    with pytest.raises(UsageError, match="Notizen, Team"):
        suggested(exports, path, sheet="Fehlt")


@pytest.mark.parametrize("name", ["bild.png", "fehlt.csv", "."])
def test_what_is_no_table_is_wrong_usage(exports: Exports, tmp_path: Path, name: str) -> None:
    if name == "bild.png":
        (tmp_path / name).write_bytes(b"\x89PNG")
    with pytest.raises(UsageError):
        suggested(exports, tmp_path / name)


def test_every_column_of_ours_has_synonyms_in_both_languages() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert len(header_words(table.name, column.name)) >= 2, (table.name, column.name)
            assert key_of(column.name) == header_words(table.name, column.name)[0]
