"""„Kopiert“ is said only where somebody took the text (issue 10 §5); the programs here are no more than their names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from screens.widgets.copied_screen import CopiedScreen
from tests.screens.stage import Player, Stage
from tui.clipboard import NEEDS, PROGRAMS, WAYS, Way, answers, choose, put
from tui.settings import UserSettings, read_settings

UNSURE = "an das Terminal gesendet; kam nichts an: Y zeigt den Text zum Markieren"


def pretend(folder: Path, name: str, status: int = 0) -> Path:
    """A program of this name that keeps what it gets, and how it was called, beside itself."""
    program = folder / name
    program.write_text(f'#!/bin/sh\ncat >"{folder}/{name}.got"\necho "$@" >"{folder}/{name}.args"\nexit {status}\n')
    program.chmod(0o755)
    return folder / f"{name}.got"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH for programs of the clipboard; `cat` and `sh` are kept."""
    (folder := tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("TERM", "xterm-256color")
    return folder


@pytest.mark.parametrize(
    ("setting", "environment", "way"),
    [
        ("auto", {"TERM": "xterm"}, Way(True, False, None)),
        ("auto", {"TERM": "xterm-kitty"}, Way(True, True, None)),
        ("auto", {"TERM": "alacritty", "DISPLAY": ":0"}, Way(True, True, None)),
        ("auto", {"TERM": "xterm-256color", "WT_SESSION": "x"}, Way(True, True, None)),
        ("auto", {"TERM": "xterm", "WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, Way(True, False, "wl-copy")),
        ("auto", {"TERM": "xterm", "DISPLAY": ":0"}, Way(True, False, "xclip")),
        ("auto", {"TERM": "tmux-256color", "TMUX": "/x", "KITTY_WINDOW_ID": "1"}, Way(True, False, "tmux")),
        ("auto", {"TERM": "screen", "STY": "1.x", "WEZTERM_PANE": "0"}, Way(True, False, None)),
        ("auto", {"TERM": "xterm", "WSL_DISTRO_NAME": "Debian"}, Way(True, False, "clip.exe")),
        ("osc52", {"TERM": "xterm", "DISPLAY": ":0"}, Way(True, False, None)),
        ("osc52", {"TERM": "foot"}, Way(True, True, None)),
        *((name, {"TERM": "xterm-kitty"}, Way(False, False, name)) for name in PROGRAMS),
    ],
)
def test_the_way_that_a_setting_means(programs: Path, setting: str, environment: Mapping[str, str], way: Way) -> None:
    for name in PROGRAMS:
        pretend(programs, name)
    assert choose(setting, {"PATH": str(programs), **environment}) == way


def test_a_program_that_is_not_there_is_none(tmp_path: Path) -> None:
    for _, variable in NEEDS:
        assert choose("auto", {"TERM": "xterm", variable: "x", "PATH": str(tmp_path)}).program is None


def test_what_stands_between_may_keep_it() -> None:
    assert answers({"TERM": "xterm-kitty"})
    for between in ({"TMUX": "x"}, {"STY": "x"}, {"TERM": "screen.xterm-kitty"}, {"TERM": "tmux-256color"}):
        assert not answers({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1", **between})


def test_a_program_gets_the_whole_text(programs: Path) -> None:
    text = "Grüße\nzweite Zeile 😀"
    for name in PROGRAMS:
        got = pretend(programs, name)
        assert put(name, text)
        assert got.read_bytes().decode("utf-16" if name == "clip.exe" else "utf-8") == text
    assert (programs / "tmux.args").read_text() == "load-buffer -w -\n"
    assert (programs / "xclip.args").read_text() == "-selection clipboard\n"


def test_who_fails_or_hangs_has_taken_nothing(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(programs, "xclip", status=1)
    assert not put("xclip", "x")
    (programs / "xclip").write_text("#!/bin/sh\nsleep 30\n")
    monkeypatch.setattr("tui.clipboard.PATIENCE", 0.2)
    assert not put("xclip", "x")
    (programs / "xclip").write_text("#!/nirgends\n")
    assert not put("xclip", "x")


async def copied(stage: Stage, setting: str = "auto") -> tuple[str, str]:
    """What `y` on the first Case says, and what the app keeps."""
    async with stage.screen(settings=UserSettings(clipboard=setting)) as player:
        await player.press("y")
        await until_told(player)
        return player.told[-1], player.app.clipboard


async def until_told(player: Player) -> None:
    """A program answers in its own time."""
    from tests.support.rest import at_rest

    await at_rest(player.app)
    assert player.told


async def test_without_anybody_to_take_it_nothing_is_claimed(stage: Stage, programs: Path) -> None:
    said, kept = await copied(stage)
    assert "Kopiert" not in said
    assert UNSURE in said
    assert kept.startswith("Hallo Mira,")


async def test_a_terminal_that_answers_for_it(stage: Stage, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-kitty")
    said, _ = await copied(stage)
    assert said.startswith("Kopiert: Nachricht · ")


@pytest.mark.parametrize(("name", "variable"), NEEDS)
async def test_a_program_that_took_it(
    stage: Stage, programs: Path, monkeypatch: pytest.MonkeyPatch, name: str, variable: str
) -> None:
    monkeypatch.setenv(variable, "x")
    got = pretend(programs, name)
    said, kept = await copied(stage)
    assert said.startswith("Kopiert: Nachricht · ")
    assert got.read_bytes().decode("utf-16" if name == "clip.exe" else "utf-8") == kept


async def test_a_program_that_failed(stage: Stage, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    pretend(programs, "xclip", status=1)
    said, _ = await copied(stage)
    assert UNSURE in said


async def test_a_setting_that_names_one(stage: Stage, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    got = pretend(programs, "wl-copy")
    said, kept = await copied(stage, "wl-copy")
    assert said.startswith("Kopiert: ")
    assert got.read_text() == kept


async def test_the_text_is_shown_bare_to_be_marked(stage: Stage, programs: Path) -> None:
    async with stage.screen() as player:
        await player.press("Y")
        assert player.told[-1] == "Noch ist nichts kopiert."
        await player.press("y", "Y")
        assert isinstance(player.app.screen, CopiedScreen)
        lines = player.text.splitlines()
        assert any(line.startswith("Hallo Mira,") for line in lines)  # nothing beside it that would be marked too
        assert "Mit der Maus markieren" in player.text
        await player.press("escape")
        assert not isinstance(player.app.screen, CopiedScreen)
        await player.press("b", "y")
        assert "Schichtbericht" in player.told[-1]
        await player.press("Y")
        assert isinstance(player.app.screen, CopiedScreen)


async def test_it_is_in_the_palette(stage: Stage, programs: Path) -> None:
    async with stage.screen() as player:
        await player.press("y", "ctrl+p")
        await player.type("kopierten")
        await player.press("enter")
        assert isinstance(player.app.screen, CopiedScreen)


def test_the_settings_file_says_who(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    for way in WAYS:
        file.write_text(f'clipboard = "{way}"\n')
        assert (read_settings(file).clipboard, read_settings(file).complaints) == (way, ())
    file.write_text('clipboard = "pbcopy"\n')
    assert read_settings(file).clipboard == "auto"
    assert "wl-copy" in read_settings(file).complaints[0]
