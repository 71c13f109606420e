"""What the platform has to be told is put on the Ausgang with the deed itself (X-01)."""

from __future__ import annotations

from typing import Any

import pytest

from models.admin.verify import verify
from models.erasure.actions import EraseCustomer
from models.file.actions import CorrectEntry, LogEntry
from models.tables.outbox import Outbox
from models.tables.setting import Setting
from models.tables.task import Task
from tests.support import office as lay
from tests.support.world import World

LOG = ("file", "log", "--customer", "K001", "--file", "oteam", "--kind", "other", "--tag", "x", "--situation")


def items(world: World, *args: str, as_: str | None = None) -> list[dict[str, Any]]:
    """What `outbox list` shows."""
    return world.cli("outbox", "list", *args, as_=as_).ok().lines


def test_without_the_setting_nothing_is_told_x_01(office: World) -> None:
    Setting.delete().execute()
    office.cli(*LOG, "Anruf").ok()
    assert items(office, "--state", "all") == []


def test_an_entry_is_told_in_full_x_01(office: World) -> None:
    office.cli(*LOG, "Anruf", "--response", "Rückruf", "--next-steps", "warten").ok()
    (item,) = items(office)
    assert item == {
        "id": 1, "kind": "entry", "subject": "customer:K001", "about": "entry:1", "text": "Anruf\n\nRückruf\n\nwarten",
        "made_at": "2025-11-05T14:00:00+01:00", "made_by": "TOM", "state": "open", "done_at": None, "done_by": None,
        "how": None, "takes_back": None,
    }  # fmt: skip
    assert office.cli("outbox", "show", "1").ok().json == item
    assert verify() == 2


def test_in_a_shared_account_the_kuerzel_stands_in_front_k_11(office: World) -> None:
    Setting.create(key="shared_accounts", value="test-account")
    office.run(LogEntry(customer="K001", file="oteam", kind="other", situation="Anruf", tag=("x",)))
    assert [row.text for row in Outbox.select()] == ["TOM: Anruf"]


@pytest.mark.parametrize(
    ("command", "kind", "about", "text"),
    [
        (("task", "message", "T1", "--from", "at", "--text", "Guten Tag"), "message", "task:T1", "Guten Tag"),
        (("task", "note", "T1", "--text", "bitte ansehen"), "note", "task:T1", "bitte ansehen"),
        (("task", "return", "T1", "--gap", "Liste"), "task", "task:T1", "Stand: offen"),
        (("task", "tag", "N1", "--tag", "buchung"), "tags", "task:T1",
         "Aufgabentags der Nachricht vom Di 04.11.2025 10:00: Buchung"),
        (("customer", "status", "K001", "--to", "prio", "--reason", "viel"), "status", "customer:K001",
         "Status: Prio-Kunde"),
        (("assign", "--customer", "K001", "--vpa", "V002", "--kind", "inactive", "--text", "alles Nötige"),
         "assignment", "vpa:V002", "VPA: Jonas Äpfel (V002), ab Mi 05.11.2025"),
    ],
)  # fmt: skip
def test_every_kind_is_told_x_01(office: World, command: tuple[str, ...], kind: str, about: str, text: str) -> None:
    lay.confirmation()
    Task.update(state="forwarded").where(Task.id == "T1").execute()
    office.cli(*command).ok()
    (item,) = items(office, "--kind", kind)
    assert (item["subject"], item["about"], item["text"]) == ("customer:K001", about, text)
    assert item in items(office, "--of", "customer:K001")
    assert item in items(office, "--of", about)


def test_what_a_customer_writes_is_there_already_x_01(office: World) -> None:
    office.cli("task", "message", "T1", "--from", "kunde", "--text", "Guten Tag").ok()
    assert items(office) == []


def test_what_is_said_anew_makes_the_older_needless_x_01(office: World) -> None:
    """A correction and a second status: the platform needs the last word only."""
    office.run(LogEntry(customer="K001", file="oteam", kind="other", situation="Anruff", tag=("x",)))
    office.run(CorrectEntry(id="1", situation="Anruf"))
    for status in ("prio", "bucher"):
        office.cli("customer", "status", "K001", "--to", status, "--reason", "darum").ok()
    assert [item["text"] for item in items(office) if item["kind"] == "status"] == ["Status: regulärer Bucher"]
    assert next(item["text"] for item in items(office)) == "Anruf"
    office.cli("undo").ok()
    assert [item["text"] for item in items(office) if item["kind"] == "status"] == ["Status: Prio-Kunde"]


