"""The deeds that every list offers: an entry in the file, and a Reminder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screens.tab.tab import Deed

LOG, REMIND = "file.log", "reminder.set"


def log_entry(subject: str, name: str, preset: Mapping[str, Any] | None = None) -> Deed:
    """An entry in a file of the VPA or customer; of a customer's two files the form asks which."""
    kind, _, key = subject.partition(":")
    where = " in die VPA-Akte" if kind == "vpa" else ""
    return Deed(LOG, f"Akteneintrag{where}: {name}", {kind: key}, preset or {}, about=subject)


def remind(subject: str, name: str, what: str = "", about: str = "", reason: str = "") -> Deed:
    """A Reminder for tomorrow on the VPA or customer; `about` is what causes it, `what` says so: `zum Case`."""
    kind, _, key = subject.partition(":")
    preset = {"due": "morgen", **({"reason": reason} if reason else {})}
    title = f"Reminder {what}: {name}" if what else f"Reminder: {name}"
    return Deed(REMIND, title, {"about": about} if about else {kind: key}, preset, about=subject)
