"""What stands beside the daily duty on tab 5, and a complaint on its day: by keys, as a new member would."""

from __future__ import annotations

import datetime as dt

import pytest

from models.tables.people import Absence, Vpa
from models.tables.task import Task
from screens.tab.question import QuestionScreen
from tests.screens.stage import Player, Stage
from tests.support import task as given


@pytest.fixture
def desk(stage: Stage) -> Stage:
    """The stage with an offered task, a chat of three days and a VPA who is away soon."""
    with stage.store.connected(), stage.store.db.atomic():
        given.task("T1", title="Podcast tippen", state="umfrage", vpa=None)
        given.task("T2", title="Umlauf planen", state="offen")
        for at, text in (
            ("2025-10-20T10:00", "Erster Tag"),
            ("2025-11-03T10:00", "Montag"),
            ("2025-11-05T09:00", "Zu spät"),
        ):
            given.message(at, "kunde", text, [], "T2")
        Vpa.update(areas=["Texte"]).where(Vpa.id == "V3").execute()
        Vpa.update(orders=False).where(Vpa.id == "V4").execute()
        Absence.create(id="A1", vpa="V4", start=dt.date(2025, 11, 7), end=dt.date(2025, 11, 9),
                       entered_on=dt.date(2025, 1, 2))  # fmt: skip
    return stage


def names(player: Player) -> list[str]:
    """The names in the list, from the top."""
    surnames = ("Keller", "Demir", "Müller", "Sommer")
    return [name for line in player.lines[5:30] for name in surnames if line[:20].strip(" ▌").startswith(name)]


async def test_projektpool_and_experten_say_that_they_never_count_d_02(desk: Stage) -> None:
    async with desk.screen(size=(120, 40)) as player:
        await player.press("5")
        assert "(D-02)" not in player.text
        await player.press("f")
        await player.type("projektpool")
        await player.press("enter")
        assert "Podcast tippen" in player.text
        assert "zählt nie zum Tag (D-02)" in player.text
        await player.press("escape", "m", "m", "m", "m", "m")
        assert "Experten" in player.lines[3]
        assert "zählt nie zum Tag (D-02)" in player.lines[3]


async def test_experten_show_sort_and_filter_what_counts_f_14(desk: Stage) -> None:
    async with desk.screen(size=(80, 24)) as player:
        await player.press("5", "m", "m", "m", "m", "m")
        assert all(head in player.lines[4] for head in ("VPA", "Kl.", "Assistenzbereiche", "nimmt", "abwesend"))
        await player.press("S", "S", "S")
        assert names(player) == ["Sommer", "Keller", "Demir", "Müller"]  # A, B, C, N
        await player.press("S", "S")
        assert names(player)[-1] == "Sommer"  # takes new customers only
        await player.press("S", "S")
        assert names(player)[0] == "Sommer"  # the nearest absence
        assert "ab 07.11." in player.text
        await player.press("f")
        assert "Bereich, Klasse" in player.text
        await player.type("texte")
        assert names(player) == ["Müller"]


async def test_a_complaint_asks_for_its_day_in_words_t_04(desk: Stage) -> None:
    async with desk.screen(size=(120, 40)) as player:
        await player.press("5", "end")
        while "Umlauf planen" not in player.lines[3]:
            await player.press("up")
        await player.press("l", *"m" * 11)
        assert "Stand für Beschwerden" in player.text
        assert "Mi 05.11.2025" in player.text
        await player.press("f")
        for typed, said in (("morgen", "kommt erst noch"), ("31.2.", "kein Tag"), ("mo", "Mo 03.11.2025")):
            await player.press("ctrl+u")
            await player.type(typed)
            assert said in player.text
            if typed != "mo":
                await player.press("enter")
                assert isinstance(player.app.screen, QuestionScreen)
        await player.press("enter")
        assert "Montag" in player.text
        assert "Zu spät" not in player.text
        assert "Nicht dokumentiert am Mo 03.11.2025" in player.text
        await player.press("f", "escape")
        assert "Mo 03.11.2025" in player.lines[2]
        await player.press("e")
        assert "nur zum Lesen" in player.told[-1]


async def test_what_leaves_forwarded_makes_room_for_the_next_one_f_03(desk: Stage) -> None:
    with desk.store.connected():
        for number in range(3):
            given.delegated(f"D{number}", title=f"Ankunft {number}")
    async with desk.screen(size=(120, 40)) as player:
        await player.press("5", "down")
        assert "Ankunft 1" in player.lines[3]
        await player.press("e")
        assert desk.one(Task, "D1").state == "umfrage"
        assert "Ankunft 2" in player.lines[3]


async def test_the_detail_over_the_list_says_how_to_get_back(desk: Stage) -> None:
    async with desk.screen(size=(80, 24)) as player:
        await player.press("5", "enter")
        assert "Esc Liste" in player.lines[-1]
        await player.press("escape")
        assert "Esc Liste" not in player.lines[-1]
