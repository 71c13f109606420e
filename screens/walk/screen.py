"""The Schichtlauf: one stop a screen, with the keys that hold for its row on its tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll

from models.action.work import Session, Work
from models.shift.day.actions import look
from models.shift.walk.walk import Stop, Walk
from screens.detail.detail import DetailPanel
from screens.keys.keymap import KEYS
from screens.main.bars import Footer
from screens.main.place import Memory, Place, bindings, elsewhere
from screens.main.tabs import load_tab
from screens.tab.claimed import at_work
from screens.tab.view import WIDE
from screens.walk.view import Band, Closing
from screens.walk.walk import Look, Seen, look_at, shortened, split
from screens.widgets.attentive import Attentive
from screens.widgets.background import Latest

HERE = {
    "row.main", "row.log", "row.remind", "row.contact", "row.postpone", "row.take", "row.file", "row.copy", "row.more",
    "list.reload", "app.back", "app.undo", "app.redo", "app.help", "app.search", "shift.escalate", "shift.report",
    "shift.close",
}  # fmt: skip
VERBS = {key.action: key for key in KEYS}


class WalkScreen(Place, Attentive):
    """Enter does it, „weiter“ leaves it open, Esc leaves the walk where it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings([key for key in KEYS if key.id in HERE]),
        *elsewhere(HERE | {"row.new", "shift.preview"}),  # their keys go through the walk here
        Binding("enter", "verb('main')", "Erledigen", id="list.open", show=False),
        Binding("n,right", "onward", "Weiter", id="walk.next", show=False),
        Binding("p,left", "step_back_in_walk", "Zurück", id="walk.back", show=False),
    ]

    DEFAULT_CSS = """
    WalkScreen {
        layout: vertical; background: $background;
        & > Horizontal { height: 1fr; }
        & #facts { display: none; width: 46%; }
        & #todo { width: 1fr; }
        &.-wide #facts { display: block; border-right: solid $foreground 20%; }
        & #closing { display: none; height: 1fr; }
        &.-end > Horizontal { display: none; }
        &.-end #closing { display: block; }
    }
    """

    def __init__(self, session: Session, keymap: dict[str, str], memory: Memory) -> None:
        super().__init__(session, keymap, memory)
        self._look: Look | None = None
        self._steps: Latest[Look] = Latest(self, "step")
        self._stamps: Latest[object] = Latest(self, "stamp")
        self._stale = False
        """Whether something changed while a step was under way."""
        self._undone = False
        """Whether an undo was asked for: what is due again is shown again."""

    def compose(self) -> ComposeResult:
        """The band, two columns of detail or the closing page, the keys."""
        facts, todo = DetailPanel(), DetailPanel()
        facts.id, todo.id = "facts", "todo"
        yield Band()
        with Horizontal():
            yield facts
            yield todo
        with VerticalScroll(id="closing"):
            yield Closing()
        yield Footer()

    def on_mount(self) -> None:
        """The first stop at once; opening is the look of this shift, and it is stamped (D-03)."""
        self.query_one(Closing).key = self.key_of("shift.close")
        self.query_one("#todo").focus()
        self.set_class(self.app.size.width >= WIDE, "-wide")
        self._go((self.memory.walk or Walk()).resume)
        if self.session.kuerzel is not None:
            self._stamps.start(self._stamp, lambda _: self.refresh_all(), self.host.report)

    def _stamp(self) -> object:
        """Flags of today may come with it."""
        with self.session.store.connected():
            return look(self.session)

    @property
    def opening(self) -> bool:
        """Keys wait for the stop that is on its way."""
        return super().opening or self._steps.busy

    @property
    def seen(self) -> Seen | None:
        """The stop that is shown; None at the end."""
        return self._look.seen if self._look else None

    # Steps

    def _go(self, step: Callable[[Work], Walk]) -> None:
        session = self.session
        self._steps.start(lambda: look_at(session, step, load_tab), self._show, self.host.report)

    def _show(self, found: Look) -> None:
        before, self._look = self._look, found
        self.memory.walk = found.walk
        moved = before is None or before.walk.stop != found.walk.stop
        if moved and before and before.seen and before.walk.stop:
            self._tell_gone(before.walk.stop, before.seen)
        self.set_class(found.seen is None, "-end")
        self.query_one(Band).show(found)
        self.query_one(Closing).show(found)
        self._show_detail()
        if moved:
            self._from_the_top()
        self._show_keys()
        if self._stale:
            self._stale = False
            self.refresh_all()

    def _tell_gone(self, stop: Stop, seen: Seen) -> None:
        """A colleague was quicker."""
        fate = self._look.standing.fates.get(stop) if self._look else None
        if fate and fate.what == "done" and fate.by not in (None, self.session.kuerzel):
            self.host.tell(f"{fate.by} hat das gerade erledigt: {seen.detail.title}")

    def _show_detail(self) -> None:
        if self.seen is None:
            return
        worked_on = at_work(self.session, self.seen.tab.subjects(self.seen.row))
        seen = replace(self.seen, detail=replace(self.seen.detail, at_work=worked_on))
        left, right = split(seen.detail)
        wide = self.has_class("-wide")
        self.query_one("#facts", DetailPanel).show(left if wide else None)
        self.query_one("#todo", DetailPanel).show(right if wide else shortened(seen))

    def show_claims(self) -> None:
        """Somebody else has begun or ended to work on something, maybe on this stop."""
        self._show_detail()

    def _from_the_top(self) -> None:
        """Another stop is read from its beginning."""
        for panel in self.query(DetailPanel):
            panel.scroll_home(animate=False)
        self.query_one("#closing" if self.seen is None else "#todo").focus()

    def on_resize(self, event: events.Resize) -> None:
        """Two columns, or one."""
        if self.has_class("-wide") is not (event.size.width >= WIDE):
            self.toggle_class("-wide")
            self._show_detail()

    def refresh_all(self, follow: bool = True) -> None:
        """Something was done, here or by a colleague: stay, or go on where the stop is done."""
        if self._look is None or self._steps.busy:
            self._stale = True
        else:
            walk, undone, self._undone = self._look.walk, self._undone, False
            self._go(walk.retake if undone else walk.settle)

    def _show_keys(self) -> None:
        names = [("walk.back", "Zurück"), ("shift.report", "Bericht"), ("app.undo", "Rückgängig")]
        if self.seen is None:
            over = self._look is not None and self._look.ending is not None and bool(self._look.ending.sealed)
            seal = [] if over else [(self.key_of("shift.close"), "Tag abschließen")]
            shown = [*seal, *((self.key_of(n), label) for n, label in names)]
        else:
            tab, row = self.seen.tab, self.seen.row
            shown = [(self.key_of("row.main"), tab.main_at(row)), (self.key_of("walk.next"), "Weiter")]
            for verb in (verb for verb in tab.foot if verb not in ("main", "mark", "filter")):
                key = VERBS.get(f"verb('{verb}')") or VERBS[verb]
                shown.append((self.key_of(key.id), tab.verb_at(verb, row) or key.label))
            shown += [("Esc", "Verlassen"), *((self.key_of(name), label) for name, label in names[::2])]
        self.query_one(Footer).show([*dict((*shown, ("Esc", "Verlassen"))).items(), (self.key_of("app.help"), "Hilfe")])

    # Keys

    def action_onward(self) -> None:
        """Leave it open and go on."""
        if self._look is not None and self.seen is not None:
            self._go(self._look.walk.onward)

    def action_step_back_in_walk(self) -> None:
        """To the stop before this one that is still open."""
        if self._look is None:
            return
        walk, session = self._look.walk, self.session

        def back(found: Look) -> None:
            if found.walk.at == walk.at:
                self.host.tell("Davor ist nichts mehr offen.")
            self._show(found)

        self._steps.start(lambda: look_at(session, walk.back, load_tab), back, self.host.report)

    def action_verb(self, verb: str) -> None:
        """Do something to the row of the stop, as on its tab."""
        if self.seen is not None:
            self.do(self.seen.tab.deed_at(verb, self.seen.row))
        elif not self.opening:
            self.host.tell(f"Der Lauf ist am Ende. {self.key_of('shift.close')} schließt den Tag ab.")

    def action_step_back(self, route: Literal["undo", "redo"]) -> None:
        """Take back the last action and stand before it again, or bring it back and go on."""
        self._undone = route == "undo"
        super().action_step_back(route)

    def action_more(self) -> None:
        """Everything that can be done here."""
        if self.seen is not None:
            self.more_of(self.seen.tab, self.seen.row)

    def action_copy(self) -> None:
        """The fitting message, or the facts."""
        self.copy_of(self.seen.detail if self.seen else None)

    def action_escalate(self) -> None:
        """Report a Sonderfall at once (W-16)."""
        if self.seen is not None:
            self.escalate(self.seen.tab, self.seen.row)
        else:
            self.escalate(load_tab("cases"), None)

    def action_reload(self) -> None:
        """Read it again."""
        self.refresh_all()

    def action_help(self) -> None:
        """The keys that hold here."""
        from screens.keys.help import WalkHelp

        self.host.push_screen(WalkHelp(self.keymap, HERE | {"walk.next", "walk.back", "list.open"}))

    def action_back(self) -> None:
        """Leave; it goes on from here next time."""
        self.dismiss()
