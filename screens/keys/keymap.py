"""All keys of the full screen, each with an id by which a member can remap it (CONTRACT §11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Group = Literal["Reiter", "Zeile", "Liste", "Schicht", "Programm"]


class Key(NamedTuple):
    """One key: what it is called in the settings file, what it does, what help and footer say."""

    id: str
    keys: str
    """As Textual names them, separated by commas."""
    action: str
    """What Textual runs; `verb('…')` is something done to the row."""
    label: str
    """Short, for the footer and the palette."""
    help: str
    """One German sentence."""
    group: Group


KEYS: tuple[Key, ...] = (
    *(
        Key(f"tab.{code}", str(number), f"tab({number})", title, f"Reiter {title}.", "Reiter")
        for number, (code, title) in enumerate(
            (("cases", "Cases"), ("reminders", "Reminder"), ("journey", "VPA-Journey"), ("files", "Kundenakte"),
             ("tasks", "Aufgaben"), ("handovers", "VPA-Wechsel"), ("outbox", "Ausgang")), 1)
    ),
    Key("row.main", "e", "verb('main')", "Erledigen",
        "Tut, wofür die Zeile da ist: Case erledigen, Reminder oder Neu-Flag entfernen, Eintrag berichtigen.", "Zeile"),
    Key("row.log", "a", "verb('log')", "Akteneintrag",
        "Schreibt einen Akteneintrag zum VPA oder Kunden der Zeile.", "Zeile"),
    Key("row.remind", "w", "verb('remind')", "Wiedervorlage", "Setzt einen Reminder zu dieser Zeile.", "Zeile"),
    Key("row.contact", "c", "verb('contact')", "Kontakt",
        "Hält fest, dass du den VPA angeschrieben hast; der Case bleibt offen.", "Zeile"),
    Key("row.postpone", "v", "verb('postpone')", "Verschieben", "Verschiebt einen Reminder, mit Grund.", "Zeile"),
    Key("row.take", "z", "verb('take')", "Übernehmen",
        "Übernimmt den Reminder; den eigenen gibt es ab, den übernommenen zurück.", "Zeile"),
    Key("row.file", "o", "verb('file')", "Akte", "Öffnet die Akte des VPA oder Kunden.", "Zeile"),
    Key("row.vpa_view", "t", "vpa_view", "VPA-Ansicht", "Zeigt genau das, was ein VPA vom Kunden sehen darf.", "Zeile"),
    Key("row.copy", "y", "copy", "Kopieren", "Kopiert die passende Nachricht, sonst die wichtigsten Angaben.", "Zeile"),
    Key("row.link", "O", "link", "Im Browser",
        "Öffnet die Aufgabe auf der Plattform, wo ein Link bekannt ist.", "Zeile"),
    Key("row.more", "x", "more", "Mehr", "Zeigt alles, was sich mit dieser Zeile tun lässt.", "Zeile"),
    Key("row.read", "l", "read", "Lesen",
        "Zeigt den ganzen Aufgabenchat, bei Experten die VPA-Akte.", "Zeile"),
    Key("row.new", "n", "new", "Neu", "Macht etwas Neues von der Art des Reiters.", "Zeile"),
    Key("list.filter", "f,slash", "filter", "Filter", "Filtert, während du tippst; Esc zeigt wieder alles.", "Liste"),
    Key("list.view", "m", "view", "Ansicht", "Zeigt die nächste Ansicht: meine, Vertretung, vertagt …", "Liste"),
    Key("list.reload", "r,f5", "reload", "Neu laden", "Liest die Liste neu.", "Liste"),
    Key("app.back", "escape", "back", "Zurück", "Geht einen Schritt zurück.", "Liste"),
    Key("app.search", "s,ctrl+f", "search", "Suche", "Sucht überall: VPAs, Kunden, Aufgaben, Akten.", "Schicht"),
    Key("shift.escalate", "exclamation_mark", "escalate", "Sonderfall",
        "Kunde beleidigt, diskriminiert oder belästigt: meldet es sofort den Managern.", "Schicht"),
    Key("shift.walk", "g", "walk", "Schichtlauf",
        "Geht durch, was jetzt für dich fällig ist, Halt für Halt bis zum Abschluss des Tags.", "Schicht"),
    Key("shift.report", "b", "report", "Bericht",
        "Schichtbericht für die Übergabe: wer hat was getan, was ist offen, worauf achten.", "Schicht"),
    Key("shift.preview", "p", "preview", "Vorschau",
        "Vier Wochen voraus: neue Phasen, Fristen, wenn der VPA fehlt; m zeigt die Auslastung.", "Schicht"),
    Key("shift.import", "i", "import_export", "Import", "Nimmt einen Export der Plattform auf.", "Schicht"),
    Key("shift.close", "d", "close_day", "Tag abschließen", "Besiegelt den Tag und was bleibt.", "Schicht"),
    Key("app.undo", "u,ctrl+z", "step_back('undo')", "Rückgängig", "Nimmt deine letzte Aktion zurück.", "Schicht"),
    Key("app.redo", "ctrl+y", "step_back('redo')", "Wiederholen", "Bringt zuletzt Zurückgenommenes wieder.", "Schicht"),
    Key("app.palette", "ctrl+p,colon", "palette", "Befehle", "Sucht einen Befehl nach seinem Namen.", "Programm"),
    Key("app.help", "question_mark,f1", "help", "Hilfe", "Zeigt, welche Tasten hier gelten.", "Programm"),
    Key("app.messages", "ctrl+l", "messages", "Meldungen", "Zeigt die letzten Meldungen.", "Programm"),
    Key("app.copied", "Y", "app.show_copied", "Kopierten Text zeigen",
        "Zeigt, was du zuletzt kopiert hast, zum Markieren mit der Maus: falls nichts ankam.", "Programm"),
    Key("app.theme", "ctrl+t", "theme", "Hell/Dunkel", "Wechselt zwischen hell und dunkel.", "Programm"),
    Key("app.quit", "q,ctrl+q", "leave", "Beenden", "Beendet das Programm.", "Programm"),
)  # fmt: skip

WIDGET_KEYS: tuple[Key, ...] = (
    Key("list.down", "down,j", "", "Runter", "Nächste Zeile.", "Liste"),
    Key("list.up", "up,k", "", "Hoch", "Vorige Zeile.", "Liste"),
    Key("list.page_down", "pagedown", "", "Seite runter", "Eine Seite weiter.", "Liste"),
    Key("list.page_up", "pageup", "", "Seite hoch", "Eine Seite zurück.", "Liste"),
    Key("list.home", "home", "", "Erste Zeile", "Zur ersten Zeile.", "Liste"),
    Key("list.end", "end", "", "Letzte Zeile", "Zur letzten Zeile.", "Liste"),
    Key("list.open", "enter", "", "Öffnen", "Öffnet das Detail.", "Liste"),
    Key(
        "list.mark",
        "space",
        "",
        "Markieren",
        "Markiert die Zeile; e, v und z gelten dann für alle markierten.",
        "Liste",
    ),
    Key("list.mark_all", "asterisk", "", "Alle markieren", "Markiert alle Zeilen, oder keine.", "Liste"),
    Key("list.sort", "S", "", "Sortieren", "Sortiert nach der nächsten Spalte.", "Liste"),
    Key("walk.next", "n,right", "", "Weiter", "Im Schichtlauf: lässt den Halt liegen und geht weiter.", "Schicht"),
    Key("walk.back", "p,left", "", "Zurück", "Im Schichtlauf: zum vorigen Halt, der noch offen ist.", "Schicht"),
    Key("preview.earlier", "left", "", "Woche davor", "In der Vorschau: eine Woche zurück.", "Schicht"),
    Key("preview.later", "right", "", "Woche danach", "In der Vorschau: eine Woche weiter.", "Schicht"),
    Key("digest.all", "Z", "", "Alle zurück", "Nach einer Abwesenheit: nimmt oder gibt alles zurück.", "Schicht"),
    Key(
        "form.ask",
        "f2",
        "",
        "Platzhalter",
        "Fragt im Formular die Platzhalter einer Chatvorlage nacheinander ab.",
        "Programm",
    ),
    Key("form.save", "ctrl+s", "", "Speichern", "Speichert ein Formular.", "Programm"),
)
"""Keys that widgets bring themselves; here for help, remapping and clashes."""

NAMES = {
    "space": "Leertaste", "escape": "Esc", "enter": "Enter", "tab": "Tab", "down": "↓", "up": "↑", "right": "→",
    "left": "←", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "question_mark": "?",
    "slash": "/", "colon": ":", "exclamation_mark": "!", "asterisk": "*", "f1": "F1", "f2": "F2", "f5": "F5",
}  # fmt: skip

FORBIDDEN = ("alt+", "left_square_bracket", "right_square_bracket", "left_curly_bracket", "right_curly_bracket",
             "backslash", "vertical_line", "at", "tilde", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m")  # fmt: skip
"""What a German keyboard or a plain terminal cannot send (PITFALLS)."""


def key_name(keys: str) -> str:
    """The first of some keys as people call it: `Strg+S`, `Leertaste`, `e`."""
    first = keys.split(",")[0].strip()
    if first.startswith("ctrl+"):
        return f"Strg+{first[5:].upper()}"
    return NAMES.get(first, first)


def effective(changes: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Keys by binding id with a member's own ones put in, and German sentences about those that cannot be.

    An unknown id, a key that a terminal cannot send and a key that two bindings would share are left at the default.
    """
    known = {key.id: key for key in (*KEYS, *WIDGET_KEYS)}
    result = {key.id: key.keys for key in known.values()}
    complaints = []
    for name, keys in changes.items():
        if name not in known:
            complaints.append(f"Tastenbelegung: „{name}“ gibt es nicht.")
        elif bad := [one for one in _split(keys) if one.startswith("alt+") or one in FORBIDDEN]:
            complaints.append(f"Tastenbelegung: „{bad[0]}“ für {name} kann nicht jedes Terminal senden.")
        elif not _split(keys):
            complaints.append(f"Tastenbelegung: Für {name} ist keine Taste genannt.")
        else:
            result[name] = ",".join(_split(keys))
    complaints += _clashes(result, {key.id: key.keys for key in known.values()})
    return result, complaints


