"""Assigning a table that nothing fits: their columns on the left, ours on the right, saved as a profile (X-03)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen

from models.action.work import Session
from models.ground.errors import SchichtError
from models.importing.columns import TABLES
from models.importing.profiles.suggest.draft import Draft, label_of
from models.importing.profiles.terms import folded
from screens.importing.ask import AskScreen
from screens.importing.assign_rows import COLUMNS, Item, assign_rows, beside_lines
from screens.tab.listed import Listed
from screens.widgets.background import Latest
from screens.widgets.picker import Choice, Picker
from screens.widgets.text_screen import Body, TextScreen
from screens.widgets.window_list import WindowList

WIDE = 100
"""Cells from which on there is room beside the list."""

NONE = "–"
TOGETHER, CONSTANT, WITHOUT = object(), object(), object()
"""Choices that ask for more."""


class AssignScreen(ModalScreen[str]):
    """Enter changes a row, Strg+S saves. Dismissed with the name of the saved profile, or empty."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Speichern"),
        Binding("escape", "leave", "Zurück"),
        Binding("t", "table", "Als was"),
        Binding("n", "name", "Name"),
        Binding("v", "preview", "Vorschau"),
    ]

    DEFAULT_CSS = """
    AssignScreen {
        background: $background;
        & #assign-title { height: 1; padding: 0 1; }
        & Horizontal { height: 1fr; }
        & WindowList { width: 1fr; }
        & #assign-beside { width: 44; padding: 0 1; border-left: solid $foreground 20%; scrollbar-size-vertical: 1; }
        & #assign-keys { height: 1; padding: 0 1; }
        &.-narrow Horizontal { layout: vertical; }
        &.-narrow WindowList { height: 2fr; }
        &.-narrow #assign-beside { width: 1fr; height: 1fr; border-left: none; border-top: solid $foreground 20%; }
    }
    """

    def __init__(self, session: Session, path: Path, draft: Draft) -> None:
        super().__init__()
        self._session, self._path, self._draft = session, path, draft
        self._rows = Listed(assign_rows(draft))
        self.list = WindowList(COLUMNS, self._rows)
        self._saving: Latest[Any] = Latest(self, "assign")
        self.unsaved = False
        """Whether something was assigned that quitting would throw away."""

    def compose(self) -> ComposeResult:
        """What it is, the list, what stands beside it, the keys."""
        title = f"{self._path.name}: Welche Spalte ist welche?"
        head = Body(((title, "", "bold $text-primary"),), 0)
        head.id = "assign-title"
        yield head
        with Horizontal():
            yield self.list
            yield VerticalScroll(id="assign-beside", can_focus=False)
        keys = "Enter Ändern   t Als was   n Name   v Vorschau   Strg+S Speichern   Esc Zurück"
        foot = Body(((keys, "", "$text-muted"),), 0)
        foot.id = "assign-keys"
        yield foot

    def on_mount(self) -> None:
        """The first row is under the cursor."""
        self.list.focus()
        self._show()

    def on_resize(self) -> None:
        """Beside the list, or below it."""
        self.set_class(self.size.width < WIDE, "-narrow")

    def _show(self) -> None:
        """The draft as it is now."""
        self._rows.hold(assign_rows(self._draft))
        self.list.refresh_rows()
        beside = self.query_one("#assign-beside")
        beside.remove_children()
        beside.mount(Body(beside_lines(self._draft, self._draft.trial(), self.size.width >= WIDE), 0))

    def _changed(self, change: Callable[[], None]) -> None:
        change()
        self.unsaved = True
        self._show()

    # Changing a row

    def on_window_list_opened(self, message: WindowList.Opened) -> None:
        """Ask what this is."""
        message.stop()
        item = message.row.data if message.row is not None else None
        if isinstance(item, Item):
            {"column": self._ask_column, "open": self._ask_open, "word": self._ask_word, "dates": self._ask_dates}[
                item.kind
            ](item)

    def _pick(self, title: str, choices: list[Choice], chosen: Callable[[Any], None]) -> None:
        self.app.push_screen(Picker(title, choices), lambda value: None if value is None else chosen(value))

    def _ask_column(self, item: Item) -> None:
        draft = self._draft
        passed = folded(draft.without or "") == folded(item.name)
        choices = [
            Choice("nicht benutzen", NONE, NONE),
            Choice("Zeilen, in denen das leer ist, übergehen", "ist so" if passed else "", WITHOUT),
        ]
        choices += [Choice(label_of(one), _taken(draft, one.name), one.name) for one in draft.table.columns]

        def chosen(ours: Any) -> None:
            if ours is WITHOUT:
                self._changed(lambda: draft.pass_over(None if passed else item.name))
            else:
                self._changed(lambda: draft.assign(item.name, None if ours == NONE else ours))

        self._pick(f"„{' '.join(item.name.split())}“ ist", choices, chosen)

    def _ask_open(self, item: Item) -> None:
        draft, ours = self._draft, item.name
        fixed = [Choice(f"immer „{one}“", "fester Wert", f"={one}") for one in draft.choices(ours)]
        columns = [Choice(" ".join(one.header.split()), "Spalte", one.header) for one in draft.seen]
        more = [
            Choice("aus mehreren Spalten zusammensetzen …", "{…}", TOGETHER),
            *([] if fixed else [Choice("ein anderer fester Wert …", "fester Wert", CONSTANT)]),
        ]

        def chosen(value: Any) -> None:
            if value is TOGETHER:
                self._ask_text(
                    f"{ours}: {{Spalte}} in Klammern, etwa {{Vorname}} {{Nachname}}", lambda text: text, ours
                )
            elif value is CONSTANT:
                self._ask_text(f"{ours}: in jeder Zeile derselbe Wert", lambda text: f"={text}", ours)
            elif value.startswith("=") and value[1:] in draft.choices(ours):
                self._changed(lambda: draft.fix(ours, value))
            else:
                self._changed(lambda: draft.assign(value, ours))

        self._pick(f"Woher kommt {ours}?", [*fixed, *columns, *more], chosen)

    def _ask_text(self, title: str, written: Callable[[str], str], ours: str) -> None:
        def said(text: str | None) -> None:
            if text and text.strip():
                self._changed(lambda: self._draft.fix(ours, written(text.strip())))

        self.app.push_screen(AskScreen(title), said)

    def _ask_word(self, item: Item) -> None:
        choices = [Choice(one, "", one) for one in self._draft.choices(item.name)]
        self._pick(
            f"„{item.word}“ in {item.name} heißt",
            choices,
            lambda means: self._changed(lambda: self._draft.translate(item.name, item.word, means)),
        )

    def _ask_dates(self, item: Item) -> None:
        usual = Choice("üblich: JJJJ-MM-TT oder TT.MM.JJJJ", "", "")
        choices = [usual, *(Choice(tokens, "", tokens) for tokens in self._draft.fitting_formats(item.name))]
        self._pick(
            f"So sind die Daten in {item.name} geschrieben",
            choices,
            lambda tokens: self._changed(lambda: self._draft.read_dates(item.name, tokens)),
        )

    # The whole

    def action_table(self) -> None:
        """Which of our tables it is."""
        choices = [Choice(name, "", name) for name in TABLES]
        self._pick("Diese Tabelle enthält", choices, lambda name: self._changed(lambda: self._draft.become(name)))

    def action_name(self) -> None:
        """What the profile is called."""
        self.app.push_screen(
            AskScreen("Name des Profils", self._draft.name),
            lambda name: self._changed(lambda: self._draft.call(name)) if name else None,
        )

    def action_preview(self) -> None:
        """The first rows as they would come out, on a page of their own."""
        lines = beside_lines(self._draft, self._draft.trial(), True)
        self.app.push_screen(TextScreen("So kämen die ersten Zeilen heraus", lines))

    def action_save(self) -> None:
        """Keep it as the team's profile; not before nothing is missing."""
        missing = [*self._draft.open, *(word for _, word in self._draft.untranslated)]
        if missing or self._draft.faults():
            why = f"Es fehlt noch: {', '.join(missing)}." if missing else " ".join(self._draft.faults())
            self.notify(why, severity="warning", markup=False)
            return
        session, text, name = self._session, self._draft.toml(), self._draft.name

        def work() -> Any:
            from models.action.run import run
            from models.importing.profiles.actions import SetProfile

            with session.store.connected():
                return run(session, SetProfile(toml=text, source=name))

        self._saving.start(work, lambda _: self._saved(name), self._failed)

    def _saved(self, name: str) -> None:
        self.notify(f"Profil gespeichert: {name}", markup=False)
        self.dismiss(name)

    def _failed(self, error: Exception) -> None:
        from screens.main.failures import sentence_for

        told = error.message if isinstance(error, SchichtError) else sentence_for(self._session, error)
        self.notify(told, severity="error", markup=False)

    def action_leave(self) -> None:
        """Nothing is saved."""
        self.dismiss("")


def _taken(draft: Draft, ours: str) -> str:
    one = draft.columns.get(ours)
    return f"jetzt: {' '.join(one.written.split())}" if one is not None else ""
