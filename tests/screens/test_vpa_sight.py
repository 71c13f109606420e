"""„Ansicht als VPA“ on the screen (K-02, K-03, D-32)."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.ground.clock import parse_moment
from models.tables.entry import Entry
from screens.as_vpa.screen import VpaSightScreen
from tests.screens.stage import Stage


@pytest.fixture
def home(own_home: Path) -> Path:
    """The home folder, made."""
    own_home.mkdir()
    return own_home


def _written(home: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in home.glob("*.md")}


def _write(stage: Stage, file: str, situation: str) -> None:
    with stage.store.connected():
        Entry.create(file=file, subject="customer:K1", kind="preference", situation=situation, tags=["x"], author="BEN",
                     account="", created_at=parse_moment("2025-11-04T10:00"), folded=situation.lower())  # fmt: skip


async def test_t_shows_copies_and_writes_what_a_vpa_may_see_k02(stage: Stage, home: Path) -> None:
    _write(stage, "oteam", "Schwarzes Geheimnis")
    _write(stage, "vpa_kunde", "Mag kurze Mails")
    async with stage.screen() as player:
        await player.press("4")
        assert "Schwarzes Geheimnis" in player.text or "Mag kurze Mails" in player.text
        await player.press("t")
        assert "Ansicht als VPA: Café Nordlicht" in player.text
        assert "Mag kurze Mails" in player.text
        page = "\n".join(line[14:106] for line in player.lines)
        assert "Schwarzes" not in page
        assert "Klasse B" not in page
        await player.press("y")
        assert "Mag kurze Mails" in player.app.clipboard
        assert "Schwarzes" not in player.app.clipboard
        await player.press("e", "enter")
        assert "Mag kurze Mails" in _written(home)["vpa-kundenakte-K1-2025-11-05.md"]
        await player.press("e", "enter")  # a second time: nothing is overwritten
        assert "gibt es schon" in player.told[-1]
        await player.press("ctrl+u")  # what was typed stands there again, to be mended
        await player.type("/nirgendwo/akte.md")
        await player.press("enter")
        assert "(den Ordner oder die Datei gibt es nicht)" in player.told[-1]
        assert "/nirgendwo/akte.md" in player.text
        await player.press("escape")
        assert isinstance(player.app.screen, VpaSightScreen)
        await player.press("escape")
        assert not isinstance(player.app.screen, VpaSightScreen)


async def test_a_class_in_an_old_entry_is_shown_and_holds_everything_back_d32(stage: Stage, home: Path) -> None:
    _write(stage, "vpa_kunde", "Das ist ein A-Kunde")
    async with stage.screen(size=(80, 24)) as player:
        await player.press("4", "o", "t")
        assert "nennt eine Klasse: „A-Kunde“" in player.text
        await player.press("y", "e")
        assert player.app.clipboard == ""
        assert "Gesperrt" in player.told[-1]
        assert "A-Kunde" in player.told[-1]
        assert isinstance(player.app.screen, VpaSightScreen)
    assert not _written(home)


async def test_what_only_sounds_like_a_class_goes_out_with_the_same_key_again_d32(stage: Stage, home: Path) -> None:
    _write(stage, "vpa_kunde", "Braucht Führerschein Klasse B")
    async with stage.screen() as player:
        await player.press("4", "o", "t")
        assert "klingt nach einer Klasse: „Klasse B“" in player.text
        await player.press("y")
        assert player.app.clipboard == ""
        assert "Dieselbe Taste noch einmal" in player.told[-1]
        await player.press("y")
        assert "Führerschein Klasse B" in player.app.clipboard
        await player.press("e", "enter")
    assert _written(home)


async def test_the_key_works_wherever_a_customer_stands_and_else_says_so(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("t")
        assert "gibt es zu Kunden" in player.told[-1]
        await player.press("2", "end", "t")  # a Reminder about a customer leads to them
        assert "Ansicht als VPA: Café Nordlicht" in player.text


async def test_a_customer_without_entries_says_so(stage: Stage) -> None:
    async with stage.screen() as player:
        await player.press("4", "end", "o", "t")
        assert "Praxis Sonnenhof" in player.text
        assert "Noch kein Eintrag in der VPA Kundenakte." in player.text
