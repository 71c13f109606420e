"""The team's profiles, as they read."""

from __future__ import annotations

from models.ground.errors import NotFoundError
from models.importing.profiles.parsing import read_profile
from models.importing.profiles.profile import Profile
from models.importing.profiles.terms import folded
from models.tables.profile import StoredProfile


def stored_profile(name: str) -> StoredProfile:
    """The profile of this name; raises `NotFoundError`."""
    found: StoredProfile | None = StoredProfile.get_or_none(StoredProfile.id == folded(name))
    if found is None:
        raise NotFoundError(f"Das Profil „{name}“ gibt es nicht. `schicht profile list` zeigt alle.")
    return found


def read_stored(row: StoredProfile) -> Profile:
    """What a stored profile says."""
    return read_profile(row.toml, f"{row.name}.toml")


def find_profile(name: str) -> Profile:
    """The profile of this name as it reads; raises `NotFoundError`."""
    return read_stored(stored_profile(name))


def every_profile() -> list[Profile]:
    """All profiles of the team."""
    return [read_stored(row) for row in StoredProfile.select().order_by(StoredProfile.id)]
