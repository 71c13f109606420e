"""What spreadsheets and old programs make of a table: errors, lost digits, odd letters, unseen marks (CONTRACT §14)."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ground.errors import BadDataError
from models.importing.hollow_old import hollow_of_old
from models.tables.people import Customer, Vpa
from models.tables.task import Task
from tests.importing.support import Exports, csv_text, row, vpa, write_json
from tests.importing.test_problems import GOOD, HEAD, ONE_ENGINE, csv_file
from tests.importing.workbook import ods_row, old_workbook, write_binary, write_ods, write_workbook

NAMES = ["vpa_id", "name", "klasse", "start", "aktiv", "neukunden", "auftraege", "teilzeit"]
ROW = ["V1", "Mira Keller", "C", "2020-01-01", "ja", "ja", "ja"]


def sheet(exports: Exports, *cells: str, before: str = "") -> Path:
    """A workbook whose table `vpas` stands in row 1 and 2; the raw cells come behind those of `ROW`."""
    head = "".join(text_cell(f"{chr(65 + n)}1", name) for n, name in enumerate(NAMES))
    good = "".join(text_cell(f"{chr(65 + n)}2", value) for n, value in enumerate(ROW))
    raw = f'<row r="1">{head}</row>{before}<row r="2">{good}{"".join(cells)}</row>'
    return write_workbook(exports.folder() / "export.xlsx", {"vpas": raw})


def text_cell(place: str, text: str) -> str:
    """A cell with a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def faults(exports: Exports, *paths: Path) -> list[tuple[str, int, str, str]]:
    """File, line, column and code of all problems."""
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(*paths)
    return [(one.file, one.line, one.column, one.code) for one in caught.value.problems]


def messages(exports: Exports, *paths: Path) -> list[str]:
    """The sentences of all problems."""
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(*paths)
    return [problem.message for problem in caught.value.problems]


# Cells that hold no value but an error


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="H2" t="e"><v>#N/A</v></c>',
        '<c t="e" r="H2"><f>VLOOKUP(A2,X:Y,2,0)</f><v>#REF!</v></c>',
        "<c r='H2' s='1' t='e'><v>#DIV/0!</v></c>",
        '<c r="H2"><f>A2</f></c>',
        '<c r="H2"><f>A2</f><v></v></c>',
        '<c r="H2"><f>A2</f><v/></c>',
        '<c r="H2" s="3"><f t="shared" si="0"/></c>',
        '<c r="H2" t="inlineStr"><is><t>#NV</t></is></c>',
        '<c r="H2" t="inlineStr"><is><t>Err:502</t></is></c>',
    ],
)
@ONE_ENGINE
def test_an_error_or_a_formula_without_value_is_no_empty_cell(exports: Exports, cell: str) -> None:
    exports.take(vpas=[vpa(teilzeit="ja")])
    assert faults(exports, sheet(exports, cell)) == [("export.xlsx:vpas", 2, "teilzeit", "bad_value")]
    assert Vpa.get().part_time is True


@pytest.mark.parametrize(
    ("cell", "part_time"),
    [
        ('<c r="H2" t="str"><f>IF(1,"","x")</f><v></v></c>', False),
        ('<c r="H2" t="str"><f>"ja"</f><v>ja</v></c>', True),
        ('<c r="H2" t="b"><f>1=1</f><v>1</v></c>', True),
        ('<c r="H2" s="1"/>', False),
        ('<c r="J2" t="str"><f>1</f><v></v></c>', False),
        ("", False),
    ],
)
@ONE_ENGINE
def test_a_formula_with_a_value_is_that_value(exports: Exports, cell: str, part_time: bool) -> None:
    """The control: also the empty text, which is one."""
    exports.take_paths(sheet(exports, cell))
    assert Vpa.get().part_time is part_time


@ONE_ENGINE
def test_an_error_in_a_column_that_nobody_reads_stops_nothing(exports: Exports) -> None:
    raw = sheet(exports, '<c r="I2" t="e"><v>#N/A</v></c>')
    path = write_workbook(
        exports.folder() / "export.xlsx",
        {"vpas": _sheet_xml(raw).replace('<row r="2">', text_cell("I1", "Rest") + '<row r="2">')},
    )
    assert faults(exports, raw) == [("export.xlsx:vpas", 2, "teilzeit", "bad_value")]
    assert path.exists()


def _sheet_xml(path: Path) -> str:
    import zipfile

    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml").decode().partition("<sheetData>")[2].partition("</sheetData>")[0]


