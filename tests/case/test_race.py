"""Several members at once: one of them wins, the others learn who (issue: eight processes, forty Cases)."""

from __future__ import annotations

import re

import pytest

from models.admin.verify import verify
from models.tables.case import Case
from models.tables.history import History
from models.tables.reminder import Reminder
from tests.support.cases import case, member, vpa
from tests.support.race import together
from tests.support.world import World

PEOPLE = ("ANN", "TOM", "LIA", "VIO", "WIM", "KIM", "SAM", "UWE")
FORTY = range(1, 41)


@pytest.mark.slow
def test_eight_processes_resolve_the_same_forty_cases(desk: World) -> None:
    member("UWE", "at")
    with desk.store.db.atomic():
        for number in FORTY:
            vpa(f"W{number}")
            case("inactive", vpa=f"W{number}")
    ids = [str(number) for number in FORTY]
    answers = together(
        [
            ["--db", desk.url, "--now", desk.now, "--as", who, "--json", "case", "resolve", "--measure", "reminder"]
            + (ids[place * 5 :] + ids[: place * 5] if place % 2 else ids)
            for place, who in enumerate(PEOPLE)
        ]
    )
    won: dict[int, str] = {}
    for who, answer in zip(PEOPLE, answers, strict=True):
        assert answer.stderr == ""
        assert len(answer.lines) == 40
        assert answer.exit_code in (0, 6)
        for line in answer.lines:
            if "error" not in line:
                assert won.setdefault(line["id"], who) == who
                assert line["resolved_by"] == who
    assert sorted(won) == list(FORTY)
    for who, answer in zip(PEOPLE, answers, strict=True):
        for line in answer.lines:
            if "error" in line:
                assert line["error"]["code"] in ("already_done", "conflict")
                assert re.search(rf"\b{won[line['id']]}\b", line["error"]["message"]), line
            else:
                assert won[line["id"]] == who
    assert {row.id: row.resolved_by for row in Case.select()} == won
    assert History.select().where(History.action == "case.resolve").count() == 40
    assert Reminder.select().count() == 40
    verify()


@pytest.mark.slow
def test_the_same_command_sent_twice_at_once_is_done_once(desk: World) -> None:
    with desk.store.db.atomic():
        for number in range(1, 11):
            vpa(f"W{number}")
            case("inactive", vpa=f"W{number}")
    line = [
        "--db", desk.url, "--now", desk.now, "--as", "ANN", "--json", "case", "resolve", "--measure", "reminder",
        "--command-id", "7d1fb9d2-3f6b-4c0e-8a52-1f4a86d0c933", *(str(number) for number in range(1, 11)),
    ]  # fmt: skip
    answers = together([line] * 3)
    assert [(answer.exit_code, answer.stderr) for answer in answers] == [(0, "")] * 3, answers
    assert Reminder.select().count() == 10
    assert History.select().where(History.command == "7d1fb9d2-3f6b-4c0e-8a52-1f4a86d0c933").count() == 10
