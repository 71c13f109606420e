"""Every code of CONTRACT §3 at its file, line and column; nothing is imported where there is any (all or nothing)."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from models.ground.errors import BadDataError, UsageError
from models.importing import texts
from models.importing.columns import TABLES
from models.tables.people import Import, Vpa
from tests.importing.support import Exports, absence, all_columns, csv_text, row, vpa, write_json

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""Reading files is the same whatever the database."""

Spot = tuple[str, int, str, str]

HEAD = "vpa_id;name;klasse;start;aktiv;neukunden;auftraege"
GOOD = "V1;Mira Keller;C;2020-01-01;ja;ja;ja"


def spots(error: BadDataError) -> list[Spot]:
    """File, line, column and code of each problem."""
    assert all(problem.message.strip() and problem.message.endswith(".") for problem in error.problems)
    return [(p.file, p.line, p.column, p.code) for p in error.problems]


def problems_of(exports: Exports, *paths: Path) -> list[Spot]:
    """What is wrong with these files; makes sure that nothing came in."""
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(*paths)
    assert Import.select().count() == 0
    assert Vpa.select().count() == 0
    return spots(caught.value)


def problems_in(exports: Exports, **tables: list[dict[str, Any]]) -> list[Spot]:
    """The same for small tables."""
    return problems_of(exports, exports.folder(**tables))


def csv_file(exports: Exports, text: str | bytes, name: str = "vpas.csv") -> Path:
    """A CSV as it stands."""
    path = exports.folder() / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# Cells

CELLS = [
    ("vpas", {"klasse": "E"}, "klasse", "bad_value"),
    ("vpas", {"klasse": "AB"}, "klasse", "bad_value"),
    ("vpas", {"klasse": ""}, "klasse", "missing_value"),
    ("vpas", {"klasse": "  "}, "klasse", "missing_value"),
    ("vpas", {"name": "\x07"}, "name", "missing_value"),
    ("vpas", {"start": "2025-02-29"}, "start", "bad_date"),
    ("vpas", {"start": "29.02.2025"}, "start", "bad_date"),
    ("vpas", {"start": "1.2.2025"}, "start", "bad_date"),
    ("vpas", {"start": "1899-12-31"}, "start", "bad_date"),
    ("vpas", {"start": "01.01.2200"}, "start", "bad_date"),
    ("vpas", {"start": "2025-01-01T10:00"}, "start", "bad_date"),
    ("vpas", {"start": "gestern"}, "start", "bad_date"),
    ("vpas", {"aktiv": "vielleicht"}, "aktiv", "bad_value"),
    ("vpas", {"aktiv": "2"}, "aktiv", "bad_value"),
    ("vpas", {"teilzeit": "halb"}, "teilzeit", "bad_value"),
    ("vpas", {"letzte_aktivitaet": "2025-11-05T24:00"}, "letzte_aktivitaet", "bad_date"),
    ("vpas", {"letzte_aktivitaet": "2025-03-30T02:30"}, "letzte_aktivitaet", "bad_date"),
    ("vpas", {"letzte_aktivitaet": "5. November"}, "letzte_aktivitaet", "bad_date"),
    ("kunden", {"klasse": "N"}, "klasse", "bad_value"),
    ("kunden", {"status": "neu"}, "status", "bad_value"),
    ("kunden", {"status": ""}, "status", "missing_value"),
    ("kunden", {"muster": "manchmal"}, "muster", "bad_value"),
    ("kunden", {"vpa_akte_gepflegt_von": "kunde"}, "vpa_akte_gepflegt_von", "bad_value"),
    ("kunden", {"letzte_buchung": "x"}, "letzte_buchung", "bad_date"),
    ("zuordnungen", {"von": "2025-06-01", "bis": "2025-05-31"}, "bis", "bad_value"),
    ("abwesenheiten", {"von": "2025-06-02", "bis": "01.06.2025"}, "bis", "bad_value"),
    ("abwesenheiten", {"eingetragen_am": ""}, "eingetragen_am", "missing_value"),
    ("aufgaben", {"status": "fertig"}, "status", "bad_value"),
    ("aufgaben", {"stunden": "viele"}, "stunden", "bad_value"),
    ("aufgaben", {"stunden": "-1"}, "stunden", "bad_value"),
    ("aufgaben", {"stunden": "nan"}, "stunden", "bad_value"),
    ("aufgaben", {"stunden": "9" * 400}, "stunden", "bad_value"),
    ("aufgaben", {"delegations_grund": "Lust"}, "delegations_grund", "bad_value"),
    ("aufgaben", {"neukunde": "?"}, "neukunde", "bad_value"),
    ("akten", {"datei": "schwarz"}, "datei", "bad_value"),
    ("akten", {"von": "kunde"}, "von", "bad_value"),
    ("akten", {"kunden_id": ""}, "kunden_id", "missing_value"),
    ("akten", {"vpa_id": "V1"}, "vpa_id", "bad_value"),
    ("akten", {"datei": "vpa_akte"}, "datei", "bad_value"),
    ("akten", {"datei": "vpa_akte", "kunden_id": ""}, "vpa_id", "missing_value"),
    ("akten", {"zeit": ""}, "zeit", "missing_value"),
    ("nachrichten", {"von": "buddy"}, "von", "bad_value"),
    ("aufgaben", {"aufgabe_id": "T" * 301}, "aufgabe_id", "bad_value"),
    ("nachrichten", {"text": "x" * 131_073}, "text", "too_large"),
]


