"""The demo's exports: deterministic, whole, in good words, quick."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.support.demo import (
    CONTRACT,
    DAYS,
    KINDS,
    REQUIRED,
    TAGS,
    TODAY,
    exports,
    read,
    sample,
)
from tui.demo.export import write_exports


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    now = dt.datetime.combine(TODAY, dt.time(9, 30))
    for one, other in zip(
        write_exports(tmp_path / "a", TODAY, now), write_exports(tmp_path / "b", TODAY, now), strict=True
    ):
        assert sorted(path.name for path in one.iterdir()) == sorted(f"{name}.csv" for name in CONTRACT)
        for path in one.iterdir():
            assert path.read_bytes() == (other / path.name).read_bytes()


def test_the_same_people_whatever_the_day() -> None:
    def people(today: dt.date) -> list[tuple[str, str]]:
        rows = exports(today)[1]
        return [(row["vpa_id"], row["name"]) for row in rows["vpas"]] + [
            (row["kunden_id"], row["name"]) for row in rows["kunden"]
        ]

    assert all(people(day) == people(TODAY) for day in DAYS)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_column_is_the_contracts_and_every_required_cell_is_filled(today: dt.date) -> None:
    for rows in exports(today):
        for name, columns in CONTRACT.items():
            assert list(rows[name][0]) == columns.split()
            for row in rows[name]:
                assert None not in row
                assert all(row[column] for column in REQUIRED[name].split()), row


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_ids_are_unique_and_every_reference_holds(today: dt.date) -> None:
    keys = {name: columns.split()[:1] for name, columns in CONTRACT.items()} | {
        "zuordnungen": ["kunden_id", "vpa_id", "von"]
    }
    for rows in exports(today):
        for name, key in keys.items():
            seen = Counter(tuple(row[column] for column in key) for row in rows[name])
            assert max(seen.values()) == 1, name
        known = {
            "vpa_id": {row["vpa_id"] for row in rows["vpas"]} | {""},
            "delegiert_von": {row["vpa_id"] for row in rows["vpas"]} | {""},
            "kunden_id": {row["kunden_id"] for row in rows["kunden"]} | {""},
            "aufgabe_id": {row["aufgabe_id"] for row in rows["aufgaben"]},
        }
        for name, table in rows.items():
            for column in known.keys() & CONTRACT[name].split():
                assert {row[column] for row in table} <= known[column], (name, column)
        assert all(bool(row["kunden_id"]) != bool(row["vpa_id"]) for row in rows["akten"])


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_cells_are_of_their_lists_and_nothing_is_later_than_now(today: dt.date) -> None:
    before, after = exports(today)
    moments = [("vpas", "letzte_aktivitaet"), ("akten", "zeit"), ("nachrichten", "zeit")]
    for rows, newest in (
        (before, dt.datetime.combine(today, dt.time())),
        (after, dt.datetime.combine(today, dt.time(14, 2))),
    ):
        for name, column in moments:
            latest = max(dt.datetime.fromisoformat(row[column]) for row in rows[name])
            assert newest - dt.timedelta(days=3) < latest <= newest
        assert max(row["eingetragen_am"] for row in rows["abwesenheiten"]) <= today.isoformat()
        assert all(row["von"] <= row["bis"] for row in rows["abwesenheiten"])
        assert all(not row["bis"] or row["von"] <= row["bis"] for row in rows["zuordnungen"])
        assert all(row["klasse"] in tuple("ABCDN") for row in rows["vpas"])
        assert all(row["start"] <= today.isoformat() for row in rows["vpas"])
        for column in ("aktiv", "teilzeit", "neukunden", "auftraege", "rising_star"):
            assert {row[column] for row in rows["vpas"]} == {"ja", "nein"}
        assert {row["mobile_app"] for row in rows["vpas"]} == {"ja", "nein", ""}
        assert {row["status"] for row in rows["kunden"]} == {"angebot", "bucher", "prio", "aktiv", "inaktiv"}
        assert {row["status"] for row in rows["aufgaben"]} == {
            *("offen", "forwarded", "umfrage", "vergeben", "abgelehnt", "erledigt")
        }
        assert {tag for row in rows["nachrichten"] for tag in row["tags"].split("|")} == {*TAGS, ""}
        for file, kinds in KINDS.items():
            assert {row["art"] for row in rows["akten"] if row["datei"] == file} == set(kinds.split())


def test_as_many_as_the_demo_promises() -> None:
    count = {name: len(rows) for name, rows in sample().items()}
    assert 135 <= count["vpas"] <= 145
    assert (count["kunden"], count["akten"]) == (900, 4_000)
    assert 240 <= count["aufgaben"] <= 290
    assert 850 <= count["nachrichten"] <= 1_100
    assert {row["von"] for row in sample()["akten"]} == {"at", "vpa", "sales"}


def test_only_one_vpa_and_the_withdrawn_absences_are_missing_a_day_later() -> None:
    before, after = exports(TODAY)
    gone = {}
    for name, columns in CONTRACT.items():
        key = columns.split()[0]
        gone[name] = len({row[key] for row in before[name]} - {row[key] for row in after[name]})
    assert gone == {**dict.fromkeys(CONTRACT, 0), "vpas": 1, "abwesenheiten": 2}
    assert before["akten"] == after["akten"][: len(before["akten"])]
    assert 20 <= len(after["akten"]) - len(before["akten"]) <= 60
    assert len(after["kunden"]) - len(before["kunden"]) == 3


NAMES_A_CLASS = re.compile(
    r"klassen?[\s:=\"'„“-]*\b[ABCDN]\b|\b[ABCDN][\s-]*(?:klasse|VPA|kund|assistent)|rising\s*star|[a-z]gestuft|stufung"
    r"|\b[ABCDN] geworden",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"\bXY\b|___|\{|\}|\[|\]")


@pytest.mark.parametrize("text", ["Klasse: B", "unsere A-Kunden", "Rising Star", "hochgestuft", "jetzt B geworden"])
def test_the_check_for_classes_finds_one(text: str) -> None:
    assert NAMES_A_CLASS.search(text)


def test_no_text_that_a_vpa_reads_names_a_class_or_holds_a_placeholder() -> None:
    rows = sample()
    green = [row for row in rows["akten"] if row["datei"] == "vpa_kunde"]
    texts = {cell for row in green for cell in row.values()} | {row["text"] for row in rows["nachrichten"]}
    assert len(texts) > 1_000
    assert not [text for text in texts if NAMES_A_CLASS.search(text) or PLACEHOLDER.search(text)]


def test_entries_are_short_and_filled() -> None:
    """A Situation, at most about 600 characters, every slot filled."""
    for row in sample()["akten"]:
        texts = row["situation"] + row["loesung"] + row["naechste_schritte"]
        assert len(texts) < 600
        assert not PLACEHOLDER.search(texts), row
        assert row["tags"], row


def test_customers_are_addressed_formally() -> None:
    """Sie to customers, never du."""
    informal = re.compile(r"\b(?:du|dir|dich|dein\w*|euch|eure?\w*)\b", re.IGNORECASE)
    assert informal.search("Kannst du das?")
    assert not [row["text"] for row in sample()["nachrichten"] if informal.search(row["text"])]


def test_names_are_varied_and_nobody_can_be_reached() -> None:
    names = [row["name"] for row in sample()["vpas"]] + [row["name"] for row in sample()["kunden"]]
    assert len(set(names)) == len(names)
    everything = " ".join(names)
    assert all(letter in everything for letter in "äöüÄÖßéŞıć")
    assert sum("-" in name for name in names) > 100
    cells = [cell for table in sample().values() for row in table for cell in row.values()]
    assert not [cell for cell in cells if "@" in cell]
    links = {cell for cell in cells if "://" in cell}
    assert links
    assert all(re.fullmatch(r"https://plattform\.example/aufgaben/T\d+", link) for link in links)


def test_both_exports_are_written_at_once(tmp_path: Path) -> None:
    """The demo's start must feel instant: well under half a second of work."""
    spent = []
    for attempt in range(3):
        begin = time.process_time()
        write_exports(tmp_path / str(attempt), TODAY, dt.datetime.combine(TODAY, dt.time(14)))
        spent.append(time.process_time() - begin)
    assert min(spent) < 0.5


@pytest.mark.parametrize("clock_time", [dt.time(0, 0), dt.time(0, 20), dt.time(7, 30), dt.time(23, 59)], ids=str)
def test_nothing_is_later_than_now_at_any_hour(tmp_path: Path, clock_time: dt.time) -> None:
    now = dt.datetime.combine(TODAY, clock_time)
    after = read(write_exports(tmp_path, TODAY, now)[1])
    assert max(row["zeit"] for row in after["akten"] + after["nachrichten"]) <= now.isoformat(timespec="minutes")
    assert max(row["letzte_aktivitaet"] for row in after["vpas"]) <= now.isoformat(timespec="minutes")
