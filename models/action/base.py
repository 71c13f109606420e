"""What an Action is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from models.playbook.refusals import Hint, Obstacle

if TYPE_CHECKING:
    from models.action.work import Session, Work
    from models.tables.history import History


@dataclass(frozen=True)
class Result:
    """What an action leaves behind."""

    subject: str
    """The thing it was about, such as `case:12`."""
    shown: dict[str, Any]
    """The changed object in its `show` shape."""
    title: str = ""
    """Whom or what a toast names."""


CATALOGUE: dict[str, type[Action]] = {}
"""Every Action by its code; filled as the rooms are imported."""


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing a member can do. Subclasses are frozen dataclasses whose fields are declared with `arg`.

    The runner calls `load`, then `obstacles`, then `perform`, all in one transaction.
    """

    code: ClassVar[str] = ""
    """Noun and verb, such as `case.resolve`: the command, the palette entry, the name in the history."""
    label: ClassVar[str] = ""
    """German name of the action."""
    done: ClassVar[str] = ""
    """What a toast says when it is done, such as „Case erledigt“."""
    help: ClassVar[str] = ""
    """One German sentence."""
    undoable: ClassVar[bool] = True
    bulk: ClassVar[bool] = False
    """Whether it can be done to several rows at once."""
    several: ClassVar[bool] = False
    """Whether the contract's command takes several ids: then every verdict names its id, also a single one."""
    needs_member: ClassVar[bool] = True
    tells: ClassVar[bool] = True
    """Whether the platform has to be told of what it writes (X-01); not of what only puts our own records in order."""
    on_restricted: ClassVar[bool] = False
    """Whether it may be done about a person whose processing is restricted (P-03)."""
    frees: ClassVar[tuple[str, ...]] = ()
    """Fields that name whom a customer or a task is taken from: that one may be restricted."""
    makes_room: ClassVar[bool] = False
    """Whether what it is done to leaves the list's first place: the next row is the one to go on with."""
    offers_letter: ClassVar[bool] = False
    """Whether a form fills its `text` with a Chatvorlage (`letter`) as soon as it knows which."""
    keeps_letter: ClassVar[bool] = False
    """Whether a key of the form puts the Chatvorlage (`letter`) into its empty `text`."""

    seen: int | None = None
    """Version of the row the member looked at; a newer one is a conflict (DESIGN law 7)."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Enter the catalogue."""
        super().__init_subclass__(**kwargs)
        if "code" in cls.__dict__ and cls.code:
            CATALOGUE[cls.code] = cls

    def load(self, work: Work) -> Any:
        """Fetch what it is about, fresh and locked. Raises `NotFoundError` or `AlreadyDoneError`."""
        return None

    def obstacles(self, work: Work, target: Any) -> Iterator[Obstacle]:
        """Every condition that does not hold yet, in the order of the contract's tables."""
        yield from ()

    def hints(self, work: Work, target: Any) -> Iterator[Hint]:
        """W rows without a code."""
        yield from ()

    def perform(self, work: Work, target: Any) -> Result:
        """Do it; only through `work`, which records every row."""
        raise NotImplementedError

    def afterwards(self, session: Session) -> None:
        """What has to follow the commit, outside of the transaction. Default: nothing."""

    @classmethod
    def replayed(cls, work: Work, row: History) -> None:
        """What undo or redo has to judge anew, once the rows of this one in the history stand. Default: nothing."""

    @classmethod
    def relevant(cls, target: Any) -> Iterable[str]:
        """Names of the fields that matter for this target, for the form. Default: all."""
        return [f.name for f in dataclasses.fields(cls) if "arg" in f.metadata]

    def asked(self, target: Any) -> Iterable[str]:
        """Of these, the ones that a form opened for one thing asks. Default: all that matter."""
        return self.relevant(target)

    def evidence(self) -> dict[str, Any]:
        """What the history shows beside the changed columns, such as the reason for moving a Reminder (R-05)."""
        return {}

    def known_target(self, work: Work) -> Any:
        """What of its target is known before everything is filled in that `load` needs; for a form. None: nothing."""
        return None

    def presets(self, work: Work, target: Any) -> dict[str, Any]:
        """What a form fills in by itself, by field; each can be changed. `target` is None where it is not known yet."""
        return {}

    def allowed(self, field: str, target: Any) -> tuple[str, ...]:
        """Codes that a choice offers for this target; empty: all of the field's."""
        return ()

    def letter(self, work: Work) -> tuple[str, str]:
        """Code and subject of the Chatvorlage for its `text`; two empty texts while that is open."""
        return "", ""

    def served(self, work: Work) -> str:
        """Id of the customer of whom a form shows what Wizard and Sales know, beside the field that ticks what was
        read (K-24); empty while that is open.
        """
        return ""

    def reader(self, field: str) -> str:
        """Who will read this text: `vpa`, `kunde` (customer and VPA) or `intern`."""
        return "intern"
