"""A member's own settings: keys, theme, keyboard protocol; a small TOML file in the user's configuration folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

TEMPLATES = "vorlagen"
"""Folder of the team's own Chatvorlagen beside the user's database."""

KNOWN = ("theme", "kitty_keys", "keys", "templates", "clipboard", "melden", "melden_namen")
FRAMES = "240"
"""How often a second Textual looks whether something is to be painted. At its 60 what was read waits up to 16 ms, and
twice where a detail follows its row; nothing is painted that has not changed.
"""

ESCAPE_DELAY = "25"
"""Milliseconds in which what follows an Esc still belongs to it; whose line is slow sets `ESCDELAY` to more."""
THEMES = ("dunkel", "hell")
EXAMPLE = """\
# Deine Einstellungen für Schicht. Was hier nicht steht, bleibt, wie es ist.

theme = "{theme}"          # dunkel oder hell
kitty_keys = {kitty}        # false hilft, wenn AltGr-Zeichen verloren gehen
# clipboard = "auto"        # osc52, wl-copy, xclip, tmux oder clip.exe: wohin kopierter Text geht
# melden = "glocke"         # aus, glocke oder glocke+hinweis: was ein fällig werdender Reminder tut
# melden_namen = false      # ob der Hinweis sagen darf, um wen es geht
# templates = "~/vorlagen"  # Ordner mit den Chatvorlagen eures Teams (schicht template export)

[keys]                     # Tasten nach ihrem Namen in der Hilfe, zum Beispiel:
# "row.main" = "e"
# "list.filter" = "f,slash"
"""


class UserSettings(NamedTuple):
    """What the file says; complaints are German sentences about what it should not say."""

    theme: str = "dunkel"
    kitty_keys: bool = True
    keys: Mapping[str, str] = MappingProxyType({})
    templates: str = ""
    """Folder of the team's own Chatvorlagen; empty: none is named."""
    complaints: tuple[str, ...] = ()
    clipboard: str = "auto"
    """Who takes what is copied: one of `tui.clipboard.WAYS`."""
    report_due: str = "glocke"
    """How a Reminder that comes due is heard: one of `screens.main.alerting.WAYS` (`melden`)."""
    report_names: bool = False
    """Whether a notification may say of whom (`melden_namen`)."""


def settings_path() -> Path:
    """Where this user's settings are."""
    from models.ground.folders import config_folder

    return config_folder() / "settings.toml"


def read_settings(path: Path | None = None) -> UserSettings:
    """The user's settings; without a file the defaults, with a broken one the defaults and a complaint."""
    path = path or settings_path()
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return UserSettings()
    except (OSError, UnicodeDecodeError):
        return UserSettings(complaints=(f"Die Einstellungen in {path} lassen sich nicht lesen.",))
    import tomllib  # only who has a file pays for it

    try:
        return _checked(tomllib.loads(text), path)
    except tomllib.TOMLDecodeError as error:
        return UserSettings(complaints=(f"Die Einstellungen in {path} sind kein gültiges TOML: {error}.",))


def _checked(raw: dict[str, Any], path: Path) -> UserSettings:
    from screens.main.alerting import WAYS as REPORTS
    from tui.clipboard import WAYS

    complaints = [f"Einstellungen: „{name}“ gibt es nicht." for name in raw if name not in KNOWN]
    theme = raw.get("theme", "dunkel")
    if theme not in THEMES:
        complaints.append(f"Einstellungen: theme ist „dunkel“ oder „hell“, nicht „{theme}“.")
        theme = "dunkel"
    keys = raw.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(value, str) for value in keys.values()):
        complaints.append('Einstellungen: [keys] braucht Zeilen wie "row.main" = "e".')
        keys = {}
    templates = raw.get("templates", "")
    if not isinstance(templates, str):
        complaints.append("Einstellungen: templates nennt einen Ordner, in Anführungszeichen.")
        templates = ""
    clipboard = raw.get("clipboard", "auto")
    if clipboard not in WAYS:
        complaints.append(f"Einstellungen: clipboard ist {', '.join(WAYS[:-1])} oder {WAYS[-1]}, nicht „{clipboard}“.")
        clipboard = "auto"
    report = raw.get("melden", "glocke")
    if report not in REPORTS:
        complaints.append(f"Einstellungen: melden ist {', '.join(REPORTS[:-1])} oder {REPORTS[-1]}, nicht „{report}“.")
        report = "glocke"
    kitty, named = raw.get("kitty_keys") is not False, raw.get("melden_namen") is True
    return UserSettings(str(theme), kitty, keys, templates, tuple(complaints), clipboard, report, named)


def templates_folder() -> Path | None:
    """Where the team's own Chatvorlagen are: `SCHICHT_TEMPLATES` (`-`: none), the settings, the user's data folder.

    None where nothing is named and there is no folder in the usual place; one that is named may be missing.
    """
    named = os.environ.get("SCHICHT_TEMPLATES", "") or read_settings().templates
    if named:
        return None if named == "-" else Path(os.path.expanduser(named))  # noqa: PTH111  # never raises
    from models.ground.folders import data_folder

    usual = data_folder() / TEMPLATES
    return usual if usual.is_dir() else None


def use_templates() -> None:
    """Lay the team's own Chatvorlagen over ours. Raises what `models.playbook.own.read_own` does."""
    from models.playbook import use

    folder = templates_folder()
    if folder is None:
        use(None)
        return
    from models.playbook.own import read_own  # only who has templates pays for the check

    use(read_own(folder))


def prepare_environment(settings: UserSettings) -> None:
    """What must be set before Textual is imported (PITFALLS: kitty keys, scrolling without animation)."""
    if not settings.kitty_keys:
        os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    os.environ.setdefault("ESCDELAY", ESCAPE_DELAY)  # Esc and a key soon after it are two keys, not Alt and that key
    os.environ["TEXTUAL_THEME"] = settings.theme  # else the style sheet would be read twice


def save_theme(theme: str, path: Path | None = None) -> None:
    """Keep the theme in the file, the rest of it as it is. An `OSError` is the caller's to tell."""
    path = path or settings_path()
    line = f'theme = "{theme}"'
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        lines = EXAMPLE.format(theme=theme, kitty="true").splitlines()
    at = next((i for i, old in enumerate(lines) if old.split("=")[0].strip() == "theme"), None)
    if at is None:
        lines.insert(0, line)
    else:
        lines[at] = line
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
