"""The team's settings: one rule for all, kept in the database, defaults in the playbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from peewee import TextField

from models.database.fields import Versioned
from models.ground.errors import NotFoundError, UsageError
from models.playbook import Setting as Spec
from models.playbook import playbook


class Setting(Versioned):
    """A setting the team has changed from its default."""

    key = TextField(primary_key=True)
    value = TextField()
    """As typed; the playbook says how to read it."""


@dataclass(frozen=True)
class Settings:
    """All settings at one moment: what is stored over the defaults."""

    stored: dict[str, str]

    @classmethod
    def read(cls) -> Settings:
        """As they are in the database now."""
        return cls({row.key: row.value for row in Setting.select()})

    def value(self, key: str) -> Any:
        """The typed value of a setting; `NotFoundError` for an unknown key."""
        spec = spec_of(key)
        return spec.read(self.stored[key]) if key in self.stored else spec.default

    def number(self, key: str) -> int:
        """A whole number."""
        return cast(int, self.value(key))

    @property
    def holidays(self) -> str:
        """`DE`, or a Land such as `DE-BY` (A-22)."""
        return cast(str, self.value("holidays"))

    @property
    def afternoon(self) -> dt.time:
        """From when it is afternoon (A-01)."""
        return cast(dt.time, self.value("afternoon"))

    @property
    def way_back(self) -> bool:
        """Whether what the platform has to be told is put on the Ausgang (X-01)."""
        return bool(self.value("way_back") == "on")

    @property
    def shown(self) -> dict[str, str]:
        """Every setting as text, for the sentences that name one."""
        return {key: spec.show(self.value(key)) for key, spec in playbook().settings.items()}

    def show(self, key: str) -> dict[str, Any]:
        """One line of `setting list`."""
        spec = spec_of(key)
        value = self.value(key)
        shown = list(value) if isinstance(value, tuple) else value if isinstance(value, int) else spec.show(value)
        return {"key": key, "value": shown, "default": key not in self.stored, "label": spec.label}


def spec_of(key: str) -> Spec:
    """What the playbook says of a setting."""
    spec = playbook().settings.get(key)
    if spec is None:
        raise NotFoundError(f"Die Einstellung „{key}“ gibt es nicht. `schicht setting list` zeigt alle.")
    return spec


def checked(key: str, text: str) -> str:
    """The text in its normal form; `UsageError` with the playbook's sentence where it means nothing."""
    spec = spec_of(key)
    try:
        return spec.show(spec.read(text))
    except ValueError as error:
        raise UsageError(str(error)) from error
