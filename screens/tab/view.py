"""A tab on the screen: list left, detail right; below 100 columns the detail lies over the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.message import Message

from models.action.work import Session
from screens.tab.claimed import at_work, worker
from screens.tab.tab import FIRST_ROWS, Question, Tab, View
from screens.widgets.attentive import Attentive
from screens.widgets.background import Latest
from screens.widgets.drawn import Drawn
from screens.widgets.unpainted import Pane, Unpainted
from screens.widgets.window_list import Marks, Page, Row, WindowList

if TYPE_CHECKING:
    from screens.detail.detail import Detail, DetailPanel

WIDE = 100
"""Columns from which on list and detail stand side by side."""


class Changed(Message, namespace="tab_view"):
    """The row under the cursor, the view or the count is another one now."""


class Broken(Message, namespace="tab_view"):
    """Reading failed."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class RightSide(Vertical, Attentive):
    """Where the detail is; it is made when the first row is there."""

    def __init__(self, tab: Tab, session: Session) -> None:
        super().__init__(classes="tab--right")
        self._tab, self._session = tab, session
        self._latest: Latest[Detail | None] = Latest(self, "detail")
        self._panel: DetailPanel | None = None
        self._row: Row | None = None
        self._read: Detail | None = None
        self._wanted = False

    @property
    def detail(self) -> Detail | None:
        """What is shown."""
        return self._panel.detail if self._panel else None

    @property
    def in_use(self) -> bool:
        """Whether it has the focus."""
        return self._panel is not None and self._panel.has_focus

    def enter(self) -> None:
        """Give it the focus; as soon as it has been read."""
        self._wanted = self._panel is None
        if self._panel is not None:
            self._panel.focus()

    def read(self, row: Row | None) -> None:
        """Read what stands behind a row; a later row wins."""
        self._row = row
        if row is None:
            self._latest.drop()
            self._show(None)
            return
        session, tab, key = self._session, self._tab, row.id

        def work() -> Detail | None:
            with session.store.connected():
                return tab.detail(session, key)

        self._latest.start(work, self._show, self._broken)

    def show_claims(self) -> None:
        """Say who works on the row."""
        if self._read is not None:
            self._show(self._read)

    def _show(self, detail: Detail | None) -> None:
        self._read = detail
        if detail is not None and self._row is not None and self._session.presence.others:
            detail = replace(detail, at_work=at_work(self._session, self._tab.subjects(self._row)))
        if self._panel is None:
            from screens.detail.detail import DetailPanel

            self._panel = DetailPanel()
            self._panel.show(detail)
            self.mount(self._panel)
            if self._wanted:  # Enter came first
                self._panel.focus()
        else:
            self._panel.show(detail)
        self.post_message(Changed())

    def _broken(self, error: Exception) -> None:
        self.post_message(Broken(error))


class Caption(Drawn):
    """The line above the list: which view, how many rows, what is filtered and marked."""

    def __init__(self) -> None:
        super().__init__()
        self._text = Content("")

    def show(self, text: Content) -> None:
        """Show this line."""
        self._text = text
        self.refresh()

    def draw(self, width: int) -> list[Content]:
        """One line, whatever its length."""
        return [self._text.truncate(width, ellipsis=True)]


