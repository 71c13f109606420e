"""What a change means: the findings of a Case as pure functions (CONTRACT §3; D-10 to D-12, D-30, D-31, D-43, D-45)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Fields = Mapping[str, Any]
"""Changed fields by the export's column name; ja/nein as booleans, unknown None."""

SCHEDULE_FIELDS = ("neukunden", "auftraege")
CLASS_FIELDS = ("klasse", "rising_star")

_RANK = {"A": 4, "B": 3, "C": 2, "D": 1}
_FROM_NEW = {"A": "better", "B": "better", "C": "worse", "D": "worse"}


def schedule_findings(before: Fields, after: Fields, klasse_before: str | None, klasse_after: str | None) -> list[str]:
    """`new_vpa_declines` (D-11): class N before or after this import and one of the two went ja→nein over the Case's
    course; `priority_to_agree` (D-12): class A or B after this import.
    """
    found = []
    went_off = any(before.get(name) is True and after.get(name) is False for name in SCHEDULE_FIELDS)
    if went_off and "N" in (klasse_before, klasse_after):
        found.append("new_vpa_declines")
    if klasse_after in ("A", "B"):
        found.append("priority_to_agree")
    return found


def class_findings(before: Fields, after: Fields) -> list[str]:
    """`better` (D-31), `worse` (D-30), `rising_star`, `rising_star_lost` (comes with `worse`, A-23); sorted."""
    found: set[str] = set()
    if "klasse" in after:
        found.update(_course(before.get("klasse"), after["klasse"]))
    if "rising_star" in after:
        found.update(("rising_star",) if after["rising_star"] else ("rising_star_lost", "worse"))
    return sorted(found)


def _course(old: str | None, new: str | None) -> tuple[str, ...]:
    """Whether a class is better or worse than the one before; neither when it became N."""
    if old == "N" and new in _FROM_NEW:
        return (_FROM_NEW[new],)
    if old in _RANK and new in _RANK and old != new:
        return ("better",) if _RANK[new] > _RANK[old] else ("worse",)
    return ()


def inactive_findings(part_time: bool | None, mobile_app: bool | None, active: bool | None) -> list[str]:
    """`active_again` (D-41), `mobile_app` (ja or unknown, D-43), `part_time` (D-45), judged from the newest export."""
    found = []
    if active:
        found.append("active_again")
    if mobile_app is not False:
        found.append("mobile_app")
    if part_time:
        found.append("part_time")
    return found


def merged(before: Fields, after: Fields, old: Fields, new: Fields) -> tuple[dict[str, Any], dict[str, Any]]:
    """A further change `old` → `new` put into a Case's `before` and `after`: the first before, the newest after, and
    without the fields that are back at their old value.
    """
    first = {**old, **before}
    newest = {**after, **new}
    kept = [name for name in newest if first.get(name) != newest[name]]
    return {name: first.get(name) for name in kept}, {name: newest[name] for name in kept}
