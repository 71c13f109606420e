"""The Vorschau over everything: four weeks ahead as a list, and the workload as a picture."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from models.action.work import Session
from models.shift.preview.coming import Group
from models.shift.preview.preview import GROUPS
from models.shift.preview.workload import Workload, workload
from screens.keys.keymap import KEYS
from screens.main.bars import Bar, Footer
from screens.main.place import Memory, Place, bindings, connected, elsewhere
from screens.preview.load import LoadPicture
from screens.preview.preview import COLUMNS, Outlook, outlook_rows, read_group, read_outlook
from screens.preview.words import span_word, week_word
from screens.tab.listed import Listed
from screens.widgets.background import Latest
from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import wrapped
from screens.widgets.window_list import Row, WindowList
from screens.words import joined

HERE = {"list.view", "list.reload", "row.file", "app.back", "app.help", "app.search", "app.undo", "app.redo",
        "shift.escalate"}  # fmt: skip
"""Keys of the keymap that hold here."""


class WeekBar(Bar):
    """What is shown: all weeks or one, or the workload."""

    DEFAULT_CSS = "WeekBar { height: 2; border-bottom: solid $foreground 20%; }"

    def __init__(self) -> None:
        super().__init__()
        self._outlook: Outlook | None = None
        self._week: int | None = None
        self._load = False

    def show(self, outlook: Outlook | None, week: int | None, load: bool) -> None:
        """Draw the weeks of an outlook, or the workload."""
        self._outlook, self._week, self._load = outlook, week, load
        self.refresh()

    def line(self, width: int) -> Content:
        """The title, then the weeks with the chosen one marked; the days where there is room."""
        title = Content.styled(" Auslastung der nächsten Arbeitstage" if self._load else " Vorschau", "bold")
        if self._outlook is None or self._load:
            return title
        for spans in (True, False):
            names = ["vier Wochen", *(week_word(one) for one in self._outlook.weeks)]
            if spans:
                names[1:] = [f"{week_word(one)} {span_word(one)}" for one in self._outlook.weeks]
            chosen = 0 if self._week is None else self._week + 1
            line = title
            for place, name in enumerate(names):
                style = "bold underline $text-primary" if place == chosen else "$foreground 60%"
                line += Content("   ") + Content.styled(name, style)
            if line.cell_length < width:
                break
        return line


class Whole(Drawn):
    """The row under the cursor to its last word: the columns may have cut it."""

    DEFAULT_CSS = "Whole { height: 2; padding: 0 2; color: $text-muted; }"

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def show(self, row: Row | None) -> None:
        """Show this row; a heading stands there in full."""
        parts = row.cells if row is not None and row.data is not None else ()
        self._text = joined([cell if isinstance(cell, str) else cell[0] for cell in parts])
        self.refresh()

    def draw(self, width: int) -> list[Content]:
        """Two lines."""
        return [Content(line) for line in wrapped(self._text, width)[:2]]


class PreviewScreen(Place):
    """Esc goes back to where one came from."""

    PAUSE: ClassVar[float] = 0.03
    """Seconds for which the first group has the processor to itself until its rows are painted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings([key for key in KEYS if key.id in HERE]),
        *elsewhere(HERE),
        Binding("left", "week(-1)", "Woche davor", id="preview.earlier", show=False),
        Binding("right", "week(1)", "Woche danach", id="preview.later", show=False),
    ]

    DEFAULT_CSS = """
    PreviewScreen { layout: vertical; background: $background; }
    PreviewScreen > VerticalScroll { height: 1fr; display: none; padding: 1 2; scrollbar-size-vertical: 1; }
    PreviewScreen.-load > VerticalScroll { display: block; }
    PreviewScreen.-load > WindowList, PreviewScreen.-load > Whole { display: none; }
    """

    def __init__(self, session: Session, keymap: dict[str, str], memory: Memory) -> None:
        """Who opens it reads the first time too, and tells what was read by `show` or `broken`."""
        super().__init__(session, keymap, memory)
        self._outlook: Outlook | None = None
        self._awaited = True
        self._week: int | None = None
        self._rows = Listed(())
        self.list = WindowList(COLUMNS, self._rows)
        self.list.empty = "Einen Moment, die Vorschau kommt."
        self._reading: Latest[Outlook] = Latest(self, "outlook")
        self._others: dict[str, Latest[list[Group]]] = {group: Latest(self, group) for group in GROUPS}
        self._load: Latest[Workload] = Latest(self, "load")
        self._picture: LoadPicture | None = None

    @property
    def opening(self) -> bool:
        """Whether the next key is meant for what is still being read."""
        return super().opening or self._awaited

    def compose(self) -> ComposeResult:
        """The weeks, the list, the keys; the picture comes when it is asked for."""
        yield WeekBar()
        yield self.list
        yield Whole()
        yield Footer()

    def on_mount(self) -> None:
        """Show what was read meanwhile."""
        self.list.focus()
        if self._outlook is None:
            self._show_bars()
        else:
            self._show_week()

    def refresh_all(self, follow: bool = True) -> None:
        """Something changed, or is read for the first time: the first rows alone, then each group beside them."""
        self._reading.start(partial(connected, self.session, read_outlook), self.show, self.host.report)

    def show(self, outlook: Outlook) -> None:
        """The first rows are there; what was shown before stays until it is read anew."""
        again, self._awaited = self._outlook is not None, False
        known = self._outlook.groups if self._outlook is not None else {}
        self._outlook = outlook._replace(groups={**outlook.groups, **known})
        if again:
            self._renew_rows()
        elif self.is_mounted:
            self._show_week()
        self.set_timer(self.PAUSE, self._read_others)

    def broken(self, error: Exception) -> None:
        """It could not be read."""
        self._awaited = False
        self.host.report(error)

    def _read_others(self) -> None:
        """The groups, once the first rows are painted: nothing else may keep the processor from that."""
        for group, reading in self._others.items():
            read = partial(read_group, group=group)
            reading.start(partial(connected, self.session, read), partial(self._add, group), self.host.report)
        if self._picture is not None:
            self._read_load(self._picture)

    def _read_load(self, picture: LoadPicture) -> None:
        read = partial(connected, self.session, lambda session: workload(session.work()))
        self._load.start(read, picture.show, self.host.report)

    def _add(self, group: str, found: list[Group]) -> None:
        """Another group is there."""
        if self._outlook is not None:
            self._outlook = self._outlook.having(group, found)
            self._renew_rows()

    def _renew_rows(self) -> None:
        """Other rows: the cursor stays on its row."""
        assert self._outlook is not None
        self._rows.hold(outlook_rows(self._outlook, self._week))
        row = self.list.row
        wanted = next((one for one in self._rows.whole.rows if one.data is not None), None)
        if row is not None and row.data is None and wanted is not None:
            self.list.go_to(wanted.id)  # it stood on a heading because there was nothing yet
        else:
            self.list.refresh_rows()
        self._show_bars()

    def _show_week(self) -> None:
        """The rows of the chosen week, or of all, from the first on."""
        assert self._outlook is not None
        self._rows.hold(outlook_rows(self._outlook, self._week))
        self.list.set_source(self._rows, self._rows.whole)
        self._to_first_row()
        self._show_bars()

    def _to_first_row(self) -> None:
        """The cursor stands on the first row behind which there is something, below its heading."""
        if not self.list.size.height:  # without lines the list would put the row at its top, and the heading above it
            self.call_after_refresh(self._to_first_row)
            return
        rows = self._rows.whole.rows
        self.list.move(next((place for place, row in enumerate(rows) if row.data is not None), 0))

    def _show_bars(self) -> None:
        load = self.has_class("-load")
        self.query_one(WeekBar).show(self._outlook, self._week, load)
        other = "Vorschau" if load else "Auslastung"
        keys = [("Esc", "Zurück"), (self.key_of("list.view"), other)]
        if not load:
            keys[1:1] = [("Enter", "Akte"), ("← →", "Woche")]
        keys += [(self.key_of("list.reload"), "Neu laden"), (self.key_of("app.search"), "Suche")]
        self.query_one(Footer).show([*keys, (self.key_of("app.help"), "Hilfe")])

    def action_week(self, step: int) -> None:
        """The next week, or the one before; all of them stand before the first."""
        if self._outlook is None or self.has_class("-load"):
            return
        places = len(self._outlook.weeks) + 1
        place = ((0 if self._week is None else self._week + 1) + step) % places
        self._week = place - 1 if place else None
        self._show_week()

    def action_view(self) -> None:
        """The list or the workload."""
        if self._picture is None:
            self._picture = LoadPicture()
            self.mount(VerticalScroll(self._picture, can_focus=False), after=self.list)
            self._read_load(self._picture)
        self.toggle_class("-load")
        self._show_bars()
        if not self.has_class("-load"):
            self.list.focus()

    def action_reload(self) -> None:
        """Read everything again."""
        self.refresh_all()

    def action_escalate(self) -> None:
        """Report a Sonderfall at once (W-16)."""
        row = self.list.row
        self.escalate_about(row.data.subject if row is not None and row.data is not None else "")

    def action_verb(self, verb: str) -> None:
        """The file of the row; nothing else is done here."""
        self.list.action_open()

    def on_window_list_rested(self, message: WindowList.Rested) -> None:
        """Show its row in full."""
        message.stop()
        self.query_one(Whole).show(message.row)

    def on_window_list_opened(self, message: WindowList.Opened) -> None:
        """The file of the row."""
        message.stop()
        self._open(message.row)

    def on_window_list_failed(self, message: WindowList.Failed) -> None:
        """It could not be shown."""
        message.stop()
        self.host.report(message.error)

    def _open(self, row: Row | None) -> None:
        if row is None or row.data is None:
            self.host.tell("Hier steht nichts zu öffnen: ↑ ↓ geht zur nächsten Zeile.")
        else:
            self.host.show_subject(row.data.subject)

    def action_help(self) -> None:
        """The keys that hold here."""
        from screens.keys.help import PreviewHelp

        self.host.push_screen(PreviewHelp(self.keymap, HERE | {"preview.earlier", "preview.later"}))

    def action_back(self) -> None:
        """From one week to all, from the workload to the list, then off the screen."""
        if self.has_class("-load"):
            self.action_view()
        elif self._week is not None:
            self._week = None
            self._show_week()
        else:
            self.dismiss()
