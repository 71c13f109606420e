"""The very first start: says what will be made, asks for the first member, offers the demo instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.filter import LineFilter

from models.ground.errors import SchichtError
from screens.form.fields import ChoiceField
from screens.form.labels import Label
from screens.main.ordered import OrderedApp
from screens.widgets.background import Latest
from screens.widgets.still_input import StillInput
from screens.widgets.text_screen import Body, Line
from tui.app.clean import CLEAN
from tui.settings import UserSettings
from tui.theme import THEMES
from tui.welcome.welcome import Answer, FirstMember, make_database

ROLES = {"at": "Admin-Team", "vpa_manager": "VPA Manager", "customer_manager": "Kundenmanager"}
"""What the first member may be."""


class WelcomeApp(OrderedApp[Answer]):
    """Ends with what was chosen; None where somebody left."""

    TITLE = "Schicht"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "make('made')", "Anlegen"),
        Binding("ctrl+e", "make('import')", "Anlegen und importieren", priority=True),
        Binding("ctrl+o", "demo", "Demo ansehen"),
        Binding("escape,ctrl+q", "leave", "Beenden"),
    ]

    CSS = """
    Screen { align: center middle; }
    #welcome { width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 0 2; }
    Body { margin-bottom: 1; }
    .label { height: 1; color: $text-muted; }
    .field {
        width: 1fr; padding: 0 1; margin-bottom: 1; background: $foreground 7%;
        border: none; border-left: outer $foreground 25%;
    }
    .field:focus { background: $primary 15%; border-left: outer $primary; }
    """

    def __init__(self, url: str, kuerzel: str | None, exists: bool, settings: UserSettings) -> None:
        """`exists`: the database is there already and only lacks its first member."""
        super().__init__()
        self._url, self._kuerzel, self._exists = url, kuerzel or "", exists
        self._work: Latest[None] = Latest(self, "make")
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = settings.theme

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing typed acts on the terminal."""
        return (*super().get_line_filters(), CLEAN)

    def compose(self) -> ComposeResult:
        """What this is, three questions, the keys."""
        with VerticalScroll(id="welcome", can_focus=False), Vertical():
            yield Body(self._words(), 10)
            yield Label("Dein Kürzel, zum Beispiel ANN")
            yield StillInput(self._kuerzel, id="kuerzel", classes="field")
            yield Label("Dein Name")
            yield StillInput(id="name", classes="field")
            yield Label("Deine Rolle")
            yield ChoiceField(ROLES, "at")
            yield Body((("", " ", ""),), 10)

    def _words(self) -> tuple[Line, ...]:
        made = (
            "Die Datenbank ist schon da, nur noch niemand darin:"
            if self._exists
            else "Schicht legt jetzt eine Datenbank an:"
        )
        return (
            ("Willkommen bei Schicht", "", "bold $text-primary"),
            ("", " ", ""),
            (f"{made} {self._url}", "", "$foreground"),
            (
                (
                    "Sag noch, wer du bist. Danach geht es von Hand, mit einer Tabelle oder erst mit der Demo weiter. "
                    "Wechseln kannst du jederzeit: i importiert, n trägt ein, `schicht demo` zeigt die Demo."
                ),
                "",
                "$foreground",
            ),
            ("", " ", ""),
            ("Strg+S", "Anlegen und von Hand anfangen: n trägt VPAs, Kunden, Aufgaben ein", "bold $text-primary"),
            ("Strg+E", "Anlegen und gleich importieren, einen Export oder eine eigene Tabelle", "bold $text-primary"),
            ("Strg+O", "erst die Demo ansehen, sie hinterlässt nichts", "bold $text-primary"),
            ("Esc", "Beenden, ohne etwas anzulegen", "bold $text-primary"),
        )

    def on_mount(self) -> None:
        """Begin with the first question that is open."""
        self.query_one("#name" if self._kuerzel else "#kuerzel").focus()

    def on_input_submitted(self) -> None:
        """Enter goes on."""
        self.screen.focus_next()

    def action_make(self, then: Answer) -> None:
        """Make the database with its first member, then go on to the screen or to the import."""
        kuerzel, name = self.query_one("#kuerzel", StillInput).value, self.query_one("#name", StillInput).value
        missing = [label for label, text in (("dein Kürzel", kuerzel), ("dein Name", name)) if not text.strip()]
        if missing:
            self._say(f"Es fehlt noch: {' und '.join(missing)}.")
            return
        first = FirstMember(kuerzel.strip(), name.strip(), self.query_one(ChoiceField).value or "at")
        self._work.start(lambda: make_database(self._url, first), lambda _: self.exit(then), self._failed)

    def _failed(self, error: Exception) -> None:
        known = isinstance(error, SchichtError)
        self._say(str(error) if known else "Das Anlegen ist nicht gelungen. Prüfe Pfad und Rechte.")

    def _say(self, text: str) -> None:
        self.notify(text, severity="warning", markup=False)

    def action_demo(self) -> None:
        """The demo instead."""
        self.exit("demo")

    def action_leave(self) -> None:
        """Nothing is made."""
        self.exit(None)
