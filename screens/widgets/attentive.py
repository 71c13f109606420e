"""What the shell tells of others beside the lists: who works on what, and that something was done."""

from __future__ import annotations


class Attentive:
    """A widget or screen that shows who works on what."""

    def show_claims(self) -> None:
        """Somebody has begun or ended: `Session.presence` says who."""
        raise NotImplementedError


class Heedful:
    """A part of a form that looks whether what it is about was changed."""

    def heed(self) -> None:
        """Somebody has done something."""
        raise NotImplementedError
