"""Garbage is collected while nobody types: a collection of everything takes as long as four Down keys."""

from __future__ import annotations

import gc

RARELY = 100
"""Collections of what is young before one of everything comes by itself; Python's own 10 would be once in 60 keys."""


class Tidying:
    """Decides when everything is looked through for garbage."""

    def __init__(self) -> None:
        self._keys = 0
        self._due = True

    def begin(self) -> None:
        """What was loaded so far stays: no later collection has to look at it again."""
        young, older, _ = gc.get_threshold()
        gc.set_threshold(young, older, RARELY)
        gc.freeze()
        gc.enable()

    def tick(self, keys: int) -> None:
        """Some time has passed, and so many keys were pressed since the start."""
        if keys != self._keys:
            self._keys, self._due = keys, True
        elif self._due:
            self._due = False
            gc.collect()
