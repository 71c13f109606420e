"""The Reminder list of the screen: views, filter as one types, orders (R-01, R-10, A-26)."""

from __future__ import annotations

from typing import Any

import pytest

from models.reminder import pages
from models.reminder.actions import SetReminder
from models.reminder.pages import reminder_lines, reminder_listing
from tests.support.cases import away, case, customer, left, moment, reminder, vpa
from tests.support.world import World


def shown(world: World, view: str = "open", text: str = "", sort: str = "", **more: bool) -> list[int]:
    listing = reminder_listing(world.session().work(), view, text, sort, **more)
    rows = [row for _, row in listing.page(None, "from", 50).rows]
    assert len(rows) == listing.count()
    assert all(listing.locate(row[0]) is not None for row in rows)
    return [row[0] for row in rows]


def test_r01_own_due_then_others_due_then_by_date_none_hidden(desk: World) -> None:
    others = reminder(owner="TOM", due="2025-10-01").id
    later = reminder(due="2025-11-05T15:00").id
    overdue = reminder(due="2025-09-01").id
    reminder(state="done", done_by="ANN", done_at=moment("2025-11-04"))
    assert shown(desk) == [overdue, others, later]
    assert shown(desk, sort="due") == [overdue, others, later]
    assert shown(desk, sort="due", descending=True) == [later, others, overdue]
    assert shown(desk, sort="owner") == [later, overdue, others]
    assert shown(desk, sort="owner", descending=True) == [others, overdue, later]
    assert len(shown(desk, "done", sort="owner")) == 1


def test_views(desk: World) -> None:
    away("TOM", "2025-11-05", "2025-11-05")
    left("LIA")
    own, later = reminder().id, reminder("customer:K1", due="2025-12-01").id
    toms, lias = reminder(owner="TOM").id, reminder(owner="LIA").id
    vios = reminder(owner="VIO").id
    done = reminder(state="done", done_by="ANN", done_at=moment("2025-11-04")).id
    expected = {
        "open": [own, toms, lias, vios, later], "mine": [own, later], "stand_in": [toms, lias],
        "due": [own, toms, lias, vios], "deferred": [later], "vpa": [own, toms, lias, vios], "customer": [later],
        "done": [done],
    }  # fmt: skip
    assert {view: shown(desk, view) for view in expected} == expected


@pytest.mark.parametrize("few", [0, 500], ids=["joined", "looked-up"])
def test_the_filter_knows_names_reasons_and_owners_in_any_spelling(
    desk: World, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(pages, "FEW", few)
    vpa("V2", "Jörg Groß-Öhler")
    customer("K2", "Straßen & Söhne")
    reasons = {"vpa:V1": "Rückfrage (Übergabe)", "vpa:V2": "Anruf", "customer:K2": "Prüfen"}
    for subject, reason in reasons.items():
        kind, _, key = subject.partition(":")
        whom: dict[str, Any] = {kind: key}
        desk.run(SetReminder(**whom, due=moment("2025-11-05"), reason=reason))
    for text, ids in {
        "": [1, 2, 3], "rück": [1], "RUECKFRAGE": [1], "ubergabe": [1], "frage": [], "mira": [1], "jörg": [2],
        "Oehler": [2], "gross anruf": [2], "strasse": [3], "SÖHNE prüf": [3], "ann": [1, 2, 3], "an": [2], "100%": [],
        "_": [1, 2, 3], "mira anruf": [],
    }.items():  # fmt: skip
        assert shown(desk, text=text) == ids, text


def test_a_line_says_whose_it_is_and_what_it_is_about(desk: World) -> None:
    away("TOM", "2025-11-05", "2025-11-05")
    found = case("inactive")
    reminder(about=f"case:{found.id}")
    reminder("customer:K1", owner="TOM")
    work = desk.session().work()
    rows = [row for _, row in reminder_listing(work).page(None, "from", 50).rows]
    own, toms = reminder_lines(work, rows)
    assert (own.name, own.mine, own.owner_away, own.case_kind) == ("Mira Keller", True, False, "inactive")
    assert (toms.name, toms.mine, toms.owner_away, toms.case_kind) == ("Bäckerei Sommer", False, True, "")
