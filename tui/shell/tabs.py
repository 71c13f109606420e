"""Which tabs there are; each is imported when it is first shown."""

from __future__ import annotations

import importlib

from screens.tab import Tab

TITLES = (
    ("cases", "Cases"),
    ("reminders", "Reminder"),
    ("journey", "VPA-Journey"),
    ("files", "Kundenakte"),
    ("tasks", "Aufgaben"),
    ("handovers", "VPA-Wechsel"),
)
"""Code and title, in the order of their digits."""

WHERE = {
    "cases": ("screens.cases", "CasesTab"),
    "reminders": ("screens.reminders", "RemindersTab"),
    "journey": ("screens.journey", "JourneyTab"),
    "files": ("screens.kundenakte", "FilesTab"),
    "tasks": ("screens.tasks", "TasksTab"),
    "handovers": ("screens.handovers", "HandoversTab"),
}


def load_tab(code: str) -> Tab:
    """The tab of this code."""
    module, name = WHERE[code]
    tab: Tab = getattr(importlib.import_module(module), name)()
    return tab
