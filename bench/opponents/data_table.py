"""A stock DataTable with the rows of a CSV file and nothing else: what most programs would use as a list."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class TableApp(App[None]):
    """One table over the whole screen."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable[str]()

    def on_mount(self) -> None:
        """Fill it."""
        with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        table = self.query_one(DataTable)
        table.add_columns(*header)
        table.add_rows(rows)


if __name__ == "__main__":
    TableApp().run()
