"""What comes back from the platform is recognised, never doubled and never swallowed (X-02)."""

from __future__ import annotations

from collections import Counter
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.admin.verify import verify
from models.file.actions import CorrectEntry, LogEntry
from models.importing.folding import ends_of, folded
from models.tables.entry import Entry
from models.tables.outbox import Outbox, Twin
from models.tables.people import Assignment, Vpa
from models.tables.reminder import Reminder
from models.tables.task import Message
from models.task.actions import CorrectTags, WriteMessage
from tests.importing.support import Exports, Row, row
from tests.support import office as lay
from tests.support.world import World

NUMBERS = count()
LATER = "2025-11-06T09:00"


def said(situation: str, **more: Any) -> Row:
    """A row of `akten` about K001."""
    return row("akten", kunden_id="K001", situation=situation, zeit="2025-11-05T15:00", **more)


def message(text: str, **more: Any) -> Row:
    """A row of `nachrichten` in the chat of T1, from us."""
    return row("nachrichten", **{"text": text, "von": "at", "zeit": "2025-11-05T15:00", **more})


def log(world: World, situation: str, **more: Any) -> None:
    """An entry in the O-Team Kundenakte of K001."""
    world.run(LogEntry(customer="K001", file="oteam", kind="other", situation=situation, tag=("x",), **more))


def counts(answer: dict[str, Any], file: str) -> tuple[int, int, int, int]:
    """New, changed, unchanged and recognised rows."""
    (found,) = [one for one in answer["files"] if one["file"] == file]
    return found["new"], found["changed"], found["unchanged"], found["recognised"]


def states() -> list[tuple[str, str | None]]:
    """State and way of every item."""
    return [(item.state, item.how) for item in Outbox.select().order_by(Outbox.id)]


def test_an_entry_comes_back_and_is_ticked_off_x_02(office: World, exports: Exports) -> None:
    log(office, "Anruf:  alles gut")
    answer = exports.take(LATER, akten=[said("anruf: ALLES\n\ngut (TOM)", eintrag_id="P7", verfasser="AT")])
    assert counts(answer, "akten") == (0, 0, 1, 1)
    assert [(entry.id, entry.situation) for entry in Entry.select()] == [(1, "Anruf:  alles gut")]
    assert states() == [("carried", "import")]
    assert [(twin.platform_id, twin.own) for twin in Twin.select()] == [("P7", "1")]
    again = exports.take(LATER, akten=[said("anruf: ALLES\n\ngut (TOM)", eintrag_id="P7", verfasser="AT")])
    assert counts(again, "akten") == (0, 0, 1, 0)
    assert Entry.select().count() == 1
    assert verify() == 4


@pytest.mark.parametrize(
    "cells",
    [
        {"situation": "Anruf"},
        {"situation": "Anruf\nRückruf\nwarten"},
        {"situation": "Anruf", "loesung": "Rückruf", "naechste_schritte": "warten"},
    ],
)
def test_an_entry_is_known_by_its_situation_or_by_all_of_it_x_02(
    office: World, exports: Exports, cells: dict[str, str]
) -> None:
    log(office, "Anruf", response="Rückruf", next_steps="warten")
    assert counts(exports.take(LATER, akten=[said(**cells)]), "akten") == (0, 0, 1, 1)


@pytest.mark.parametrize(
    "cells",
    [
        {"situation": "Anruf 2"},
        {"situation": "Anruf", "datei": "vpa_kunde"},
        {"situation": "Anruf", "kunden_id": "", "vpa_id": "V001", "datei": "vpa_akte"},
    ],
)
def test_another_text_file_or_person_is_new_x_02(office: World, exports: Exports, cells: dict[str, str]) -> None:
    log(office, "Anruf")
    assert counts(exports.take(LATER, akten=[said("x") | cells]), "akten") == (1, 0, 0, 0)
    assert states() == [("open", None)]


def test_seen_twice_and_written_once_the_second_is_new_x_02(office: World, exports: Exports) -> None:
    log(office, "Anruf")
    rows = [said("Anruf", eintrag_id="P1"), said("Anruf", eintrag_id="P2")]
    assert counts(exports.take(LATER, akten=rows), "akten") == (1, 0, 1, 1)
    assert [twin.platform_id for twin in Twin.select()] == ["P1"]


