"""Every form and habit of writing an export gives the same rows (CONTRACT §3)."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from models.ground import clock
from models.ground.errors import BadDataError
from models.ground.text import readable_text
from models.tables.entry import Entry
from models.tables.people import Absence, Assignment, Customer, Vpa
from models.tables.task import Message, Task
from tests.importing.support import USUAL, Exports, absence, all_columns, counted, csv_text, row, vpa, write_json
from tests.importing.test_problems import GOOD, HEAD, ONE_ENGINE, csv_file, problems_of
from tests.importing.workbook import write_workbook

NAME = "Jörg Großmann-Ünal"


def names(exports: Exports, *paths: Path) -> list[str]:
    """Take these paths; the names of the VPAs then."""
    exports.take_paths(*paths)
    return [each.name for each in Vpa.select().order_by(Vpa.id)]


# CSV


@ONE_ENGINE
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_encodings_and_line_ends(exports: Exports, delimiter: str, encoding: str, end: str) -> None:
    text = csv_text([vpa(name=NAME), vpa(vpa_id="V2", name='Anna "Ann" Lux; Köln, Süd')], delimiter=delimiter)
    path = csv_file(exports, text.replace("\n", end).encode(encoding))
    assert names(exports, path) == [NAME, 'Anna "Ann" Lux; Köln, Süd']


@ONE_ENGINE
@pytest.mark.parametrize(
    ("before", "after"),
    [("\n\n", ""), ("", "\n\n;;\n   \n"), ("sep=;\n", ""), ("\ufeff\n", "\n")],
)
def test_blank_lines_are_passed_over_and_not_counted(exports: Exports, before: str, after: str) -> None:
    path = csv_file(exports, f"{before}{HEAD}\n\n{GOOD}\n{after}")
    answer = exports.take_paths(path)
    assert counted(answer) == [{"file": "vpas", "rows": 1, "new": 1, "changed": 0, "unchanged": 0}]


@ONE_ENGINE
def test_columns_in_any_order_and_unknown_ones_named(exports: Exports) -> None:
    text = "Farbe;auftraege;aktiv;start;klasse;name;neukunden;vpa_id\nrot;nein;ja;2020-01-01;B;Mira;ja;V1\n"
    answer = exports.take_paths(csv_file(exports, text))
    got = Vpa.get()
    assert (got.id, got.name, got.klasse, got.orders, got.new_customers, got.active) == (
        "V1",
        "Mira",
        "B",
        False,
        True,
        True,
    )
    assert answer["ignored"] == ["vpas.csv:Farbe"]


@ONE_ENGINE
def test_cells_are_trimmed_and_lose_control_characters(exports: Exports) -> None:
    text = (
        f"{HEAD};buddy;bereiche\n V1 ;\tMi\x00ra\x1b[31m\u00a0Keller  ; c ; 01.01.2020 ; JA ;Nein;1; \x07 ; a| |b c |\n"
    )
    exports.take_paths(csv_file(exports, text))
    got = Vpa.get()
    assert (got.id, got.name, got.klasse) == ("V1", "Mira[31m\u00a0Keller", "C")
    assert (got.active, got.new_customers, got.orders, got.buddy, got.areas) == (True, False, True, None, ["a", "b c"])


@ONE_ENGINE
def test_newlines_and_tabs_inside_a_cell_stay(exports: Exports) -> None:
    path = csv_file(exports, 'kunden_id;name;status;wizard\r\nK1;Eins;AKTIV;"a\r\nb\tc"\r\n', "kunden.csv")
    exports.take_paths(path)
    assert (Customer.get().wizard, Customer.get().status) == ("a\nb\tc", "aktiv")


@ONE_ENGINE
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ja", True), ("JA", True), ("1", True), ("true", True), ("True", True), ("nein", False), ("Nein", False),
        ("0", False), ("FALSE", False), ("", None),
    ],
)  # fmt: skip
def test_yes_and_no(exports: Exports, text: str, value: bool | None) -> None:
    exports.take(vpas=[vpa(rising_star=text, mobile_app=text, teilzeit=text)])
    got = Vpa.get()
    assert (got.rising_star, got.mobile_app, got.part_time) == (value, value, value or False), "empty teilzeit is nein"


@ONE_ENGINE
@pytest.mark.parametrize("text", ["2025-11-05", "05.11.2025"])
def test_dates(exports: Exports, text: str) -> None:
    exports.take(
        vpas=[vpa(start=text, onboarding_call=text)],
        kunden=[row("kunden", letzte_buchung=text, vpa_akte_gepflegt_am=text, vpa_akte_gepflegt_von="vpa")],
        abwesenheiten=[absence(von=text, bis=text, eingetragen_am=text)],
    )
    day = dt.date(2025, 11, 5)
    assert (Vpa.get().start, Vpa.get().onboarding_call) == (day, day)
    assert (Customer.get().last_booking, Customer.get().kept_on, Customer.get().kept_by) == (day, day, "vpa")
    assert (Absence.get().start, Absence.get().end, Absence.get().entered_on) == (day, day, day)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-11-05T10:00", "2025-11-05T10:00:00+01:00"),
        ("2025-07-05T10:00:30", "2025-07-05T10:00:30+02:00"),
        ("05.11.2025 10:00", "2025-11-05T10:00:00+01:00"),
        ("2025-11-05T10:00+00:00", "2025-11-05T11:00:00+01:00"),
        ("2025-11-05T10:00:00Z", "2025-11-05T11:00:00+01:00"),
        ("2025-10-26T02:30", "2025-10-26T02:30:00+02:00"),
        ("2025-10-26T02:30+01:00", "2025-10-26T02:30:00+01:00"),
        ("1900-01-01T00:00", "1900-01-01T00:00:00+01:00"),
        ("2199-12-31T23:59", "2199-12-31T23:59:00+01:00"),
    ],
)
def test_moments_are_berlin_time_without_an_offset(exports: Exports, text: str, iso: str) -> None:
    exports.take(vpas=[vpa(letzte_aktivitaet=text)], despite="Auch Unglaubliches wird richtig gelesen")
    assert clock.iso(Vpa.get().last_activity) == iso


@ONE_ENGINE
@pytest.mark.parametrize(("text", "hours"), [("7,5", 7.5), ("7.5", 7.5), ("10", 10.0), ("0", 0.0), ("", None)])
def test_decimal_comma(exports: Exports, text: str, hours: float | None) -> None:
    exports.take(kunden=[row("kunden")], aufgaben=[row("aufgaben", stunden=text)])
    assert Task.get().hours == hours


def test_every_column_arrives(exports: Exports) -> None:
    """All seven files with all their columns, on both engines."""
    exports.take(
        vpas=[vpa(), vpa(vpa_id="V2")],
        kunden=[row("kunden", klasse="b", muster="laufend", wizard="KA-Infos")],
        zuordnungen=[row("zuordnungen", bis="2025-12-31", grund="Neukunde")],
        aufgaben=[
            row("aufgaben", vpa_id="V1", stunden="2,25", deadline="24.12.2025", link="https://x.example/T1",
                neukunde="ja", delegiert_von="V2", delegations_grund="zeit", delegations_kommentar="Urlaub",
                status="Forwarded"),
        ],
        akten=[
            row("akten", von="sales", art="lead", loesung="Angebot", naechste_schritte="anrufen", link="L", tags="a|b"),
            row("akten", eintrag_id="E2", kunden_id="", vpa_id="V1", datei="vpa_akte", art="lead"),
        ],
        nachrichten=[row("nachrichten", tags="rueckfrage| buchung")],
    )  # fmt: skip
    customer, task, message = Customer.get(), Task.get(), Message.get()
    assert (customer.klasse, customer.pattern, customer.wizard, customer.name) == (
        "B",
        "laufend",
        "KA-Infos",
        "Bäckerei Sommer",
    )
    assignment = Assignment.get()
    assert (assignment.customer_id, assignment.vpa_id, str(assignment.end), assignment.reason) == (
        "K1", "V1", "2025-12-31", "Neukunde",
    )  # fmt: skip
    assert (task.vpa_id, task.hours, str(task.deadline), task.new_customer, task.state) == (
        "V1",
        2.25,
        "2025-12-24",
        True,
        "forwarded",
    )
    assert (task.delegated_by, task.delegation_reason, task.delegation_comment) == ("V2", "zeit", "Urlaub")
    assert (message.task_id, message.sender, message.text, message.tags) == (
        "T1",
        "kunde",
        "Hallo",
        ["rueckfrage", "buchung"],
    )
    lead, other = Entry.select().order_by(Entry.id)
    assert (lead.subject, lead.file, lead.kind, lead.origin, lead.author, lead.account, lead.tags) == (
        "customer:K1", "oteam", "lead", "sales", "Sales", "", ["a", "b"],
    )  # fmt: skip
    assert (lead.situation, lead.response, lead.next_steps, lead.link) == ("Erstes Gespräch", "Angebot", "anrufen", "L")
    assert clock.iso(lead.created_at) == "2025-11-01T10:00:00+01:00"
    assert (other.subject, other.kind, other.origin) == ("vpa:V1", "other", "at"), "a kind of another file is other"


# Other forms


def full() -> dict[str, list[dict[str, Any]]]:
    """One row in every file."""
    return {name: [dict(cells)] for name, cells in USUAL.items()}


@ONE_ENGINE
def test_folder_archive_and_single_files_are_alike(exports: Exports) -> None:
    folder = exports.folder(**full())
    answer = exports.take_paths(folder, dry_run=True)
    path = exports.folder() / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for child in folder.iterdir():
            archive.write(child, f"export 2025/{child.name}")
    assert exports.take_paths(path, dry_run=True) == answer
    assert exports.take_paths(*folder.iterdir(), dry_run=True) == answer
    assert exports.take_paths(folder, *folder.iterdir(), dry_run=True) != {}


@ONE_ENGINE
def test_json_takes_texts_numbers_and_booleans(exports: Exports) -> None:
    folder = exports.folder()
    write_json(
        folder / "vpas.json",
        [vpa(vpa_id=17, aktiv=True, neukunden=False, auftraege=1, bereiche=["a", "b"], buddy=None)],
    )
    write_json(folder / "kunden.json", [row("kunden")])
    write_json(folder / "aufgaben.json", [row("aufgaben", stunden=7.5), row("aufgaben", aufgabe_id="T2", stunden=1e1)])
    exports.take_paths(folder)
    got = Vpa.get()
    assert (got.id, got.active, got.new_customers, got.orders, got.areas, got.buddy) == (
        "17",
        True,
        False,
        True,
        ["a", "b"],
        None,
    )
    assert [task.hours for task in Task.select().order_by(Task.id)] == [7.5, 10.0]


@ONE_ENGINE
def test_json_far_larger_than_a_piece_is_read(exports: Exports) -> None:
    rows = [row("kunden", kunden_id=f"K{n}", wizard='Ä\\"' * 2_000) for n in range(600)]
    assert exports.take_paths(write_json(exports.folder() / "kunden.json", rows))["files"][0]["new"] == 600
    assert {len(customer.wizard or "") for customer in Customer.select()} == {6_000}


@ONE_ENGINE
def test_empty_json_array_lacks_rows_and_no_column(exports: Exports) -> None:
    answer = exports.take_paths(write_json(exports.folder() / "vpas.json", []))
    assert counted(answer) == [{"file": "vpas", "rows": 0, "new": 0, "changed": 0, "unchanged": 0}]


@ONE_ENGINE
def test_workbook_with_real_dates_numbers_and_booleans(exports: Exports) -> None:
    path = write_workbook(
        exports.folder() / "export.xlsx",
        {
            "vpas": [
                ["vpa_id", "name", "klasse", "start", "aktiv", "neukunden", "auftraege", "letzte_aktivitaet"],
                [17, NAME, "b", dt.date(2020, 1, 31), True, "ja", 0, dt.datetime(2025, 11, 5, 10, 30)],
                [],
                ["V2", "Mira", "C", "05.11.2025", "nein", "nein", "nein", dt.date(2025, 11, 4)],
            ],
            "Notizen": [["irgendwas"]],
            "Kunden": [["kunden_id", "name", "status"], ["K1", "Eins", "aktiv"]],
        },
    )
    answer = exports.take_paths(path)
    first, second = Vpa.select().order_by(Vpa.id)
    assert (first.id, first.name, first.klasse, first.start, first.active, first.orders) == (
        "17", NAME, "B", dt.date(2020, 1, 31), True, False,
    )  # fmt: skip
    assert clock.iso(first.last_activity) == "2025-11-05T10:30:00+01:00"
    assert clock.iso(second.last_activity) == "2025-11-04T00:00:00+01:00"
    assert [(f["file"], f["rows"]) for f in answer["files"]] == [("vpas", 2), ("kunden", 1)]
    assert answer["ignored"] == ["export.xlsx:Notizen"]


@ONE_ENGINE
def test_problems_of_a_sheet_name_it_and_its_row(exports: Exports) -> None:
    rows: list[list[Any]] = [
        [],
        HEAD.split(";"),
        GOOD.split(";"),
        [],
        ["V2", "B", "C", dt.datetime(2020, 1, 1, 8), "ja", "ja", "ja", "mehr"],
    ]
    path = write_workbook(exports.folder() / "export.xlsx", {"vpas": rows})
    assert problems_of(exports, path) == [
        ("export.xlsx:vpas", 5, "auftraege", "bad_value"),
        ("export.xlsx:vpas", 5, "start", "bad_date"),
    ]


@ONE_ENGINE
def test_sheet_of_two_far_cells_does_not_fill_the_memory(exports: Exports) -> None:
    raw = '<row r="1"><c r="A1" t="str"><v>vpa_id</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = write_workbook(exports.folder() / "export.xlsx", {"vpas": raw})
    assert problems_of(exports, path) == [("export.xlsx:vpas", 1, "", "too_large")]


@ONE_ENGINE
def test_large_workbook_is_read_piece_by_piece(exports: Exports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.importing.areas.CHUNK", 997)
    rows: list[list[Any]] = [
        HEAD.split(";"),
        *([f"V{n}", "Mira", "C", "2020-01-01", "ja", "ja", 1] for n in range(2_000)),
    ]
    path = write_workbook(exports.folder() / "export.xlsx", {"vpas": rows})
    assert exports.take_paths(path)["files"][0]["new"] == 2_000


@ONE_ENGINE
@pytest.mark.parametrize("place", ["B19999999", "ABCD1", "", "1", "$B$2"])
def test_sheet_with_a_cell_outside_of_it_is_none(exports: Exports, place: str) -> None:
    raw = f'<row r="1"><c r="A1" t="str"><v>vpa_id</v></c><c s="0" r=\'{place}\'><v>1</v></c></row>'
    path = write_workbook(exports.folder() / "export.xlsx", {"vpas": raw})
    assert problems_of(exports, path) == [("export.xlsx:vpas", 1, "", "bad_encoding")]


@ONE_ENGINE
def test_unknown_files_are_named_and_passed_over(exports: Exports) -> None:
    folder = exports.folder(vpas=[vpa()])
    (folder / "liesmich.txt").write_text("x")
    (folder / "liste.csv").write_text("a;b\n")
    (folder / "unten").mkdir()
    os.mkfifo(folder / "rohr.csv")
    assert exports.take_paths(folder)["ignored"] == ["liesmich.txt", "liste.csv", "rohr.csv", "unten"]
    path = exports.folder() / "export.ZIP"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("__MACOSX/._vpas.csv", b"\x00\x01")
        archive.writestr("x/VPAs.CSV", csv_text([vpa()]))
    assert exports.take_paths(path)["ignored"] == ["._vpas.csv"]


def test_texts_of_any_length_and_kind_arrive_on_both_engines(exports: Exports) -> None:
    wild = "".join(chr(32 + n * 7919 % 60_000) for n in range(40_000)).encode("utf-8", "ignore").decode()
    text = readable_text(wild.replace("|", ""))
    exports.take_paths(
        write_json(exports.folder() / "vpas.json", [vpa(name=wild, buddy=wild, bereiche=wild.replace("|", ""))]),
        write_json(exports.folder() / "kunden.json", [row("kunden", name=wild, wizard=wild)]),
        write_json(exports.folder() / "aufgaben.json", [row("aufgaben", titel=wild, link=wild)]),
        write_json(
            exports.folder() / "akten.json", [row("akten", situation=wild, verfasser=wild, link=wild, tags=wild)]
        ),
        write_json(exports.folder() / "nachrichten.json", [row("nachrichten", text=wild, tags=wild)]),
    )
    exports.take(vpas=[vpa(name="Kurz")])
    exports.take(vpas=[vpa(name="Kurz", aktiv="nein")])
    assert [each.replace("|", "") for each in (Customer.get().name, Task.get().title, Message.get().text)] == [text] * 3
    assert Entry.get().situation.replace("|", "") == text


@ONE_ENGINE
def test_names_that_are_no_text_are_shown_without_them(exports: Exports) -> None:
    folder = exports.folder(vpas=[vpa()])
    (folder / os.fsdecode(b"\xff\x1b.txt")).write_text("x")
    write_json(folder / "kunden.json", [{**row("kunden"), "\ud800\u0007geheim": "x"}])
    assert exports.take_paths(folder)["ignored"] == [".txt", "kunden.json:geheim"]


@ONE_ENGINE
def test_a_table_in_two_files_is_ambiguous(exports: Exports) -> None:
    """Whatever their form and place; the same one named twice is one."""
    one, two = exports.folder(vpas=[vpa()]), exports.folder(vpas=[vpa(vpa_id="V2", buddy="TOM")])
    assert problems_of(exports, one, two) == [("vpas.csv", 1, "", "ambiguous_file")]
    write_json(one / "vpas.json", [vpa()])
    write_workbook(one / "export.xlsx", {"vpas": [list(vpa()), list(vpa().values())]})
    assert problems_of(exports, one) == [
        ("vpas.csv", 1, "", "ambiguous_file"), ("vpas.json", 1, "", "ambiguous_file"),
    ]  # fmt: skip
    assert exports.take_paths(two, two, two / "vpas.csv")["files"][0]["new"] == 1


@ONE_ENGINE
@pytest.mark.parametrize(
    "name", ["~$vpas.xlsx", ".~lock.vpas.csv#", "._vpas.csv", "Thumbs.db", ".vpas.csv", "~vpas.csv"]
)
def test_what_office_programs_lay_beside_is_ignored(exports: Exports, name: str) -> None:
    """Trial 05: in a folder and in an archive."""
    folder = exports.folder(vpas=[vpa()])
    (folder / name).write_bytes(b"\x05schloss")
    assert exports.take_paths(folder)["ignored"] == [name]
    with zipfile.ZipFile(exports.folder() / "export.zip", "w") as packed:
        packed.write(folder / "vpas.csv", "export/vpas.csv")
        packed.write(folder / name, f"export/{name}")
        packed.writestr("__MACOSX/export/vpas.xlsx", b"schatten")
    assert exports.take_paths(Path(str(packed.filename)))["ignored"] == [name, "vpas.xlsx"]


@ONE_ENGINE
def test_a_workbook_in_an_archive_is_read(exports: Exports) -> None:
    """Trial 10: at its top and further down; one that is none is named."""
    book = write_workbook(exports.folder() / "mappe.xlsx", {"vpas": [list(vpa()), list(vpa().values())], "x": [["y"]]})
    for inside in ("mappe.xlsx", "tief/unten/mappe.xlsx"):
        with zipfile.ZipFile(exports.folder() / "export.zip", "w") as packed:
            packed.write(book, inside)
        assert exports.take_paths(Path(str(packed.filename)))["ignored"] == ["mappe.xlsx:x"]
    assert Vpa.select().count() == 1
    with zipfile.ZipFile(exports.folder() / "export.zip", "w") as packed:
        packed.writestr("vpas.xlsx", "keine")
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(Path(str(packed.filename)))
    assert [(one.file, one.code) for one in caught.value.problems] == [("vpas.xlsx", "bad_encoding")]


@ONE_ENGINE
def test_a_folder_in_a_folder_is_read_where_nothing_else_is_there(exports: Exports) -> None:
    """One down, not two; beside tables of its own a folder's folders are passed over, such as last year's."""
    folder = exports.folder()
    inner = exports.folder(vpas=[vpa()])
    inner.rename(folder / "Export 2025")
    (folder / "leer").mkdir()
    (folder / "tief" / "er").mkdir(parents=True)
    exports.folder(vpas=[vpa(vpa_id="V9")]).rename(folder / "tief" / "er" / "drin")
    answer = exports.take_paths(folder)
    assert (answer["files"][0]["rows"], answer["ignored"]) == (1, ["leer", "tief"])
    (folder / "kunden.csv").write_text(csv_text([row("kunden")]), encoding="utf-8")
    answer = exports.take_paths(folder)
    assert [file["file"] for file in answer["files"]] == ["kunden"]
    assert answer["ignored"] == ["Export 2025", "leer", "tief"]


@ONE_ENGINE
def test_an_archive_in_an_archive_or_folder_is_named_with_the_way_out(exports: Exports) -> None:
    folder = exports.folder()
    (folder / "alt.zip").write_bytes(b"PK")
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(folder)
    (problem,) = caught.value.problems
    assert problem.code == "unknown_file"
    assert "entpacke" in problem.message
    assert "alt.zip" in problem.message


@ONE_ENGINE
def test_header_alone_is_a_file_without_rows(exports: Exports) -> None:
    exports.take(vpas=[vpa()])
    answer = exports.take_paths(csv_file(exports, ";".join(all_columns("vpas"))))
    assert counted(answer) == [{"file": "vpas", "rows": 0, "new": 0, "changed": 0, "unchanged": 0}]
    assert Vpa.get().gone
