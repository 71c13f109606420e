"""What a screen may ask of the app: the screens know this, the app keeps it, and neither imports the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from screens.main.alerting import Heard
from screens.main.ordered import OrderedApp
from screens.main.outage import Outage
from screens.tab.tab import Deed

Severity = Literal["information", "warning", "error"]

Drafts = dict[tuple[str, str], dict[str, Any]]
"""What was typed into forms that were left, by action and row."""


class Told(NamedTuple):
    """What a deed has put on the Ausgang."""

    text: str
    """Literally what to paste."""
    keys: int
    """How many keys had been pressed by then."""


class Host(OrderedApp[int]):
    """The app, by what it can do for a screen."""

    keymap: dict[str, str]
    """Keys by binding id."""
    messages: list[tuple[str, Severity, str]]
    """Time, severity and text of everything that was told, newest last."""
    outage: Outage
    """Whether the database answers."""
    told: Told | None = None
    """What the last deed has put on the Ausgang, for the next key to copy."""
    heard: Heard
    """How a Reminder that comes due makes itself heard."""
    importing: bool
    """Whether the first thing to do is the import."""

    def tell(self, text: str, severity: Severity = "information", title: str = "") -> None:
        """A toast, kept in the list of messages; never read as markup."""
        raise NotImplementedError

    def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard and tell, by `what` it is, how far that is known to have worked."""
        raise NotImplementedError

    def report(self, error: Exception) -> None:
        """Tell what went wrong, in a sentence with a way out."""
        raise NotImplementedError

    def unread(self, error: Exception) -> None:
        """Something that is shown could not be read: while the database is away, its line says so well enough."""
        raise NotImplementedError

    def perform(self, deed: Deed, drafts: Drafts, names: Mapping[Any, str] | None = None) -> None:
        """Open the form of a deed, or do it at once where there is nothing to ask."""
        raise NotImplementedError

    def performed(self, follow: bool) -> None:
        """It is done: no row is marked any more, every list is read again."""
        raise NotImplementedError

    def step_back(self, route: Literal["undo", "redo"]) -> None:
        """Undo or redo, without asking."""
        raise NotImplementedError

    def refresh_screens(self, follow: bool = True) -> None:
        """Something was done: every list in sight or under another one is read again."""
        raise NotImplementedError

    def show_subject(self, subject: str) -> None:
        """The file of a VPA or customer, over everything."""
        raise NotImplementedError

    def found(self, subject: str | None) -> None:
        """Show what a search has found: the file of a VPA or customer, or the row of a tab."""
        raise NotImplementedError

    def switch_theme(self) -> None:
        """Light or dark, kept for the next start."""
        raise NotImplementedError
