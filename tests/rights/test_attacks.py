"""Attacks by raw SQL are refused and change nothing: the short form of tests/long/attacks.py (issue 5 §2)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rights.attacks import BY_MEMBERS, BY_VIEWERS, Attack
from tests.rights.scene import VIEWER, Attacker, furnish
from tests.rights.team import Team, disband, found
from tests.support.postgres import Server

SHORT = {
    "ANN": (
        "a row of the history, past its door", "a row in somebody else's name", "who did it", "an entry of last year",
        "the same command once more", "a change without a trace", "somebody else's Case", "J-08: the last stage",
        "W-12: a release", "T-15: twelve hours declined without a release", "A-28: a manager by the own word",
        "SET ROLE to the owner", "triggers off", "a temporary table before ours",
    ),
    "MIA": (
        "A-17: the own request", "A-17: the proposal put into another mouth", "W-12: a release in somebody else's name",
        "T-15: a release", "what an entry says", "all rows go", "the program's own way to roles", "a DO block",
        "the server's own files", "a program of the server", "a file as a large object", "rights for everybody",
    ),
    VIEWER: (
        "the other files", "all files by COPY", "an error that tells", "an error by division", "a function that tells",
        "what VPAs see", "the words for search", "a correction", "what the Wizard said", "the history",
        "another role", "an entry",
    ),
}  # fmt: skip
"""A dozen or more for each of three logins."""


@pytest.fixture(scope="module")
def besieged(postgres_server: Server) -> Iterator[Team]:
    """A real team, where the server's clock holds."""
    made = found(postgres_server, sandbox=False)
    furnish(made)
    yield made
    disband(made)


def chosen(kuerzel: str) -> list[Attack]:
    """The attacks of the short form."""
    known = {attack.name: attack for attack in (BY_VIEWERS if kuerzel == VIEWER else BY_MEMBERS)}
    return [known[name] for name in SHORT[kuerzel]]


@pytest.mark.parametrize("kuerzel", SHORT)
def test_a_dozen_attacks_are_refused_and_would_else_succeed(besieged: Team, kuerzel: str) -> None:
    attacker = Attacker(besieged, kuerzel)
    assert [attack.name for attack in chosen(kuerzel) if attacker.succeeds(attack)] == []
    assert [attack.name for attack in chosen(kuerzel) if not attacker.would_succeed(attack)] == []
    assert besieged.admin("history", "verify").exit_code == 0


def test_the_test_would_notice(besieged: Team) -> None:
    """With a trigger gone the very attack goes through, and is told as a success."""
    (attack,) = (attack for attack in chosen("ANN") if attack.name == "J-08: the last stage")
    besieged.execute("ALTER TABLE flag DISABLE TRIGGER flag_cleared")
    assert Attacker(besieged, "ANN").succeeds(attack)
    assert "flag_cleared" in besieged.cli("ANN", "doctor").json["integrity"]
    besieged.execute("ALTER TABLE flag ENABLE TRIGGER flag_cleared")
