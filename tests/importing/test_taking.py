"""The answer, all or nothing, the history, older exports, local changes, entries, assignments (CONTRACT §3)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from models.admin.verify import verify
from models.ground import clock
from models.ground.errors import BadDataError, NotFoundError
from models.importing.importer import preview, take
from models.playbook.refusals import RefusedError
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.history import History
from models.tables.people import Absence, Assignment, Customer, Import, Vpa
from models.tables.reminder import Reminder
from models.tables.task import Message, Task
from tests.importing.support import USUAL, Exports, absence, counted, row, vpa


def full() -> dict[str, Any]:
    """One row in every file."""
    return {name: [dict(cells)] for name, cells in USUAL.items()}


def everything() -> list[Any]:
    """The content of all tables an import writes, but for its own record and the history."""
    tables = (Vpa, Customer, Assignment, Absence, Task, Message, Entry, Case, Flag, Reminder)
    return [list(table.select().order_by(table._meta.primary_key).dicts()) for table in tables]


# The answer


def test_rows_are_new_changed_and_unchanged(exports: Exports) -> None:
    exports.take(vpas=[vpa(), vpa(vpa_id="V2")])
    answer = exports.take(vpas=[vpa(), vpa(vpa_id="V2", buddy="TOM"), vpa(vpa_id="V3")])
    assert counted(answer) == [{"file": "vpas", "rows": 3, "new": 1, "changed": 1, "unchanged": 1}]
    assert {"files", "ignored", "cases", "flags"} <= set(answer)


def test_the_same_export_twice_changes_nothing(exports: Exports) -> None:
    exports.take(**full())
    before = everything()
    answer = exports.take(**full())
    assert [(f["new"], f["changed"], f["unchanged"]) for f in answer["files"]] == [(0, 0, 1)] * 7
    assert (answer["cases"], answer["flags"]) == (0, 0)
    assert everything() == before


def test_what_is_missing_from_a_newer_export_is_never_deleted(exports: Exports) -> None:
    exports.take(**full())
    before = everything()
    exports.take_paths(exports.folder(**{name: [] for name in USUAL}))
    assert exports.case(kind="gone")["facts"]["customers"] == ["K1"]  # S-04: that he left is told
    Case.delete().where(Case.kind == "gone").execute()
    assert [len(rows) for rows in everything()] == [len(rows) for rows in before]


def test_an_absent_file_or_column_leaves_everything_as_known(exports: Exports) -> None:
    exports.take(
        vpas=[vpa(buddy="TOM", teilzeit="ja", mobile_app="nein", bereiche="a|b")], kunden=[row("kunden", wizard="w")]
    )
    answer = exports.take(vpas=[vpa()])
    got = Vpa.get()
    assert answer["files"][0]["unchanged"] == 1
    assert (got.buddy, got.part_time, got.mobile_app, got.areas, got.gone) == ("TOM", True, False, ["a", "b"], False)
    assert Customer.get().wizard == "w"
    exports.take(vpas=[vpa(buddy="", teilzeit="", mobile_app="", bereiche="")])
    got = Vpa.get()
    assert (got.buddy, got.part_time, got.mobile_app, got.areas) == (None, False, None, [])


def test_cells_written_in_another_way_are_no_change(exports: Exports) -> None:
    one = vpa(start="2020-01-31", rising_star="ja", letzte_aktivitaet="2025-11-05T10:00", bereiche="a|b", klasse="c")
    two = vpa(
        start="31.01.2020",
        rising_star="1",
        letzte_aktivitaet="2025-11-05T09:00:00Z",
        bereiche=" a | b |",
        name=" Mira Keller",
    )
    exports.take(vpas=[one])
    assert exports.take(vpas=[two])["files"][0]["unchanged"] == 1


def test_dry_run_gives_the_same_answer_and_changes_nothing(exports: Exports) -> None:
    exports.take(**full())
    before, rows = everything(), History.select().count()
    path = exports.folder(vpas=[vpa(klasse="A", start="2025-06-01"), vpa(vpa_id="V2")])
    answer = exports.take_paths(path, dry_run=True)
    assert answer.pop("dry_run") is True
    assert (everything(), History.select().count()) == (before, rows)
    assert exports.take_paths(path) == answer


def test_preview_names_the_cases_that_would_be_raised(exports: Exports) -> None:
    exports.take(vpas=[vpa(), vpa(vpa_id="V2", name="Anna Lux")])
    before = everything()
    path = exports.folder(vpas=[vpa(klasse="A"), vpa(vpa_id="V2", name="Anna Lux", aktiv="nein")])
    answer = preview(exports.world.session(), [path])
    assert [(case["kind"], case["vpa"], case["vpa_name"], case["findings"]) for case in answer["raised"]] == [
        ("inactive", "V2", "Anna Lux", ["mobile_app"]),
        ("class", "V1", "Mira Keller", ["better"]),
    ]
    assert (answer["cases"], answer["warnings"], answer["dry_run"]) == (2, [], True)
    assert everything() == before


def test_progress_is_told(exports: Exports) -> None:
    told: list[tuple[str, int, int]] = []
    path = exports.folder(kunden=[row("kunden", kunden_id=f"K{n}") for n in range(12_000)])
    exports.take_paths(path, progress=lambda *step: told.append(step))
    assert ("kunden.csv", 5_000, 12_001) in told
    assert ("kunden", 10_000, 12_000) in told
    assert all(done <= total for _, done, total in told)


# Evidence


def test_every_import_writes_one_history_row_of_its_own(exports: Exports) -> None:
    before = History.select().count()
    exports.take(**full())
    exports.take(**full())
    rows = list(History.select().order_by(History.id))[before:]
    assert [(r.action, r.member, r.undoable, r.subject) for r in rows] == [("import", "ANN", False, None)] * 2
    assert counted(rows[0].extra)[0] == {"file": "vpas", "rows": 1, "new": 1, "changed": 0, "unchanged": 0}
    assert [record.member for record in Import.select()] == ["ANN", "ANN"]
    assert verify() == before + 2


def test_bad_data_changes_nothing_and_leaves_no_history(exports: Exports) -> None:
    exports.take(**full())
    before, rows = everything(), History.select().count()
    with pytest.raises(BadDataError):
        exports.take(vpas=[vpa(klasse="A"), vpa(vpa_id="V2", klasse="Z")])
    assert (everything(), History.select().count(), Import.select().count()) == (before, rows, 1)
    assert exports.take(vpas=[vpa(klasse="A")])["cases"] == 1, "nothing is left behind in the way"


def test_it_needs_an_acting_member(exports: Exports) -> None:
    """R-02: it stands alone, before anything is read."""
    path = exports.folder(vpas=[vpa(klasse="Z")])
    session = exports.world.session()
    session.kuerzel = None
    with pytest.raises(RefusedError) as caught:
        take(session, [path])
    assert [(o.code, o.rule) for o in caught.value.obstacles] == [("kuerzel_missing", "R-02")]
    session.kuerzel = "WER"
    with pytest.raises(NotFoundError):
        take(session, [path])


# Older exports


def is_older(exports: Exports, **tables: Any) -> bool:
    """Whether the export is refused as older; makes sure that a reason passes it."""
    path = exports.folder(**tables)
    try:
        exports.take_paths(path)
    except RefusedError as refusal:
        if [(o.code, o.weight) for o in refusal.obstacles] != [("older_export", "warn")]:
            raise
        with pytest.raises(RefusedError):
            exports.take_paths(path, despite="   ")
        assert [o.code for o in preview(exports.world.session(), [path])["warnings"]] == ["older_export"]
        exports.take_paths(path, despite="Nachtrag", dry_run=True)
        return True
    return False


NEW = "2025-11-05T10:00"
OLD = "2025-11-04T10:00"


def test_older_if_all_that_it_has_lies_before_the_last_import(exports: Exports) -> None:
    """D-01: an older export would hide what is due."""
    message = row("nachrichten", zeit=NEW)
    tables = {**full(), "vpas": [vpa(letzte_aktivitaet=NEW)], "nachrichten": [message]}
    exports.take(**tables)
    old = {**tables, "vpas": [vpa(letzte_aktivitaet=OLD)], "nachrichten": [row("nachrichten", zeit=OLD)]}
    older_absence = [absence(eingetragen_am="2025-11-03")]
    assert is_older(exports, **{**old, "abwesenheiten": older_absence})
    assert is_older(exports, vpas=old["vpas"])
    assert is_older(exports, abwesenheiten=older_absence)
    assert not is_older(exports, kunden=tables["kunden"]), "with none of them it is not older"
    assert not is_older(exports, vpas=[vpa()])
    assert not is_older(exports, **{**old, "abwesenheiten": [absence()]}), "one of them is as new"


def test_reason_for_an_older_export_is_kept(exports: Exports) -> None:
    exports.take(vpas=[vpa(letzte_aktivitaet=NEW)])
    assert is_older(exports, vpas=[vpa(letzte_aktivitaet=OLD)])
    exports.take_paths(exports.folder(vpas=[vpa(letzte_aktivitaet=OLD)]), despite="Nachtrag")
    assert History.select().order_by(History.id.desc()).get().extra["despite"] == "Nachtrag"
    exports.take_paths(
        exports.folder(vpas=[vpa(vpa_id="V2", letzte_aktivitaet="2025-11-01T10:00")]), despite="Nachtrag"
    )
    assert not Vpa.get_by_id("V1").gone, "gone is who is missing from a newer file"
    exports.take_paths(exports.folder(vpas=[vpa(letzte_aktivitaet=OLD)]))
    assert not is_older(exports, vpas=[vpa(letzte_aktivitaet=OLD)]), "compared with the last import"


def test_equal_is_not_older_and_the_first_one_never_is(exports: Exports) -> None:
    assert not is_older(exports, vpas=[vpa(letzte_aktivitaet=OLD)])
    assert not is_older(exports, vpas=[vpa(letzte_aktivitaet=OLD)])
    assert not is_older(exports, abwesenheiten=[absence(eingetragen_am="2020-01-01")]), "no import had that column"


# Local changes


def test_a_local_change_stays_until_the_exports_own_value_changes(exports: Exports) -> None:
    exports.take(kunden=[row("kunden")])
    Customer.update(status="prio").execute()
    exports.take(kunden=[row("kunden")])
    exports.take(kunden=[row("kunden", name="Bäckerei Winter")])
    assert (Customer.get().status, Customer.get().name) == ("prio", "Bäckerei Winter")
    exports.take(kunden=[row("kunden", name="Bäckerei Winter", status="inaktiv")])
    assert Customer.get().status == "inaktiv"


def test_local_changes_of_tasks_and_messages_stay(exports: Exports) -> None:
    tables = {name: full()[name] for name in ("vpas", "kunden", "aufgaben", "nachrichten")}
    exports.take(**tables)
    Task.update(state="umfrage", vpa="V1", checklist={"lists": "present"}).execute()
    Message.update(tags=["ergebnis"]).execute()
    tables["aufgaben"] = [row("aufgaben", titel="Neue Recherche", vpa_id="", neukunde="")]
    tables["nachrichten"] = [row("nachrichten", text="Hallo!")]
    exports.take(**tables)
    task, message = Task.get(), Message.get()
    assert (task.state, task.vpa_id, task.checklist, task.title) == (
        "umfrage",
        "V1",
        {"lists": "present"},
        "Neue Recherche",
    )
    assert (message.tags, message.text) == (["ergebnis"], "Hallo!")
    exports.take(nachrichten=[row("nachrichten", text="Hallo!", tags="beschwerde")])
    assert Message.get().tags == ["beschwerde"]


def test_every_change_raises_the_version_and_nothing_else_does(exports: Exports) -> None:
    exports.take(kunden=[row("kunden"), row("kunden", kunden_id="K2")])
    exports.take(kunden=[row("kunden", name="Neu"), row("kunden", kunden_id="K2")])
    assert [customer.version for customer in Customer.select().order_by(Customer.id)] == [2, 1]


# Entries


def test_an_entry_that_the_platform_changed_becomes_a_new_version(exports: Exports) -> None:
    """K-04: entries are never changed; K-05: those of Sales come with the export."""
    exports.take(kunden=[row("kunden")], akten=[row("akten", von="sales")])
    answer = exports.take(akten=[row("akten", von="sales", situation="Zweites Gespräch")])
    first, second = Entry.select().order_by(Entry.id)
    assert answer["files"][0]["changed"] == 1
    assert (first.situation, first.corrects) == ("Erstes Gespräch", None)
    assert (second.situation, second.corrects, second.origin) == ("Zweites Gespräch", first.id, "sales")
    exports.take(akten=[row("akten", von="sales", situation="Drittes Gespräch")])
    third = Entry.select().order_by(Entry.id.desc()).get()
    assert third.corrects == second.id
    assert all(entry.platform_id for entry in (first, second, third)), "R-04 goes by their zeit"
    assert exports.take(akten=[row("akten", von="sales", situation="Drittes Gespräch")])["files"][0]["unchanged"] == 1


def test_entries_are_found_by_search(exports: Exports) -> None:
    exports.take(kunden=[row("kunden")], akten=[row("akten", loesung="Größe geklärt", tags="Müller")])
    assert {"grose", "muler"} & set(Entry.get().folded.split()) or {"grosse", "muller"} <= set(
        Entry.get().folded.split()
    )


# Assignments


def upkeep() -> list[tuple[str, str, str, str]]:
    """The Reminders that an import has set: subject, due, owner, kind."""
    return [(r.subject, clock.iso(r.due), r.owner, r.kind) for r in Reminder.select().order_by(Reminder.id)]


def test_a_new_assignment_sets_the_check_after_28_days(exports: Exports) -> None:
    """K-25: for the importing member."""
    tables = {name: full()[name] for name in ("vpas", "kunden", "akten")}
    exports.take(**tables)
    exports.take("2025-11-06T09:00", zuordnungen=[row("zuordnungen")])
    reminder = Reminder.get()
    assert upkeep() == [("customer:K1", "2025-12-04T00:00:00+01:00", "ANN", "upkeep")]
    assert (reminder.after_entry, reminder.state, reminder.created_by, reminder.owners) == (
        Entry.get().id,
        "open",
        "ANN",
        [],
    )
    exports.take("2025-11-07T09:00", zuordnungen=[row("zuordnungen")])
    exports.take("2025-11-07T09:00", zuordnungen=[row("zuordnungen", grund="Neukunde")])
    assert len(upkeep()) == 1


def test_no_check_at_baseline_nor_for_an_assignment_that_is_not_the_present_one(exports: Exports) -> None:
    tables = {"vpas": [vpa(), vpa(vpa_id="V2")], "kunden": [row("kunden"), row("kunden", kunden_id="K2")]}
    exports.take(baseline=True, **tables, zuordnungen=[row("zuordnungen")])  # type: ignore[arg-type]
    exports.take(
        zuordnungen=[
            row("zuordnungen"),
            row("zuordnungen", vpa_id="V2", von="2024-01-01"),
            row("zuordnungen", kunden_id="K2", von="2025-02-01", bis="2025-11-04"),
        ]
    )
    assert upkeep() == []
    exports.take(zuordnungen=[row("zuordnungen", kunden_id="K2", von="2025-03-01", bis="2025-11-05")])
    assert [subject for subject, *_ in upkeep()] == ["customer:K2"]


def test_an_assignment_made_here_is_confirmed_not_doubled(exports: Exports) -> None:
    exports.take(vpas=[vpa()], kunden=[row("kunden")])
    Assignment.create(customer="K1", vpa="V1", start=dt.date(2025, 11, 5))
    answer = exports.take(zuordnungen=[row("zuordnungen", von="2025-11-05", grund="Neukunde")])
    assert (answer["files"][0]["unchanged"], answer["files"][0]["recognised"]) == (1, 1)
    assert (Assignment.select().count(), Assignment.get().reason, upkeep()) == (1, "Neukunde", [])


def test_an_end_set_here_stays_until_the_export_says_otherwise(exports: Exports) -> None:
    exports.take(vpas=[vpa()], kunden=[row("kunden")], zuordnungen=[row("zuordnungen")])
    Assignment.update(end=dt.date(2025, 11, 4)).execute()
    exports.take(zuordnungen=[row("zuordnungen")])
    assert str(Assignment.get().end) == "2025-11-04"
    exports.take(zuordnungen=[row("zuordnungen", bis="2025-12-31")])
    assert str(Assignment.get().end) == "2025-12-31"


def test_relative_paths_and_files_beside_each_other(exports: Exports, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = exports.folder(vpas=[vpa()], kunden=[row("kunden")])
    monkeypatch.chdir(folder)
    assert len(exports.take_paths(Path("vpas.csv"), Path("kunden.csv"), Path())["files"]) == 2
