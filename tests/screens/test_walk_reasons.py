"""Why a stop of the Schichtlauf is due: the rule and the case at hand, in words."""

from __future__ import annotations

import pytest

from models.ground.clock import parse_moment
from models.shift.walk.walk import Stop, Walk
from models.tables.case import Case
from models.tables.flag import Flag
from models.tables.reminder import Reminder
from screens.main.tabs import load_tab
from screens.walk.walk import Seen, look_at
from tests.screens.stage import Stage


def seen(stage: Stage, stop: Stop) -> Seen:
    """The stop as ANN sees it."""
    found = look_at(stage.session(), lambda work: Walk(trail=(stop,)), load_tab)
    assert found.seen is not None
    return found.seen


@pytest.mark.parametrize(
    ("facts", "group", "rule", "words"),
    [
        ({"due": "2025-11-03T00:00"}, "own", "R-10", "Dein Reminder, seit 2 Tagen überfällig."),
        ({"due": "2025-11-05T10:00"}, "own", "R-01", "Dein Reminder, heute fällig."),
        ({"due": "2025-11-04T10:00", "owners": ["TOM"]}, "taken", "R-05", "Von TOM übernommen, seit 1 Tag überfällig."),
    ],
)
def test_a_reminder_is_due_by_its_day_and_owner(
    stage: Stage, facts: dict[str, str], group: str, rule: str, words: str
) -> None:
    with stage.store.connected():
        changes = {**facts, "due": parse_moment(facts["due"])}
        Reminder.update(**changes).where(Reminder.id == 1).execute()
    found = seen(stage, Stop(group, 1))  # type: ignore[arg-type]  # a text of the table above
    assert found.rule == rule
    assert found.why.startswith(f"{words} ")
    assert (found.tab.code, found.row.id, found.detail.title) == ("reminders", 1, "Keller, Mira")


@pytest.mark.parametrize(
    ("kind", "findings", "rule"),
    [
        ("schedule", [], "D-10"), ("schedule", ["new_vpa_declines"], "D-11"), ("absence", [], "D-20"),
        ("absence", ["frequent", "long"], "D-21"), ("absence", ["frequent"], "D-23"), ("class", ["worse"], "D-30"),
        ("class", ["rising_star"], "D-31"), ("inactive", ["part_time"], "D-42"), ("inactive", ["active_again"], "D-41"),
    ],
)  # fmt: skip
def test_a_case_is_due_by_its_kind_and_what_was_found(stage: Stage, kind: str, findings: list[str], rule: str) -> None:
    with stage.store.connected():
        Case.update(kind=kind, findings=findings).where(Case.id == 3).execute()
    found = seen(stage, Stop("case", 3))
    assert found.rule == rule
    assert "offen seit Mo 03.11." in found.why


def test_an_inactive_vpa_has_to_wait_first_d_40(stage: Stage) -> None:
    assert seen(stage, Stop("case", 2)).rule == "D-40"


@pytest.mark.parametrize(
    ("stage_code", "rule"), [("0-3", "J-01"), ("3-6", "J-02"), ("6-9", "J-03"), ("9-12", "J-06"), (">12", "J-07")]
)
def test_a_flag_is_due_by_its_stage(stage: Stage, stage_code: str, rule: str) -> None:
    with stage.store.connected():
        Flag.update(stage=stage_code).where(Flag.id == 2).execute()
    found = seen(stage, Stop("flag", 2))
    assert found.rule == rule
    assert ("überfällig" in found.why) is (stage_code != ">12")


def test_a_stop_that_has_gone_is_passed_over(stage: Stage) -> None:
    """Undone at this very moment: the walk goes on instead of showing nothing."""
    found = look_at(stage.session(), lambda work: Walk(trail=(Stop("case", 999),)), load_tab)
    assert found.walk.stop == Stop("own", 1)
