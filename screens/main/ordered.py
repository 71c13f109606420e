"""Keys one after the other: the next goes where the one before it led, however quickly they come.

Textual hands every key at once to the widget that has the focus then; what was typed right behind a key that opens
something (`f`, `e`, a digit, Tab) would act on the list below it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from time import monotonic
from typing import Any, ClassVar, TypeVar, cast

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.app import App
from textual.screen import ModalScreen
from textual.widget import Widget

from screens.main.driver import JobDriver

Answer = TypeVar("Answer")


WORDS = {"alt+b": "ctrl+left", "alt+f": "ctrl+right"}
"""What some terminals send for alt and an arrow: the word before, the word after."""

for key in WORDS:
    # Textual's table makes it ctrl and an arrow at once; then Esc and a quick b or f would be lost on every list.
    cast("dict[str, Any]", ANSI_SEQUENCES_KEYS).pop(f"\x1b{key[-1]}", None)


def apart(event: events.Key, writing: bool = False) -> tuple[events.Key, ...]:
    """A letter that came right behind Esc is Esc and that letter, not alt with it: no key of ours uses alt.

    `writing`: whether the cursor stands in a text that it can go through by words.
    """
    letter = event.character
    if writing and event.key in WORDS:
        return (events.Key(WORDS[event.key], None),)
    if event.key.startswith("alt+") and letter is not None and letter.isalnum():
        return events.Key("escape", "\x1b"), events.Key(letter, letter)
    return (event,)


class OrderedApp(App[Answer]):
    """An app whose keys wait for each other."""

    PATIENCE: ClassVar[float] = 0.15
    """Seconds after which it is asked what became of a key that has not come back yet; a busy machine may need many."""
    LONGEST: ClassVar[float] = 3.0
    """Seconds that keys wait for something that opens."""

    def __init__(self) -> None:
        super().__init__(driver_class=JobDriver)
        self._held: deque[events.Key | events.Paste] = deque()
        self._ticket = 0
        """Number of the key that is under way; 0 while none is."""
        self.pressed = 0.0
        """When the key that is under way was pressed, which may be long before it was its turn."""
        self._numbers = 0
        self._since = 0.0

    @property
    def opening(self) -> bool:
        """Whether something is on its way that the next key is meant for."""
        return bool(getattr(self.screen, "opening", False))

    @property
    def keys(self) -> int:
        """How many keys were sent on so far."""
        return self._numbers

    async def on_event(self, event: events.Event) -> None:
        """A fresh key or a pasted text queues up; everything else goes its way."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._held.extend(apart(event, event.key in WORDS and self._writing()))
            await self._next_key()
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            self._held.append(event)
            await self._next_key()
        else:
            await super().on_event(event)

    def _writing(self) -> bool:
        """Whether something has been typed where the cursor stands, in a form or search; a filter is left by Esc."""
        from textual.widgets import Input, TextArea

        field = self.focused if isinstance(self.screen, ModalScreen) else None
        return bool(field.text if isinstance(field, TextArea) else isinstance(field, Input) and field.value)

    async def _next_key(self) -> None:
        """Send the next key on, unless one is under way."""
        if self._ticket or not self._held:
            return
        event = self._held.popleft()
        self.pressed = event.time
        self._numbers += 1
        ticket = self._ticket = self._numbers
        self._since = monotonic()
        target: Widget = self.focused or self.screen
        await super().on_event(event)
        if event.is_forwarded and isinstance(event, events.Key):
            target.call_later(self._look_at, event, ticket)
            self._ask_again(event, target, ticket)
        elif event.is_forwarded:  # a pasted text: nothing is bound to it, whoever keeps it or not
            target.call_later(self.call_later, self._dealt_with, ticket)
        else:
            await self._dealt_with(ticket)

    def _ask_again(self, event: events.Key, target: Widget, ticket: int) -> None:
        """Ask in a while: a key that somebody between the widget and the app has kept never comes back."""
        ask = partial(self.call_later, self._ask_for, event, target, ticket)
        asyncio.get_running_loop().call_later(self.PATIENCE, ask)

    async def _ask_for(self, event: events.Key, target: Widget, ticket: int) -> None:
        """A key that was kept, or whose widget has gone, is dealt with; one that is still on its way is waited for."""
        gone = any(one._closing or one._closed for one in target.ancestors_with_self) or not target.is_attached
        if event._stop_propagation or gone or monotonic() - self._since > self.LONGEST:
            # Textual stops it also on its last step, from the screen to us: then it stands in our queue by now.
            self.call_later(self.call_later, self._dealt_with, ticket)
        elif ticket == self._ticket:
            self._ask_again(event, target, ticket)

    def _look_at(self, event: events.Key, ticket: int) -> None:
        """The widget has seen it: if it kept the key (a letter in a field), that is all."""
        if event._stop_propagation:
            self.call_later(self._dealt_with, ticket)

    def on_key(self) -> None:
        """It came back up: what is bound to it is done next, then what that asked for (a focus), then the next key."""
        self.call_later(self.call_later, self._dealt_with, self._ticket)

    async def _dealt_with(self, ticket: int) -> None:
        """Let the next one go, as soon as what this one opened is there."""
        if ticket != self._ticket or not ticket:
            return
        if self.opening and monotonic() - self._since < self.LONGEST:
            asyncio.get_running_loop().call_later(0.01, partial(self.call_later, self._dealt_with, ticket))
            return
        self._ticket = 0
        await self._next_key()
