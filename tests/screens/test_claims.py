"""Who works on what right now is in sight: in the list, in the detail, in the form (issue 5 §3)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any
from unittest import mock

from models.action.base import CATALOGUE
from models.action.catalogue import load_all
from models.action.claims import keep, others
from models.action.run import run
from models.action.work import Session
from models.ground.clock import parse_moment
from models.tables.claim import Claim
from screens.main.screen import MainScreen
from tests.screens.stage import Player, Stage

QUICK = mock.patch.object(MainScreen, "POLL", 0.05)


async def until(player: Player, condition: Callable[[], bool], patience: float = 10.0) -> None:
    """Wait for it; nothing is pressed."""
    end = monotonic() + patience
    while not condition():
        assert monotonic() < end, player.text
        await asyncio.sleep(0.01)
        await player.rest()


def works_on(session: Session, *subjects: str) -> None:
    """Somebody at another terminal opens a form about these, or closes it."""
    session.presence.wanted = subjects
    keep(session)


def line_of(player: Player, name: str) -> str:
    """The row of a name."""
    return next((line.split("│")[0] for line in player.lines if f" {name} " in line.split("│")[0]), "")


async def test_the_list_the_detail_and_the_form_say_who_is_at_it(stage: Stage) -> None:
    tom = stage.session("TOM")
    with QUICK:
        async with stage.screen() as player:
            assert "✎" not in player.text, "the control: nobody is at work"
            works_on(tom, "case:1", "case:3")
            await until(player, lambda: line_of(player, "Müller, Ole").startswith(" ✎"))
            assert line_of(player, "Keller, Mira").startswith("▌✎")
            assert line_of(player, "Keller, Mira").rstrip().endswith("TOM")
            assert "✎ TOM arbeitet gerade daran, seit 1" in player.text
            assert "TOM" not in line_of(player, "Demir, Can")
            await player.press("e")
            assert "✎ TOM arbeitet gerade daran" in player.text
            assert "Case erledigen" in player.text, "it informs, it does not lock"
            works_on(tom)
            await until(player, lambda: "✎" not in player.text)
            await player.press("escape", "down")
            assert "✎" not in player.text


async def test_a_form_is_a_claim_as_long_as_it_is_open(stage: Stage) -> None:
    """For one row, for all marked rows, on every tab; without a form nobody is at work."""
    tom = stage.session("TOM")

    def seen() -> set[str]:
        return set(others(tom))

    async with stage.screen() as player:
        await player.press("down", "enter", "escape")
        assert seen() == set(), "the control: looking is not working"
        await player.press("e")
        assert [one.member for one in others(tom)["case:3"]] == ["ANN"]
        assert seen() == {"case:3"}
        assert player.app.session.presence.others == {}, "one's own form is no news"
        await player.press("escape")
        assert (seen(), stage.count(Claim)) == (set(), 0)
        await player.press("home", "space", "space", "e")
        assert seen() == {"case:1", "case:3"}
        await player.press("escape", "escape", "2", "v")
        assert seen() == {"reminder:1"}
        await player.press("escape", "w")
        assert seen() == {"reminder:1"}, "every form about the row"
        await player.press("escape", "4", "a")
        assert seen() == {"customer:K1"}


async def test_on_a_small_screen_the_sign_stays_and_the_walk_tells_too(stage: Stage) -> None:
    works_on(stage.session("TOM"), "case:1")
    works_on(stage.session("ANN"), "case:3")
    with QUICK:
        async with stage.screen(size=(80, 24)) as player:
            await until(player, lambda: line_of(player, "Keller, Mira").startswith("▌✎"))
            await player.press("enter")
            assert "✎ TOM arbeitet gerade daran" in player.text
            await player.press("escape", "down", "enter")
            assert "✎ Du arbeitest in einem anderen Fenster daran" in player.text
            await player.press("escape", "escape", "g")
            assert "✎" not in player.text
            await player.press("n")
            assert "Keller, Mira" in player.text
            assert "✎ TOM arbeitet gerade daran" in player.text


async def test_a_row_that_a_colleague_moves_does_not_take_the_list_along(stage: Stage) -> None:
    """At another terminal the first Reminder is put off for weeks: here the cursor keeps its place and its line."""

    def place(player: Player) -> tuple[int, str]:
        return next((y, line) for y, line in enumerate(player.lines) if line.startswith("▌"))

    load_all()
    with QUICK:
        async with stage.screen() as player:
            await player.press("2")
            line, row = place(player)
            assert "gestern" in row or "überfällig" in row
            values: dict[str, Any] = {"id": "1", "due": parse_moment("2025-12-24"), "reason": "Urlaub"}
            with stage.store.connected():
                run(stage.session("ANN"), CATALOGUE["reminder.postpone"](**values))
            await until(player, lambda: "24.12." in player.text)
            assert place(player)[0] == line
            assert "24.12." not in place(player)[1]
            assert "Demir, Can" in place(player)[1]
