"""Help: the keys as they are now, made from the keymap."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from screens.keys.keymap import KEYS, WIDGET_KEYS, key_name
from screens.tab.tab import Tab
from screens.widgets.text_screen import Line, TextScreen

WORDS = (
    ("Zeichen", "● erledigt   ○ fehlt noch   ! nur mit Begründung   ✓ markiert   ■ intern   ▲ liest auch der VPA"),
    ("Filter", "Wörter oder Wortanfänge; „meine“, „Vertretung“, „vertagt“ und andere Ansichten gehen auch."),
    ("Daten", "heute, morgen, +3, mo, 24.12., 03.11.2025; mit Uhrzeit: mo 14:00"),
)
GOOD_TO_KNOW: list[Line] = [("", " ", ""), ("Gut zu wissen", "", "bold"), *((*pair, "") for pair in WORDS)]

PREVIEW = {
    "list.view": "Zeigt die Auslastung des Teams, und wieder die Vorschau.",
    "list.reload": "Liest die Vorschau neu.",
    "preview.earlier": "Eine Woche zurück; vor der ersten stehen alle vier.",
    "preview.later": "Eine Woche weiter.",
    "app.back": "Von einer Woche zu allen, dann zurück, woher du kamst.",
}
"""What keys do in the Vorschau, where that is not what they do in a tab."""

WALK = {
    "row.main": "Erledigt den Halt; der nächste kommt von selbst.",
    "list.open": "Erledigt den Halt, wie e.",
    "list.reload": "Liest den Halt neu.",
    "app.back": "Verlässt den Schichtlauf; beim nächsten Mal geht es hier weiter.",
}
"""And what they do in the Schichtlauf."""


class HelpScreen(TextScreen):
    """What each key does here."""

    def __init__(self, keymap: Mapping[str, str], tab: Tab) -> None:
        super().__init__(f"Hilfe: {tab.title}", help_lines(keymap, tab))


class PreviewHelp(TextScreen):
    """What each key does in the Vorschau."""

    def __init__(self, keymap: Mapping[str, str], keys: Collection[str]) -> None:
        """`keys` are the ids of those that hold there."""
        words = [("Enter", "Öffnet die Akte der Zeile.", "bold $text-primary")]
        for key in (*KEYS, *WIDGET_KEYS):
            if key.id in keys:
                names = " ".join(key_name(one) for one in keymap[key.id].split(","))
                words.append((names, f"{PREVIEW.get(key.id, key.help)}  ({key.id})", "bold $text-primary"))
        super().__init__("Hilfe: Vorschau", words)


class WalkHelp(TextScreen):
    """What each key does in the Schichtlauf, its own first."""

    def __init__(self, keymap: Mapping[str, str], keys: Collection[str]) -> None:
        """`keys` are the ids of those that hold there."""
        words = []
        for key in sorted((*KEYS, *WIDGET_KEYS), key=lambda key: not key.id.startswith("walk.")):
            if key.id in keys:
                names = " ".join(key_name(one) for one in keymap[key.id].split(","))
                text = WALK.get(key.id, key.help).removeprefix("Im Schichtlauf: ")
                words.append((names, f"{text[:1].upper()}{text[1:]}  ({key.id})", "bold $text-primary"))
        super().__init__("Hilfe: Schichtlauf", [*words, *GOOD_TO_KNOW])


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
    return [*lines, *GOOD_TO_KNOW]
