"""Somebody was first: mine, theirs and what both saw, field by field; nothing typed is lost (law 7, issue 5 §3)."""

from __future__ import annotations

import asyncio
import threading
from time import monotonic
from typing import Any
from unittest import mock

import pytest
from textual.events import Key

from models.action.base import CATALOGUE
from models.action.catalogue import load_all
from models.action.claims import keep
from models.action.run import run
from models.action.work import Work
from models.ground.errors import ConflictError
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.history import History
from models.tables.people import Customer
from models.tables.task import Task
from screens.form.merge import Merge
from screens.form.model import FormModel
from screens.main.screen import MainScreen
from screens.tab.tab import Deed
from tests.screens.stage import Player, Stage
from tests.support import office as lay
from tests.support.world import World

AT_ONCE = mock.patch.object(Merge, "PAUSE", 0.0)


def act(stage: Stage, member: str, code: str, **values: Any) -> None:
    """What a colleague does meanwhile."""
    load_all()
    with stage.store.connected():
        run(stage.session(member), CATALOGUE[code](**values))


async def until(player: Player, words: str) -> None:
    """Wait until this stands on the screen; nothing is pressed."""
    end = monotonic() + 10
    while words not in player.text:
        assert monotonic() < end, player.text
        await asyncio.sleep(0.01)
        await player.rest()


async def status_form(player: Player, status: str, why: str) -> None:
    """The form of the first customer's status, filled in."""
    await player.press("4", "x")
    await player.type("status")
    await player.press("enter", status, "tab")
    await player.type(why)


async def test_each_field_shows_what_one_saw_and_what_stands_there_now(stage: Stage) -> None:
    async with stage.screen(size=(80, 24)) as player:
        await status_form(player, "p", "bucht viel")
        act(stage, "BEN", "customer.status", id="K1", to="bucher", reason="bucht wieder")
        with AT_ONCE:
            await player.press("ctrl+s")
            assert "Inzwischen geändert von BEN, 14:00 („Status des Kunden ändern“)" in player.text
            assert "du sahst: aktiver Kunde" in player.text
            assert "jetzt: regulärer Bucher (BEN, 14:00)" in player.text
            assert "● Prio-Kunde" in player.text
            assert "bucht viel" in player.text
            assert stage.one(Customer, "K1").status == "bucher", "nothing was overwritten unseen"
            await player.press("f3")
            assert "● regulärer Bucher" in player.text
            assert "F3 bringt zurück: Prio-Kunde" in player.text
            await player.press("f3")
            assert "● Prio-Kunde" in player.text
            assert "bucht viel" in player.text
            act(stage, "TOM", "customer.status", id="K1", to="inaktiv", reason="pausiert")
            await player.press("ctrl+s")
            assert "Inzwischen geändert von TOM, 14:00" in player.text, "the next save is meant for what was shown"
            assert "du sahst: regulärer Bucher" in player.text
            assert "jetzt: inaktiver Kunde (TOM, 14:00)" in player.text
            await player.press("ctrl+s")
    assert stage.one(Customer, "K1").status == "prio"
    assert stage.count(History, History.action == "customer.status") == 3


async def test_without_the_versions_the_change_of_a_colleague_is_lost(stage: Stage) -> None:
    """The control of the test above."""
    with mock.patch.object(Work, "check_seen"):
        async with stage.screen() as player:
            await status_form(player, "p", "bucht viel")
            act(stage, "BEN", "customer.status", id="K1", to="bucher", reason="bucht wieder")
            await player.press("ctrl+s")
            assert "Inzwischen" not in player.text
    assert stage.one(Customer, "K1").status == "prio"


