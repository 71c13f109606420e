"""Several members at the same task: one of them wins, the others learn who; on both engines."""

from __future__ import annotations

import pytest

from models.admin.verify import verify
from models.tables.history import History
from models.tables.task import Message, Task
from tests.support import task as make
from tests.support.race import together
from tests.support.world import World

TEAM = ("ANN", "TOM", "VIO", "FRE")


@pytest.mark.slow
def test_t16_one_decline_wins_and_leaves_one_message_and_one_entry(world: World) -> None:
    from models.tables.entry import Entry

    make.people()
    make.task()
    make.reminded_twice()
    decline = ("task", "decline", "T1", "--text", "Leider nein", "--why-impossible", "Liste fehlt")
    answers = together([["--db", world.url, "--now", world.now, "--as", who, "--json", *decline] for who in TEAM])
    assert sorted(answer.exit_code for answer in answers) == [0, 6, 6, 6]
    (winner,) = [who for who, answer in zip(TEAM, answers, strict=True) if answer.exit_code == 0]
    for answer in answers:
        if answer.exit_code:
            assert answer.json["error"]["code"] == "already_done"
            assert winner in answer.json["error"]["message"]
    assert (Message.select().count(), Entry.select().count(), Task.get_by_id("T1").state) == (4, 1, "abgelehnt")
    assert [row.member for row in History.select().where(History.action == "task.decline")] == [winner]
    verify()
