"""Erasing a person (A-28): names and texts go everywhere, dates and counts stay, the history stays whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.action.run import run
from models.admin.verify import verify
from models.case.actions import ResolveCase
from models.database.store import sqlite_path
from models.erasure.actions import EraseCustomer, EraseVpa
from models.erasure.rows import emptied
from models.file.actions import LogEntry
from models.ground.errors import ConflictError, HistoryBrokenError
from models.playbook.refusals import RefusedError
from models.reminder.planning import SetReminder
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.handover import Handover
from models.tables.history import History
from models.tables.people import Vpa
from models.tables.reminder import Reminder
from tests.support import office as lay
from tests.support.world import World

SECRET = "Geheimniskrämerei"


@pytest.fixture
def told(office: World) -> World:
    """Texts about V001 and K001 wherever there can be one, most of them written by the actions."""
    lay.one_is_enough()
    lay.case()
    lay.flag(details={"answer": SECRET, "informed_on": "2025-11-04"})
    lay.case("inactive", note=SECRET)
    Handover.create(
        customer="K001", vpa="V001", opened_at=lay.moment("2025-11-03T10:00"), opened_by="TOM", reason=SECRET,
        questions=[{"on": "2025-11-03", "question": SECRET, "answer": SECRET, "plausible": True}],
    )  # fmt: skip
    office.run(LogEntry(vpa="V001", kind="other", situation=SECRET, next_steps=SECRET, tag=("Sonstiges",)))
    office.run(SetReminder(vpa="V001", due=lay.moment("2025-11-06T09:00"), reason=SECRET))
    office.run(ResolveCase(id="1", measure="checked", note=SECRET))
    office.run(LogEntry(customer="K001", file="oteam", kind="other", situation=SECRET, tag=("Sonstiges",)))
    return office


def everything() -> str:
    """The whole database as one text."""
    return repr(lay.content())


def test_names_and_texts_go_dates_and_counts_stay_a_28(told: World) -> None:
    """Also from the history, which still holds."""
    before = {name: len(rows) for name, rows in lay.content().items()}
    shown = told.cli("vpa", "erase", "V001", "--confirm", "Mira Keller", as_="ANB").ok().json
    assert shown["id"] == "V001"
    assert shown["erased"] == {
        "assignment": 1, "case": 2, "entry": 1, "flag": 1, "handover": 1, "reminder": 1, "vpa": 1,
    }  # fmt: skip
    told.cli("customer", "erase", "K001", "--confirm", "Bäckerei Sommer", as_="KIM").ok()
    text = everything()
    assert SECRET not in text
    assert SECRET.casefold() not in text
    assert "Keller" not in text
    assert "Sommer" not in text
    assert "Messeliste" not in text
    after = {name: len(rows) for name, rows in lay.content().items()}
    assert after == {**before, "history": before["history"] + 2, "erasure": 2}
    vpa = Vpa.get_by_id("V001")
    assert (vpa.klasse, vpa.start, vpa.name) == ("B", dt.date(2024, 1, 8), "(gelöscht)")
    assert Handover.get().questions == [{"on": "2025-11-03", "question": "", "answer": "", "plausible": True}]
    case = Case.get_by_id(1)
    assert (case.state, case.measure, case.resolved_by, case.note) == ("resolved", "checked", "TOM", None)
    assert verify() == after["history"]
    assert told.cli("history", "verify").ok().json["ok"] is True


def test_others_keep_theirs_a_28(told: World) -> None:
    """The customer's file and another VPA are not touched."""
    lay.entry(subject="vpa:V002", file="vpa_akte", situation="bleibt")
    told.run(EraseVpa(id="V001", confirm="Mira Keller"), as_="ANB")
    assert Vpa.get_by_id("V002").name == "Jonas Äpfel"
    assert {row.situation for row in Entry.select()} == {"(gelöscht)", SECRET, "bleibt"}
    rows = History.select().where(History.subject == "entry:2")
    assert SECRET in str([row.changes for row in rows])


