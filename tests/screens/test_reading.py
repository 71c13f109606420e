"""How many questions the database is asked to open a list, a detail, a form: a fixed number, however much there is."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

import pytest

from models.action.catalogue import load_all
from models.tables.handover import Handover
from models.tables.outbox import Outbox
from models.tables.people import Assignment
from screens.form.model import FormModel
from screens.main.tabs import TITLES, load_tab
from screens.tab.tab import Deed, View
from tests.support import office as lay
from tests.support.world import World

ASKED = {
    "cases": (4, 17, 6), "reminders": (8, 23, 7), "journey": (1, 19, 5), "files": (4, 9, 4), "tasks": (7, 18, 5),
    "handovers": (2, 30, 4), "outbox": (3, 4, 4),
}  # fmt: skip
"""Questions for the first page, for a detail, for the form of `e`."""


@pytest.fixture
def office(world: World) -> World:
    """Six of everything: as many VPAs as a VPA-Wechsel looks for successors."""
    lay.settle(world)
    fill(range(6))
    return world


def fill(numbers: range) -> None:
    """A VPA, customer, Case, flag, Reminder, entries, task and VPA-Wechsel for each number."""
    for number in numbers:
        vpa, customer = f"V1{number:02d}", f"K1{number:02d}"
        lay.vpa(vpa, f"Mira {number}")
        lay.customer(customer, f"Bau {number}")
        Assignment.create(customer=customer, vpa="V001", start=dt.date(2025, 1, 2))
        Assignment.create(customer=customer, vpa=vpa, start=dt.date(2025, 2, 2))
        lay.reminder(about=f"case:{lay.case(vpa=vpa).id}")
        lay.reminder(subject=f"customer:{customer}")
        lay.flag(vpa=vpa)
        lay.entry(subject=f"customer:{customer}")
        lay.entry("vpa_akte", subject="vpa:V001")
        lay.task(f"T1{number:02d}", state="forwarded", customer=customer)
        Outbox.create(kind="entry", subject=f"customer:{customer}", about="entry:1", text="x", written="entry:1",
                      file="oteam", made_at=lay.moment("2025-11-03T10:00"), made_by="TOM")  # fmt: skip
        Handover.create(customer=customer, vpa=vpa, opened_at=lay.moment("2025-11-03T10:00"), opened_by="TOM")


def test_the_number_of_questions_is_fixed_and_does_not_grow(office: World, caplog: pytest.LogCaptureFixture) -> None:
    load_all()
    caplog.set_level(logging.DEBUG, "peewee")

    def count(work: Callable[[], Any]) -> int:
        caplog.clear()
        work()
        return sum(record.name == "peewee" for record in caplog.records)

    def counts() -> dict[str, tuple[int, int, int]]:
        found = {}
        for code, _ in TITLES:
            tab = load_tab(code)
            source = tab.source(office.session(), View(tab.first_view, sort=tab.sort))
            row = source.page(None, "from", 60).rows[0]
            deed = tab.deed("main", row)
            assert isinstance(deed, Deed)
            found[code] = (
                count(lambda source=source: source.page(None, "from", 60)),  # type: ignore[misc]
                count(lambda tab=tab, row=row: tab.detail(office.session(), row.id)),  # type: ignore[misc]
                count(lambda deed=deed: FormModel(office.session(), deed).load()),  # type: ignore[misc]
            )
        return found

    counts()  # who opened a VPA-Akte is noted once a day (P-06)
    assert counts() == ASKED
    fill(range(6, 20))
    assert counts() == ASKED
