"""Slow work beside the screen: in threads that never keep the program from ending, the newest result only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import ClassVar, Generic, TypeVar

from textual.app import App
from textual.dom import DOMNode

Result = TypeVar("Result")


def in_thread(work: Callable[[], Result]) -> asyncio.Future[Result]:
    """What `work` returns or raises, done in a thread of its own that has begun when this returns.

    The thread is a daemon: unlike those of asyncio's executor nobody waits for it at the end, so that a database that
    does not answer cannot hold up quitting (Textual cannot cancel its thread workers either).
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def deliver(set_outcome: Callable[[], None]) -> None:
        try:
            loop.call_soon_threadsafe(lambda: None if future.done() else set_outcome())
        except RuntimeError:
            # The loop is closed, the program has ended meanwhile: nobody is left who wants to know.
            return

    def run() -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001  not swallowed: handed on to whoever awaits
            failure = error
            deliver(lambda: future.set_exception(failure))
        else:
            deliver(lambda: future.set_result(result))

    Thread(target=run, name="schicht-read", daemon=True).start()
    return future


class Latest(Generic[Result]):
    """Work of one kind for one widget, of which only the newest matters: an older result is dropped by its number."""

    def __init__(self, node: DOMNode, group: str) -> None:
        self._node = node
        self._group = group
        self.number = 0
        """Of what was started or dropped last."""
        self.busy = False
        """Whether a result is on its way."""

    def start(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run `work` in a thread; then `done` or `failed` on the event loop, unless something newer was started."""
        self.drop()
        self.busy = True
        self._node.run_worker(self._run(self.number, in_thread(work), done, failed), group=self._group)

    def drop(self) -> None:
        """Forget what is on its way; its result will not be delivered."""
        self.number += 1
        self.busy = False

    async def _run(
        self,
        number: int,
        task: asyncio.Future[Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Await the thread and deliver, if this is still the newest."""
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()  # does nothing to a finished one; the owner is gone where it is not
        error = task.exception()
        if number != self.number or _gone(self._node):
            return
        self.busy = False
        if isinstance(error, Exception):
            failed(error)
        else:
            done(task.result())


class Prompt(Generic[Result]):
    """What is worth waiting a moment for: it is shown with what was read, or, when that takes longer, without.

    So what opens is laid out once where reading is quick, and stands at once where it is not. What is shown without
    reads by itself and tells what went wrong.
    """

    PATIENCE: ClassVar[float] = 0.1
    """Seconds of the moment."""

    def __init__(self, node: DOMNode, group: str) -> None:
        self._node = node
        self._latest: Latest[Result] = Latest(node, group)

    @property
    def busy(self) -> bool:
        """Whether the moment is not over yet."""
        return self._latest.busy

    def start(self, work: Callable[[], Result], show: Callable[[Result | None], None]) -> None:
        """Run `work` in a thread, then `show` what it returned."""
        self._latest.start(work, show, lambda _: show(None))
        self._node.set_timer(self.PATIENCE, partial(self._hurry, self._latest.number, show))

    def drop(self) -> None:
        """Show nothing."""
        self._latest.drop()

    def _hurry(self, number: int, show: Callable[[Result | None], None]) -> None:
        """The moment is over."""
        if self.busy and number == self._latest.number:
            self.drop()
            show(None)


def _gone(node: DOMNode) -> bool:
    """Whether the widget's screen was left meanwhile: its parts go first, so nothing may be delivered to it."""
    if isinstance(node, App):
        return False
    return not node.is_attached or node.screen not in node.app.screen_stack
