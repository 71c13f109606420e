"""What one running program knows of claims: its own, and those of others as it last read them."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pendulum


@dataclass(frozen=True)
class Claimant:
    """Who works on a thing. Equal while the same running program holds it."""

    member: str
    """Kürzel."""
    desk: str
    """Which running program."""
    since: pendulum.DateTime = field(compare=False)
    """By the clock of whoever asks."""


@dataclass
class Presence:
    """One desk: what is worked on here, and who works on what elsewhere."""

    desk: str = field(default_factory=lambda: os.urandom(8).hex())
    """Random name of this running program."""
    wanted: tuple[str, ...] = ()
    """What the open form is about, such as `case:12`."""
    taken: tuple[str, ...] = ()
    """What the database was told last."""
    others: dict[str, tuple[Claimant, ...]] = field(default_factory=dict)
    """Who works on what elsewhere, by subject, whoever came first before the rest."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    """Only one thread at a time tells the database, so that the last word is the newest."""
