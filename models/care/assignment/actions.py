"""All actions on assignments, status and Watchlist, so that the catalogue finds them in one place."""

from __future__ import annotations

from models.care.assignment.assign import AssignVpa
from models.care.assignment.status import ChangeStatus
from models.care.watchlist.approach import ApproachVpa
from models.care.watchlist.by_hand import UnwatchCustomer, WatchCustomer

__all__ = ["ApproachVpa", "AssignVpa", "ChangeStatus", "UnwatchCustomer", "WatchCustomer"]
