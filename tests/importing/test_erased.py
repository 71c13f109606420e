"""Erased persons and the next export: a row of theirs is passed over and counted, nothing fails (CONTRACT §21)."""

from __future__ import annotations

from typing import Any

import pytest

from models.admin.verify import verify
from models.erasure.actions import EraseCustomer, EraseVpa
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.people import ERASED, Absence, Assignment, Customer, Vpa
from models.tables.task import Message, Task
from tests.importing.support import USUAL, Exports, absence, counted, row, vpa
from tests.support.office import content, one_is_enough


def whole() -> dict[str, Any]:
    """An export that names V1 and K1 in every file, and beside them V2 and K2."""
    return {
        **{name: [dict(cells)] for name, cells in USUAL.items()},
        "vpas": [vpa(buddy="Geheim"), vpa(vpa_id="V2", name="Can Demir")],
        "kunden": [row("kunden"), row("kunden", kunden_id="K2", name="Nordlicht")],
        "aufgaben": [
            row("aufgaben"),
            row("aufgaben", aufgabe_id="T2", kunden_id="K2", vpa_id="V1", titel="Messe", delegiert_von="V1",
                delegations_grund="zeit", delegations_kommentar="Geheim"),
        ],
        "akten": [
            row("akten"),
            row("akten", eintrag_id="E2", kunden_id="", vpa_id="V1", datei="vpa_akte", situation="Über V1"),
            row("akten", eintrag_id="E3", kunden_id="K2", situation="Über K2"),
        ],
    }  # fmt: skip


@pytest.fixture
def manager(exports: Exports) -> Exports:
    """ANN may erase, alone."""
    from models.tables.people import Member

    one_is_enough()
    Member.update(roles=["at", "vpa_manager", "customer_manager"]).execute()
    exports.take(**whole())
    return exports


def erased(answer: dict[str, Any]) -> dict[str, int]:
    """Rows passed over, by file; makes sure that each file's numbers add up."""
    for file in answer["files"]:
        assert file["rows"] == file["new"] + file["changed"] + file["unchanged"] + file["erased"]
    return {file["file"]: file["erased"] for file in answer["files"]}


def test_the_same_export_after_erasing_a_vpa(manager: Exports) -> None:
    manager.world.run(EraseVpa(id="V1", confirm="Mira Keller"))
    answer = manager.take(**whole())
    assert erased(answer) == {
        "vpas": 1, "kunden": 0, "zuordnungen": 1, "abwesenheiten": 1, "aufgaben": 0, "akten": 1, "nachrichten": 0,
    }  # fmt: skip
    assert answer["erased"] == ["vpa:V1"]
    assert (answer["gone"], answer["withdrawn"]) == (0, 0)
    assert (Vpa.get_by_id("V1").name, Vpa.get_by_id("V1").buddy) == (ERASED, None)
    assert [entry.situation for entry in Entry.select().where(Entry.subject == "vpa:V1")] == [ERASED]
    assert verify()


def test_a_task_of_somebody_else_only_loses_the_erased_vpa(manager: Exports) -> None:
    manager.world.run(EraseVpa(id="V1", confirm="Mira Keller"))
    manager.take(**whole())
    task = Task.get_by_id("T2")
    assert (task.vpa_id, task.delegated_by, task.delegation_comment, task.title) == (None, None, None, "Messe")
    again = manager.take(**whole())
    assert {file["file"]: file["changed"] for file in again["files"]}["aufgaben"] == 0, "only once"
    assert erased(again)["vpas"] == 1


def test_the_same_export_after_erasing_a_customer(manager: Exports) -> None:
    manager.world.run(EraseCustomer(id="K1", confirm="Bäckerei Sommer"))
    answer = manager.take(**whole())
    assert erased(answer) == {
        "vpas": 0, "kunden": 1, "zuordnungen": 1, "abwesenheiten": 0, "aufgaben": 1, "akten": 1, "nachrichten": 1,
    }  # fmt: skip
    assert answer["erased"] == ["customer:K1"]
    assert Customer.get_by_id("K1").name == ERASED
    assert (Task.get_by_id("T1").title, Message.get_by_id("M1").text) == (ERASED, ERASED)
    assert Entry.select().where(Entry.situation == "Über K2").exists()


