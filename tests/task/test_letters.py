"""Booking, complaint and return are the Chatvorlagen, filled: no placeholder is left in them (T-11, T-25, F-03)."""

from __future__ import annotations

import pytest

from models.ground.vpa_text import placeholder_places
from models.tables.task import Message, Note
from tests.support import task as make
from tests.support.world import World


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """The team, two VPAs, a customer; ANN acts."""
    make.people()
    world.me = "ANN"


def test_t11_a_booking_is_confirmed_by_its_chatvorlage(world: World) -> None:
    make.task("T1", link="https://x.example/1")
    given = (
        "--option",
        "Feste Schicht",
        "--schedule",
        "Mo bis Fr, 9 Uhr",
        "--minimum",
        "2 Stunden",
        "--notice",
        "1 Monat",
    )
    world.cli("task", "book", "T1", "--addon", "shift", *given).ok()
    text = Message.select().order_by(Message.id.desc()).get().text
    assert "Hiermit" not in text
    assert all(part in text for part in given[1::2])
    assert placeholder_places(text) == []


def test_t25_a_complaint_greets_who_reads_it(world: World) -> None:
    make.task("T1", link="https://x.example/1")
    world.cli("task", "complain", "T1", "--reason", "Zu spät geliefert.", "--next-steps", "Wir rufen an.").ok()
    text = Note.select().get().text
    assert text.startswith("Hallo ")
    assert "Zu spät geliefert." in text
    assert "Wir rufen an." in text
    assert placeholder_places(text) == []


def test_f03_what_is_missing_stands_point_by_point(world: World) -> None:
    make.task("T1", state="forwarded")
    world.cli("task", "return", "T1", "--gap", "Wie viele Seiten?", "--gap", "Bis wann?").ok()
    text = Note.select().get().text
    assert "– Wie viele Seiten?\n– Bis wann?" in text
    assert placeholder_places(text) == []
