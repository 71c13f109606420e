"""Once, and honestly: what a file can protect and what it cannot (issue 5 §2)."""

from __future__ import annotations

from pathlib import Path

from models.ground.log import log_folder
from tests.screens.stage import Stage
from tui.app.file_notice import NOTICE, file_notice
from tui.app.start import make_app


def real(stage: Stage) -> None:
    """No sandbox any more."""
    with stage.store.connected() as db:
        db.execute_sql("UPDATE meta SET value = '0' WHERE key = 'sandbox'")


async def test_it_is_told_once_and_not_to_those_who_only_practise(stage: Stage) -> None:
    session = stage.session()
    assert file_notice(session) == "", "a sandbox"
    real(stage)
    app = make_app(session)
    app.notice = file_notice(session)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        assert [text for _, _, text in app.messages] == [NOTICE]
    assert file_notice(session) == ""
    again = make_app(session)
    assert again.notice == ""


def test_a_home_that_cannot_be_written_is_no_reason_to_fail(stage: Stage, own_home: Path) -> None:
    real(stage)
    log_folder().parent.mkdir(parents=True, exist_ok=True)
    log_folder().write_text("no folder")
    assert file_notice(stage.session()) == NOTICE