def test_an_open_item_goes_with_its_deed_and_is_told_anew_x_01(office: World) -> None:
    office.cli(*LOG, "Anruf").ok()
    office.cli("undo").ok()
    assert items(office, "--state", "all") == []
    office.cli("redo").ok()
    assert [(item["id"], item["text"]) for item in items(office)] == [(2, "Anruf")]
    office.cli("undo").ok()
    assert items(office, "--state", "all") == []
    assert verify() == 5


def test_a_carried_one_has_to_be_taken_back_x_01(office: World) -> None:
    office.cli(*LOG, "Anruf").ok()
    office.cli("outbox", "done", "1", as_="ANB").ok()
    office.cli("undo").ok()
    (back,) = items(office)
    assert (back["takes_back"], back["text"]) == (1, "Auf der Plattform zurücknehmen:\nAnruf")
    office.cli("redo").ok()
    assert [item["takes_back"] for item in items(office)] == [1, None]


def test_done_skip_and_reopen_x_01(office: World) -> None:
    for text in ("eins", "zwei"):
        office.cli(*LOG, text).ok()
    done = office.cli("outbox", "done", "1", "2", "9")
    assert [line.get("state") or line["error"]["code"] for line in done.lines] == ["carried", "carried", "not_found"]
    assert done.lines[0]["how"] == "hand"
    assert done.lines[0]["done_by"] == "TOM"
    assert office.cli("outbox", "done", "1").json["error"]["code"] == "already_done"
    office.cli("outbox", "reopen", "1").ok()
    assert [(item["id"], item["done_by"], item["how"]) for item in items(office)] == [(1, None, None)]
    assert office.cli("outbox", "reopen", "1").json["error"]["code"] == "already_done"
    refused = office.cli("outbox", "skip", "1")
    assert [(o["code"], o["rule"]) for o in refused.json["error"]["obstacles"]] == [("reason_missing", "X-01")]
    office.cli("outbox", "skip", "1", "--reason", "steht dort schon").ok()
    assert [item["id"] for item in items(office, "--state", "not_needed")] == [1]
    office.cli("undo").ok()
    assert [item["id"] for item in items(office)] == [1]
    for _ in range(2):
        office.cli("undo").ok()
    assert {item["id"]: item["state"] for item in items(office, "--state", "all")} == {1: "open", 2: "open"}
    assert verify() == 11


def test_who_does_not_read_the_file_does_not_read_it_here_a_28(office: World) -> None:
    office.cli("file", "log", "--vpa", "V001", "--kind", "other", "--tag", "x", "--situation", "Geheim").ok()
    assert items(office, "--state", "all", as_="SAL") == []
    for command in (("show", "1"), ("done", "1")):
        refused = office.cli("outbox", *command, as_="SAL").json["error"]
        assert [o["code"] for o in refused["obstacles"]] == ["role_reader"]
    assert "Geheim" not in office.cli("history", as_="SAL").ok().stdout
    assert "Geheim" in office.cli("history").ok().stdout


def test_erasing_a_person_empties_what_is_told_of_them_a_28(office: World) -> None:
    office.cli(*LOG, "Geheim").ok()
    office.cli("task", "message", "T1", "--from", "at", "--text", "Geheim").ok()
    lay.one_is_enough()
    office.run(EraseCustomer(id="K001", confirm="Bäckerei Sommer"), as_="KIM")
    assert "Geheim" not in repr(lay.content())
    assert {item["text"] for item in items(office)} == {"(gelöscht)"}
    verify()


def test_putting_our_own_records_in_order_is_told_to_nobody_s_06(office: World) -> None:
    """A merge moves what is open, and makes nothing new; undone, everything hangs where it did."""
    lay.customer("K002", "Bäckerei Sommer GmbH")
    office.cli(*LOG, "Anruf").ok()
    office.cli("customer", "merge", "K001", "K002", as_="ANB").ok()
    assert [(item["subject"], item["kind"]) for item in items(office)] == [("customer:K002", "entry")]
    office.cli("undo", as_="ANB").ok()
    assert [item["subject"] for item in items(office)] == ["customer:K001"]
    office.cli("redo", as_="ANB").ok()
    assert [item["subject"] for item in items(office)] == ["customer:K002"]


def test_the_command_says_where_the_text_lies(office: World) -> None:
    assert "Im Ausgang: schicht outbox show 1" in office.cli(*LOG, "Anruf", json=False).ok().stdout
    Setting.delete().execute()
    assert "Ausgang" not in office.cli(*LOG, "Anruf", json=False).ok().stdout