def test_of_equal_ones_the_oldest_comes_first_x_02(office: World, exports: Exports) -> None:
    for _ in range(3):
        log(office, "Anruf")
    exports.take(LATER, akten=[said("Anruf", eintrag_id="P1")])
    exports.take(LATER, akten=[said("Anruf", eintrag_id="P1"), said("Anruf", eintrag_id="P2")])
    assert [(twin.platform_id, twin.own) for twin in Twin.select().order_by(Twin.own)] == [("P1", "1"), ("P2", "2")]
    assert Entry.select().count() == 3


def test_what_the_platform_changes_later_is_a_new_version_x_02(office: World, exports: Exports) -> None:
    log(office, "Anruf")
    exports.take(LATER, akten=[said("Anruf", eintrag_id="P1")])
    answer = exports.take(LATER, akten=[said("Anruf, doch nicht", eintrag_id="P1")])
    assert counts(answer, "akten") == (0, 1, 0, 0)
    assert [(entry.situation, entry.corrects) for entry in Entry.select().order_by(Entry.id)] == [
        ("Anruf", None), ("Anruf, doch nicht", 1),
    ]  # fmt: skip


def test_a_correction_is_known_as_itself_x_02(office: World, exports: Exports) -> None:
    log(office, "Anruff")
    office.run(CorrectEntry(id="1", situation="Anruf"))
    assert counts(exports.take(LATER, akten=[said("Anruf")]), "akten") == (0, 0, 1, 1)
    assert states() == [("not_needed", None), ("carried", "import")]


def test_a_message_comes_back_x_02(office: World, exports: Exports) -> None:
    office.run(WriteMessage(id="T1", sender="at", text="Guten Tag"))
    own = Message.get().id
    rows = [message("TOM: guten tag", nachricht_id="P1"), message("Guten Tag", nachricht_id="P2", von="kunde")]
    assert counts(exports.take(LATER, nachrichten=rows), "nachrichten") == (1, 0, 1, 1)
    assert sorted(m.id for m in Message.select()) == ["P2", own]
    assert states() == [("carried", "import")]
    tagged = [rows[0] | {"tags": "ergebnis"}, rows[1]]
    assert counts(exports.take(LATER, nachrichten=tagged), "nachrichten") == (0, 1, 1, 0)
    assert Message.get_by_id(own).tags == ["ergebnis"]


def test_after_an_undo_what_stands_there_is_the_platforms_x_02(office: World, exports: Exports) -> None:
    office.run(WriteMessage(id="T1", sender="at", text="Guten Tag"))
    exports.take(LATER, nachrichten=[message("Guten Tag", nachricht_id="P1")])
    office.cli("undo").ok()
    assert [item.takes_back for item in Outbox.select().where(Outbox.state == "open")] == [1]
    assert counts(exports.take(LATER, nachrichten=[message("Guten Tag", nachricht_id="P1")]), "nachrichten")[0] == 1


@pytest.mark.parametrize(("day", "known"), [("2025-11-05", True), ("2025-11-12", True), ("2025-11-13", False)])
def test_an_assignment_within_a_week_is_ours_x_02(office: World, exports: Exports, day: str, known: bool) -> None:
    """No second one, no second Reminder (K-25); the platform's day holds, and the change counts once (W-15)."""
    given = ("--customer", "K001", "--vpa", "V002", "--kind", "inactive", "--text", "alles Nötige")
    office.cli("assign", *given).ok()
    answer = exports.take(LATER, zuordnungen=[row("zuordnungen", kunden_id="K001", vpa_id="V002", von=day)])
    assert counts(answer, "zuordnungen") == ((0, 0, 1, 1) if known else (1, 0, 0, 0))
    ours = Assignment.select().where(Assignment.vpa == "V002")
    assert str(ours[0].start) == (day if known else "2025-11-05")
    assert ours.count() == (1 if known else 2)
    assert Reminder.select().where(Reminder.kind == "upkeep").count() == (1 if known else 2)
    state = Outbox.get(Outbox.kind == "assignment").state
    assert state == ("carried" if known else "open")


