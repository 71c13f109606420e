"""What a form, a detail and the Schichtlauf say is what the deed does and the team has set: one source for each."""

from __future__ import annotations

import datetime as dt

import pytest

from models.action.catalogue import load_all
from models.tables.entry import Entry
from models.tables.people import Assignment, Customer, Vpa
from models.tables.reminder import Reminder
from models.tables.setting import Setting
from screens.cases.detail import case_detail
from screens.cases.tab import CasesTab
from screens.form.model import FormModel
from screens.tab.tab import Deed, View
from screens.walk.walk import reason
from tests.support import cases
from tests.support.cases import case, flag, reminder
from tests.support.world import World


@pytest.fixture
def desk(world: World) -> World:
    """VPA V1, and ANN who acts."""
    return cases.team(world)


def preset(world: World, row: Reminder) -> dict[str, object]:
    """What the form that closes a Reminder has filled in of its entry."""
    load_all()
    model = FormModel(world.session(), Deed("reminder.done", "Reminder entfernen", {"id": str(row.id)}))
    model.load()
    return {field.name: model.initial(field) for field in model.fields if field.name in ("log_kind", "log_tag")}


@pytest.mark.parametrize("stage", ["0-3", "3-6", "6-9", ">12"])
def test_a_reminder_about_a_flag_shows_the_entry_that_closing_it_writes(desk: World, stage: str) -> None:
    row = reminder(about=f"flag:{flag(stage).id}")
    assert preset(desk, row) == {"log_kind": "journey", "log_tag": "VPA-Journey"}
    desk.cli("reminder", "done", str(row.id), "--outcome", "solved", "--log", "Termin steht").ok()
    written = Entry.select().order_by(Entry.id.desc()).get()
    assert (written.kind, written.tags) == ("journey", ["VPA-Journey"])


def test_a_reminder_about_a_case_shows_it_too_and_one_about_nothing_says_other(desk: World) -> None:
    assert preset(desk, reminder(about=f"case:{case('absence').id}"))["log_kind"] == "absence"
    assert preset(desk, reminder())["log_kind"] == "other"


@pytest.mark.parametrize(("days", "said"), [(None, "21 Tagen"), ("30", "30 Tagen")])
def test_d_21_the_walk_says_how_long_is_long_here(desk: World, days: str | None, said: str) -> None:
    if days:
        Setting.create(key="long_days", value=days)
    found = case("absence", "long", facts={"days": 40, "starts_90_days": 1})
    tab, work = CasesTab(), desk.session().work()
    listing = tab.listing(work, View("open"))
    (row,) = tab.rows(work, listing.page(listing.locate(found.id), "from", 1).rows)
    rule, why = reason(work, _Stop("case"), row)  # type: ignore[arg-type]
    assert rule == "D-21"
    assert said in why


class _Stop:
    """A stop of the walk, as far as its reason asks."""

    def __init__(self, noun: str) -> None:
        self.noun, self.group = noun, noun


@pytest.mark.parametrize(("days", "said"), [(None, "2 Mal in 90 Tagen"), ("60", "2 Mal in 60 Tagen")])
def test_d_23_the_detail_says_in_how_many_days_it_counts(desk: World, days: str | None, said: str) -> None:
    if days:
        Setting.create(key="frequent_days", value=days)
    found = case("absence", "frequent", facts={"days": 5, "starts_90_days": 2})
    shown = case_detail(desk.session(), found.id)
    assert shown is not None
    assert said in shown.caption


def test_k_25_every_way_to_a_check_says_the_same(desk: World) -> None:
    Vpa.update(active=True).execute()
    Customer.create(id="K9", name="Bäckerei Winter", folded="baeckerei winter", status="aktiv")
    given = ("--customer", "K9", "--vpa", "V1", "--kind", "new_regular", "--text", "Ansprechpartnerin ist Frau Bär.")
    desk.cli("assign", *given).ok()
    assert [row.reason for row in Reminder.select()] == ["VPA Kundenakte prüfen: Pflegt Mira Keller sie?"]
    assert Assignment.current("K9", dt.date(2025, 11, 5)).vpa == Vpa.get_by_id("V1")  # type: ignore[union-attr]