async def test_what_no_field_asks_for_is_told_and_twice_in_a_row_saves_nothing(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("e", "v", "tab")
        await player.type("Sie meldet sich")
        act(stage, "BEN", "case.contact", id="1")
        with mock.patch.object(Merge, "PAUSE", 60.0):
            await player.press("ctrl+s", "ctrl+s", "ctrl+s")
        assert "Inzwischen geändert von BEN, 14:00 („Kontakt festhalten“)" in player.text
        assert "angeschrieben: – → heute 14:00" in player.text
        assert "F3" not in player.text, "there is no field to go between"
        assert stage.one(Case, 1).state == "open"
        with AT_ONCE:
            await player.press("ctrl+s")
    case = stage.one(Case, 1)
    assert (case.state, case.details["answer"], case.contacted_by) == ("resolved", "Sie meldet sich", "BEN")


async def test_a_key_pressed_before_a_conflict_was_in_sight_saves_nothing(stage: Stage) -> None:
    """However slow the machine: what counts is when it was pressed, not when it is its turn."""
    async with stage.screen() as player:
        await player.press("e", "v", "tab")
        await player.type("Sie meldet sich")
        act(stage, "BEN", "case.contact", id="1")
        with AT_ONCE:
            pressed = [Key("ctrl+s", None) for _ in range(3)]
            await player.press("ctrl+s")
            assert "Inzwischen geändert von BEN" in player.text
            for key in pressed:
                player.app.post_message(key)
            await player.rest()
            assert stage.one(Case, 1).state == "open"
            await player.press("ctrl+s")
    assert stage.one(Case, 1).state == "resolved"


async def test_an_open_form_says_at_once_that_somebody_has_changed_it(stage: Stage) -> None:
    """Before anything is saved; the next save then shows what. What is done to others is no news here."""
    with mock.patch.object(MainScreen, "POLL", 0.05):
        async with stage.screen(size=(80, 24)) as player:
            await player.press("e", "tab")
            await player.type("Sie mel")
            assert "○ Ergebnis: Kontakt mit dem VPA (D-21)" in player.text
            act(stage, "BEN", "case.contact", id="4")
            await asyncio.sleep(0.2)
            await player.rest()
            assert "Gerade geändert" not in player.text, "another Case"
            act(stage, "BEN", "case.contact", id="1")
            await until(player, "Gerade geändert von BEN, 14:00 („Kontakt festhalten“)")
            assert "Kontakt mit dem VPA (D-21)" not in player.text, "what he did is missing no more"
            await player.type("det sich")
            assert "Sie meldet sich" in player.text
            assert "Lade neu" not in player.text
            assert "Gerade geändert" in player.text
            await player.press("ctrl+s")
            assert "Gerade geändert" not in player.text
            assert "angeschrieben: – → heute 14:00" in player.text
    assert stage.one(Case, 1).state == "open"


async def test_what_a_colleague_does_ticks_itself_off_in_an_open_form(stage: Stage) -> None:
    """The seal of the day: what it still wants, who else is about to seal it, and that somebody has."""
    ben = stage.session("BEN")
    with mock.patch.object(MainScreen, "POLL", 0.05):
        async with stage.screen() as player:
            await player.press("d")
            assert "vertagt (4)" in player.text
            act(stage, "BEN", "case.resolve", id="3", measure="checked")
            await until(player, "vertagt (3)")
            ben.presence.wanted = ("day:2025-11-05",)
            keep(ben)
            await until(player, "✎ BEN arbeitet gerade daran")
            await player.type("Systemausfall")
            with stage.store.connected():
                run(ben, CATALOGUE["day.close"](), despite="Feierabend")
            await until(player, "BEN hat den Tag schon abgeschlossen")
            assert "Systemausfall" in player.text


async def test_where_all_is_done_already_both_stand_side_by_side_and_the_text_is_kept(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("e", "v", "tab")
        await player.type("Sie meldet sich")
        act(stage, "BEN", "case.contact", id="1")
        act(stage, "BEN", "case.resolve", id="1", measure="contacted", answer="Urlaub", care="TOM vertritt")
        await player.press("ctrl+s")
        assert "Case 1 hat BEN schon erledigt" in player.text
        assert "Stand: offen → erledigt" in player.text
        assert "jetzt: Urlaub (BEN, 14:00)" in player.text
        assert "Sie meldet sich" in player.text
        assert "F3 übernimmt" not in player.text
        await player.press("f3")
        assert player.app.clipboard == "Sie meldet sich"
        await player.press("escape")
    assert stage.one(Case, 1).details["answer"] == "Urlaub"


@pytest.fixture
def office(world: World) -> World:
    """The team and its rooms."""
    load_all()
    return lay.settle(world)


def opened(office: World, member: str, deed: Deed) -> FormModel:
    """A form, opened by a member."""
    model = FormModel(office.session(member), deed)
    model.load()
    return model


def values_of(model: FormModel, **typed: Any) -> dict[str, Any]:
    """What stands in the fields."""
    return {field.name: model.initial(field) for field in model.fields} | typed


def test_a_field_that_others_wrote_and_one_left_alone_is_known_apart(office: World) -> None:
    """Both judge the Starterkit of one task: each point has its own field, its own two states, its own author."""
    task = Task.get_by_id("T1")
    task.checklist = {"lists": "missing"}
    task.save()
    preset = {"item.lists": "missing"}
    deed = Deed("task.check", "Prüfen", {"id": "T1"}, preset, seen=task.version)
    ann, tom = opened(office, "ANB", deed), opened(office, "TOM", deed)
    (done,) = tom.save(values_of(tom, **{"item.lists": "present", "item.access": "present"}))
    assert done.outcome is not None
    (verdict,) = ann.save(values_of(ann, **{"item.examples": "present"}))
    assert isinstance(verdict.error, ConflictError)
    assert ann.conflict is not None
    clashes = {clash.field: clash for clash in ann.conflict.clashes}
    assert set(clashes) == {"item.lists", "item.access"}
    lists = clashes["item.lists"]
    assert (lists.before, lists.value, lists.seen, lists.now) == ("missing", "present", "fehlt", "vorhanden")
    assert lists.by == "TOM, 14:00"
    assert ann.conflict.by == "TOM, 14:00 („Aufgabe prüfen“)"
    assert not ann.conflict.over


@pytest.mark.parametrize("checked", [True, False], ids=["versions", "control"])
def test_of_two_saves_at_the_same_moment_one_meets_the_other(office: World, checked: bool) -> None:
    """On both engines. The control, without versions, loses one of them and nobody is told."""
    deed = Deed("customer.status", "Status", {"id": "K001"})
    status = {"ANB": "prio", "TOM": "bucher"}
    models = {who: opened(office, who, deed) for who in status}
    gate = threading.Barrier(2)
    met: dict[str, FormModel] = {}

    def save(who: str) -> None:
        gate.wait()
        (verdict,) = models[who].save(values_of(models[who], to=status[who], reason="so ist es"))
        if verdict.error is not None:
            met[who] = models[who]

    with mock.patch.object(Work, "check_seen", Work.check_seen if checked else lambda *_: None):
        threads = [threading.Thread(target=save, args=(who,)) for who in status]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if not checked:
        assert met == {}, "both believe that theirs holds"
        return
    ((loser, model),) = met.items()
    (winner,) = set(status) - {loser}
    assert model.conflict is not None
    (clash,) = model.conflict.clashes
    assert (clash.value, clash.by) == (status[winner], f"{winner}, 14:00")
    assert Customer.get_by_id("K001").status == status[winner]
    (verdict,) = model.save(values_of(model, to=status[loser], reason="so ist es"))
    assert verdict.outcome is not None
    assert Customer.get_by_id("K001").status == status[loser]
    assert Entry.select().where(Entry.subject == "customer:K001").count() == 2, "the reasons of both are in the file"


async def test_a_field_left_alone_takes_what_stands_there_now(stage: Stage) -> None:
    """Three ways to one: what both saw and only one changed is theirs, what one wrote oneself stays."""
    with stage.store.connected():
        Task.create(id="T1", customer="K1", vpa="V1", title="Listen", folded="listen", state="forwarded",
                    checklist={"lists": "missing"})  # fmt: skip
    async with stage.screen() as player:
        await player.press("5", "e")
        assert "Prüfen" in player.text
        form: Any = player.app.screen
        form._fields["item.examples"].fill("present")
        await player.rest()
        act(stage, "BEN", "task.check", id="T1", item=("lists=present",))
        with AT_ONCE:
            await player.press("ctrl+s")
            values = form.values
            assert (values["item.lists"], values["item.examples"]) == ("present", "present")
            assert "übernommen, F3 bringt zurück: fehlt" in player.text
            act(stage, "BEN", "task.check", id="T1", item=("lists=not_needed", "examples=missing"))
            await player.press("ctrl+s")
            values = form.values
            assert (values["item.lists"], values["item.examples"]) == ("not_needed", "present"), (
                "theirs again, and mine"
            )
            form._fields["item.examples"].widget.focus()
            await player.press("f3", "f3")
            assert form.values["item.examples"] == "present", "there and back: nothing is thrown away"
            await player.press("ctrl+s")
    assert stage.one(Task, "T1").checklist == {"lists": "not_needed", "examples": "present"}
