"""What a window list tells the screen around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from screens.widgets.window_source import Marks, Row, RowId

if TYPE_CHECKING:
    from screens.widgets.window_list import WindowList


class WindowMessage(Message, namespace="window_list"):
    """A message of one list."""

    def __init__(self, window: WindowList) -> None:
        super().__init__()
        self.window = window
        """The list it comes from."""

    @property
    def control(self) -> WindowList:
        """The list, for `@on(…, "#id")`."""
        return self.window


class RowMessage(WindowMessage, namespace="window_list"):
    """A message about the row under the cursor."""

    def __init__(self, window: WindowList, row: Row | None) -> None:
        super().__init__(window)
        self.row = row
        """The row, or `None` in an empty list."""


class Highlighted(RowMessage, namespace="window_list"):
    """The cursor stands on another row, or its row has changed."""


class Rested(RowMessage, namespace="window_list"):
    """The cursor has stood still for a moment: now what costs time may be shown for the row."""


class Opened(RowMessage, namespace="window_list"):
    """Enter, or a click on the row under the cursor."""


class MarksChanged(WindowMessage, namespace="window_list"):
    """Rows were marked or unmarked."""

    def __init__(self, window: WindowList, marks: Marks) -> None:
        super().__init__(window)
        self.marks = marks


class SortRequested(WindowMessage, namespace="window_list"):
    """A member wants another order; the screen answers with a new source and `show_sort`."""

    def __init__(self, window: WindowList, column: str, descending: bool) -> None:
        super().__init__(window)
        self.column = column
        """Key of the column."""
        self.descending = descending


class Counted(WindowMessage, namespace="window_list"):
    """The number of all rows became known, or another one."""

    def __init__(self, window: WindowList, total: int | None) -> None:
        super().__init__(window)
        self.total = total


class Missing(WindowMessage, namespace="window_list"):
    """The row that `go_to` looked for is not in this list."""

    def __init__(self, window: WindowList, row_id: RowId) -> None:
        super().__init__(window)
        self.row_id = row_id


class Failed(WindowMessage, namespace="window_list"):
    """The source could not be read; the list keeps what it has and tries again at the next key or refresh."""

    def __init__(self, window: WindowList, error: Exception) -> None:
        super().__init__(window)
        self.error = error