class TabView(Unpainted, Horizontal):
    """The widgets of one tab."""

    WIDE_CLASS: ClassVar[str] = "-wide"
    OVER_CLASS: ClassVar[str] = "-over"

    DEFAULT_CSS = """
    TabView {
        height: 1fr;
        & > .tab--left { width: 1fr; height: 1fr; }
        & > .tab--right { display: none; width: 1fr; height: 1fr; }
        &.-wide > .tab--left { width: 56%; }
        &.-wide > .tab--right { display: block; width: 44%; border-left: solid $foreground 20%; }
        &.-over > .tab--left { display: none; }
        &.-over > .tab--right { display: block; }
        Caption { height: 1; padding: 0 2; color: $text-muted; }
        FilterLine { height: 1; }
    }
    """

    Changed: TypeAlias = Changed
    Broken: TypeAlias = Broken

    def __init__(self, tab: Tab, session: Session, first: Page | None = None, imported: str = "") -> None:
        super().__init__(id=f"tab-{tab.code}")
        self.tab = tab
        self.view: View = tab.start()
        self.imported = imported
        self._session = session
        self._right = RightSide(tab, session)
        self.list = WindowList(
            tab.columns,
            tab.source(session, self.view),
            first=first,
            sort=self.view.order,
            empty=tab.empty(self.view, imported),
            claimed=(lambda row: worker(session, tab.subjects(row)), tab.claimed),
            id=f"list-{tab.code}",
        )

    def compose(self) -> ComposeResult:
        """The list; the detail comes with its first row."""
        self.set_class(self.app.size.width >= WIDE, self.WIDE_CLASS)  # else the first frame would be laid out twice
        with Pane(classes="tab--left"):
            yield Caption()
            yield self.list
        yield self._right

    # What is looked at

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.list.row

    @property
    def detail(self) -> Detail | None:
        """What the detail shows."""
        return self._right.detail

    @property
    def over(self) -> bool:
        """Whether the detail lies over the list, or has the focus beside it."""
        return self.has_class(self.OVER_CLASS) or self._right.in_use

    def with_row(self, step: Callable[[Row], None]) -> None:
        """Do it with the row under the cursor, as soon as it is certain which one that is."""

        def settled() -> None:
            if self.list.row is not None:
                step(self.list.row)

        self.list.when_settled(settled)

    # Changing what is shown

    def show_view(self, view: View) -> None:
        """Show another view, from its first row."""
        self.view = view
        self.list.empty = self.tab.empty(view, self.imported)
        self.list.show_columns(self.tab.columns_of(view))
        self.list.set_source(self.tab.source(self._session, view), sort=view.order)
        self.caption()

    def next_view(self) -> None:
        """The view after this one, round and round."""
        names = list(self.tab.views)
        self.show_view(replace(self.view, name=names[(names.index(self.view.name) + 1) % len(names)]))

    def refresh_rows(self, follow: bool = True) -> None:
        """Something changed: read the rows and the detail again."""
        self.list.refresh_rows(follow=follow)
        self.list.when_settled(lambda: self.read_detail(self.list.row))

    def tell_import(self, imported: str) -> None:
        """When the last import was: an empty list says so."""
        if imported != self.imported:
            self.imported = imported
            self.list.empty = self.tab.empty(self.view, imported)
            if self.list.row is None:
                self.list.refresh()

    def read_detail(self, row: Row | None) -> None:
        """Show what stands behind a row."""
        self._right.read(row)

    def open_detail(self) -> None:
        """Into the detail: over the list, or beside it; as soon as it has been read."""
        self.set_class(not self.has_class(self.WIDE_CLASS), self.OVER_CLASS)
        self._right.enter()
        self.call_after_refresh(self.post_message, self.Changed())  # the footer: how to get back

    def back(self) -> bool:
        """One step back: detail, marks, filter, view; whether there was one."""
        if self.over:
            self.remove_class(self.OVER_CLASS)
            self.list.focus()
            self.call_after_refresh(self.post_message, self.Changed())
        elif self.list.marks:
            self.list.set_marks(Marks())
        elif self.view != self.tab.start():
            row = self.list.row if self.view.text else None
            self.show_view(self.tab.start())
            if row is not None:
                self.list.go_to(row.id)
        else:
            return False
        return True

    def ask_filter(self) -> None:
        """Open the filter line."""
        from screens.tab.filter_line import FilterLine

        self.remove_class(self.OVER_CLASS)
        if question := self.tab.question(self.view, self._session.clock.today()):
            self._ask(question)
            return
        existing = self.query(FilterLine)
        if existing:
            existing.first().focus()
            return
        line = FilterLine(self.view.text, self.tab.filter_hint(self.view), self.list.row)
        self.query_one(Caption).display = False
        self.query_one(".tab--left").mount(line, before=0)
        line.focus()

    def _ask(self, question: Question) -> None:
        from screens.tab.question import QuestionScreen

        def answered(text: str | None) -> None:
            if text is not None:
                self.show_view(replace(self.view, name=self.tab.view_in(self.view)[0], text=text))

        self.app.push_screen(QuestionScreen(question), answered)

    def filter_with(self, text: str) -> None:
        """Show only what matches."""
        if text != self.view.text:
            self.show_view(replace(self.view, text=text))

    # What the list tells

    def on_mount(self) -> None:
        """The first caption; the focus, unless another tab was chosen meanwhile."""
        self.caption()
        if self.display:
            self.list.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Side by side, or one over the other."""
        wide = event.size.width >= WIDE
        if wide and self.has_class(self.OVER_CLASS):
            self.remove_class(self.OVER_CLASS)
        self.set_class(wide, self.WIDE_CLASS)

    def on_window_list_rested(self, message: WindowList.Rested) -> None:
        """The cursor stands still: show the detail."""
        message.stop()
        self.read_detail(message.row)

    def on_window_list_opened(self, message: WindowList.Opened) -> None:
        """Enter."""
        message.stop()
        self.open_detail()

    def on_window_list_counted(self, message: WindowList.Counted) -> None:
        """The number of rows."""
        message.stop()
        self.caption()

    def on_window_list_marks_changed(self, message: WindowList.MarksChanged) -> None:
        """Marks count in the caption."""
        message.stop()
        self.caption()
        self.post_message(self.Changed())

    def on_window_list_sort_requested(self, message: WindowList.SortRequested) -> None:
        """A heading was clicked, or S pressed."""
        message.stop()
        self.show_view(replace(self.view, sort=message.column, descending=message.descending))

    def on_window_list_failed(self, message: WindowList.Failed) -> None:
        """The list could not be read."""
        message.stop()
        self.post_message(self.Broken(message.error))

    def caption(self) -> None:
        """Draw the line above the list anew."""
        name, text = self.tab.view_in(self.view)
        total = self.list.total
        parts = [self.tab.views[name], "" if total is None else f"{total:,}".replace(",", ".")]
        if text and self.tab.question(self.view, self._session.clock.today()) is None:
            parts.append(f"„{text}“ (Esc zeigt alles)")
        parts.append(self.tab.remark(replace(self.view, name=name, text=text), self._session.clock.today()))
        content = Content(" · ".join(part for part in parts if part))
        marks = self.list.marks
        if marks:
            number = (total or 0) - len(marks.ids) if marks.everything else len(marks.ids)
            content += Content.styled(f" · ✓ {number} markiert", "bold $text-primary")
        try:
            self.query_one(Caption).show(content)
        except NoMatches:
            return


def first_page(tab: Tab, session: Session, rows: int = FIRST_ROWS) -> Page:
    """The rows of the first frame, of a screen with so many lines."""
    return tab.source(session, tab.start()).page(None, "from", max(1, rows))
