"""Several members at once: one of them wins, and the customer has one VPA."""

from __future__ import annotations

import pytest

from models.admin.verify import verify
from models.tables.handover import Handover
from models.tables.people import Assignment
from tests.support.handover import TODAY, entries, member, proposed, ready, reminders, vpa
from tests.support.race import together
from tests.support.world import World


def line(team: World, who: str, *args: str) -> list[str]:
    return ["--db", team.url, "--now", team.now, "--as", who, "--json", *args]


@pytest.mark.slow
def test_one_release_one_winner_w12(team: World) -> None:
    member("VERA", "vpa_manager")
    key = str(proposed(team))
    commands = [line(team, who, "handover", "approve", key) for who in ("BEN", "KIM", "VERA")]
    answers = together(commands)
    assert sorted(answer.exit_code for answer in answers) == [0, 6, 6]
    winner = Handover.get_by_id(int(key)).decided_by
    losers = [answer.json["error"]["message"] for answer in answers if answer.exit_code]
    assert all(winner in message for message in losers)
    assert verify() > 0


@pytest.mark.slow
def test_one_finish_leaves_one_entry_and_one_check_k08_k25(team: World) -> None:
    key = str(ready(team))
    given = ("handover", "finish", key, "--text", "Willkommen")
    answers = together([line(team, who, *given) for who in ("ANN", "TOM", "BEN")])
    assert sorted(answer.exit_code for answer in answers) == [0, 6, 6]
    assert (len(entries("oteam")), len(reminders(kind="upkeep"))) == (1, 1)


@pytest.mark.slow
def test_a_customer_given_to_three_at_once_has_one_vpa(team: World) -> None:
    for name in ("V3", "V4"):
        vpa(name)
    given = ("assign", "--customer", "K1", "--kind", "vpa_dropout", "--text", "Willkommen", "--vpa")
    answers = together([line(team, "ANN", *given, who) for who in ("V2", "V3", "V4")])
    assert [answer.exit_code for answer in answers] == [0, 0, 0]
    running = Assignment.select().where(Assignment.customer == "K1", Assignment.end.is_null())
    assert [row.start for row in running] == [TODAY]
