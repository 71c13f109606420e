"""Taking the newest import back: everything is as before, and what somebody worked on stays (X-04, CONTRACT §15)."""

from __future__ import annotations

from typing import Any

import pytest

from models.action.undo import undo
from models.admin.verify import verify
from models.case.actions import ResolveCase
from models.ground.errors import AlreadyDoneError
from models.importing.revert.actions import RevertImport
from models.playbook.refusals import RefusedError
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.history import History
from models.tables.people import Absence, Assignment, Customer, Earlier, Import, Vpa
from models.tables.reminder import Reminder
from models.tables.task import Message, Task
from tests.importing.support import USUAL, Exports, absence, row, vpa
from tests.support.cases import member
from tests.support.office import one_is_enough

LATER = "2025-11-06T14:00"
TABLES = (Vpa, Customer, Assignment, Absence, Task, Message, Case, Flag, Reminder)


def state() -> dict[str, Any]:
    """Everything that an import writes, without how often it was written; of entries those that are shown."""
    found: dict[str, Any] = {}
    for model in TABLES:
        fields = [field for field in model._meta.sorted_fields if field.name != "version"]
        found[model._meta.table_name] = sorted(model.select(*fields).tuples(), key=str)
    shown = Entry.select(Entry.subject, Entry.situation, Entry.platform_id, Entry.exported, Entry.corrects)
    found["entry"] = sorted(shown.where(Entry.withdrawn_at.is_null()).tuples(), key=str)
    return found


def everything() -> dict[str, Any]:
    return {name: [dict(cells)] for name, cells in USUAL.items()}


def changed() -> dict[str, Any]:
    """A newer export in which every row has changed, and each file has a new one."""
    return {
        "vpas": [
            vpa(klasse="A", neukunden="nein", aktiv="nein", name="Mira Neu"),
            vpa(vpa_id="V2", start="2025-11-01"),
        ],
        "kunden": [row("kunden", status="prio"), row("kunden", kunden_id="K2")],
        "zuordnungen": [row("zuordnungen", bis="2025-11-05"), row("zuordnungen", vpa_id="V2", von="2025-11-06")],
        "abwesenheiten": [absence(bis="2025-12-30"), absence(abwesenheit_id="A2", von="2026-02-01", bis="2026-02-03")],
        "aufgaben": [row("aufgaben", status="vergeben", stunden="7,5"), row("aufgaben", aufgabe_id="T2")],
        "akten": [row("akten", situation="Anders"), row("akten", eintrag_id="E2", situation="Neu")],
        "nachrichten": [row("nachrichten", text="Hallo!"), row("nachrichten", nachricht_id="M2", aufgabe_id="T2")],
    }


def revert(exports: Exports, now: str = LATER, reason: str | None = "falsche Datei", **how: Any) -> dict[str, Any]:
    return exports.world.run(RevertImport(reason=reason), now=now, **how)


