"""Changing a team setting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.playbook.refusals import Obstacle
from models.tables.setting import Setting, Settings, checked, spec_of
from models.team.actions import manager_obstacles


@dataclass(frozen=True, kw_only=True)
class ChangeSetting(Action):
    """Change a setting for the whole team."""

    code: ClassVar[str] = "setting.set"
    label: ClassVar[str] = "Einstellung ändern"
    done: ClassVar[str] = "Einstellung geändert"
    help: ClassVar[str] = "Ändert eine Einstellung für das ganze Team."
    undoable: ClassVar[bool] = False

    key: str = arg("Einstellung", positional=True, required=True)
    value: str | None = arg("Wert", positional=True, help="Leer bei einer Liste: keine.")

    def load(self, work: Work) -> str:
        """The value in its normal form."""
        spec_of(self.key)
        return checked(self.key, self.value or "")

    def obstacles(self, work: Work, target: Any) -> Iterator[Obstacle]:
        """Managers only, once there is one."""
        yield from manager_obstacles(work)

    def perform(self, work: Work, target: str) -> Result:
        """Store the value, or take the stored one away where it is the default."""
        row = work.find(Setting, self.key)
        if row is None:
            work.insert(Setting, key=self.key, value=target)
        else:
            work.update(row, value=target)
        return Result(f"setting:{self.key}", Settings.read().show(self.key), self.key)