@ONE_ENGINE
def test_the_place_of_an_error_is_the_sheets(exports: Exports) -> None:
    """A table that begins further down and right, a second sheet, thousands of rows before the faulty one."""
    rows: list[list[Any]] = [[None, None, None], [None, *NAMES], *([None, f"V{n}", *ROW[1:]] for n in range(3, 20_003))]
    path = write_workbook(exports.folder() / "export.xlsx", {"andere": [["x"]], "vpas": rows})
    broken = _rewritten(path, "sheet2.xml", '<c r="G20001"', '<c r="G20001" t="e"><v>#NAME?</v></c><c r="Q20001"')
    assert faults(exports, broken)[0] == ("export.xlsx:vpas", 20_001, "neukunden", "bad_value")


def _rewritten(path: Path, part: str, old: str, new: str) -> Path:
    import re
    import zipfile

    target = path.with_name("export2") / "export.xlsx"
    target.parent.mkdir()
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in book.namelist():
            data = book.read(name).decode()
            if name.endswith(part):
                data = re.sub(f"{re.escape(old)}[^>]*>.*?</c>", new.rpartition("<c")[0], data, count=1)
            out.writestr(name, data)
    return target


_CELLS = {
    "error": '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>',
    "formula": '<table:table-cell table:formula="of:=A1"/>',
    "text": '<table:table-cell office:value-type="string"><text:p>#N/A</text:p></table:table-cell>',
}


@pytest.mark.parametrize("kind", _CELLS)
@ONE_ENGINE
def test_an_error_in_an_ods_is_no_empty_cell(exports: Exports, kind: str) -> None:
    """Also behind repeated cells and rows, and in the sheet that is meant."""
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    rows = ods_row(*NAMES, "Rest") + ods_row(blank, times=3) + ods_row(*ROW, _CELLS[kind], "")
    other = ods_row(_CELLS["error"])
    path = write_ods(exports.folder() / "export.ods", {"andere": other, "vpas": rows})
    assert faults(exports, path) == [("export.ods:vpas", 5, "teilzeit", "bad_value")]
    good = write_ods(exports.folder() / "export.ods", {"andere": other, "vpas": ods_row(*NAMES) + ods_row(*ROW, "ja")})
    exports.take_paths(good)
    assert Vpa.get().part_time is True


@ONE_ENGINE
def test_an_error_in_an_xlsb_is_no_empty_cell(exports: Exports) -> None:
    rows: list[list[str | None]] = [[*NAMES], [*ROW, "nein"], ["V2", *ROW[1:], None]]
    path = write_binary(exports.folder() / "export.xlsb", "vpas", rows)
    assert faults(exports, path) == [("export.xlsb:vpas", 3, "teilzeit", "bad_value")]
    exports.take_paths(write_binary(exports.folder() / "export.xlsb", "vpas", [[*NAMES], [*ROW, "ja"]]))
    assert Vpa.get().part_time is True


@pytest.mark.parametrize("formula", [False, True])
@ONE_ENGINE
def test_an_error_in_an_xls_is_no_empty_cell(exports: Exports, formula: bool) -> None:
    many: list[list[str | None]] = [[f"V{n}", *ROW[1:], "nein"] for n in range(3, 200)]
    rows: list[list[str | None]] = [[*NAMES], *many, ["V2", *ROW[1:], None]]
    path = exports.folder() / "export.xls"
    path.write_bytes(old_workbook("vpas", rows, formula))
    assert faults(exports, path) == [("export.xls:vpas", 199, "teilzeit", "bad_value")]
    path.write_bytes(old_workbook("vpas", [[*NAMES], [*ROW, "ja"]]))
    exports.take_paths(path)
    assert Vpa.get().part_time is True


@given(st.binary(max_size=3000), st.integers(0, 3000))
def test_a_damaged_xls_is_looked_at_to_its_end(noise: bytes, at: int) -> None:
    """Whatever its sectors say: no endless circle, no other error than that it is damaged."""
    good = old_workbook("vpas", [[*NAMES], [*ROW, None]])
    broken = good[:at] + noise + good[at + len(noise) :]
    found: list[Any] = []
    with contextlib.suppress(ValueError):
        found += hollow_of_old(io.BytesIO(broken), "vpas")
    assert all(row > 0 and column >= 0 for row, column, _ in found)