def test_status_task_and_tags_arrive_when_an_export_names_them_x_02(office: World, exports: Exports) -> None:
    lay.confirmation()
    office.cli("customer", "status", "K001", "--to", "prio", "--reason", "viel").ok()
    office.run(CorrectTags(id="N1", tag=("ergebnis", "deadline")))
    lay.task("T2", state="forwarded")
    office.cli("task", "return", "T2", "--gap", "Liste").ok()
    told = ("status", "tags", "task")
    old = [row("kunden", kunden_id="K001", status="aktiv")]
    exports.take(LATER, kunden=old)
    assert {item.kind: item.state for item in Outbox.select() if item.kind in told} == dict.fromkeys(told, "open")
    exports.take(
        LATER,
        kunden=[row("kunden", kunden_id="K001", status="prio")],
        nachrichten=[message("Gebucht.", nachricht_id="N1", tags="deadline|ergebnis")],
        aufgaben=[row("aufgaben", aufgabe_id="T2", kunden_id="K001", status="offen")],
    )
    assert {item.kind: item.state for item in Outbox.select() if item.kind in told} == dict.fromkeys(told, "carried")


def test_the_kuerzel_at_either_end_does_not_count_x_02() -> None:
    ends = ends_of(["TOM", "ANN", "Ö.R"])
    for text in (
        "tom: Anruf",
        "[ANN] Anruf",
        "(ö.r): Anruf",
        "TOM – Anruf",
        "Anruf (TOM)",
        "Anruf - ann",
        "Anruf\n— TOM",
    ):
        assert folded(text, ends) == "anruf", text
    for text in ("Ann-Marie rief an", "Tomate", "Anruf von TOM", "TOM rief an"):
        assert folded(text, ends) == " ".join(text.casefold().split()), text


