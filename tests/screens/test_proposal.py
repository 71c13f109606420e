"""The proposal of a successor: filled in as far as it is known, what is missing field by field (W-10, W-15)."""

from __future__ import annotations

import pytest

from models.tables.handover import Handover
from models.tables.people import Vpa
from tests.screens.stage import Stage
from tests.screens.test_handovers import ASKED, request


@pytest.fixture
def desk(stage: Stage) -> Stage:
    """V4 shares an area with V1, the others do not."""
    with stage.store.connected():
        Vpa.update(areas=["Texte"]).where(Vpa.id << ["V1", "V4"]).execute()
    return stage


async def test_the_best_successor_stands_there_and_typing_names_another_w_10(desk: Stage) -> None:
    key = request(desk, questions=ASKED)
    async with desk.screen(size=(120, 40)) as player:
        await player.press("6", "e")
        assert "Sommer, Ida (V4)" in player.text
        assert "○ Einarbeitungsaufwand" in player.text
        assert "○ Erstattung nötig" in player.text
        await player.press("tab", "right", "ctrl+s")
        assert desk.one(Handover, key).state == "open"
        assert "● Einarbeitungsaufwand" in player.text
        assert "○ Erstattung nötig" in player.text
        await player.press("shift+tab")
        await player.type("muell")
        await player.press("tab", "tab", "left", "ctrl+s")
        assert desk.one(Handover, key).successor == "V3"


async def test_a_second_proposal_starts_from_the_first_w_10(desk: Stage) -> None:
    request(desk, questions=ASKED, state="proposed", successor="V2", effort="low", refund=False, proposed_by="ANN")
    async with desk.screen(size=(80, 24)) as player:
        await player.press("6", "x")
        await player.type("Nachfolger")
        await player.press("enter")
        assert "Demir, Can (V2)" in player.text
        assert "● gering" in player.text
        assert "● nein" in player.text


async def test_each_rank_says_why_also_beside_a_proposal_w_10(desk: Stage) -> None:
    key = request(desk, questions=ASKED)
    async with desk.screen(size=(120, 70)) as player:
        await player.press("6")
        lines = [line[67:].rstrip() for line in player.lines]
        place = next(number for number, line in enumerate(lines) if line.endswith("1  Sommer, Ida (V4)"))
        below = lines[place + 1 : place + 4]
        assert all(line.startswith("│      ") for line in below), below  # set in under the name, wrapped or not
        assert "gemeinsame Bereiche: Texte" in " ".join(" ".join(below).split())
    with desk.store.connected():
        Handover.update(state="proposed", successor="V4", proposed_by="ANN").where(Handover.id == key).execute()
    async with desk.screen(size=(120, 70)) as player:
        await player.press("6")
        assert "gemeinsame Bereiche: Texte" in " ".join(player.text.replace("│", " ").split())
