"""Import from the screen: which export, a look at what it would do, then taking it; with progress."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from models.action.work import Session
from models.ground import clock
from models.ground.errors import BadDataError, SchichtError
from models.playbook.refusals import Obstacle, RefusedError
from screens.form.fields import Changed, FlagField
from screens.importing.words import erased_words, file_words, problem_words, raised_words, vanished_words
from screens.widgets.background import Latest
from screens.widgets.still_input import StillInput
from screens.widgets.text_screen import Body, Line
from screens.words import finding_words, short

if TYPE_CHECKING:
    from models.importing.profiles.suggest.draft import Draft

SHOWN = 200
"""Cases and problems that are listed."""

OTHERS = 17
"""Lines of the window beside the page: frame, path, ticks, reason, keys."""


class ImportScreen(ModalScreen[bool]):
    """Enter looks, Strg+S takes. Dismissed with whether something was taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", "Importieren"),
        Binding("escape", "leave", "Zurück"),
        Binding("ctrl+t", "assign", "Spalten zuordnen"),
        Binding("ctrl+r", "imports", "Importe"),
        Binding("pagedown", "scroll(10)", "Runter", show=False),
        Binding("pageup", "scroll(-10)", "Hoch", show=False),
    ]

    DEFAULT_CSS = """
    ImportScreen {
        align: center middle; background: $background 70%;
        & #import {
            width: 96; max-width: 100%; height: auto; max-height: 94%; padding: 0 1;
            border: round $primary; background: $surface; border-title-color: $foreground;
        }
        & Input { border: none; height: 1; background: $foreground 8%; margin: 0 1; }
        & Input:focus { background: $primary 15%; }
        & .label { color: $text-muted; margin: 1 1 0 1; height: 1; }
        & #import-page { height: auto; max-height: 24; margin: 1 1; scrollbar-size-vertical: 1; }
        & #import-keys { height: 1; margin: 0 1; color: $text-muted; }
        & #import-reason, & #import-reason-label { display: none; }
        &.-warned #import-reason, &.-warned #import-reason-label { display: block; }
        & FlagField { height: auto; margin: 0 1; }
    }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._work: Latest[dict[str, Any]] = Latest(self, "import")
        self._suggesting: Latest[Draft] = Latest(self, "suggest")
        self._progress: tuple[str, int, int] | None = None
        self._partial = FlagField(False, "nur ein Teil: was fehlt, bleibt, wie es ist")
        self._utc = FlagField(False, "Zeiten ohne Zone stehen in UTC")

    def compose(self) -> ComposeResult:
        """The path, a reason where one is needed, the page, the keys."""
        with Vertical(id="import") as box:
            box.border_title = Content("Importieren")
            yield Text(
                "Export der Plattform oder eine eigene Tabelle: Ordner, .zip, .xlsx, .ods, .xls, .csv …",
                classes="label",
            )
            yield StillInput(id="import-path", placeholder="Pfad")
            yield self._partial
            yield self._utc
            yield Text("Begründung, warum er trotzdem zählt", classes="label", id="import-reason-label")
            yield StillInput(id="import-reason")
            with VerticalScroll(id="import-page", can_focus=False):
                yield Body((("Enter sieht sich den Export an, ohne etwas zu ändern.", "", "$text-muted"),), 22)
            yield Text(
                "Enter Ansehen  Strg+S Importieren  Strg+T Spalten zuordnen  Strg+R Importe  Esc Zurück",
                id="import-keys",
            )

    def on_mount(self) -> None:
        """Ask for the path."""
        self.query_one("#import-path").focus()
        self.set_interval(0.2, self._show_progress)

    def on_resize(self, event: events.Resize) -> None:
        """The page gives way, so that the keys are always in sight."""
        self.query_one("#import-page").styles.max_height = max(3, min(24, event.size.height - OTHERS))

    @property
    def _path(self) -> str:
        return self.query_one("#import-path", Input).value.strip()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look at it."""
        event.stop()
        self._start(take=False)

    def on_changed(self, event: Changed) -> None:
        """Look again, in the other light."""
        event.stop()
        self._start(take=False)

    def action_take(self) -> None:
        """Take the export that the preview shows."""
        self._start(take=True)

    def _start(self, take: bool) -> None:
        if not self._path or self._work.busy:
            return
        path, session = Path(self._path).expanduser(), self._session
        how: dict[str, Any] = {
            "partial": self._partial.value,
            "timezone": "UTC" if self._utc.value else "",
            "despite": self.query_one("#import-reason", Input).value or None,
            "progress": self._told,
        }
        self._progress = ("Export", 0, 0)

        def work() -> dict[str, Any]:
            from models.importing.importer import preview
            from models.importing.importer import take as take_export

            return take_export(session, [path], **how) if take else preview(session, [path], **how)

        self._work.start(work, self._taken if take else self._looked, self._failed)

    def _told(self, what: str, done: int, whole: int) -> None:
        """Called in the thread; only remembers, the screen looks by itself."""
        self._progress = (what, done, whole)

    def _show_progress(self) -> None:
        if self._progress is not None and self._work.busy:
            what, done, whole = self._progress
            part = min(1.0, done / whole) if whole else 0.0
            bar = "█" * int(part * 30) + "░" * (30 - int(part * 30))
            self._page([(f"{what}  {bar}  {done:,}".replace(",", "."), "", "")])

    def _looked(self, answer: dict[str, Any]) -> None:
        warnings: list[Obstacle] = answer["warnings"]
        self.set_class(bool(warnings), "-warned")
        missing, *named = vanished_lines(answer)
        lines = [missing, *answer_lines(answer), *named]
        asked: list[Line] = [(f"! {one.message}", "", "bold $text-warning") for one in warnings]
        self._page([*asked, ("So würde es:", "", "bold"), *lines, *raised_lines(answer["raised"])])

    def _taken(self, answer: dict[str, Any]) -> None:
        told = [f"Importiert: {raised_words(answer)}", vanished_words(answer), *erased_words(answer)]
        self.notify(". ".join(told), markup=False)
        self.dismiss(True)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, BadDataError) and is_strange(error):
            self.action_assign()
        if isinstance(error, BadDataError):
            lines: list[Line] = [(error.message, "", "bold $text-error")]
            lines += [(where, message, "$text-error") for where, message in problem_words(error.problems)][:SHOWN]
            self._page(lines)
        elif isinstance(error, SchichtError):
            self.set_class(isinstance(error, RefusedError) and is_only_warned(error), "-warned")
            self._page([(error.message, "", "bold $text-error")])
        else:
            from screens.main.failures import sentence_for

            self._page([(sentence_for(self._session, error), "", "bold $text-error")])

    def _page(self, lines: list[Line]) -> None:
        page = self.query_one("#import-page")
        page.remove_children()
        page.mount(Body(lines, 22))

    # A table of the team's own

    def action_assign(self) -> None:
        """Say which of its columns is which; it is looked at beside the screen."""
        if not self._path:
            return
        session, path = self._session, Path(self._path).expanduser()

        def work() -> Draft:
            from models.importing.profiles.suggest.draft import Draft
            from models.importing.profiles.suggest.suggestion import suggest

            return Draft.of(suggest(session, path))

        self._suggesting.start(work, lambda draft: self._assign(path, draft), self._no_table)

    def _assign(self, path: Path, draft: Draft) -> None:
        from screens.importing.assign import AssignScreen

        self.app.push_screen(
            AssignScreen(self._session, path, draft), lambda name: self._start(take=False) if name else None
        )

    def _no_table(self, error: Exception) -> None:
        told = error.message if isinstance(error, SchichtError) else str(error)
        self.notify(told, severity="warning", markup=False)

    def action_imports(self) -> None:
        """What was imported before, and taking the newest back."""
        from screens.importing.imports import ImportsScreen

        self.app.push_screen(ImportsScreen(self._session))

    def action_scroll(self, lines: int) -> None:
        """Up or down the page."""
        self.query_one("#import-page").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Back; an import under way goes on to its end."""
        self.dismiss(False)


class Text(Body):
    """One line of our own."""

    def __init__(self, text: str, classes: str = "", id: str | None = None) -> None:  # noqa: A002  Textual's name
        super().__init__(((text, "", "$text-muted"),), 0)
        self.set_classes(classes)
        if id:
            self.id = id


def is_strange(error: BadDataError) -> bool:
    """Whether it is just a table that nobody knows."""
    return all(problem.code == "unknown_file" for problem in error.problems)


def is_only_warned(refusal: RefusedError) -> bool:
    """Whether a reason is all that it needs."""
    return all(obstacle.weight == "warn" for obstacle in refusal.obstacles)


def answer_lines(answer: dict[str, Any]) -> list[Line]:
    """What each file brings, and what is raised."""
    lines: list[Line] = [(file["file"], file_words(file), "") for file in answer["files"]]
    if answer["ignored"]:
        lines.append(("übergangen", ", ".join(map(str, answer["ignored"])), "$text-muted"))
    lines += [("gelöscht", told, "$text-warning") for told in erased_words(answer)]
    lines.append(("Cases", f"{answer['cases']:>7} neu", "bold"))
    lines.append(("Neu-Flags", f"{answer['flags']:>7} neu", "bold"))
    return lines


def vanished_lines(answer: dict[str, Any]) -> list[Line]:
    """Who would go because the export does not name them (X-05)."""
    style = "bold $text-warning" if answer["gone"] or answer["withdrawn"] else ""
    lines: list[Line] = [("Fehlt", vanished_words(answer, would=True), style)]
    lines += [("VPA weg", name, "") for name in answer["vpas"]]
    days = ((name, *(clock.german_date(clock.parse_date(day)) for day in span)) for name, *span in answer["absences"])
    lines += [("Abwesenheit", f"{name}, {first} bis {last}", "") for name, first, last in days]
    for kind, number in (("VPAs", answer["gone"] - len(answer["vpas"])),
                         ("Abwesenheiten", answer["withdrawn"] - len(answer["absences"]))):  # fmt: skip
        if number > 0:
            lines.append(("", f"… und {number} weitere {kind}", "$text-muted"))
    return lines


def raised_lines(raised: list[dict[str, Any]]) -> list[Line]:
    """The Cases that it would raise."""
    lines: list[Line] = [("", " ", ""), ("Diese Cases kämen dazu:", "", "bold")] if raised else []
    for case in raised[:SHOWN]:
        kind = str(case["kind"])
        finding = finding_words(kind, case["findings"], case["before"], case["after"])
        told = f"{short('case_kind', kind)}: {finding}" if finding else short("case_kind", kind)
        lines.append((str(case["vpa_name"]), told, ""))
    return lines