WORDS = st.sampled_from(["Anruf", "Rückruf", "Straße", "nichts"])
FORMS = st.sampled_from([str, str.upper, str.lower, "  {}\n".format, "TOM: {}".format, "{} (ANB)".format])


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ours=st.lists(WORDS, max_size=5), theirs=st.lists(st.tuples(WORDS, FORMS), max_size=6), order=st.randoms())
def test_nothing_is_doubled_and_nothing_swallowed_x_02(
    office: World, exports: Exports, ours: list[str], theirs: list[tuple[str, Any]], order: Random
) -> None:
    """In any order and any folding: of every text there is as much as the side that says it more often."""
    key = f"C{next(NUMBERS)}"
    lay.customer(key, "Möllers")
    for text in ours:
        office.run(LogEntry(customer=key, file="oteam", kind="other", situation=text, tag=("x",)))
    rows = [said(form(text), eintrag_id=f"{key}-{n}") | {"kunden_id": key} for n, (text, form) in enumerate(theirs)]
    order.shuffle(rows)
    for _ in range(2):
        exports.take(LATER, akten=rows)
    there = [
        folded(e.situation, ends_of(["TOM", "ANB"])) for e in Entry.select().where(Entry.subject == f"customer:{key}")
    ]
    texts = [text for text, _ in theirs]
    wanted = {text.casefold(): max(ours.count(text), texts.count(text)) for text in {*ours, *texts}}
    assert Counter(there) == wanted
    known = sum(min(ours.count(text), texts.count(text)) for text in set(ours))
    open_ones = Outbox.select().where(Outbox.subject == f"customer:{key}", Outbox.state == "open").count()
    assert open_ones == len(ours) - known


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(back=st.permutations(range(6)), whole=st.lists(st.booleans(), min_size=6, max_size=6))
def test_all_that_was_written_comes_back_once_x_02(
    office: World, exports: Exports, back: list[int], whole: list[bool]
) -> None:
    """However the platform puts the parts: the full text is known before the situation alone."""
    key = f"C{next(NUMBERS)}"
    lay.customer(key, "Möllers")
    parts = [("Anruf", "Rückruf" * (n % 2), "warten" * (n // 2 % 2)) for n in range(6)]
    for situation, response, steps in parts:
        office.run(
            LogEntry(customer=key, file="oteam", kind="other", situation=situation, response=response or None,
                     next_steps=steps or None, tag=("x",))
        )  # fmt: skip
    rows = []
    for n in back:
        situation, response, steps = parts[n]
        cells = {"situation": situation, "loesung": response, "naechste_schritte": steps}
        if whole[n]:
            cells = {"situation": " ".join(filter(None, parts[n])), "loesung": "", "naechste_schritte": ""}
        rows.append(said("x", eintrag_id=f"{key}-{n}") | cells | {"kunden_id": key})
    assert counts(exports.take(LATER, akten=rows), "akten") == (0, 0, 6, 6)
    assert Entry.select().where(Entry.subject == f"customer:{key}").count() == 6


def test_a_vpa_wechsel_counts_once_w_15(office: World, exports: Exports) -> None:
    """K-25, X-02: the export that brings it back brings no second change."""
    Vpa.update(active=True).execute()
    given = ("--customer", "K001", "--vpa", "V002", "--kind", "vpa_change", "--text", "alles Nötige")
    office.cli("assign", *given).ok()
    before = office.cli("customer", "show", "K001").ok().json["changes_12_months"]
    rows = [
        row("zuordnungen", kunden_id="K001", vpa_id="V001", von="2025-01-02", bis="2025-11-06"),
        row("zuordnungen", kunden_id="K001", vpa_id="V002", von="2025-11-07"),
    ]
    exports.take(LATER, zuordnungen=rows)
    shown = office.cli("customer", "show", "K001", now="2025-11-10T10:00").ok().json
    assert (before, shown["changes_12_months"], shown["vpa"]) == (1, 1, "V002")


@pytest.mark.parametrize("name", ["raus", "raus.zip", "raus.xlsx"])
def test_a_day_goes_out_by_file_and_comes_back_recognised_x_01(
    office: World, exports: Exports, tmp_path: Path, name: str
) -> None:
    """What the files say is ours: nothing is doubled, lost or left open but the note, which no file holds."""
    exports.take(kunden=[row("kunden", kunden_id="K001")])
    log(office, "Anruf", response="Rückruf")
    office.run(WriteMessage(id="T1", sender="at", text="Guten Tag"))
    office.cli("task", "note", "T1", "--text", "bitte ansehen").ok()
    office.cli("customer", "status", "K001", "--to", "prio", "--reason", "viel").ok()
    office.cli("assign", "--customer", "K001", "--vpa", "V002", "--kind", "inactive", "--text", "Alles").ok()
    before = Entry.select().count(), Message.select().count(), Assignment.select().count()
    tried = office.cli("outbox", "export", str(tmp_path / name), "--dry-run").ok().json
    assert not (tmp_path / name).exists()
    answer = office.cli("outbox", "export", str(tmp_path / name)).ok().json
    assert tried == {**answer, "dry_run": True}
    assert (answer["items"], answer["left"], answer["done"]) == (6, 1, False)
    assert {file["file"]: file["rows"] for file in answer["files"]} == {
        "kunden": 1, "zuordnungen": 1, "akten": 3, "nachrichten": 1,
    }  # fmt: skip
    taken = exports.take_paths(tmp_path / name, now=LATER)
    assert sum(file["new"] for file in taken["files"]) == 0
    assert (Entry.select().count(), Message.select().count(), Assignment.select().count()) == before
    assert [item.kind for item in Outbox.select().where(Outbox.state == "open")] == ["note"]


def test_by_file_is_marked_when_asked_x_01(office: World, tmp_path: Path) -> None:
    log(office, "Anruf")
    answer = office.cli("outbox", "export", str(tmp_path / "raus.zip"), "--done").ok().json
    assert answer["done"]
    assert states() == [("carried", "file")]
    office.cli("undo").ok()
    assert states() == [("open", None)]
    office.cli("outbox", "done", "1").ok()
    assert office.cli("outbox", "export", str(tmp_path / "leer.zip")).ok().json["files"] == []
    assert not (tmp_path / "leer.zip").exists()
