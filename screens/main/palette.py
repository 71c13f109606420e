"""The palette: every command by its German name."""

from __future__ import annotations

from screens.digest.words import TITLE
from screens.keys.keymap import KEYS
from screens.main.table import EVERYTHING, save_everything, save_list
from screens.main.table import TITLE as LIST
from screens.main.workplace import Workplace
from screens.widgets.picker import Choice, Picker

SAVING = {"table": save_list, "everything": save_everything}
"""What is written to a file, by what the palette calls it."""


def open_palette(screen: Workplace) -> None:
    """Show it; what is chosen happens on that screen."""
    row = screen.view.row
    choices = [
        Choice(screen.view.tab.main if key.id == "row.main" else key.label, screen.key_of(key.id), key.action, key.help)
        for key in KEYS
        if key.id not in ("app.palette", "app.back")
    ]
    choices.append(Choice(TITLE, "", "digest", "Vertretung abwesend zurück zurücknehmen"))
    choices.append(Choice(LIST, "", ("table", ""), "Datei Export Excel csv xlsx speichern"))
    choices.append(Choice(EVERYTHING, "", ("everything", ""), "Export Datei zip Plattform sichern"))
    choices += [Choice(f"Ansicht: {label}", "", ("view", code)) for code, label in screen.view.tab.views.items()]
    choices += [Choice(deed.title, "", deed) for deed in (screen.view.tab.more(row) if row else ())]

    def chosen(value: object) -> None:
        if isinstance(value, str):
            screen.call_later(screen.run_action, value)
        elif isinstance(value, tuple) and value[0] in SAVING:
            SAVING[value[0]](screen)
        elif isinstance(value, tuple):
            from dataclasses import replace

            screen.view.show_view(replace(screen.view.view, name=value[1]))
        elif value is not None:
            screen.do_chosen(value)

    screen.app.push_screen(Picker("Befehle", choices), chosen)
