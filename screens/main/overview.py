"""The shift at a glance, read in the background after the first frame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from models.action.work import Session
from models.tables.history import HistoryHead
from screens.tab.tab import Tab
from screens.widgets.window_source import Page


class First(NamedTuple):
    """What the first frame shows, read before Textual starts."""

    tab: Tab
    page: Page
    version: int
    """Version of the data before the rows were read."""


STALE_HOURS = 24
"""Hours after which the newest import is called old."""


class Overview(NamedTuple):
    """What header and tab bar say."""

    member: str = ""
    role: str = ""
    own_due: int = 0
    all_due: int = 0
    open_cases: int = 0
    waiting_cases: int = 0
    """Open Cases that are not workable yet (D-44)."""
    new_flags: int = 0
    tasks: int = 0
    handovers: int = 0
    outbox: int | None = None
    """Own open items of the Ausgang; None where the team does not use it."""
    sealed_by: str | None = None
    sealed_at: dt.datetime | None = None
    last_import: dt.datetime | None = None
    sandbox: bool = False
    failed: tuple[str, ...] = ()
    """Files that `import --watch` could not take, the newest first."""

    def counts(self, words: Mapping[str, str]) -> dict[str, str]:
        """What stands behind each tab's name; `words` say what is counted where it is not all that the list shows."""
        numbers = {
            "cases": self.open_cases - self.waiting_cases, "reminders": self.own_due, "journey": self.new_flags,
            "tasks": self.tasks, "handovers": self.handovers, "outbox": self.outbox or 0,
        }  # fmt: skip
        return {code: f"{number} {words.get(code, '')}".strip() if number else "" for code, number in numbers.items()}


def read_overview(session: Session) -> Overview:
    """Read it all; in a thread, with a connection."""
    from models.admin.schema import is_sandbox
    from models.importing.failures import failures
    from models.outbox.queries import open_count
    from models.playbook import playbook
    from models.shared.workable import waiting_count
    from models.shift.day.overview import glance
    from models.tables.handover import Handover
    from models.tables.task import Task

    work = session.work()
    found = glance(work)
    roles = work.member.roles if work.member else []
    return Overview(
        member=found["member"] or "",
        role=playbook().label("role", roles[0]) if roles else "",
        own_due=found["own_due"] or 0,
        all_due=found["all_due"],
        open_cases=found["open_cases"],
        waiting_cases=waiting_count(work),
        new_flags=found["new_flags"],
        tasks=Task.select().where(Task.state == "forwarded").count(),
        handovers=Handover.select().where(Handover.state.in_(("open", "proposed", "approved", "informed"))).count(),
        outbox=open_count(work, mine=True) if work.settings.way_back else None,
        sealed_by=found["day"]["sealed_by"],
        sealed_at=found["day"]["sealed_at"],
        last_import=found["last_import"],
        sandbox=is_sandbox(),
        failed=tuple(failures()),
    )


def newly_due(session: Session, since: dt.datetime) -> list[str]:
    """Names behind the own Reminders that have come due since then."""
    from models.reminder.queries import came_due

    return came_due(session.work(), since)


def raise_flags(session: Session) -> tuple[int, int]:
    """Raise the Neu-Flags of today, as every start of the full screen does (CONTRACT §6).

    The screen opens with what is due in sight: that is the look of this shift (D-03), and it is stamped. Returns the
    versions of the data before and after the look; twice the same where nobody looked.
    """
    from models.shift.day.actions import look, raise_due_flags

    before = version(session)
    if session.kuerzel is None:
        raise_due_flags(session)
        return before, before
    look(session)
    return before, version(session)


def version(session: Session) -> int:
    """A number that grows with everything anybody does: the end of the history."""
    return int(HistoryHead.select(HistoryHead.last).scalar() or 0)