@pytest.mark.parametrize("error", ["#NV", "#N/A", "#WERT!", "#DIV/0!", "Err:502"])
@pytest.mark.parametrize("column", ["vpa_id", "name", "teilzeit", "klasse", "letzte_aktivitaet"])
@ONE_ENGINE
def test_a_csv_keeps_an_error_as_a_text(exports: Exports, error: str, column: str) -> None:
    assert faults(exports, csv_file(exports, csv_text([vpa(**{column: error})]))) == [
        ("vpas.csv", 2, column, "bad_value")
    ]


# Numbers


@pytest.mark.parametrize(("number", "key"), [("17", "17"), ("123456789012345", "123456789012345"), ("1.5", "1.5")])
@ONE_ENGINE
def test_an_id_as_a_number_has_all_its_digits(exports: Exports, number: str, key: str) -> None:
    exports.take_paths(_with_id(exports, number))
    assert Vpa.get().id == key


@pytest.mark.parametrize("number", ["1000000000000000", "1.234567890123457e+18", "-1234567890123456", "9.1E15"])
@ONE_ENGINE
def test_digits_that_a_spreadsheet_did_not_keep_are_no_id(exports: Exports, number: str) -> None:
    assert faults(exports, _with_id(exports, number)) == [("export.xlsx:vpas", 2, "vpa_id", "bad_value")]


@pytest.mark.parametrize(
    ("number", "key"), [("1e3", "1000"), ("17", "17"), ("1234567890123456789", "1234567890123456789"), ("1.2E18", None)]
)
@ONE_ENGINE
def test_an_id_as_a_number_of_json(exports: Exports, number: str, key: str | None) -> None:
    """A whole number is written out; one with an exponent has lost what lies behind 15 digits."""
    path = exports.folder() / "vpas.json"
    path.write_text(json.dumps([vpa()]).replace('"V1"', number), encoding="utf-8")
    if key is None:
        assert faults(exports, path) == [("vpas.json", 1, "vpa_id", "bad_value")]
    else:
        exports.take_paths(path)
        assert Vpa.get().id == key


def _with_id(exports: Exports, number: str) -> Path:
    raw = _sheet_xml(sheet(exports)).replace(text_cell("A2", "V1"), f'<c r="A2"><v>{number}</v></c>')
    return write_workbook(exports.folder() / "export.xlsx", {"vpas": raw})


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.200", ("1200", "1,2")), ("1,200", ("1200", "1,2")), ("12.500", ("12500", "12,5")),
        ("1.234", ("1234", "1,234")), ("+1.000", ("1000", "1")),
    ],
)  # fmt: skip
@ONE_ENGINE
def test_a_number_with_two_readings_names_both(exports: Exports, text: str, readings: tuple[str, str]) -> None:
    (told,) = messages(exports, _hours(exports, text))
    assert all(f" {reading} " in told for reading in readings)
    assert faults(exports, _hours(exports, text)) == [("aufgaben.csv", 2, "stunden", "bad_value")]


@pytest.mark.parametrize(
    ("text", "hours"),
    [("1200", 1200), ("1,2", 1.2), ("0,125", 0.125), ("0.500", 0.5), ("1,2340", 1.234), ("1.25", 1.25)],
)
@ONE_ENGINE
def test_a_number_with_one_reading_is_read(exports: Exports, text: str, hours: float) -> None:
    exports.take_paths(_hours(exports, text))
    assert Task.get().hours == hours


def _hours(exports: Exports, text: str) -> Path:
    return exports.folder(kunden=[row("kunden")], aufgaben=[row("aufgaben", stunden=text)])


@pytest.mark.parametrize(("hours", "text"), [(1.125, "1,1250"), (12.375, "12,3750"), (0.5, "0,5"), (1200.0, "1200")])
def test_a_number_goes_out_as_it_comes_in(exports: Exports, hours: float, text: str, tmp_path: Path) -> None:
    """What the export and a form write has one reading only."""
    from models.records.task import SetTask

    exports.take(kunden=[row("kunden")], aufgaben=[row("aufgaben", stunden=text)])
    task = Task.get()
    assert (task.hours, SetTask(id=task.id).presets(exports.world.session().work(), task)["hours"]) == (hours, text)
    exports.world.cli("export", str(tmp_path / "alles")).ok()
    assert exports.take_paths(tmp_path / "alles" / "aufgaben.csv")["files"][0]["unchanged"] == 1
    assert Task.get().hours == hours