def test_both_and_a_newer_export_with_more_about_them(manager: Exports) -> None:
    """What is new about them never arrives: a task, its chat, an entry, an absence, another assignment."""
    manager.world.run(EraseVpa(id="V1", confirm="Mira Keller"))
    manager.world.run(EraseCustomer(id="K1", confirm="Bäckerei Sommer"))
    more = whole()
    more["vpas"][0] = vpa(klasse="A", aktiv="nein", start="2025-10-01")
    more["aufgaben"].append(row("aufgaben", aufgabe_id="T9", titel="Noch eine"))
    more["nachrichten"].append(row("nachrichten", nachricht_id="M9", aufgabe_id="T9", text="Nachlese"))
    more["akten"].append(row("akten", eintrag_id="E9", situation="Nachlese"))
    more["abwesenheiten"].append(absence(abwesenheit_id="A9", von="2025-12-10", bis="2025-12-12"))
    more["zuordnungen"].append(row("zuordnungen", kunden_id="K2", von="2025-02-01"))
    cases, flags = Case.select().count(), Flag.select().count()
    answer = manager.take(**more)
    assert erased(answer) == {
        "vpas": 1, "kunden": 1, "zuordnungen": 2, "abwesenheiten": 2, "aufgaben": 2, "akten": 3, "nachrichten": 2,
    }  # fmt: skip
    assert answer["erased"] == ["customer:K1", "vpa:V1"]
    assert (Case.select().count(), Flag.select().count(), answer["cases"], answer["flags"]) == (cases, flags, 0, 0)
    assert Task.get_or_none(Task.id == "T9") is None
    assert Absence.get_or_none(Absence.id == "A9") is None
    assert Assignment.select().count() == 1
    assert "Nachlese" not in str([entry.situation for entry in Entry.select()])


def test_who_goes_is_still_seen_beside_an_erased_one(manager: Exports) -> None:
    """The erased one's row must not hide that another is missing, nor count among those who go."""
    manager.take(vpas=[vpa(), vpa(vpa_id="V2", name="Can Demir"), vpa(vpa_id="V3", name="Ida Lux")])
    manager.world.run(EraseVpa(id="V1", confirm="Mira Keller"))
    answer = manager.take(vpas=[vpa(), vpa(vpa_id="V2", name="Can Demir")])
    assert (answer["gone"], Vpa.get_by_id("V3").gone, Vpa.get_by_id("V2").gone) == (1, True, False)
    answer = manager.take(vpas=[vpa(vpa_id="V2", name="Can Demir")])
    assert answer["gone"] == 0


def test_the_command_names_who_still_stands_there(manager: Exports) -> None:
    manager.world.run(EraseVpa(id="V1", confirm="Mira Keller"))
    told = manager.world.cli("import", str(manager.folder(**whole())), json=False).ok().stdout
    assert "V1 ist hier gelöscht und steht noch auf der Plattform" in told


def test_without_an_erased_person_nothing_is_passed_over(manager: Exports) -> None:
    """The control."""
    answer = manager.take(**whole())
    assert set(erased(answer).values()) == {0}
    assert answer["erased"] == []
    assert [file["unchanged"] for file in counted(answer)] == [2, 2, 1, 1, 2, 3, 1]


def test_cells_of_others_that_name_an_erased_one_stay_empty_p_04(manager: Exports) -> None:
    """The author of an entry in a customer's file, a Buddy; the next export says it again in vain."""
    written = {"kunden_id": "K2", "datei": "vpa_kunde", "verfasser": "Mira Keller", "von": "vpa"}
    export = {**whole(), "vpas": [*whole()["vpas"], vpa(vpa_id="V9", name="Ida Lux", buddy="Mira Keller")]}
    export["akten"] = [*whole()["akten"], row("akten", eintrag_id="E77", **written)]
    manager.take(**export)
    manager.world.run(EraseVpa(id="V1", confirm="Mira Keller"))
    for _ in range(2):
        answer = manager.take(**export)
        assert (Vpa.get_by_id("V9").buddy, Entry.get(Entry.platform_id == "E77").author) == (None, ERASED)
        assert {table for table, rows in content().items() if "Keller" in repr(rows)} == set()
    assert {file["file"]: file["changed"] for file in answer["files"]}["vpas"] == 0
