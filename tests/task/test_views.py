"""Inbox, Projektpool, Experten and complaint view, on both engines."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from models.database.keyset import Listing
from models.tables.task import STATES, Task
from models.task.actions import CorrectTags, NoteTask, OfferTask
from models.task.complaint import complaint_view
from models.task.experts import ExpertLine, areas, expert_facts, expert_listing
from models.task.inbox import STATES_OF, VIEWS, TaskLine, arrivals, task_listing
from tests.support import task as make
from tests.support.world import World


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """The team, two VPAs, a customer; ANN acts."""
    make.people()
    world.me = "ANN"


def walked(listing: Listing, size: int = 2) -> list[tuple[Any, ...]]:
    """All rows, page by page, down and up again."""
    down: list[tuple[Any, ...]] = []
    anchor = None
    while True:
        found = listing.page(anchor, "after" if anchor else "from", size)
        down += [row for _, row in found.rows]
        if not found.has_more:
            break
        anchor = found.rows[-1][0]
    up: list[tuple[Any, ...]] = []
    anchor = None
    while True:
        found = listing.page(anchor, "before", size)
        up = [row for _, row in found.rows] + up
        if not found.has_more:
            break
        anchor = found.rows[0][0]
    assert up == down
    assert listing.count() == len(down)
    return down


def lines(*args: Any, **how: Any) -> list[TaskLine]:
    """The tasks of a view."""
    return [TaskLine(*row) for row in walked(task_listing(*args, **how))]


def keys(*args: Any, **how: Any) -> list[str]:
    """Their ids."""
    return [line.id for line in lines(*args, **how)]


def test_d02_forwarded_comes_first_and_every_state_has_its_view(world: World) -> None:
    """D-02, A-21: views beside the daily duty; Forwarded, the inbox of what was delegated to the TL, comes first."""
    for number, state in enumerate(("offen", "vergeben", "erledigt", "umfrage", "forwarded", "abgelehnt", "forwarded")):
        make.task(f"T{number}", state=state, new_customer=state == "umfrage")
    assert keys() == ["T4", "T6", "T3", "T0", "T1"]
    assert keys("forwarded") == ["T4", "T6"]
    assert keys("pool") == ["T3"]
    assert keys("running") == ["T0", "T1"]
    assert keys("new") == ["T3"]
    assert keys("over") == ["T5", "T2"]
    assert set(VIEWS) == set(STATES_OF)
    assert {state for states in STATES_OF.values() for state in states} == set(STATES)


def test_tasks_sort_by_title_customer_and_deadline(world: World) -> None:
    make.customer("K2", "Äpfel und mehr", None)
    make.task("T1", title="Zeiten", deadline=None)
    make.task("T2", title="Ärzte anrufen", deadline=dt.date(2025, 12, 1))
    make.task("T3", title="Anfragen", deadline=dt.date(2025, 11, 7), customer="K2", vpa=None)
    assert keys(sort="title") == ["T3", "T2", "T1"]
    assert keys(sort="title", descending=True) == ["T1", "T2", "T3"]
    assert keys(sort="customer") == ["T3", "T1", "T2"]
    assert keys(sort="deadline") == ["T3", "T2", "T1"]
    assert keys(sort="deadline", descending=True) == ["T2", "T3", "T1"]
    assert task_listing(sort="deadline").locate("T1") == (1, "T1")
    assert task_listing("pool").locate("T1") is None


@pytest.mark.parametrize(("text", "found"), [("ÄRZ", ["T2"]), ("aerzte", ["T2"]), ("sommer", ["T1", "T2"]), ("x", [])])
def test_typing_finds_title_and_customer(world: World, text: str, found: list[str]) -> None:
    make.task("T1", title="Zeiten", new_customer=True)
    make.task("T2", title="Ärzte anrufen", new_customer=True)
    for view in ("open", "new"):
        assert keys(view, text=text) == found


def test_f05_f10_f03_an_arrival_answers_three_questions_at_once(world: World) -> None:
    make.delegated("T1")
    make.task("T2")
    make.task(
        "T3", delegated_by="V1", delegation_reason="zeit", delegation_comment="", checklist={}, tags_checked=False
    )
    make.message("2025-11-03T09:00", "at", "Wir suchen", ["weiterleitung"], "T3")
    make.message("2025-11-03T09:00", "kunde", "Freitag?", ["deadline"], "T3")
    found = arrivals(lines("forwarded"))
    assert (found["T1"].told, found["T1"].commented, found["T1"].deadline_offered) == (True, True, None)
    assert (found["T2"].told, found["T2"].commented, found["T2"].deadline_offered) == (None, None, None)
    assert (found["T3"].told, found["T3"].commented, found["T3"].deadline_offered) == (False, False, True)
    assert found["T3"].missing == ("Anweisung", "Beispiele", "Listen", "Zugänge", "Anleitungen")
    assert [found[key].ready for key in ("T1", "T2", "T3")] == [True, True, False]
    assert arrivals([]) == {}
    assert arrivals([Task.get_by_id("T1")])["T1"].told is True


def test_f01_the_pool_says_who_offered_when(world: World) -> None:
    make.delegated()
    world.run(OfferTask(id="T1"))
    (line,) = lines("pool")
    assert line.offered_by == "ANN"
    assert line.offered_at == world.session().work().now
    assert (line.customer_name, line.vpa_name) == ("Bäckerei Sommer", "Mira Keller")


# Experten


def experts(*args: Any, **how: Any) -> list[str]:
    """Ids of the VPAs of a view."""
    return [ExpertLine(*row).id for row in walked(expert_listing(*args, **how))]


def test_f14_experts_by_area_class_and_capacity(world: World) -> None:
    """F-14: the Assistenzbereiche decide who fits."""
    make.vpa("V3", "Ole Brandt", areas=["Buchhaltung", "50% _Excel\\"], orders=True, klasse="A", active=False)
    make.vpa("V4", "Ada Grün", areas=["Buchhaltung plus"], orders=False, klasse="A")
    make.vpa("V5", "Eva Weg", areas=["Buchhaltung"], gone=True)
    make.vpa("V6", "Uwe Öhm", areas=["50x yExcel\\"], orders=None)
    assert experts() == ["V4", "V2", "V1", "V3", "V6"]
    assert experts("Buchhaltung") == ["V3"]
    assert experts("50% _Excel\\") == ["V3"]
    assert experts(klasse="A") == ["V4", "V3"]
    assert experts(view="free") == ["V3"]
    assert experts(view="here") == ["V4", "V2", "V1", "V6"]
    assert experts(text="ohm") == ["V6"]
    assert experts(descending=True)[0] == "V6"
    assert areas() == ["50% _Excel\\", "50x yExcel\\", "Buchhaltung", "Buchhaltung plus"]


def test_f06_f11_f14_what_speaks_for_an_expert(world: World) -> None:
    from models.tables.people import Absence

    today = dt.date(2025, 11, 5)
    for number, (start, end, withdrawn) in enumerate(
        (((10, 1), (10, 9), False), ((12, 1), (12, 5), False), ((11, 20), (11, 21), True), ((11, 28), (12, 2), False))
    ):
        first, last = dt.date(2025, *start), dt.date(2025, *end)
        Absence.create(id=f"A{number}", vpa="V1", start=first, end=last, entered_on=first, withdrawn=withdrawn)
    make.task("T1", state="vergeben")
    make.task("T2", state="erledigt")
    make.task("T3", delegated_by="V1", vpa=None)
    world.cli("task", "return", "T3", "--gap", "Zugang").ok()
    facts = expert_facts(["V1", "V2"], today)
    mira = facts["V1"]
    assert mira.away == (dt.date(2025, 11, 28), dt.date(2025, 12, 2))
    assert (mira.tasks, mira.delegated, mira.returned) == (2, 1, 1)
    assert (facts["V2"].away, facts["V2"].tasks, facts["V2"].delegated, facts["V2"].returned) == (None, 0, 0, 0)


# Complaint view


def test_t04_the_chat_as_it_stood_on_a_day(world: World) -> None:
    """T-04: only the chat decides, as it was then."""
    made = make.task(deadline=None)
    make.message("2025-10-20T23:30", "kunde", "Bitte 20 Messen", ["aufgabenbeschreibung"])
    make.message("2025-10-21T00:30", "vpa", "Fertig", ["sonstiges"])
    make.message("2025-11-02T09:00", "vpa", "Nachtrag", [])
    world.run(CorrectTags(id="N2", tag=("ergebnis",)), now="2025-10-30T10:00")
    world.run(CorrectTags(id="N2", tag=("ergebnis", "deadline")), now="2025-11-03T10:00")
    work = world.session().work()

    def tags(day: str) -> list[list[str]]:
        return [list(m.tags) for m in complaint_view(work, made, dt.date.fromisoformat(day)).messages]

    assert tags("2025-10-20") == [["aufgabenbeschreibung"]]
    assert tags("2025-10-29") == [["aufgabenbeschreibung"], ["sonstiges"]]
    assert tags("2025-10-30") == [["aufgabenbeschreibung"], ["ergebnis"]]
    assert tags("2025-11-04") == [["aufgabenbeschreibung"], ["ergebnis", "deadline"], []]
    assert complaint_view(work, made).day == dt.date(2025, 11, 5)


def test_t04_what_is_not_documented(world: World) -> None:
    made = make.task(deadline=None, checklist={**make.COMPLETE, "lists": "missing"})
    make.message("2025-11-03T09:00", "kunde", "Bis wann?", [])
    world.run(NoteTask(id="T1", text="Preis am Telefon vereinbart"), despite="eilt")
    view = complaint_view(world.session().work(), made)
    assert [one.code for one in view.undocumented] == [
        "description", "deadline", "result", "question", "untagged", "notes_only", "item"
    ]  # fmt: skip
    texts = [one.text for one in view.undocumented]
    assert "Preis" in texts[5]
    assert texts[6].endswith(": Listen")
    assert len(view.notes) == 1
    early = complaint_view(world.session().work(), made, dt.date(2025, 11, 2))
    assert (early.messages, early.notes) == ((), ())


def test_t04_a_complete_chat_leaves_nothing(world: World) -> None:
    made = make.task(deadline=dt.date(2025, 11, 7))
    make.message("2025-11-03T09:00", "kunde", "Bitte 20 Messen. Geht das?", ["aufgabenbeschreibung"])
    make.message("2025-11-03T10:00", "vpa", "Gern", ["ergebnis"])
    assert complaint_view(world.session().work(), made).undocumented == ()


def test_show_says_who_delegated_and_in_which_words_f_10(world: World) -> None:
    """`delegation`: the VPA, the contract's word for the reason, the comment; null for one that nobody delegated."""
    make.delegated("T1")
    make.delegated("T2", delegation_reason="zeit", delegation_comment=None)
    make.task("T3")
    assert "Delegiert von V1 (Kompetenz): Excel fehlt mir" in world.cli("task", "show", "T1", json=False).ok().stdout
    assert "Delegiert von V1 (Zeit): kein Kommentar" in world.cli("task", "show", "T2", json=False).ok().stdout
    assert "Delegiert" not in world.cli("task", "show", "T3", json=False).ok().stdout
    shown = [world.cli("task", "show", key).ok().json["delegation"] for key in ("T1", "T2", "T3")]
    assert shown == [
        {"by": "V1", "reason": "competence", "comment": "Excel fehlt mir"},
        {"by": "V1", "reason": "time", "comment": None},
        None,
    ]
