"""All actions on assignments, status and Watchlist, so that the catalogue finds them in one place."""

from __future__ import annotations

from models.assignment.approach import ApproachVpa
from models.assignment.assign import AssignVpa
from models.assignment.status import ChangeStatus

__all__ = ["ApproachVpa", "AssignVpa", "ChangeStatus"]
