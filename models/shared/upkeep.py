"""The check that the VPA keeps a customer's VPA Kundenakte (K-25): its words and its days, said once."""

from __future__ import annotations

import datetime as dt

from models.action.work import Work
from models.ground import clock

UPKEEP = "upkeep"
"""The kind of a Reminder that checks the upkeep."""


def upkeep_reason(vpa_name: str) -> str:
    """What the Reminder says; it names the VPA in charge when it was set."""
    return f"VPA Kundenakte prüfen: Pflegt {vpa_name} sie?"


def first_check(work: Work) -> dt.datetime:
    """When a new assignment is looked at for the first time: some weeks from today (A-13)."""
    return _in_weeks(work, "follow_up_weeks")


def next_check(work: Work) -> dt.datetime:
    """When it is looked at again, once a check is closed (A-13)."""
    return _in_weeks(work, "repeat_weeks")


def _in_weeks(work: Work, setting: str) -> dt.datetime:
    return clock.start_of_day(work.today + dt.timedelta(weeks=work.settings.number(setting)))