@ONE_ENGINE
def test_a_real_number_has_one_reading(exports: Exports) -> None:
    """In JSON and in a sheet the point is no matter of taste."""
    exports.take(kunden=[row("kunden")])
    folder = exports.folder()
    (folder / "aufgaben.json").write_text(json.dumps([row("aufgaben")])[:-2] + ', "stunden": 1.125}]')
    exports.take_paths(folder / "aufgaben.json")
    assert Task.get().hours == 1.125
    cells: dict[str, Any] = row("aufgaben", stunden=2.375)
    path = write_workbook(exports.folder() / "export.xlsx", {"aufgaben": [list(cells), list(cells.values())]})
    exports.take_paths(path)
    assert Task.get().hours == 2.375


# Letters

UMLAUTS = "Bäcker, Jörg Müller-Größe"


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac-roman", "cp1251", "koi8-r"])
@ONE_ENGINE
def test_letters_of_another_code_page_are_found(exports: Exports, encoding: str) -> None:
    name = UMLAUTS if encoding not in ("cp1251", "koi8-r") else "Иванов Сергей"
    data = f"{HEAD}\n{GOOD}\nV2;{name};C;2020-01-01;ja;ja;ja\n".encode(encoding)
    assert faults(exports, csv_file(exports, data)) == [("vpas.csv", 3, "", "bad_encoding")]


@pytest.mark.parametrize(
    ("utf8", "cp1252"), [("Bäcker", "André"), ("Łukasz", "Größe"), ("„Ja“ – 5 €", "Jörg"), ("Łódź", "Ümit")]
)
@pytest.mark.parametrize("first", ["utf8", "cp1252"])
@ONE_ENGINE
def test_one_line_in_another_encoding_is_found(exports: Exports, utf8: str, cp1252: str, first: str) -> None:
    """The odd byte is the one that is no UTF-8, wherever it stands."""
    lines = [f"V8;{utf8};C;2020-01-01;ja;ja;ja\n".encode(), f"V9;{cp1252};C;2020-01-01;ja;ja;ja\n".encode("cp1252")]
    lines = lines if first == "utf8" else lines[::-1]
    data = f"{HEAD}\n".encode() + b"".join(lines)
    line = 3 if first == "utf8" else 2
    assert faults(exports, csv_file(exports, data)) == [("vpas.csv", line, "", "bad_encoding")]


@pytest.mark.parametrize(
    "name",
    [
        "Müller, Änne",
        "GRÖSSE ÄÖÜ äöüß",
        "Šimić Žarko",
        "„Spaß“ am Fuß",
        "d’Arc – René …",
        "5 m² für 3 €",
        "Hällo…wie",
        "ÇÉ",
    ],
)
@ONE_ENGINE
def test_windows_1252_is_read(exports: Exports, name: str) -> None:
    """The control: names and signs that are really written so."""
    name = name.replace("ć", "c")
    exports.take_paths(csv_file(exports, f"{HEAD}\nV1;{name};C;2020-01-01;ja;ja;ja\n".encode("cp1252")))
    assert Vpa.get().name == name


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@ONE_ENGINE
def test_utf_16_with_a_mark_is_read(exports: Exports, encoding: str) -> None:
    text = csv_text([vpa(name=UMLAUTS, buddy="Łukasz")], delimiter="\t")
    data = text.encode(encoding) if encoding == "utf-16" else f"\ufeff{text}".encode(encoding)
    exports.take_paths(csv_file(exports, data))
    assert (Vpa.get().name, Vpa.get().buddy) == (UMLAUTS, "Łukasz")
    path = exports.folder() / "kunden.json"
    path.write_bytes(json.dumps([row("kunden", name=UMLAUTS)], ensure_ascii=False).encode("utf-16"))
    exports.take_paths(path)
    assert Customer.get().name == UMLAUTS


# What nobody sees

UNSEEN = ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e", "\u3164", "\u00a0", "\u2028", "\x1a", "\u180e"]


@pytest.mark.parametrize("mark", UNSEEN)
def test_ids_references_headings_words_and_dates_are_what_one_sees(exports: Exports, mark: str) -> None:
    rows = [
        vpa(
            vpa_id=f"{mark}V020{mark}",
            klasse=f"b{mark}",
            start=f"{mark}01.02.2020",
            aktiv=f"ja{mark}",
            name=f"{mark}Mira{mark}",
        )
    ]
    text = (
        csv_text(rows)
        .replace("vpa_id", f"{mark}vpa_id{mark}")
        .replace("name", f"na{mark}me" if mark not in "\u00a0" else "name")
    )
    exports.take_paths(csv_file(exports, text))
    exports.take(vpas=[vpa(vpa_id="V020", name="Mira", klasse="B", start="2020-02-01")],
                 abwesenheiten=[row("abwesenheiten", vpa_id=f"V020{mark}")])  # fmt: skip
    got = Vpa.get()
    assert (Vpa.select().count(), got.id, got.klasse, got.name) == (1, "V020", "B", "Mira")


