"""A screen with a list and its detail: the keys of a row, of marked rows and of the list."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from screens.keys.keymap import KEYS, Key
from screens.main.place import Place
from screens.tab.tab import Deed, Tab
from screens.tab.view import TabView
from screens.widgets.background import Latest
from screens.widgets.window_list import Row

BULK = ("main", "postpone", "take")
"""Verbs that marked rows take together."""
MOST_AT_ONCE = 500
"""Rows that one bulk may hold."""


class Workplace(Place):
    """What main screen and file screen have in common."""

    VERBS: ClassVar[dict[str, Key]] = {key.action: key for key in KEYS}
    """Keys by what they do."""

    @property
    @abstractmethod
    def view(self) -> TabView:
        """The list and detail that keys go to."""

    def on_tab_view_broken(self, message: TabView.Broken) -> None:
        """Reading failed: say so."""
        message.stop()
        self.host.unread(message.error)

    def foot_keys(self, tab: Tab, tail: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The keys of the footer: what the row is there for, then `tail`, help at the end."""
        marks = self.view.list.marks
        shown = [("Esc", "Liste")] if self.view.over else []
        for verb in tab.foot:
            if verb == "mark":
                shown.append((self.key_of("list.mark"), "Markieren"))
                continue
            key = self.VERBS.get(f"verb('{verb}')") or self.VERBS[verb]
            row = self.view.list.row
            label = tab.main_at(row) if verb == "main" else tab.verb_at(verb, row) or key.label
            if not label:
                continue  # this row has no such key
            shown.append((self.key_of(key.id), f"{label} (markierte)" if marks and verb in BULK else label))
        named = dict(shown)
        for name, label in tail:
            named.setdefault(self.key_of(name), label)
        return [*named.items(), (self.key_of("app.help"), "Hilfe")]

    # Keys of a row

    def action_verb(self, verb: str) -> None:
        """Do something to the row, or to the marked ones."""
        if verb in BULK and self.view.list.marks:
            self._bulk(verb)
            return
        self.view.with_row(lambda row: self.do(self.view.tab.deed_at(verb, row)))
        if self.view.list.row is None and self.view.list.total == 0:
            self.host.tell("Hier steht keine Zeile, für die diese Taste etwas tun könnte.")

    def action_new(self) -> None:
        """Something new of the tab's kind."""
        made = self.view.tab.new_at(self.view.list.row)
        if isinstance(made, list):
            self.choose("Was kommt dazu?", made)
        else:
            self.do(made)

    def action_more(self) -> None:
        """Everything that can be done with the row."""
        self.view.with_row(self._more)

    def _more(self, row: Row) -> None:
        tab = self.view.tab
        if (deed := tab.aside(row)) is None:
            self.more_of(tab, row)
        elif self.view.list.marks:
            self._bulk("more")
        else:
            self.do(replace(deed, subjects=tab.subjects(row)))

    def action_link(self) -> None:
        """Show the row's place on the platform in the browser."""
        detail = self.view.detail
        self.open_link((detail.extra.get("link") if detail else None) or "")

    def action_read(self) -> None:
        """What stands behind the row, at length."""
        self.view.with_row(lambda row: self.do(self.view.tab.reading(row)))

    def action_escalate(self) -> None:
        """Report a Sonderfall at once (W-16)."""
        self.escalate(self.view.tab, self.view.list.row)

    def action_vpa_view(self) -> None:
        """What a VPA may see of the row's customer."""
        row = self.view.list.row
        log = self.view.tab.deed("log", row) if row else ""
        self.show_vpa_view(log.about if isinstance(log, Deed) else "")

    def show_vpa_view(self, subject: str) -> None:
        """The „Ansicht als VPA“ of a customer, or why there is none."""
        kind, _, key = subject.partition(":")
        if kind != "customer":
            self.host.tell("Die VPA-Ansicht gibt es zu Kunden: Hier steht keiner.")
            return
        from screens.as_vpa.screen import VpaSightScreen

        self.host.push_screen(VpaSightScreen(self.session, key))

    def _bulk(self, verb: str) -> None:
        marks, tab, source = self.view.list.marks, self.view.tab, self.view.tab.source(self.session, self.view.view)
        Latest[list[Row]](self, "bulk").start(
            lambda: [row for row in source.every(MOST_AT_ONCE) if row.id in marks],
            lambda rows: self._bulk_of(tab, verb, rows),
            self.host.report,
        )

    def _bulk_of(self, tab: Tab, verb: str, rows: list[Row]) -> None:
        deeds = [tab.aside(row) or "" if verb == "more" else tab.deed_at(verb, row) for row in rows]
        wanted = [deed for deed in deeds if isinstance(deed, Deed) and deed.key in deed.values]
        if not wanted or len({deed.code for deed in wanted}) > 1:
            why = next((deed for deed in deeds if isinstance(deed, str)), "Das geht für diese Zeilen nicht zusammen.")
            self.host.tell(why)
            return
        first = wanted[0]
        names = {deed.values[deed.key]: deed.title.partition(": ")[2] for deed in wanted}
        kinds = {deed.kind for deed in wanted}
        together = Deed(
            first.code,
            f"{first.title.partition(':')[0]}: {len(wanted)} markierte",
            {name: value for name, value in first.values.items() if name != first.key},
            first.preset,
            tuple(names),
            key=first.key,
            at_once=first.at_once,
            about=first.about,
            kind=kinds.pop() if len(kinds) == 1 else "",
            subjects=tuple(subject for deed in wanted for subject in deed.subjects),
        )
        self.host.perform(together, self.memory.drafts, names)

    # Keys of the list

    def action_filter(self) -> None:
        """Filter while typing."""
        self.view.ask_filter()

    def action_view(self) -> None:
        """The next view of the tab."""
        self.view.next_view()

    def action_reload(self) -> None:
        """Read everything again."""
        self.refresh_all()

    def action_copy(self) -> None:
        """The fitting message, or the facts; right behind a deed what it has put on the Ausgang."""
        if self.copy_told():
            return
        self.copy_of(self.view.detail)

    def action_help(self) -> None:
        """The keys that hold here."""
        from screens.keys.help import HelpScreen

        self.host.push_screen(HelpScreen(self.keymap, self.view.tab))
