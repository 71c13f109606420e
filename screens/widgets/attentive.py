"""What shows who works on what; the shell tells it when somebody begins or ends."""

from __future__ import annotations


class Attentive:
    """A widget or screen that shows who works on what."""

    def show_claims(self) -> None:
        """Somebody has begun or ended: `Session.presence` says who."""
        raise NotImplementedError
