"""Help: the keys as they are now, made from the keymap."""

from __future__ import annotations

from collections.abc import Mapping

from screens.tab import Tab
from tui.keymap import KEYS, WIDGET_KEYS, key_name
from tui.shell.text_screen import Line, TextScreen

WORDS = (
    ("Zeichen", "● erledigt   ○ fehlt noch   ! nur mit Begründung   ✓ markiert   ■ intern   ▲ liest auch der VPA"),
    ("Filter", "Wörter oder Wortanfänge; „meine“, „Vertretung“, „vertagt“ und andere Ansichten gehen auch."),
    ("Daten", "heute, morgen, +3, mo, 24.12., 03.11.2025; mit Uhrzeit: mo 14:00"),
)


class HelpScreen(TextScreen):
    """What each key does here."""

    def __init__(self, keymap: Mapping[str, str], tab: Tab) -> None:
        super().__init__(f"Hilfe: {tab.title}", help_lines(keymap, tab))


def help_lines(keymap: Mapping[str, str], tab: Tab) -> list[Line]:
    """All keys under their headings, those of the row first."""
    lines: list[Line] = []
    for heading in ("Zeile", "Liste", "Schicht", "Reiter", "Programm"):
        lines += [("", " ", ""), (heading, "", "bold")] if lines else [(heading, "", "bold")]
        for key in (*KEYS, *WIDGET_KEYS):
            if key.group == heading:
                names = " ".join(key_name(one) for one in keymap[key.id].split(","))
                text = f"{tab.main}: {key.help}" if key.id == "row.main" else key.help
                lines.append((names, f"{text}  ({key.id})", "bold $text-primary"))
    lines += [("", " ", ""), ("Gut zu wissen", "", "bold"), *((left, right, "") for left, right in WORDS)]
    return lines
