"""When an app under test is at rest: asked of the event loop itself, so that nobody sleeps and hopes.

Textual's own pilot sleeps twice 20 ms a key and guesses by the processor time of the whole process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import monotonic
from typing import Any

from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen

SOON = 0.5
"""Seconds of a timer that belongs to what a key has started; a toast that fades or a blinking cursor does not."""


async def drained() -> None:
    """Give way until nobody in this loop can go on without a timer, a thread or us."""
    loop: Any = asyncio.get_running_loop()
    await asyncio.sleep(0)
    while loop._ready:  # noqa: ASYNC110  there is no event for "nobody else can go on"
        await asyncio.sleep(0)


async def at_rest(app: App[Any], patience: float = 20.0) -> None:
    """Wait until every message is handled, every worker done, every short timer over and everything drawn.

    AssertionError after `patience` seconds; at once back where the app has ended.
    """
    deadline = monotonic() + patience
    while app.is_running:
        await drained()
        undrawn = [screen for screen in app.screen_stack if _undrawn(screen)]
        for screen in undrawn:
            screen._on_timer_update()  # what its timer would do a sixtieth of a second later
        if undrawn:
            continue
        if any(not worker.is_finished for worker in app.workers) or any(_awaited(app)):
            await asyncio.sleep(0.001)
        else:
            return
        assert monotonic() < deadline, f"no rest within {patience} s"


def _undrawn(screen: Screen[Any]) -> bool:
    active: asyncio.Event = screen._update_timer._active
    return active.is_set()


def _awaited(app: App[Any]) -> Iterator[bool]:
    """For each timer of the app and its screens, whether it is about to do what it was set for once."""
    for pump in _pumps(app):
        for timer in pump._timers:
            yield timer._repeat == 0 and timer._interval < SOON and timer._task is not None and not timer._task.done()


def _pumps(app: App[Any]) -> Iterator[MessagePump]:
    yield app
    for screen in app.screen_stack:
        assert isinstance(screen, Screen)
        yield from screen.walk_children(with_self=True)
