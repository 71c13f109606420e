"""With whom something was agreed: only a VPA manager counts (D-12, J-04)."""

from __future__ import annotations

from models.tables.people import Member


def vpa_manager(kuerzel: str | None) -> str | None:
    """The Kürzel in its own spelling if it is a VPA manager's; an unknown one is nobody's."""
    member = Member.find(kuerzel) if kuerzel else None
    return str(member.kuerzel) if member is not None and member.has("vpa_manager") else None