@ONE_ENGINE
@pytest.mark.parametrize(("table", "cells", "column", "code"), CELLS)
def test_faulty_cell_is_named_at_its_place(
    exports: Exports, table: str, cells: dict[str, str], column: str, code: str
) -> None:
    tables = {name: [row(name)] for name in ("vpas", "kunden", "aufgaben")}
    tables[table] = [row(table, **cells)]
    assert problems_in(exports, **tables) == [(f"{table}.csv", 2, column, code)]


@ONE_ENGINE
@pytest.mark.parametrize("table", list(TABLES))
def test_every_required_cell_and_column_is_asked_for(exports: Exports, table: str) -> None:
    required = [column.name for column in TABLES[table].columns if column.required]
    full = {name: [row(name)] for name in TABLES}
    others = {name: rows for name, rows in full.items() if name != table}
    for name in required:
        assert (f"{table}.csv", 2, name, "missing_value") in problems_in(
            exports, **others, **{table: [row(table, **{name: ""})]}
        )
        lacking = {key: value for key, value in row(table).items() if key != name}
        assert (f"{table}.csv", 1, name, "missing_column") in problems_in(exports, **others, **{table: [lacking]})


@ONE_ENGINE
def test_all_problems_are_listed_in_order(exports: Exports) -> None:
    found = problems_in(
        exports,
        vpas=[vpa(klasse="X", start="x"), vpa(vpa_id="V2"), vpa(vpa_id="V2", aktiv="")],
        abwesenheiten=[absence(vpa_id="V9", bis="31.11.2025")],
    )
    assert found == [
        ("abwesenheiten.csv", 2, "bis", "bad_date"),
        ("abwesenheiten.csv", 2, "vpa_id", "unknown_reference"),
        ("vpas.csv", 2, "klasse", "bad_value"),
        ("vpas.csv", 2, "start", "bad_date"),
        ("vpas.csv", 4, "aktiv", "missing_value"),
        ("vpas.csv", 4, "vpa_id", "duplicate_id"),
    ]


# Keys and references


@ONE_ENGINE
def test_key_of_an_assignment_is_customer_vpa_and_start(exports: Exports) -> None:
    one, two = row("zuordnungen"), row("zuordnungen", von="2025-02-01")
    tables: dict[str, Any] = {"vpas": [vpa()], "kunden": [row("kunden")]}
    again = row("zuordnungen", von="01.01.2025", grund="anders geschrieben, derselbe Tag")
    assert problems_in(exports, **tables, zuordnungen=[one, two, again]) == [
        ("zuordnungen.csv", 4, "kunden_id", "duplicate_id")
    ]
    assert exports.take(**tables, zuordnungen=[one, two])["files"][2]["rows"] == 2


