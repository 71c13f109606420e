"""Which tabs there are; each is imported when it is first shown."""

from __future__ import annotations

import importlib

from screens.tab.tab import Tab

TITLES = (
    ("cases", "Cases"),
    ("reminders", "Reminder"),
    ("journey", "VPA-Journey"),
    ("files", "Kundenakte"),
    ("tasks", "Aufgaben"),
    ("handovers", "VPA-Wechsel"),
    ("outbox", "Ausgang"),
)
"""Code and title, in the order of their digits."""

WHERE = {
    "cases": ("screens.cases.tab", "CasesTab"),
    "reminders": ("screens.reminders.tab", "RemindersTab"),
    "journey": ("screens.journey.tab", "JourneyTab"),
    "files": ("screens.files.tab", "FilesTab"),
    "tasks": ("screens.tasks.tab", "TasksTab"),
    "handovers": ("screens.handovers.tab", "HandoversTab"),
    "outbox": ("screens.outbox.tab", "OutboxTab"),
}


OPTIONAL = "outbox"
"""The tab that is there only where the team uses it."""


def load_tab(code: str) -> Tab:
    """The tab of this code."""
    module, name = WHERE[code]
    tab: Tab = getattr(importlib.import_module(module), name)()
    return tab
