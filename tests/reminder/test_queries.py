"""Counts and deferrals that the shift check and the daily seal ask for (R-01, D-01)."""

from __future__ import annotations

from models.reminder.queries import deferred_subjects, due_count
from tests.support.cases import moment, reminder
from tests.support.world import World

NOW = moment("2025-11-05T14:00")


def test_r01_due_are_those_open_by_now_ones_own_or_all(desk: World) -> None:
    reminder(due="2025-11-05T14:00")
    reminder(due="2025-09-01")
    reminder(due="2025-11-05T14:01")
    reminder(owner="TOM", due="2025-11-01")
    reminder(due="2025-11-01", state="done", done_by="ANN", done_at=NOW)
    assert (due_count(NOW), due_count(NOW, "ANN"), due_count(NOW, "TOM"), due_count(NOW, "LIA")) == (3, 2, 1, 0)


def test_d01_deferred_is_what_an_open_reminder_brings_back_later(desk: World) -> None:
    reminder(about="case:1", due="2025-11-05T14:00")
    reminder(about="case:2", due="2025-11-05T14:01")
    reminder(about="flag:3", due="2025-12-01", owner="TOM")
    reminder(about="case:4", due="2025-12-01", state="done", done_by="ANN", done_at=NOW)
    reminder(due="2025-12-01")
    assert sorted(about for (about,) in deferred_subjects(NOW).tuples()) == ["case:2", "flag:3"]
