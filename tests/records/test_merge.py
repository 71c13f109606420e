"""Two records that are one: everything hangs on the second afterwards (S-06)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.action.undo import undo
from models.erasure.actions import EraseVpa
from models.ground.errors import AlreadyDoneError, NotFoundError
from models.playbook.refusals import RefusedError
from models.questions.people import show_customer, show_vpa
from models.questions.search import search_everything
from models.records.actions import AddAbsence, AddCustomer, AddVpa, MergeCustomer, MergeVpa, SetVpa
from models.shared.entry import write_entry
from models.shared.follow_up import set_reminder
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.newest import Newest
from models.tables.people import Absence, Assignment, Customer, Vpa
from models.tables.reminder import Reminder
from tests.importing.support import Exports, absence, row, vpa
from tests.support.office import one_is_enough
from tests.support.world import World


@pytest.fixture
def office(desk: World, exports: Exports) -> World:
    """V1 of the platform with a customer; H1 made here with an absence, a Reminder, an entry, a customer of his own."""
    exports.take(
        baseline=True, vpas=[vpa(), vpa(vpa_id="V2", name="Jan Vogt")],
        kunden=[row("kunden"), row("kunden", kunden_id="K2", name="Hotel Bär")], zuordnungen=[row("zuordnungen")],
        akten=[row("akten")],
    )  # fmt: skip
    desk.run(AddVpa(name="Mira K.", klasse="B", start=dt.date(2024, 3, 1), buddy="TOM"))
    desk.run(AddAbsence(vpa="H1", start=dt.date(2025, 11, 10), end=dt.date(2025, 11, 14)))
    desk.run(AddCustomer(name="Gärtnerei Lenz", status="bucher", vpa="H1"))
    filed(desk, "vpa:H1", "vpa_akte")
    return desk


def filed(world: World, subject: str, file: str) -> None:
    """An entry and a Reminder."""
    with world.session().writing():
        work = world.session().work(locking=True)
        write_entry(work, file=file, subject=subject, kind="other", situation="Notiz", tags=["x"])
        set_reminder(work, subject=subject, due=work.now, reason="nachsehen")


def codes(refused: pytest.ExceptionInfo[RefusedError]) -> list[tuple[str, str]]:
    return [(one.code, one.rule) for one in refused.value.obstacles]


def everything() -> list[list[dict[str, Any]]]:
    """All that could move."""
    tables: tuple[Any, ...] = (Vpa, Customer, Absence, Assignment, Case, Flag, Entry, Reminder, Newest)
    return [
        sorted(
            ({name: value for name, value in one.items() if name != "version"} for one in table.select().dicts()),
            key=str,
        )
        for table in tables
    ]


def test_all_of_a_vpa_moves_and_comes_back_s06(office: World) -> None:
    before = everything()
    shown = office.run(MergeVpa(id="H1", into="V1"))
    assert (shown["id"], shown["customers"], shown["buddy"]) == ("V1", ["H1", "K1"], "TOM")
    assert [one["id"] for one in shown["absences"]] == ["H1"]
    assert (len(shown["cases"]), len(shown["reminders"]), len(shown["entries"])) == (1, 1, 1)
    assert Case.get().vpa_name == "Mira Keller"
    gone = show_vpa(office.session().work(), Vpa.get_by_id("H1"))
    assert (gone["merged_into"], gone["gone"], gone["customers"], gone["cases"]) == ("V1", True, [], [])
    found = [hit["id"] for hit in search_everything(office.session().work(), "Mira") if hit["type"] == "vpa"]
    assert found == ["V1"]
    undo(office.session())
    assert everything() == before


def test_who_may_merge_s06(office: World) -> None:
    with pytest.raises(RefusedError) as refused:
        office.run(MergeVpa(id="V2", into="V1"))
    assert codes(refused) == [("role_manager", "S-06")]
    with pytest.raises(RefusedError) as refused:
        office.run(MergeVpa(id="V2", into="V2"))
    assert codes(refused) == [("role_manager", "S-06"), ("same", "S-06")]
    assert office.run(MergeVpa(id="V2", into="V1"), as_="VIO")["id"] == "V1"
    with pytest.raises(AlreadyDoneError):
        office.run(MergeVpa(id="V2", into="H1"), as_="VIO")
    with pytest.raises(NotFoundError):
        office.run(MergeVpa(id="V1", into="V9"), as_="VIO")


def test_one_made_here_may_only_get_an_id_s06(office: World, exports: Exports) -> None:
    shown = office.run(MergeVpa(id="H1", into="V9"))
    assert (shown["id"], shown["name"], shown["customers"]) == ("V9", "Mira K.", ["H1"])
    row9 = vpa(vpa_id="V9", name="Mira K.", klasse="B", start="2024-03-01")
    assert exports.take(vpas=[vpa(), vpa(vpa_id="V2", name="Jan Vogt"), row9])["cases"] == 0
    assert (Vpa.get_by_id("V9").gone, Vpa.get_by_id("V9").exported is None) == (False, False)


def test_open_cases_of_one_kind_become_one(office: World) -> None:
    office.run(SetVpa(id="V1", orders=False))
    office.run(SetVpa(id="H1", new_customers=False))
    before = everything()
    office.run(MergeVpa(id="H1", into="V1"))
    (case,) = Case.select().where(Case.state == "open", Case.kind == "schedule")
    assert (case.vpa_id, case.after) == ("V1", {"auftraege": False, "neukunden": False})
    undo(office.session())
    assert everything() == before


def test_an_import_passes_the_first_over_and_follows_to_the_second_s06(office: World, exports: Exports) -> None:
    office.run(MergeVpa(id="V2", into="V1"), as_="VIO")
    both = [vpa(), vpa(vpa_id="V2", name="Jan Vogt", klasse="A")]
    answer = exports.take(
        vpas=both, kunden=[row("kunden"), row("kunden", kunden_id="K2", name="Hotel Bär")],
        zuordnungen=[row("zuordnungen"), row("zuordnungen", kunden_id="K2", vpa_id="V2", von="2025-10-01")],
        abwesenheiten=[absence(vpa_id="V2")],
    )  # fmt: skip
    assert (Vpa.get_by_id("V2").klasse, Vpa.get_by_id("V2").merged_into) == ("C", "V1")
    assert Assignment.get(Assignment.customer == "K2").vpa_id == "V1"
    assert Absence.get_by_id("A1").vpa_id == "V1"
    assert answer["cases"] == 1
    assert exports.take(vpas=both, abwesenheiten=[absence(vpa_id="V2")])["cases"] == 0


def test_the_same_export_finds_nothing_changed_after_a_merge(desk: World, exports: Exports) -> None:
    tables: dict[str, Any] = {
        "vpas": [vpa(), vpa(vpa_id="V2", name="Jan Vogt")], "kunden": [row("kunden")],
        "zuordnungen": [row("zuordnungen", vpa_id="V2")], "abwesenheiten": [absence(vpa_id="V2")],
        "akten": [row("akten", kunden_id="", vpa_id="V2", datei="vpa_akte")],
    }  # fmt: skip
    exports.take(baseline=True, **tables)
    desk.run(MergeVpa(id="V2", into="V1"), as_="VIO")
    answer = exports.take(**tables)
    assert [(file["new"], file["changed"]) for file in answer["files"]] == [(0, 0)] * 5
    assert Entry.select().count() == 1


def test_all_of_a_customer_moves_and_comes_back_s06(office: World) -> None:
    filed(office, "customer:H1", "oteam")
    before = everything()
    shown = office.run(MergeCustomer(id="H1", into="K1"))
    assert (shown["id"], len(shown["entries"]), len(shown["reminders"])) == ("K1", 2, 2)
    assert [one.customer for one in Newest.select().order_by(Newest.customer)] == ["K1", "K2"]
    assert Newest.get(Newest.customer == "K1").author == "ANN"
    assert show_customer(office.session().work(), Customer.get_by_id("H1"))["merged_into"] == "K1"
    undo(office.session())
    assert everything() == before


def test_an_entry_moves_by_nothing_but_a_merge_k04(office: World) -> None:
    with pytest.raises(Exception, match="append only"):
        Entry.update(subject="customer:K2").where(Entry.subject == "customer:K1").execute()


def test_erasing_the_second_erases_who_was_merged_into_it_a28(office: World) -> None:
    office.run(MergeVpa(id="H1", into="V1"))
    one_is_enough()
    office.run(EraseVpa(id="V1", confirm="Mira Keller"), as_="VIO")
    assert {vpa.name for vpa in Vpa.select().where(Vpa.id.in_(["H1", "V1"]))} == {"(gelöscht)"}


def test_a_merged_record_takes_no_deed_s06(office: World) -> None:
    office.run(MergeVpa(id="H1", into="V1"))
    for deed in (SetVpa(id="H1", orders=False), AddAbsence(vpa="H1", start=dt.date(2025, 12, 1))):
        with pytest.raises(NotFoundError, match="V1"):
            office.run(deed)
