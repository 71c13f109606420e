"""Vorschau, Auslastung and „Was geschah mit meinen Fällen“ on the screen."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from unittest import mock

import pytest

from models.action.run import run
from models.action.work import Session
from models.reminder.actions import TakeReminder
from models.shift.preview.coming import Group
from models.tables.people import Absence, Leave
from models.tables.reminder import Reminder
from models.tables.task import Task
from screens.digest.screen import DigestScreen
from screens.files.screen import FileScreen
from screens.main.screen import MainScreen
from screens.preview import screen as preview_screen
from screens.preview.preview import read_group
from screens.preview.screen import PreviewScreen
from screens.widgets.window_list import WindowList
from tests.screens.stage import Player, Stage
from tests.support.rest import drained

BACK = "2025-11-17T09:00"
"""The Monday after TOM's absence."""


@pytest.fixture
def busy(stage: Stage) -> Stage:
    """A deadline while the VPA is away, a Reminder on a Saturday, a new VPA's third month, a chain of stand-ins."""
    with stage.store.connected():
        Absence.create(id="A1", vpa="V1", start=dt.date(2025, 11, 10), end=dt.date(2025, 11, 14),
                       entered_on=dt.date(2025, 11, 3))  # fmt: skip
        Task.create(id="T1", customer="K1", vpa="V1", title="Messeliste [dringend]", folded="messeliste",
                    state="offen", deadline=dt.date(2025, 11, 12))  # fmt: skip
        Reminder.update(due=dt.datetime(2025, 11, 8, 9, tzinfo=dt.UTC)).where(Reminder.id == 3).execute()
    return stage


async def test_a_row_is_read_to_its_last_word_at_80x24(busy: Stage) -> None:
    with busy.store.connected():
        Task.update(title="Messeliste der Aussteller aus dem Norden pflegen").execute()
    async with busy.screen(size=(80, 24)) as player:
        await player.press("p", "right", "right")
        row = next(line for line in player.lines if line.startswith("▌"))
        assert "…" in row
        said = " ".join(" ".join(player.lines[-5:]).split())
        assert "Café Nordlicht · Aufgabe: Messeliste der Aussteller aus dem Norden pflegen" in said
        assert "weg bis 14.11.: Keller, Mira" in said
        await player.press("m")
        assert "Messeliste" not in player.text


async def test_p_shows_four_weeks_one_week_and_the_file(busy: Stage) -> None:
    async with busy.screen() as player:
        await player.press("p")
        assert isinstance(player.app.screen, PreviewScreen)
        for words in (
            "Fristen ohne VPA · 1", "Aufgabe: Messeliste [dringend]", "weg bis 14.11.: Keller, Mira",
            "Reminder zur Unzeit · 2", "ANN · Samstag", "TOM weg bis 14.11.", "Neue Phasen · keine",
        ):  # fmt: skip
            assert words in player.text
        await player.press("right", "right")
        assert "Messeliste" in player.text
        assert "Reminder zur Unzeit · keine" in player.text
        await player.press("enter")
        assert isinstance(player.app.screen, FileScreen)
        assert "Kundenakte: Café Nordlicht" in player.text
        await player.press("escape")
        await player.press("left")
        assert "Messeliste" not in player.text
        assert "ANN · Samstag" in player.text
        await player.press("left", "left")
        assert "KW 49" in underlined(player)
        await player.press("escape")
        assert "vier Wochen" in underlined(player)
        await player.press("escape")
        assert isinstance(player.app.screen, MainScreen)


def underlined(player: Player) -> str:
    """What is marked as chosen in the first line."""
    strip = player.app.screen._compositor.render_strips()[0]
    return "".join(part.text for part in strip if part.style and part.style.underline)


async def test_m_draws_the_workload_readable_without_colour(busy: Stage) -> None:
    for size, days in (((120, 40), 9), ((80, 24), 5)):
        async with busy.screen(size=size) as player:
            await player.press("p", "m")
            head = next(line for line in player.lines if "überfällig" in line)
            assert head.count(".11.") == days
            line = next(line for line in player.lines if line.strip().startswith("TOM"))
            assert line.count("░░░░") == min(days, 8)
            assert "░░░░  1" in line
            ann = next(line for line in player.lines if line.strip().startswith("ANN"))
            assert ann.split() == ["ANN", "1", "████", "1"]
            assert "abwesend" in player.text
            await player.press("escape")
            assert "Fristen ohne VPA" in player.text