@ONE_ENGINE
def test_two_ids_that_look_the_same_are_one(exports: Exports) -> None:
    """By U+200B, and by an umlaut of two pieces."""
    for one, two in (("V020", "V020\u200b"), ("VÄ1", "VA\u03081")):
        path = exports.folder(vpas=[vpa(vpa_id=one), vpa(vpa_id=two)])
        assert faults(exports, path) == [("vpas.csv", 3, "vpa_id", "duplicate_id")]


@pytest.mark.parametrize("mark", UNSEEN)
@ONE_ENGINE
def test_a_compulsory_text_that_is_blank_to_the_eye_is_missing(exports: Exports, mark: str) -> None:
    assert faults(exports, exports.folder(vpas=[vpa(name=f" {mark}{mark}")])) == [
        ("vpas.csv", 2, "name", "missing_value")
    ]


@ONE_ENGINE
def test_what_joins_emoji_stays(exports: Exports) -> None:
    exports.take(vpas=[vpa(name="Mira 👩\u200d💻 ❤\ufe0f", buddy="a\u200bb")])
    assert Vpa.get().name == "Mira 👩\u200d💻 ❤\ufe0f"
    assert Vpa.get().buddy == "a\u200bb", "an optional text is kept as it is"


@pytest.mark.parametrize("line", ["\x1a", "\x1a\x00", ";\x0c;;", "\u200b", ";;\u00a0;\ufeff", '"\x1a"'])
@ONE_ENGINE
def test_a_line_that_is_blank_to_the_eye_is_no_record(exports: Exports, line: str) -> None:
    answer = exports.take_paths(csv_file(exports, f"{HEAD}\n{line}\n{GOOD}\n{line}"))
    assert answer["files"][0]["rows"] == 1


@ONE_ENGINE
def test_a_missing_id_column_is_one_problem(exports: Exports) -> None:
    """Also for the other files that have an id of their own, and for entries without `datei`."""
    folder = exports.folder()
    for table, key in (("vpas", "vpa_id"), ("kunden", "kunden_id"), ("aufgaben", "aufgabe_id"), ("akten", "datei")):
        cells = {name: value for name, value in row(table).items() if name != key}
        if key == "datei":
            cells = {**cells, "kunden_id": "", "vpa_id": "V1"}
        write_json(folder / f"{table}.json", [cells, {**cells, **({"eintrag_id": "E2"} if key == "datei" else {})}])
    assert faults(exports, folder) == [
        ("akten.json", 1, "datei", "missing_column"),
        ("aufgaben.json", 1, "aufgabe_id", "missing_column"),
        ("kunden.json", 1, "kunden_id", "missing_column"),
        ("vpas.json", 1, "vpa_id", "missing_column"),
    ]


# The hour that never was


@pytest.mark.parametrize("text", ["2026-03-29T02:30", "29.03.2026 02:00", "2026-03-29 02:59:59"])
@pytest.mark.parametrize("column", ["letzte_aktivitaet", "onboarding_call"])
@ONE_ENGINE
def test_a_moment_that_never_was_in_berlin_asks_for_utc(exports: Exports, column: str, text: str) -> None:
    path = exports.folder(vpas=[vpa(**{column: text})])
    assert faults(exports, path) == [("vpas.csv", 2, column, "bad_date")]
    (told,) = messages(exports, path)
    assert "UTC?" in told
    assert "--timezone UTC" in told
    exports.take_paths(path, timezone="UTC", despite="kommt erst")


# The terminal


def test_problems_of_one_kind_are_listed_five_times_and_counted(exports: Exports) -> None:
    """`--json` has all of them."""
    rows = [
        vpa(vpa_id=f"V{n}", klasse="Z" if n < 12 else "C", start="nie" if n < 3 else "2020-01-01") for n in range(40)
    ]
    path = str(exports.folder(vpas=rows))
    told = exports.world.cli("import", path, json=False).stderr
    assert told.count("klasse: ") == 6
    assert "vpas.csv, klasse: … und noch 7 weitere Male." in told
    assert told.count("start: ") == 3
    assert len(exports.world.cli("import", path).json["error"]["problems"]) == 15
