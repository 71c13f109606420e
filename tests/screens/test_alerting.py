"""Reminders that tell: the bell and a notification at a moment, never a name unless allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.ground.clock import FixedClock, parse_moment
from models.reminder.queries import came_due
from screens.main.alerting import signals
from tests.screens.stage import Stage
from tests.support import office as lay
from tests.support.world import World
from tui.settings import UserSettings, read_settings

KITTY = {"TERM": "xterm-kitty"}


@pytest.mark.parametrize(
    ("setting", "environment", "said"),
    [
        ("aus", KITTY, ""),
        ("glocke", KITTY, "\a"),
        ("glocke+hinweis", KITTY, "\a\x1b]9;Reminder fällig\a"),
        ("glocke+hinweis", {"TERM": "xterm-256color", "VTE_VERSION": "7600"},
         "\a\x1b]777;notify;Schicht;Reminder fällig\a"),
        ("glocke+hinweis", {"TERM": "xterm-256color"}, "\a"),
        ("glocke+hinweis", {**KITTY, "TMUX": "1"}, "\a"),
    ],
)  # fmt: skip
def test_only_what_the_terminal_knows_and_the_member_wants(
    setting: str, environment: dict[str, str], said: str
) -> None:
    assert signals(setting, environment) == said


def test_nothing_of_a_name_acts_on_the_terminal() -> None:
    said = signals("glocke+hinweis", KITTY, ["Bö\x1b]0;x\asewicht;\u202e"])
    assert said == "\a\x1b]9;Reminder fällig: Bö]0,xsewicht,\a"


def test_a_moment_counts_and_a_whole_day_does_not(world: World) -> None:
    lay.settle(world)
    for owner, due in (("TOM", "2025-11-05T14:00"), ("TOM", "2025-11-05"), ("KIM", "2025-11-05T14:00")):
        lay.reminder(owner=owner, due=due)
    work = world.session(now="2025-11-05T14:00").work()
    assert len(came_due(work, parse_moment("2025-11-05T13:59"))) == 1
    assert came_due(work, parse_moment("2025-11-05T14:00")) == []


@pytest.mark.parametrize(("setting", "rings"), [("glocke", True), ("aus", False)])
async def test_the_open_screen_rings_when_the_moment_comes(stage: Stage, setting: str, rings: bool) -> None:
    with stage.store.connected():
        lay.reminder(owner="ANN", due="2025-11-05T14:01", subject="vpa:V1")
    async with stage.screen(settings=UserSettings(report_due=setting)) as player:
        written: list[str] = []
        player.app._driver.write = written.append  # type: ignore[method-assign,union-attr]
        player.app.session.clock = FixedClock(parse_moment("2025-11-05T14:01"))
        player.app.main._poll()
        await player.press("j")
        assert ("\a" in written) is rings
        assert "Ein Reminder ist jetzt fällig." in player.told


def test_the_settings_say_what_is_possible(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('melden = "laut"\nmelden_namen = true\n', encoding="utf-8")
    found = read_settings(path)
    assert (found.report_due, found.report_names) == ("glocke", True)
    assert "glocke+hinweis" in found.complaints[0]


async def test_one_that_comes_again_says_so(stage: Stage) -> None:
    with stage.store.connected():
        lay.reminder(owner="ANN", due="2025-11-01", subject="vpa:V1", every="1w")
    async with stage.screen() as player:
        await player.press("2")
        assert "Kommt wieder: jede Woche" in player.text
