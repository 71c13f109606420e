"""„Liste als Tabelle“: what a tab shows just now as a file, with its filter and in its order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.exporting.lists import write_table
from screens.main.workplace import Workplace
from screens.tab.tab import TabSource
from screens.widgets.background import Latest
from screens.widgets.window_source import Cell

TITLE = "Liste als Tabelle"
EVERYTHING = "Alles exportieren"
PAGE = 500


def save_list(screen: Workplace, path: str = "") -> None:
    """Ask where to, then write; a path that does not do stays in the field, to be mended."""
    from screens.as_vpa.screen import AskPath

    tab, view, session = screen.view.tab, screen.view.view, screen.session
    day = session.clock.today()
    header = [column.title for column in tab.columns_of(view)]

    def chosen(given: str | None) -> None:
        if not given:
            return
        target = Path(given.strip()).expanduser()

        def refused(error: Exception) -> None:
            screen.host.report(error)
            save_list(screen, given)

        Latest[None](screen, "table").start(
            lambda: write_table(target, tab.title, header, _pages(tab.source(session, view))),
            lambda _: screen.host.tell(f"Geschrieben: {target}"),
            refused,
        )

    meaning = "Die Endung .xlsx schreibt eine Arbeitsmappe, .csv eine einfache Tabelle."
    screen.host.push_screen(AskPath(path or f"~/schicht-{tab.code}-{day}.xlsx", meaning), chosen)


def save_everything(screen: Workplace, path: str = "") -> None:
    """Ask where to, then write all of it; meanwhile one goes on working, and the end is told."""
    from models.exporting.export import export
    from screens.as_vpa.screen import AskPath

    session = screen.session

    def write(target: Path) -> dict[str, Any]:
        with session.store.connected():
            return export(session, target)

    def chosen(given: str | None) -> None:
        if not given:
            return
        target = Path(given.strip()).expanduser()

        def refused(error: Exception) -> None:
            screen.host.report(error)
            save_everything(screen, given)

        screen.host.tell("Exportiere … du kannst weiterarbeiten, das Ende wird gemeldet.")
        Latest[dict[str, Any]](screen, "export").start(
            lambda: write(target),
            lambda answer: screen.host.tell(f"Geschrieben: {target}, {answer['rows']} Zeilen"),
            refused,
        )

    meaning = "Die Endung .zip oder .xlsx schreibt eine Datei, alles andere einen neuen Ordner."
    screen.host.push_screen(AskPath(path or f"~/schicht-export-{session.clock.today()}.zip", meaning), chosen)


def _pages(source: TabSource) -> Iterator[list[list[str]]]:
    page = source.page(None, "from", PAGE)
    while page.rows:
        yield [[_text(cell) for cell in row.cells] for row in page.rows]
        if not page.has_more:
            return
        page = source.page(page.rows[-1].place, "after", PAGE)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else str(cell[0])