def changed(keymap: Mapping[str, str]) -> dict[str, str]:
    """Those of some keys by binding id that are not the default."""
    return {key.id: keymap[key.id] for key in (*KEYS, *WIDGET_KEYS) if keymap[key.id] != key.keys}


def _clashes(result: dict[str, str], defaults: Mapping[str, str]) -> list[str]:
    """Give back their default to changed bindings whose key is taken already; say so."""
    complaints = []
    for name in [name for name, keys in result.items() if keys != defaults[name]]:
        taken = _taken(result, name)
        if found := [one for one in _split(result[name]) if one in taken]:
            other = taken[found[0]]
            complaints.append(
                f"Tastenbelegung: „{found[0]}“ ist für {name} und {other} vergeben; {name} bleibt, wie es war."
            )
            result[name] = defaults[name]
    return complaints


def _taken(result: Mapping[str, str], but: str) -> dict[str, str]:
    return {key: name for name, keys in result.items() if name != but for key in _split(keys)}


def _split(keys: str) -> list[str]:
    return [one.strip() for one in keys.split(",") if one.strip()]


def by_group(keys: Iterable[Key] = (*KEYS, *WIDGET_KEYS)) -> dict[str, list[Key]]:
    """The keys under the headings of the help."""
    groups: dict[str, list[Key]] = {}
    for key in keys:
        groups.setdefault(key.group, []).append(key)
    return groups
