"""Whom a field for a member can name: who can take it first, who is away said to be so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from models.action.args import Arg
from models.action.work import Work

SHOWN = 6
"""Members named below a field at most."""


class Known(NamedTuple):
    """One member, as a field names them."""

    kuerzel: str
    name: str
    roles: tuple[str, ...] = ()
    away: bool = False
    me: bool = False

    @property
    def words(self) -> str:
        """`BEN Ben Krull`, and whether they are away."""
        return f"{self.kuerzel} {self.name}{' (nicht da)' if self.away else ''}"


class Team:
    """Everybody who has not left."""

    def __init__(self, members: Sequence[Known] = ()) -> None:
        self._members = tuple(members)

    @classmethod
    def read(cls, work: Work) -> Team:
        """With a connection."""
        from models.tables.people import Leave, Member

        today = work.today
        away = {leave.member_id for leave in Leave.select().where(Leave.start <= today, Leave.end >= today)}
        me = work.member.kuerzel if work.member else ""
        members = Member.select().where(Member.left_on.is_null()).order_by(Member.key)
        return cls([Known(m.kuerzel, m.name, tuple(m.roles), m.kuerzel in away, m.kuerzel == me) for m in members])

    @property
    def kuerzel(self) -> list[str]:
        """All of them, those who are there first: what a field completes."""
        return [member.kuerzel for member in sorted(self._members, key=_last)]

    def hint(self, spec: Arg, typed: str) -> str:
        """Who is meant by what is typed, or whom one can choose; those who are there first."""
        start = typed.strip().casefold()
        named = [member for member in self._members if member.kuerzel.casefold() == start]
        found = named or [member for member in self._members if member.kuerzel.casefold().startswith(start)]
        if not found:
            return "dieses Kürzel kennt das Team nicht"
        fitting = found if start else [member for member in found if self._can(member, spec)] or found
        more = f" · und {len(fitting) - SHOWN} weitere" if len(fitting) > SHOWN else ""
        return " · ".join(member.words for member in sorted(fitting, key=_last)[:SHOWN]) + more

    def _can(self, member: Known, spec: Arg) -> bool:
        """Whether it makes sense to name them: there, of the role, and not oneself."""
        myself = member.me and not spec.oneself
        return not member.away and not myself and (not spec.role or spec.role in member.roles)


def _last(member: Known) -> tuple[bool, bool, str]:
    """Who is away and oneself come last."""
    return (member.away, member.me, member.kuerzel.casefold())
