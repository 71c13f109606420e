"""Setting and removing a profile; any member who may import may do that (X-03)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.action.args import arg
from models.action.base import Action, Result
from models.action.work import Work
from models.ground.errors import NotFoundError
from models.importing.profiles.parsing import read_profile
from models.importing.profiles.profile import Profile
from models.importing.profiles.terms import folded
from models.tables.profile import StoredProfile


@dataclass(frozen=True, kw_only=True)
class SetProfile(Action):
    """Keep a profile, in place of the one that bears its name (X-03)."""

    code: ClassVar[str] = "profile.set"
    label: ClassVar[str] = "Profil speichern"
    done: ClassVar[str] = "Profil gespeichert"
    help: ClassVar[str] = "Speichert, wie eine eigene Tabelle gelesen wird; eines gleichen Namens wird ersetzt."
    undoable: ClassVar[bool] = False

    toml: str = arg("Profil", "long", required=True)
    source: str | None = arg("Datei", help="Wie Fehler die Datei nennen.", kept=False)

    def load(self, work: Work) -> Profile:
        """What it says; raises `BadDataError` with every fault."""
        return read_profile(self.toml, self.source or "Profil")

    def perform(self, work: Work, target: Profile) -> Result:
        """Store the profile, in place of one with its name."""
        values = {"name": target.name, "toml": self.toml, "set_at": work.now, "set_by": work.me}
        row = work.find(StoredProfile, folded(target.name))
        row = work.update(row, **values) if row else work.insert(StoredProfile, id=folded(target.name), **values)
        return Result(f"profile:{row.name}", row.show(), row.name)


@dataclass(frozen=True, kw_only=True)
class RemoveProfile(Action):
    """Take a profile away; what was read by it stays (X-03)."""

    code: ClassVar[str] = "profile.remove"
    label: ClassVar[str] = "Profil entfernen"
    done: ClassVar[str] = "Profil entfernt"
    help: ClassVar[str] = "Entfernt ein Profil; was damit eingelesen ist, bleibt."
    undoable: ClassVar[bool] = False

    name: str = arg("Name", positional=True, required=True)

    def load(self, work: Work) -> StoredProfile:
        """The profile, locked."""
        row = work.find(StoredProfile, folded(self.name))
        if row is None:
            raise NotFoundError(f"Das Profil „{self.name}“ gibt es nicht. `schicht profile list` zeigt alle.")
        return row

    def perform(self, work: Work, target: StoredProfile) -> Result:
        """Delete it."""
        shown = target.show()
        work.delete(target)
        return Result(f"profile:{target.name}", shown, target.name)