@pytest.mark.parametrize(
    ("as_", "confirm", "codes"),
    [
        ("TOM", "Mira Keller", ["role_manager"]),
        ("ANB", None, ["name_unconfirmed"]),
        ("KIM", "mira keller", ["name_unconfirmed"]),
        ("SAL", "", ["role_manager", "name_unconfirmed"]),
    ],
)
def test_only_managers_and_only_with_the_name_typed_a_28(
    told: World, as_: str, confirm: str | None, codes: list[str]
) -> None:
    """Refused, nothing is changed."""
    before = lay.content()
    with pytest.raises(RefusedError) as refusal:
        told.run(EraseVpa(id="V001", confirm=confirm), as_=as_)
    assert [(one.code, one.rule) for one in refusal.value.obstacles] == [(code, "A-28") for code in codes]
    assert lay.content() == before


def test_a_dry_run_changes_nothing_and_the_triggers_stand_again(told: World) -> None:
    """Before and after: entries and history stay append-only."""
    before = lay.content()
    run(told.session(as_="ANB"), EraseVpa(id="V001", confirm="Mira Keller"), dry_run=True)
    assert lay.content() == before
    told.run(EraseVpa(id="V001", confirm="Mira Keller"), as_="ANB")
    for statement in ("UPDATE history SET account = 'x'", "UPDATE entry SET situation = 'x'"):
        with pytest.raises(Exception, match="append only"):
            told.store.db.execute_sql(statement)
    assert (
        told.cli("vpa", "erase", "V001", "--confirm", "(gelöscht)", as_="ANB").json["error"]["code"] == "already_done"
    )


def test_nothing_comes_back_by_undo(told: World) -> None:
    """What was done before is not taken back any more: its row is no longer what it left behind."""
    told.run(EraseVpa(id="V001", confirm="Mira Keller"), as_="ANB")
    told.run(EraseCustomer(id="K001", confirm="Bäckerei Sommer"), as_="ANB")
    before = lay.content()
    assert told.cli("undo", as_="TOM").exit_code == ConflictError.exit_code
    assert lay.content() == before


@pytest.mark.parametrize("column", ["member", "account", "changes", "extra"])
def test_who_touches_an_emptied_row_is_found(told: World, column: str) -> None:
    """An emptied row is sealed as it was left: the control that erasing opens no hole in the chain."""
    told.run(EraseVpa(id="V001", confirm="Mira Keller"), as_="ANB")
    row = History.get(History.subject == "case:1")
    verify()
    if told.engine == "postgres":
        told.store.db.execute_sql("ALTER TABLE history DISABLE TRIGGER USER")
    else:
        told.store.db.execute_sql("DROP TRIGGER history_no_update")
    told.store.db.execute_sql(f"UPDATE history SET {column} = '[]' WHERE id = {row.id}")
    with pytest.raises(HistoryBrokenError):
        verify()


def test_search_and_disk_forget(told: World, tmp_path: Path) -> None:
    """A deleted name stays neither in the index nor in the pages of the file."""
    told.run(EraseVpa(id="V001", confirm="Mira Keller"), as_="ANB")
    told.run(EraseCustomer(id="K001", confirm="Bäckerei Sommer"), as_="ANB")
    assert told.cli("search", "Keller", as_="ANB").ok().lines == []
    assert Reminder.select().where(Reminder.reason == SECRET).count() == 0
    if told.engine == "sqlite":
        file = Path(sqlite_path(told.store.url))
        pieces = [file, *file.parent.glob(f"{file.name}-*")]
        assert all(SECRET.encode() not in piece.read_bytes() for piece in pieces)
        assert all(b"keller" not in piece.read_bytes().lower() for piece in pieces)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text() | st.dates().map(str),
                    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["on", "text", "by"]), inner),
                    max_leaves=12)  # fmt: skip


@given(JSON)
def test_emptied_keeps_the_shape_and_loses_every_text(value: object) -> None:
    """Texts are gone, dates, numbers and answers stay; twice is once."""
    result = emptied(value)
    assert emptied(result) == result
    if isinstance(value, str):
        assert result in ("", value)
        assert not result or dt.date.fromisoformat(str(result)[:10]).year
    elif isinstance(value, dict):
        assert set(result) == set(value)
    elif isinstance(value, list):
        assert len(result) == len(value)
    else:
        assert result == value
