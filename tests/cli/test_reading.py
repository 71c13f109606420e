"""`vpa` and `customer`: facts, open things, newest entries; ids wherever one names another (CONTRACT §2)."""

from __future__ import annotations

import datetime as dt

from models.tables.people import Assignment
from models.tables.task import Note
from tests.support import office as lay
from tests.support.world import World

VPA_LINE = [
    "id", "name", "class", "rising_star", "start", "months", "stage", "part_time", "active", "neukunden", "auftraege",
    "returns",
]  # fmt: skip
CUSTOMER_LINE = ["id", "name", "class", "status", "pattern", "last_booking", "vpa"]


def test_vpa_list_by_class_and_without_who_is_gone(office: World) -> None:
    lay.vpa("V003", "Nina Neu", klasse="N", start=dt.date(2026, 1, 1))
    lay.vpa("V004", "Gerd Gone", gone=True)
    lines = office.cli("vpa", "list").ok().lines
    assert [line["id"] for line in lines] == ["V001", "V002", "V003"]
    assert list(lines[0]) == VPA_LINE
    assert [(line["months"], line["stage"]) for line in lines] == [(21, ">12"), (21, ">12"), (0, None)]
    listed = office.cli("vpa", "list", "--class", "c", "--class", "N").ok().lines
    assert [line["id"] for line in listed] == ["V002", "V003"]
    assert office.cli("vpa", "show", "V004").ok().json["gone"] is True


def test_vpa_show_holds_what_is_open(office: World) -> None:
    """F-06: `returns` counts what came back."""
    case, flag, reminder = lay.case(), lay.flag(), lay.reminder()
    lay.case(kind="class", state="resolved")
    lay.flag(stage="3-6", state="removed")
    lay.entry("vpa_akte", "vpa:V001", "Älter", created_at=lay.moment("2025-11-01"))
    newest = lay.entry("vpa_akte", "vpa:V001", "Neuer")
    Note.create(task="T1", vpa="V001", kind="return", text="Liste fehlt", author="TOM", at=lay.moment("2025-11-04"))
    shown = office.cli("vpa", "show", "V001").ok().json
    assert list(shown)[: len(VPA_LINE)] == VPA_LINE
    assert (shown["cases"], shown["flags"], shown["reminders"]) == ([case.id], [flag.id], [reminder.id])
    assert (shown["customers"], shown["tasks"], shown["returns"]) == (["K001"], ["T1"], 1)
    assert [entry["situation"] for entry in shown["entries"]] == ["Neuer", "Älter"]
    assert shown["entries"][0]["id"] == newest.id


def test_customer_show_and_list_name_the_vpa(office: World) -> None:
    """A customer's VPA is the assignment with the latest `von` and no `bis` before today."""
    lay.customer("K002", "Ohne VPA")
    Assignment.create(customer="K001", vpa="V002", start=dt.date(2025, 9, 1), end=dt.date(2025, 11, 4))
    assert office.cli("customer", "show", "K001").json["vpa"] == "V001"
    Assignment.create(customer="K001", vpa="V002", start=dt.date(2025, 10, 1), end=dt.date(2025, 11, 5))
    lines = office.cli("customer", "list").ok().lines
    assert [list(line) for line in lines] == [CUSTOMER_LINE, CUSTOMER_LINE]
    assert [(line["id"], line["status"], line["vpa"]) for line in lines] == [
        ("K001", "aktiv", "V002"),
        ("K002", "aktiv", None),
    ]
    shown = office.cli("customer", "show", "K001").ok().json
    assert (shown["vpa"], shown["vpa_since"], shown["changes_12_months"]) == ("V002", "2025-10-01", 2)
    assert office.cli("customer", "show", "K002").json["vpa"] is None


def test_entries_of_a_show_follow_the_readers(office: World) -> None:
    """A-28."""
    lay.entry("vpa_akte", "vpa:V001")
    lay.entry("oteam")
    seen = {
        kuerzel: [
            len(office.cli(*args, as_=kuerzel).ok().json["entries"])
            for args in (["vpa", "show", "V001"], ["customer", "show", "K001"])
        ]
        for kuerzel in lay.ROLES
    }
    assert seen == {"ANB": [1, 1], "TOM": [1, 1], "KIM": [0, 1], "SAL": [0, 1], "BUD": [0, 0]}
    office.me = None
    assert office.cli("vpa", "show", "V001").json["entries"] == []


def test_a_sales_entry_keeps_its_origin(office: World) -> None:
    """K-05: who is of Sales alone writes as Sales."""
    log = ["file", "log", "--customer", "K001", "--file", "oteam", "--kind", "lead", "--situation", "x", "--tag", "y"]
    assert office.cli(*log, as_="SAL").ok().json["origin"] == "sales"
    assert office.cli(*log, as_="TOM").ok().json["origin"] == "at"
