"""An empty Textual app: no start of a Textual program can be quicker."""

from __future__ import annotations

from textual.app import App


class EmptyApp(App[None]):
    """Paints a blank screen."""


if __name__ == "__main__":
    EmptyApp().run()
