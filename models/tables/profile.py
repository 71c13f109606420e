"""The team's profiles: how tables of its own are read (X-03)."""

from __future__ import annotations

from typing import Any

from peewee import TextField

from models.database.fields import MomentField, Versioned


class StoredProfile(Versioned):
    """A profile as somebody has set it."""

    id = TextField(primary_key=True)
    """The folded name: there is one profile of a name, whatever its case."""
    name = TextField()
    toml = TextField()
    set_at = MomentField()
    set_by = TextField()

    class Meta:
        table_name = "profile"

    def show(self) -> dict[str, Any]:
        """One line of `profile list`."""
        return {"name": self.name, "toml": self.toml, "set_at": self.set_at, "set_by": self.set_by}