@ONE_ENGINE
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("zuordnungen", "kunden_id"), ("zuordnungen", "vpa_id"), ("abwesenheiten", "vpa_id"), ("aufgaben", "kunden_id"),
        ("aufgaben", "vpa_id"), ("aufgaben", "delegiert_von"), ("akten", "kunden_id"), ("nachrichten", "aufgabe_id"),
    ],
)  # fmt: skip
def test_reference_must_be_in_the_export_or_known(exports: Exports, table: str, column: str) -> None:
    tables = {name: [row(name)] for name in ("vpas", "kunden", "aufgaben")}
    tables[table] = [row(table, **{column: "gibt es nicht"})]
    assert problems_in(exports, **tables) == [(f"{table}.csv", 2, column, "unknown_reference")]


def test_known_rows_may_be_referred_to_without_their_file(exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    assert exports.take(abwesenheiten=[absence()])["files"][0]["new"] == 1


@ONE_ENGINE
def test_faulty_row_can_still_be_referred_to(exports: Exports) -> None:
    found = problems_in(exports, vpas=[vpa(klasse="X")], abwesenheiten=[absence()])
    assert found == [("vpas.csv", 2, "klasse", "bad_value")]


@ONE_ENGINE
def test_file_that_cannot_be_read_makes_no_reference_unknown(exports: Exports) -> None:
    folder = exports.folder(abwesenheiten=[absence()])
    (folder / "vpas.csv").write_bytes(b"vpa_id;name\nV1;\x81\n")
    assert problems_of(exports, folder) == [("vpas.csv", 2, "", "bad_encoding")]


# The shape of a CSV


@ONE_ENGINE
@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "   \n"])
def test_file_without_header_lacks_every_required_column(exports: Exports, text: str) -> None:
    required = sorted(column.name for column in TABLES["vpas"].columns if column.required)
    assert problems_of(exports, csv_file(exports, text)) == [("vpas.csv", 1, n, "missing_column") for n in required]


@ONE_ENGINE
def test_more_cells_than_the_header_are_bad_value_in_its_last_column(exports: Exports) -> None:
    path = csv_file(exports, f"{HEAD}\n{GOOD};mehr\n")
    assert problems_of(exports, path) == [("vpas.csv", 2, "auftraege", "bad_value")]


@ONE_ENGINE
def test_fewer_cells_than_the_header_are_empty_ones(exports: Exports) -> None:
    assert problems_of(exports, csv_file(exports, f"{HEAD}\nV1;Mira Keller;C;2020-01-01;ja\n")) == [
        ("vpas.csv", 2, "auftraege", "missing_value"),
        ("vpas.csv", 2, "neukunden", "missing_value"),
    ]
    assert exports.take_paths(csv_file(exports, f"{HEAD};buddy;bereiche\n{GOOD}\n"))["files"][0]["new"] == 1


@ONE_ENGINE
@pytest.mark.parametrize("name", ["name", "unbekannt"])
def test_column_that_stands_twice(exports: Exports, name: str) -> None:
    twice = f"{HEAD};{name};{name}\n{GOOD};a;b\n" if name != "name" else f"{HEAD};name\n{GOOD};b\n"
    assert problems_of(exports, csv_file(exports, twice)) == [("vpas.csv", 1, name, "bad_value")]


@ONE_ENGINE
def test_lines_are_physical_ones_and_a_record_has_that_of_its_beginning(exports: Exports) -> None:
    wizard = '"erste\nzweite\n\nvierte"'
    text = f"kunden_id;name;status;wizard\n\nK1;Eins;aktiv;{wizard}\n\n\nK2;Zwei;falsch;{wizard}\nK3;Drei;falsch;\n"
    assert problems_of(exports, csv_file(exports, text, "kunden.csv")) == [
        ("kunden.csv", 9, "status", "bad_value"),
        ("kunden.csv", 13, "status", "bad_value"),
    ]


