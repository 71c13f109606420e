"""Pages of tab 5 on both engines: clocks of many tasks at once, Experten, the chat by tag, words and day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.action.work import Work
from models.database.keyset import Listing
from models.tables.task import TAGS, Task
from models.task.chat import clock_of, messages_of, write_note
from models.task.pages import VIEWS, chat_listing, clocks, find_experts, note_listing, unjudged
from tests.support import task as given
from tests.support.world import World


@pytest.fixture
def work(world: World) -> Work:
    """Two VPAs, a customer, the team."""
    given.people()
    return world.session("ANN").work()


def keys(listing: Listing, step: int = 2) -> list[Any]:
    """The first column of every row, read page by page; each row can be found again."""
    found: list[Any] = []
    page = listing.page(None, "from", step)
    while True:
        found += [row[0] for _, row in page.rows]
        assert all(listing.locate(row[0]) == anchor for anchor, row in page.rows)
        if not page.has_more:
            assert listing.count() == len(found)
            return found
        page = listing.page(page.rows[-1][0], "after", step)


def test_clocks_of_many_tasks_are_those_of_each_t_14(work: Work) -> None:
    for number in range(4):
        given.task(f"T{number}", state="offen")
    given.reminded_twice("T1")
    given.message("2025-10-20T10:00", "at", "Wann?", ["rueckfrage"], "T2")
    given.message("2025-10-21T10:00", "kunde", "Morgen", [], "T2")
    found = clocks(work, ["T0", "T1", "T2", "T3"])
    assert {key: state.step for key, state in found.items()} == {
        "T0": "ask",
        "T1": "ready",
        "T2": "answered",
        "T3": "ask",
    }
    for key, state in found.items():
        assert state == clock_of(work, messages_of(Task.get_by_id(key)))
    assert clocks(work, []) == {}


def test_who_takes_orders_now_comes_first_then_names_f_14(work: Work) -> None:
    given.vpa("V3", "Ägidius, Ole", orders=True, active=True)
    given.vpa("V4", "Zorn, Ida", orders=True, active=True)
    given.vpa("V5", "Berg, Udo", orders=True, active=False)
    given.vpa("V6", "Ahrens, Tom", orders=False, active=None)
    given.vpa("V7", "Weg, Una", orders=True, active=True, gone=True)
    assert keys(find_experts(work.today)) == ["V3", "V4", "V6", "V5", "V2", "V1"]
    assert keys(find_experts(work.today, sort="name")) == ["V3", "V6", "V5", "V2", "V1", "V4"]
    assert keys(find_experts(work.today, sort="name", descending=True)) == ["V4", "V1", "V2", "V5", "V6", "V3"]


def test_experten_are_found_by_name_area_and_class_f_14(work: Work) -> None:
    given.vpa("V3", "Ägidius, Ole", areas=["Übersetzung Englisch", "Recherche"], klasse="C")
    given.vpa("V4", "Zorn, Ida", areas=["Recherche 100%_genau"], klasse="D")
    assert keys(find_experts(work.today, "aegi")) == ["V3"]
    assert keys(find_experts(work.today, "uebersetzung")) == ["V3"]
    assert keys(find_experts(work.today, "recherche")) == ["V3", "V4"]
    assert keys(find_experts(work.today, "recherche zorn")) == ["V4"]
    assert keys(find_experts(work.today, "recherche c")) == ["V3"]
    assert keys(find_experts(work.today, "gibtesnicht")) == []


def test_the_chat_is_read_by_tag_by_words_and_up_to_a_day_t_04_t_09(work: Work) -> None:
    given.task()
    given.task("T2")
    given.reminded_twice()
    given.message("2025-10-24T23:30", "kunde", "Die große Messe in KÖLN", ["aufgabenbeschreibung"])
    given.message("2025-10-20T10:00", "kunde", "gehört zu einer anderen", ["rueckfrage"], "T2")
    assert keys(chat_listing("T1")) == ["N1", "N2", "N3", "N4"]
    assert keys(chat_listing("T1", "erinnerung")) == ["N2", "N3"]
    assert keys(chat_listing("T1", text="koeln gross")) == ["N4"]
    assert keys(chat_listing("T1", "erinnerung", "messen")) == ["N3"]
    assert keys(chat_listing("T1", until=dt.date(2025, 10, 22))) == ["N1", "N2"]
    assert keys(chat_listing("T1", until=dt.date(2025, 10, 24))) == ["N1", "N2", "N3", "N4"]
    for tag in TAGS:
        assert chat_listing("T1", tag).count() == sum(
            tag in message.tags for message in messages_of(Task.get_by_id("T1"))
        )


def test_internal_notes_are_a_list_of_their_own_t_20(world: World, work: Work) -> None:
    task = given.task()
    session = world.session("ANN")
    with session.writing():
        writing = session.work(locking=True)
        for text in ("Kunde ist inaktiv", "Größe unklar"):
            write_note(writing, task, text)
    assert len(keys(note_listing("T1"))) == 2
    assert len(keys(note_listing("T1", "groesse"))) == 1


def test_what_nobody_has_judged_is_told_apart_from_what_is_missing_t_05() -> None:
    assert unjudged({}) == ["instruction", "examples", "lists", "access", "guides"]
    assert unjudged({**given.COMPLETE, "lists": "missing"}) == []


def test_forwarded_stands_before_pool_and_experten_d_02() -> None:
    names = list(VIEWS)
    assert names.index("forwarded") < names.index("pool") < names.index("experts")
