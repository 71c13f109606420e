"""The Vorschau over everything: four weeks ahead as a list, and the workload as a picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from models.action.work import Session
from models.shift.coming import Group
from models.shift.workload import Workload, workload
from screens.listed import Listed
from screens.preview import COLUMNS, OTHERS, Outlook, outlook_rows, read_group, read_outlook
from screens.preview_load import LoadPicture
from screens.preview_words import span_word, week_word
from screens.widgets.background import Latest
from screens.widgets.window_list import Row, WindowList
from tui.keymap import KEYS
from tui.shell.bars import Bar, Footer
from tui.shell.place import Memory, Place, bindings

Result = TypeVar("Result")

HERE = {"list.view", "list.reload", "row.file", "app.back", "app.help", "app.search", "app.undo", "app.redo"}
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
        """Say this."""
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


class PreviewScreen(Place):
    """Esc goes back to where one came from."""

    PAUSE: ClassVar[float] = 0.03
    """Seconds for which the first group has the processor to itself until its rows are painted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings([key for key in KEYS if key.id in HERE]),
        Binding("left", "week(-1)", "Woche davor", id="preview.earlier", show=False),
        Binding("right", "week(1)", "Woche danach", id="preview.later", show=False),
    ]

    DEFAULT_CSS = """
    PreviewScreen { layout: vertical; background: $background; }
    PreviewScreen > VerticalScroll { height: 1fr; display: none; padding: 1 2; scrollbar-size-vertical: 1; }
    PreviewScreen.-load > VerticalScroll { display: block; }
    PreviewScreen.-load > WindowList { display: none; }
    """

    def __init__(self, session: Session, keymap: dict[str, str], memory: Memory) -> None:
        super().__init__(session, keymap, memory)
        self.list = WindowList(COLUMNS, Listed(()))
        self.list.empty = "Einen Moment, die Vorschau kommt."
        self._outlook: Outlook | None = None
        self._week: int | None = None
        self._reading: Latest[Outlook] = Latest(self, "outlook")
        self._others: dict[str, Latest[list[Group]]] = {group: Latest(self, group) for group in OTHERS}
        self._load: Latest[Workload] = Latest(self, "load")

    @property
    def opening(self) -> bool:
        """Whether the next key is meant for what is still being read."""
        return super().opening or (self._outlook is None and self._reading.busy)

    def compose(self) -> ComposeResult:
        """The weeks, the list or the picture, the keys."""
        yield WeekBar()
        yield self.list
        with VerticalScroll(can_focus=False):
            yield LoadPicture()
        yield Footer()

    def on_mount(self) -> None:
        """Read."""
        self.list.focus()
        self._show_bars()
        self.refresh_all()

    def refresh_all(self, follow: bool = True) -> None:
        """Something changed, or is read for the first time: the first group alone, then each other one beside it."""
        self._reading.start(partial(self._connected, read_outlook), self._show, self.host.report)

    def _connected(self, read: Callable[[Session], Result]) -> Result:
        """What it reads; in a thread."""
        with self.session.store.connected():
            return read(self.session)

    def _show(self, outlook: Outlook) -> None:
        """The first group is there; what is shown of the others stays until they are read too."""
        known = self._outlook.groups if self._outlook is not None else {}
        self._outlook = outlook._replace(groups={**known, **outlook.groups})
        self._show_rows()
        self.set_timer(self.PAUSE, self._read_others)

    def _read_others(self) -> None:
        """The rest, once the first group is painted: nothing else may keep the processor from that."""
        for group, reading in self._others.items():
            read = partial(read_group, group=group)
            reading.start(partial(self._connected, read), partial(self._add, group), self.host.report)
        self._load.start(
            partial(self._connected, lambda session: workload(session.work())),
            self.query_one(LoadPicture).show,
            self.host.report,
        )

    def _add(self, group: str, found: list[Group]) -> None:
        """Another group is there."""
        if self._outlook is not None:
            self._outlook = self._outlook.having(group, found)
            self._show_rows()

    def _show_rows(self) -> None:
        if self._outlook is None:
            return
        kept = self.list.row
        rows = outlook_rows(self._outlook, self._week)
        self.list.set_source(Listed(rows))
        wanted = [row.id for row in rows if row.data is not None]
        if wanted:
            self.list.go_to(kept.id if kept is not None and kept.id in wanted else wanted[0])
        self._show_bars()

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
        self._show_rows()

    def action_view(self) -> None:
        """The list or the workload."""
        self.toggle_class("-load")
        self._show_bars()
        if not self.has_class("-load"):
            self.list.focus()

    def action_reload(self) -> None:
        """Read everything again."""
        self.refresh_all()

    def action_verb(self, verb: str) -> None:
        """The file of the row; nothing else is done here."""
        self.list.action_open()

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
        from tui.shell.help import PreviewHelp

        self.host.push_screen(PreviewHelp(self.keymap, HERE | {"preview.earlier", "preview.later"}))

    def action_back(self) -> None:
        """From one week to all, from the workload to the list, then off the screen."""
        if self.has_class("-load"):
            self.action_view()
        elif self._week is not None:
            self._week = None
            self._show_rows()
        else:
            self.dismiss()