@ONE_ENGINE
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (['V1;"Mira;C;2020-01-01;ja;ja;ja', "V2;B;C;2020-01-01;ja;ja;ja"], [2]),
        (['V1;"Mira" Keller;C;2020-01-01;ja;ja;ja', "V2;B;C;2020-01-01;ja;ja;ja"], [2]),
        (['V1;"Mira" ;C;2020-01-01;ja;ja;ja'], [2]),
        (["V1;A;C;2020-01-01;ja;ja;ja", 'V2;"B;C;2020-01-01;ja;ja;ja', 'V3;"Gut";C;2020-01-01;ja;ja;ja'], [3]),
        (['V1;"A;C;2020-01-01;ja;ja;ja', 'V2;"B;C;2020-01-01;ja;ja;ja', "V3;C;C;2020-01-01;ja;ja;ja"], [2, 3]),
        (['"V1;A;C;2020-01-01;ja;ja;ja'], [2]),
    ],
)
def test_stray_quote_is_found_and_the_rest_is_read_all_the_same(
    exports: Exports, lines: list[str], expected: list[int]
) -> None:
    lines = [*lines, "V8;Zuletzt;Z;2020-01-01;ja;ja;ja"]
    found = problems_of(exports, csv_file(exports, "\n".join([HEAD, *lines]) + "\n"))
    assert found == [
        *(("vpas.csv", line, "", "unbalanced_quote") for line in expected),
        ("vpas.csv", len(lines) + 1, "klasse", "bad_value"),
    ]


@ONE_ENGINE
def test_header_with_a_stray_quote_is_the_only_problem_of_its_file(exports: Exports) -> None:
    folder = exports.folder(abwesenheiten=[absence()])
    (folder / "vpas.csv").write_text(HEAD.replace("name", '"name') + f"\n{GOOD}\n")
    assert problems_of(exports, folder) == [("vpas.csv", 1, "", "unbalanced_quote")]


@ONE_ENGINE
def test_quote_that_never_closes_in_a_long_file_is_no_large_cell(exports: Exports) -> None:
    rows = [f"V{number};Name;C;2020-01-01;ja;ja;ja" for number in range(2, 6_000)]
    path = csv_file(exports, "\n".join([HEAD, 'V1;"Mira;C;2020-01-01;ja;ja;ja', *rows]) + "\n")
    assert problems_of(exports, path) == [("vpas.csv", 2, "", "unbalanced_quote")]


@ONE_ENGINE
def test_large_cell_is_named_with_its_column_and_the_next_rows_are_read(exports: Exports) -> None:
    large = '"' + 'Zeile mit ""Wort""\n' * 10_000 + '"'
    text = f"kunden_id;name;status;wizard\nK1;Eins;aktiv;{large}\nK2;Zwei;falsch;\n"
    assert problems_of(exports, csv_file(exports, text, "kunden.csv")) == [
        ("kunden.csv", 2, "wizard", "too_large"),
        ("kunden.csv", 10_003, "status", "bad_value"),
    ]


@ONE_ENGINE
def test_cell_of_exactly_the_limit_is_taken(exports: Exports) -> None:
    path = csv_file(exports, f"kunden_id;name;status;wizard\nK1;Eins;aktiv;{'x' * 131_072}\n", "kunden.csv")
    assert exports.take_paths(path)["files"][0]["new"] == 1


# Encodings


@ONE_ENGINE
@pytest.mark.parametrize(
    ("data", "line"),
    [
        (f"{HEAD}\nV1;M\u00fcller;C;2020-01-01;ja;ja;ja\n".encode("cp1252").replace(b"ja\n", b"ja\x8d\n"), 2),
        ("\ufeff".encode() + f"{HEAD}\n{GOOD}\n".encode() + b"V2;M\xfcller;C;2020-01-01;ja;ja;ja\n", 3),
        (f"{HEAD}\nV1;Á;C;2020-01-01;ja;ja;ja\n".encode() + b"\nV2;\xfc;C;2020-01-01;ja;ja;ja\n", 4),
        (f"{HEAD}\n{GOOD}\n".encode("utf-32"), 1),
        (f"{HEAD}\n{GOOD}\n".encode("utf-16")[:-1], 1),
        (f"{HEAD}\r{GOOD}\r".encode() + b"V2;\x9d", 3),
    ],
)
def test_bad_encoding_names_the_line_of_the_bad_byte(exports: Exports, data: bytes, line: int) -> None:
    assert problems_of(exports, csv_file(exports, data)) == [("vpas.csv", line, "", "bad_encoding")]