async def test_help_names_the_keys_of_the_vorschau_and_no_others(busy: Stage) -> None:
    async with busy.screen() as player:
        await player.press("p", "question_mark")
        assert "Hilfe: Vorschau" in player.text
        assert "Zeigt die Auslastung des Teams" in player.text
        assert "Eine Woche weiter." in player.text
        assert "row.remind" not in player.text
        await player.press("escape")
        assert isinstance(player.app.screen, PreviewScreen)


async def test_the_first_group_stands_while_the_others_are_still_read(busy: Stage) -> None:
    held = threading.Event()

    def late(session: Session, group: str) -> list[Group]:
        assert held.wait(20)
        return read_group(session, group)

    with mock.patch.object(preview_screen, "read_group", late):
        async with busy.screen() as player:
            try:
                await player._send("p", "p")
                async with asyncio.timeout(20):
                    while "Neue Phasen · keine" not in player.text:
                        await drained()
                        await asyncio.sleep(0.001)
                assert "Fristen ohne VPA · …" in player.text
            finally:
                held.set()
            await player.rest()
            assert "Fristen ohne VPA · 1" in player.text
            assert "Reminder zur Unzeit · 2" in player.text
            row = player.app.screen.query_one(WindowList).row
            assert row is not None
            assert row.data.about == "task:T1"


async def test_a_heading_opens_nothing_and_says_so(busy: Stage) -> None:
    async with busy.screen() as player:
        await player.press("p", "home", "enter")
        assert isinstance(player.app.screen, PreviewScreen)
        assert "nichts zu öffnen" in player.told[-1]


async def test_who_is_back_is_told_once_and_takes_everything_back_in_one_step(busy: Stage) -> None:
    with busy.store.connected():
        run(busy.session("ANN"), TakeReminder(id="2"))
        Leave.create(member="ANN", reason="sick", start=dt.date(2025, 11, 17), end=dt.date(2025, 11, 17))
    async with busy.screen(me="TOM", now=BACK) as player:
        await asyncio.sleep(MainScreen.POLL)  # the greeting waits until the first list has been read
        await player.rest()
        assert "Willkommen zurück" in player.told[-1]
        await player.press("colon")
        await player.type("geschah")
        await player.press("enter")
        assert isinstance(player.app.screen, DigestScreen)
        assert "weg vom 01.11. bis 14.11." in player.lines[0]
        assert "ANN: Reminder übernommen" in player.text
        assert "ANN ist weg: z nimmt ihn zurück." in player.text
        await player.press("Z")
        assert busy.one(Reminder, 2).owner == "TOM"
        assert "u macht es rückgängig" in player.told[-1]
        await player.press("u")
        assert busy.one(Reminder, 2).owner == "ANN"
        await player.press("z")
        assert busy.one(Reminder, 2).owner == "TOM"
        await player.press("z")
        assert "nichts zurückzunehmen" in player.told[-1]
        await player.press("Z")
        assert "Alles ist wieder" in player.told[-1]
        await player.press("escape")
        assert isinstance(player.app.screen, MainScreen)
    async with busy.screen(me="TOM", now=BACK) as player:
        assert not any("Willkommen" in text for text in player.told)


async def test_from_a_stand_in_who_is_there_nothing_is_taken_but_the_way_is_told(busy: Stage) -> None:
    with busy.store.connected():
        run(busy.session("ANN"), TakeReminder(id="2"))
    async with busy.screen(me="TOM", now=BACK, size=(80, 24)) as player:
        await player.app.main.run_action("digest")
        await player.rest()
        assert "z Wie zurück?" in player.lines[-1]  # it takes nothing, and does not say so
        await player.press("z")
        assert "ANN hat ihn und ist da" in player.told[-1]
        await player.press("Z")
        assert "Was ANN noch hat" in player.told[-1]
        assert busy.one(Reminder, 2).owner == "ANN"
    async with busy.screen(now=BACK) as player:
        await player.app.main.run_action("digest")
        await player.rest()
        assert "Du hast ihn für TOM: z gibt ihn zurück." in player.text
        assert "Z alle zurück" in player.lines[-1]
        await player.press("Z")
        assert busy.one(Reminder, 2).owner == "TOM"


async def test_without_kuerzel_there_is_no_digest_but_a_preview(busy: Stage) -> None:
    async with busy.screen(me=None) as player:
        await player.app.main.run_action("digest")
        assert "Ohne Kürzel" in player.told[-1]
        await player.press("p")
        assert "Fristen ohne VPA · 1" in player.text
