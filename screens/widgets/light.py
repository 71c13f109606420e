"""„Darf ich anschreiben?“: the light for an inactive VPA, in words as well as in colour (D-40…D-45)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.content import Content

from screens.widgets.drawn import Drawn
from screens.widgets.window_columns import wrapped

QUESTION = "Darf ich anschreiben?"
STYLES = {"no": "bold $text-error", "maybe": "bold $text-warning", "yes": "bold $text-success"}
WORDS = {"no": "NEIN", "maybe": "VIELLEICHT", "yes": "JA"}


@dataclass(frozen=True)
class LightState:
    """What the rules say about writing to a VPA now."""

    verdict: Literal["no", "maybe", "yes"]
    reason: str = ""
    """Why, in words."""
    rule: str = ""
    """Id of the rule that holds, such as `D-44`."""
    from_when: str = ""
    """With `no`: when the light turns green, such as `Mo 23.11. 12:00`; empty if nobody can say."""

    @property
    def answer(self) -> str:
        """The answer as a sentence, its first word being the verdict."""
        word = WORDS[self.verdict]
        if self.verdict == "no":
            why = ": ".join(part for part in (self.rule, self.reason) if part)
            return word + (f", erst {self.from_when}" if self.from_when else "") + (f" ({why})" if why else "")
        return word + (f": {self.reason}" if self.reason else "") + (f" ({self.rule})" if self.rule else "")


class Light(Drawn):
    """The question and its answer, on one line where there is room."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  Textual's name
        super().__init__(id=id, classes=classes)
        self._state: LightState | None = None

    def show(self, state: LightState | None) -> None:
        """Show this answer; `None` where the question does not arise."""
        self._state = state
        self.redraw()

    def draw(self, width: int) -> list[Content]:
        """The question, then the answer with its verdict in colour."""
        if self._state is None:
            return []
        answer = wrapped(self._state.answer, width)
        if len(QUESTION) + 2 + len(self._state.answer) <= width:
            return [Content.styled(QUESTION, "bold") + "  " + self._coloured(answer[0])]
        return [Content.styled(QUESTION, "bold"), self._coloured(answer[0]), *(Content(line) for line in answer[1:])]

    def _coloured(self, line: str) -> Content:
        """The first line of the answer, its first word in the colour of the light."""
        state = self._state
        assert state is not None
        word = WORDS[state.verdict]
        return Content.styled(word, STYLES[state.verdict]) + line[len(word) :]