# JSON


def json_problems(exports: Exports, value: Any) -> list[Spot]:
    """What is wrong with `vpas.json` of this value, or of this text."""
    path = exports.folder() / "vpas.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return problems_of(exports, path)


@ONE_ENGINE
@pytest.mark.parametrize(
    "text",
    ["", "kein JSON", "[{]", '[{"vpa_id": "V1"}', '[{"vpa_id": "V1"},]', "[] mehr", '[{"vpa_id": NaN}]', "[1 2]"],
)
def test_json_that_is_none_is_bad_encoding_at_line_1(exports: Exports, text: str) -> None:
    assert json_problems(exports, text) == [("vpas.json", 1, "", "bad_encoding")]


@ONE_ENGINE
@pytest.mark.parametrize("value", [{"vpa_id": "V1"}, [1, 2], ["V1"], [[]], [None], "text", 5, [vpa(), 3]])
def test_anything_else_than_an_array_of_objects_is_bad_value_at_line_1(exports: Exports, value: Any) -> None:
    assert json_problems(exports, json.dumps(value)) == [("vpas.json", 1, "", "bad_value")]


@ONE_ENGINE
def test_key_missing_in_one_element_is_a_value_in_all_of_them_a_column(exports: Exports) -> None:
    first, second = vpa(), vpa(vpa_id="V2")
    del first["klasse"], second["klasse"], second["aktiv"]
    assert json_problems(exports, [first, second]) == [
        ("vpas.json", 1, "klasse", "missing_column"),
        ("vpas.json", 2, "aktiv", "missing_value"),
    ]


@ONE_ENGINE
def test_line_in_json_is_the_number_of_the_element(exports: Exports) -> None:
    rows = [vpa(), vpa(vpa_id="V2", aktiv=None), vpa(vpa_id="V3", klasse={"a": 1}), vpa(vpa_id="V3", name=["x", {}])]
    assert json_problems(exports, rows) == [
        ("vpas.json", 2, "aktiv", "missing_value"),
        ("vpas.json", 3, "klasse", "bad_value"),
        ("vpas.json", 4, "name", "bad_value"),
        ("vpas.json", 4, "vpa_id", "duplicate_id"),
    ]


@ONE_ENGINE
def test_key_that_stands_twice_in_an_object(exports: Exports) -> None:
    text = json.dumps([vpa()]).replace('"name"', '"klasse": "A", "name"', 1)
    assert json_problems(exports, text) == [("vpas.json", 1, "klasse", "bad_value")]


# Archives, workbooks and what is no export


@ONE_ENGINE
@pytest.mark.parametrize("name", ["export.zip", "export.xlsx"])
def test_archive_that_is_none_is_bad_encoding_at_line_1(exports: Exports, name: str) -> None:
    path = exports.folder() / name
    path.write_bytes(b"PK\x03\x04 nur der Anfang")
    assert problems_of(exports, path) == [(name, 1, "", "bad_encoding")]


@ONE_ENGINE
def test_zip_that_is_no_workbook(exports: Exports) -> None:
    path = exports.folder() / "export.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("vpas.csv", csv_text([vpa()]))
    assert problems_of(exports, path) == [("export.xlsx", 1, "", "bad_encoding")]


@ONE_ENGINE
def test_damaged_member_of_an_archive(exports: Exports) -> None:
    path = exports.folder() / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("vpas.csv", csv_text([vpa()]))
    data = bytearray(path.read_bytes())
    data[data.index(b"Mira")] ^= 1
    path.write_bytes(data)
    assert problems_of(exports, path) == [("vpas.csv", 1, "", "bad_encoding")]


@ONE_ENGINE
@pytest.mark.parametrize("name", ["vpas.xls", "vpas.xlsb", "vpas.ods"])
def test_workbook_of_another_kind_that_is_none(exports: Exports, name: str) -> None:
    path = exports.folder() / name
    path.write_text("x")
    assert problems_of(exports, path) == [(name, 1, "", "bad_encoding")]


