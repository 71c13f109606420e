"""Opening the full screen and leaving it: settings first, then Textual, then one exit status."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from tui.settings import prepare_environment, read_settings

if TYPE_CHECKING:
    from models.action.work import Session


SWITCH = 0.0005
"""Seconds after which Python lets another thread have its turn: with its own 0.005 what is read waits that long, at
every question to the database, for a screen that is being painted beside it (a tenth of the Vorschau's opening).
"""

ARENA_MAX = -8
"""glibc's `M_ARENA_MAX`."""


def share_one_heap() -> None:
    """Let the threads that read share the heap of the first: glibc gives each one of its own, two megabytes in all.

    Other C libraries have no such setting, and need none.
    """
    if sys.platform != "linux":
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(ARENA_MAX, 1)


def run_app(session: Session, *, importing: bool = False) -> int:
    """Run the full screen on this session, at once with the import; the exit status (CONTRACT §§1 and 12)."""
    gc.disable()  # until the first frame; the main screen switches it on again
    sys.setswitchinterval(SWITCH)
    settings = read_settings()
    prepare_environment(settings)  # before Textual is imported
    share_one_heap()
    from tui.app.ending import watch
    from tui.app.file_notice import file_notice
    from tui.app.start import make_app

    session.store.keep_connection()
    app = make_app(session, settings)
    session.store.db.close()  # the loop's thread reads nothing from now on
    app.importing = importing
    app.notice = file_notice(session)
    watch().run(app)
    if (status := watch().status) is not None:
        return status
    if app.defect is not None:
        from models.ground.log import log_defect

        reference = log_defect(app.defect)
        sys.stderr.write(
            "Schicht musste aufhören; gespeichert ist alles, was bestätigt war. "
            f"Der Fehler steht ohne Daten im Protokoll: {reference}\n"
        )
        return 1
    return app.return_value or 0
