"""The Kundenakte list: one row a customer by the newest entry, whoever wrote or took back what (A-28, K-04)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from models.action.undo import redo, undo
from models.file.actions import LogEntry
from models.file.pages import file_listing
from models.ground.text import fold
from models.questions.people_pages import find_named
from models.tables.entry import Entry
from models.tables.newest import Newest
from models.tables.people import Customer
from models.task.inbox import task_listing
from tests.support import office as lay
from tests.support.world import World


@pytest.fixture
def shelf(office: World) -> World:
    """K001 with two entries, K002 with one of ANB, K003 and K004 without."""
    lay.customer("K002", "Arndt & Söhne", status="prio")
    lay.customer("K003", "Zeller Bau", status="prio")
    lay.customer("K004", "Ott Bau")
    lay.entry(created_at=lay.moment("2025-11-01T10:00"))
    lay.entry("vpa_kunde", created_at=lay.moment("2025-11-02T10:00"))
    lay.entry(subject="customer:K002", author="ANB", created_at=lay.moment("2025-11-03T10:00"))
    lay.entry("vpa_akte", subject="vpa:V001", created_at=lay.moment("2025-11-04T10:00"))
    return office


def shown(world: World, view: str = "all", text: str = "", sort: str = "", as_: str = "TOM", **more: Any) -> list[Any]:
    """Customer and entry of each row; read forwards, backwards and row by row it is the same."""
    listing = file_listing(world.session(as_).work(), view, text, sort, **more)
    found = listing.page(None, "from", 50).rows
    assert listing.page(None, "before", 50).rows == found
    assert listing.count() == len(found)
    assert all(listing.locate(row[0]) == anchor for anchor, row in found)
    for (anchor, _), following in pairwise(found):
        assert listing.page(anchor, "after", 1).rows == [following]
    return [(row[0], row[3]) for _, row in found]


def test_views_and_orders(shelf: World) -> None:
    written, silent = [("K002", 3), ("K001", 2)], [("K004", None), ("K003", None)]
    expected = {
        "all": written + silent, "mine": written[1:], "prio": [("K002", 3), ("K003", None)], "inactive": [],
        "silent": silent,
    }  # fmt: skip
    assert {view: shown(shelf, view) for view in expected} == expected
    assert shown(shelf, "mine", as_="ANB") == [("K002", 3)]
    assert shown(shelf, text="bau") == silent
    assert shown(shelf, text="prio") == expected["prio"]
    assert [key for key, _ in shown(shelf, sort="customer")] == ["K002", "K001", "K004", "K003"]
    assert [key for key, _ in shown(shelf, sort="status", descending=True)] == ["K003", "K002", "K004", "K001"]


def test_who_reads_no_file_sees_no_entry(shelf: World) -> None:
    nobody = {"as_": "BUD"}
    assert shown(shelf, **nobody) == [(key, None) for key in ("K002", "K001", "K004", "K003")]
    assert shown(shelf, "prio", "zell", **nobody) == [("K003", None)]
    assert shown(shelf, "mine", **nobody) == []


def test_what_is_written_taken_back_and_renamed_is_followed_at_once(shelf: World) -> None:
    """Also by who walks past the program: triggers keep it."""
    late = lay.entry(subject="customer:K003", created_at=lay.moment("2025-11-05T10:00"))
    lay.entry(created_at=lay.moment("2025-10-01T10:00"))  # an older one, written later
    assert shown(shelf) == [("K003", late.id), ("K002", 3), ("K001", 2), ("K004", None)]
    for key in (late.id, 2):
        Entry.update(withdrawn_at=lay.moment("2025-11-05T11:00")).where(Entry.id == key).execute()
    assert shown(shelf) == [("K002", 3), ("K001", 1), ("K004", None), ("K003", None)]
    Entry.update(withdrawn_at=None).where(Entry.id == 2).execute()
    Customer.update(name="Abel Bau", folded=fold("Abel Bau"), status="prio").where(Customer.id == "K004").execute()
    assert shown(shelf, "prio") == [("K002", 3), ("K004", None), ("K003", None)]
    assert shown(shelf)[1] == ("K001", 2)
    Customer.delete().where(Customer.id == "K003").execute()
    assert Newest.select().where(Newest.customer == "K003").count() == 0


def test_an_entry_and_its_undo_through_the_one_door(shelf: World) -> None:
    entry = shelf.run(LogEntry(customer="K004", file="oteam", kind="other", situation="Ruft an", tag=("Anruf",)))["id"]
    assert shown(shelf)[0] == ("K004", entry)
    undo(shelf.session())
    assert shown(shelf) == [("K002", 3), ("K001", 2), ("K004", None), ("K003", None)]
    redo(shelf.session())
    assert shown(shelf)[0][0] == "K004"


@pytest.mark.parametrize("rare", [5000, 0])
def test_a_filter_finds_the_same_whether_names_are_looked_up_or_met_on_the_way(
    shelf: World, rare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.database.search.named.RARE", rare)
    lay.task("T2", title="Söhne besuchen")
    lay.task("T3", customer="K003")
    for text, customers, tasks in (
        ("bau", ["K004", "K003"], ["T3"]), ("ba", ["K001", "K004", "K003"], ["T1", "T2", "T3"]),
        ("söhne", ["K002"], ["T2"]), ("söhne bäck", [], ["T2"]), ("zell messe", [], ["T3"]), ("k002", [], []),
    ):  # fmt: skip
        assert [key for key, _ in shown(shelf, text=text)] == customers, text
        assert [row[0] for _, row in task_listing(text=text).page(None, "from", 9).rows] == tasks, text
        assert sorted(key for key, _ in find_named("customer", text)) == (
            sorted(customers) or ["K002"][: text == "k002"]
        )