@ONE_ENGINE
@pytest.mark.parametrize("name", ["liste.csv", "vpas.txt", "vpas.doc", "bild.png"])
def test_no_known_file_at_all(exports: Exports, name: str) -> None:
    path = exports.folder() / name
    path.write_text("x")
    assert problems_of(exports, path) == [(name, 1, "", "unknown_file")]


@ONE_ENGINE
def test_empty_folder_and_archive_without_known_files(exports: Exports) -> None:
    folder = exports.folder()
    assert problems_of(exports, folder) == [(folder.name, 1, "", "unknown_file")]
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("liste.csv", "a;b\n")
    assert problems_of(exports, path) == [("export.zip", 1, "", "unknown_file")]


@ONE_ENGINE
def test_path_that_is_not_there_is_wrong_usage(exports: Exports, tmp_path: Path) -> None:
    for paths in ((tmp_path / "nirgends",), (exports.folder(vpas=[vpa()]), tmp_path / "nirgends.csv"), ()):
        with pytest.raises(UsageError):
            exports.take_paths(*paths)
    assert Vpa.select().count() == 0


# Limits


@ONE_ENGINE
def test_file_over_500_mb_is_refused_unread(exports: Exports) -> None:
    path = csv_file(exports, f"{HEAD}\n")
    with path.open("rb+") as file:
        file.truncate(500_000_001)  # sparse: it takes no room
    assert problems_of(exports, path) == [("vpas.csv", 1, "", "too_large")]


@ONE_ENGINE
def test_archive_that_unpacks_to_over_2_gb_is_refused_by_its_directory(exports: Exports) -> None:
    path = exports.folder() / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("vpas.csv", csv_text([vpa()]))
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = (600_000_000).to_bytes(4, "little")
    path.write_bytes(data)
    assert problems_of(exports, path) == [("vpas.csv", 1, "", "too_large")]


@ONE_ENGINE
def test_bomb_of_over_50_mb_at_over_a_hundred_times_its_size(exports: Exports) -> None:
    path = exports.folder() / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("vpas.csv", "w") as member:
        member.write(f"{HEAD}\n".encode())
        for _ in range(51):
            member.write(b" " * 1_000_000)
    assert path.stat().st_size < 1_000_000
    assert problems_of(exports, path) == [("vpas.csv", 1, "", "too_large")]


@ONE_ENGINE
def test_more_rows_than_allowed_are_counted_before_they_are_checked(
    exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (texts, __import__("models.importing.checking", fromlist=["x"])):
        monkeypatch.setattr(module, "ROW_LIMIT", 3)
    monkeypatch.setattr("models.importing.jsons.ROW_LIMIT", 3)
    rows = [vpa(vpa_id=f"V{number}") for number in range(4)]
    assert problems_in(exports, vpas=rows) == [("vpas.csv", 1, "", "too_large")]
    path = write_json(exports.folder() / "vpas.json", rows)
    assert problems_of(exports, path) == [("vpas.json", 1, "", "too_large")]
    blank = csv_file(exports, csv_text(rows[:3]).replace("\n", "\n\n\n"))
    assert exports.take_paths(blank)["files"][0]["rows"] == 3


@ONE_ENGINE
def test_line_without_end_is_too_large(exports: Exports) -> None:
    path = csv_file(exports, f"{HEAD}\n{GOOD}\n" + "x;" * 5_000_000)
    assert problems_of(exports, path) == [("vpas.csv", 3, "", "too_large")]


@ONE_ENGINE
def test_far_too_many_problems_end_the_reading(exports: Exports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.importing.problems.MOST", 50)
    rows = [vpa(vpa_id=f"V{number}", klasse="X") for number in range(1_000)]
    assert len(problems_in(exports, vpas=rows)) == 50


@ONE_ENGINE
def test_all_or_nothing_over_all_files(exports: Exports) -> None:
    full = {name: [row(name)] for name in TABLES}
    full["nachrichten"] = [row("nachrichten", zeit="nie")]
    assert problems_in(exports, **full) == [("nachrichten.csv", 2, "zeit", "bad_date")]
    assert [len(all_columns(name)) for name in TABLES] == [15, 9, 5, 5, 12, 13, 6]