def refused(exports: Exports, **how: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(RefusedError) as caught:
        revert(exports, **how)
    return [(o.code, o.rule, o.weight) for o in caught.value.obstacles]


def test_x_04_every_row_is_as_before_and_what_came_is_gone(exports: Exports) -> None:
    exports.take(**everything())
    before = state()
    answer = exports.take(LATER, **changed())
    assert answer["cases"] > 2
    assert state() != before
    shown = revert(exports)
    assert state() == before
    assert (shown["reverted_by"], shown["baseline"], shown["profile"]) == ("ANN", False, None)
    assert Earlier.select().count() == 0
    assert Entry.select().where(Entry.withdrawn_at.is_null(False)).count() == 2
    assert verify() > 0
    row = History.select().order_by(History.id.desc()).first()
    assert (row.action, row.undoable, row.extra["reason"]) == ("imports.revert", False, "falsche Datei")


def test_x_04_the_first_import_leaves_nothing_but_withdrawn_entries(exports: Exports) -> None:
    before = state()
    exports.take(**everything())
    revert(exports)
    assert state() == before
    assert [entry.withdrawn_at is not None for entry in Entry.select()] == [True]
    assert exports.world.cli("search", "mira").lines == []
    assert exports.world.cli("check").json["last_import"] is None


def test_x_04_the_next_import_compares_with_the_export_before(exports: Exports) -> None:
    exports.take(**everything())
    exports.take(LATER, **changed())
    revert(exports)
    again = exports.take(LATER, **everything())
    assert [(f["new"], f["changed"]) for f in again["files"]] == [(0, 0)] * 7
    assert again["cases"] == 0
    answer = exports.take("2025-11-07T14:00", **changed())
    assert [(f["new"], f["changed"]) for f in answer["files"]] == [(1, 1)] * 7
    assert answer["cases"] > 2
    texts = sorted(e.situation for e in Entry.select().where(Entry.withdrawn_at.is_null()))
    assert texts == ["Anders", "Erstes Gespräch", "Neu"]
    revert(exports, now="2025-11-07T15:00")
    assert [e.situation for e in Entry.select().where(Entry.withdrawn_at.is_null())] == ["Erstes Gespräch"]
    assert verify() > 0


def test_entries_that_come_again_are_shown_again_and_with_another_text_as_a_new_version(exports: Exports) -> None:
    exports.take(**everything())
    revert(exports)
    exports.take(LATER, **{**everything(), "akten": [row("akten", situation="Doch anders")]})
    found = [(e.situation, e.withdrawn_at, e.corrects) for e in Entry.select().order_by(Entry.id)]
    assert found == [
        ("Erstes Gespräch", None, None),
        ("Doch anders", None, Entry.select().order_by(Entry.id).first().id),
    ]
    same = exports.take(LATER, **{**everything(), "akten": [row("akten", situation="Doch anders")]})
    assert [(f["new"], f["changed"]) for f in same["files"]] == [(0, 0)] * 7


def test_x_04_only_the_newest_is_taken_back_and_only_once(exports: Exports) -> None:
    with pytest.raises(AlreadyDoneError):
        revert(exports)
    exports.take(**everything())
    exports.take(LATER, **changed())
    revert(exports)
    with pytest.raises(AlreadyDoneError, match="schon zurückgenommen"):
        revert(exports)
    exports.take(LATER, **changed())
    assert revert(exports)["id"] == 3
    assert [line["reverted_by"] for line in exports.world.cli("imports", "list").lines] == ["ANN", "ANN", None]


def test_x_04_without_a_reason_it_is_refused(exports: Exports) -> None:
    exports.take(**everything())
    assert refused(exports, reason=" ") == [("reason_missing", "X-04", "stop")]
    assert Vpa.select().count() == 1


def test_x_04_a_baseline_is_a_matter_of_managers(exports: Exports) -> None:
    exports.take(baseline=True, **everything())
    assert refused(exports) == [("role_manager", "X-04", "stop")]
    member("VIO", "vpa_manager")
    revert(exports, as_="VIO")
    assert (Vpa.select().count(), Flag.select().count()) == (0, 0)


def test_x_04_a_trial_changes_nothing(exports: Exports) -> None:
    exports.take(**everything())
    before = state()
    assert revert(exports, dry_run=True)["dry_run"] is True
    assert state() == before
    assert Import.newest_standing() is not None
    revert(exports)


def resolve(exports: Exports, case: Case) -> None:
    exports.world.run(ResolveCase(id=str(case.id), measure="checked", decision="not_needed", note="ok"), now=LATER)


def schedule(exports: Exports) -> Case:
    """A Case about working hours that the newest import has raised; V1 is of class C."""
    exports.take(vpas=[vpa(), vpa(vpa_id="V3", name="Ida Still")])
    exports.take(LATER, vpas=[vpa(neukunden="nein"), vpa(vpa_id="V3", name="Ida Still", neukunden="nein")])
    found: Case = Case.get(Case.vpa == "V1")
    return found


def test_x_04_a_case_that_somebody_resolved_is_named_and_stays_with_a_reason(exports: Exports) -> None:
    case = schedule(exports)
    resolve(exports, case)
    with pytest.raises(RefusedError) as caught:
        revert(exports)
    (obstacle,) = caught.value.obstacles
    assert (obstacle.code, obstacle.rule, obstacle.weight) == ("worked_on", "X-04", "warn")
    assert "Mira Keller" in obstacle.message
    revert(exports, despite="trotzdem")
    assert [(c.vpa_id, c.state, c.after) for c in Case.select()] == [("V1", "resolved", {"neukunden": False})]
    assert [v.new_customers for v in Vpa.select().order_by(Vpa.id)] == [True, True]
    assert verify() > 0


def test_x_04_what_was_undone_since_is_no_work(exports: Exports) -> None:
    case = schedule(exports)
    resolve(exports, case)
    undo(exports.world.session())
    revert(exports)
    assert Case.select().count() == 0
    assert verify() > 0


def test_x_04_a_row_that_was_changed_by_hand_keeps_what_was_changed(exports: Exports) -> None:
    from models.care.assignment.status import ChangeStatus

    exports.take(kunden=[row("kunden"), row("kunden", kunden_id="K2")])
    new = row("kunden", kunden_id="K3", name="Ganz neu")
    exports.take(LATER, kunden=[row("kunden", name="Umbenannt"), row("kunden", kunden_id="K2", name="Auch"), new])
    for key in ("K1", "K3"):
        exports.world.run(ChangeStatus(id=key, to="prio", reason="Paket"), now=LATER)
    assert refused(exports) == [("worked_on", "X-04", "warn")]
    revert(exports, despite="bleibt")
    found = [(c.id, c.name, c.status, c.exported is None) for c in Customer.select().order_by(Customer.id)]
    assert found == [
        ("K1", "Bäckerei Sommer", "prio", False), ("K2", "Bäckerei Sommer", "aktiv", False),
        ("K3", "Ganz neu", "prio", True),
    ]  # fmt: skip
    assert verify() > 0


def test_a_refused_import_leaves_the_journal_of_the_one_before(exports: Exports) -> None:
    exports.take(**everything())
    before = state()
    exports.take(LATER, **changed())
    with pytest.raises(RefusedError):
        exports.take("2025-11-07T14:00", baseline=True, **everything())
    exports.take_paths(exports.folder(**everything()), now="2025-11-07T14:00", dry_run=True)
    revert(exports)
    assert state() == before


def test_what_an_import_ticked_off_is_open_again(exports: Exports) -> None:
    from models.care.assignment.status import ChangeStatus
    from models.tables.outbox import Outbox
    from models.team.settings import ChangeSetting

    exports.take(kunden=[row("kunden")])
    exports.world.run(ChangeSetting(key="way_back", value="on"))
    exports.world.run(ChangeStatus(id="K1", to="prio", reason="Paket"))
    exports.take(LATER, kunden=[row("kunden", status="prio")])
    assert Outbox.get(Outbox.kind == "status").state == "carried"
    member("TOM", "at")
    revert(exports, as_="TOM", despite="egal")
    found = Outbox.get(Outbox.kind == "status")
    assert (found.state, found.how, found.done_at, found.done_by) == ("open", None, None, None)
    assert Customer.get().status == "prio"
    assert verify() > 0


def test_a_28_what_an_erased_person_was_does_not_come_back(exports: Exports) -> None:
    from models.erasure.actions import EraseVpa

    member("VIO", "vpa_manager")
    exports.take(**everything())
    exports.take(LATER, **changed())
    one_is_enough()
    exports.world.run(EraseVpa(id="V1", confirm="Mira Neu"), as_="VIO", now=LATER)
    kept = " ".join(f"{row.key} {row.was}" for row in Earlier.select())
    assert "Mira" not in kept
    revert(exports, despite="trotzdem")
    assert [(v.id, v.name) for v in Vpa.select()] == [("V1", "(gelöscht)")]
    assert verify() > 0


def test_on_a_server_a_name_that_goes_or_changes_is_found_by_its_index(exports: Exports) -> None:
    """Else a million rows would each read all names."""
    if exports.world.engine == "sqlite":
        pytest.skip("SQLite knows no collation of catalogues")
    db = exports.world.store.db
    exports.take(vpas=[vpa(vpa_id=f"V{number}") for number in range(2_000)])
    with db.atomic():
        scans = "SELECT pg_stat_get_xact_numscans('named'::regclass)"
        before = db.execute_sql(scans).fetchone()[0]
        db.execute_sql("UPDATE vpa SET folded = 'anders' WHERE id = 'V7'")
        db.execute_sql("DELETE FROM flag WHERE vpa = 'V8'")
        db.execute_sql("DELETE FROM vpa WHERE id = 'V8'")
        assert db.execute_sql(scans).fetchone()[0] == before
