"""The app with the rows of its first frame: read before Textual starts, so that nothing has to be waited for."""

from __future__ import annotations

from shutil import get_terminal_size

from peewee import PeeweeException

from models.action.work import Session
from models.ground.errors import SchichtError
from screens.main.overview import First, version
from screens.main.tabs import load_tab
from screens.tab.view import first_page
from tui.app.app import SchichtApp
from tui.settings import UserSettings


def make_app(session: Session, settings: UserSettings | None = None) -> SchichtApp:
    """The full screen, on Cases."""
    tab = load_tab("cases")
    try:
        with session.store.connected():
            seen = version(session)  # before the rows, so that no change in between is overlooked
            page = first_page(tab, session, get_terminal_size().lines)
    except (SchichtError, PeeweeException):
        return SchichtApp(session, settings)  # the list will say that it could not be read
    return SchichtApp(session, settings, First(tab, page, seen))
