"""From hand to hand: take, give back, hand over (R-02, R-03, R-05, R-08, A-08)."""

from __future__ import annotations

import pytest

from models.ground.errors import NotFoundError
from models.playbook.refusals import RefusedError
from models.reminder.actions import GiveBackReminder, HandOverReminder, PostponeReminder, TakeReminder
from models.tables.reminder import Reminder
from tests.support.cases import already_done, away, everything, left, moment, refused, reminder, wants
from tests.support.world import World


def take(row: Reminder, reason: str | None = None) -> TakeReminder:
    return TakeReminder(id=str(row.id), reason=reason)


def give_back(row: Reminder) -> GiveBackReminder:
    return GiveBackReminder(id=str(row.id))


def hand_over(row: Reminder, to: str | None, reason: str | None = "Kennt den Kunden") -> HandOverReminder:
    return HandOverReminder(id=str(row.id), to=to, reason=reason)


@pytest.mark.parametrize("reason", ["vacation", "sick"])
def test_r05_a_colleague_takes_over_while_the_owner_is_away(desk: World, reason: str) -> None:
    row = reminder(owner="TOM")
    away("TOM", "2025-11-05", "2025-11-07", reason)
    assert wants(desk, take(row), now="2025-11-04T23:59") == ["owner_present R-05"]
    assert wants(desk, take(row), now="2025-11-07T23:59") == []
    assert wants(desk, take(row), now="2025-11-08T00:00") == ["owner_present R-05"]
    with pytest.raises(RefusedError) as caught:
        desk.run(take(row), now="2025-11-08T00:00")
    assert "TOM ist da" in caught.value.message
    shown = desk.run(take(row))
    assert (shown["owner"], shown["original_owner"], shown["created_by"]) == ("ANN", "TOM", "TOM")
    assert shown["accepted_at"] == moment("2025-11-05T14:00")


def test_r05_who_has_left_is_away_for_good(desk: World) -> None:
    row = reminder(owner="TOM")
    left("TOM")
    assert desk.run(take(row))["owner"] == "ANN"


def test_a08_a_vpa_manager_takes_with_a_reason(desk: World) -> None:
    row = reminder(owner="TOM")
    assert refused(desk, take(row), as_="VIO") == ["reason_missing R-05"]
    assert refused(desk, take(row, "Eilt"), as_="KIM") == ["owner_present R-05"]  # a customer manager may not
    assert refused(desk, take(row, "Eilt"), as_="ANN") == ["owner_present R-05"]
    assert desk.run(take(row, "Eilt"), as_="VIO")["owner"] == "VIO"


def test_a08_away_a_vpa_manager_needs_no_reason(desk: World) -> None:
    row = reminder(owner="TOM")
    away("TOM", "2025-11-05", "2025-11-05")
    assert desk.run(take(row), as_="VIO")["owner"] == "VIO"


def test_ones_own_and_a_closed_one_are_not_taken(desk: World) -> None:
    assert "gehört dir" in already_done(desk, take(reminder(owner="ANN")))
    away("TOM", "2025-11-05", "2025-11-07")
    closed = reminder(owner="TOM", state="done", done_by="LIA", done_at=moment("2025-11-05"))
    assert "LIA" in already_done(desk, take(closed))


def test_give_back_goes_back_along_the_chain(desk: World) -> None:
    row = reminder(owner="ANN")
    away("ANN", "2025-11-03", "2025-11-14")
    desk.run(take(row), as_="TOM")
    away("TOM", "2025-11-05", "2025-11-07")
    desk.run(take(row), as_="LIA")
    assert refused(desk, give_back(row), as_="TOM") == ["not_owner R-03"]
    back = desk.run(give_back(row), as_="LIA")
    assert (back["owner"], back["original_owner"]) == ("TOM", "ANN")
    assert desk.run(give_back(row), as_="TOM")["owner"] == "ANN"
    assert "niemand übernommen" in already_done(desk, give_back(row), as_="ANN")


def test_what_nobody_took_is_not_given_back(desk: World) -> None:
    row = reminder(owner="ANN")
    already_done(desk, give_back(row), as_="TOM")
    desk.run(hand_over(row, "TOM"))
    already_done(desk, give_back(row), as_="TOM")


def test_after_a_hand_over_the_receiver_gives_back_to_the_one_before_the_take(desk: World) -> None:
    row = reminder(owner="ANN")
    away("ANN", "2025-11-03", "2025-11-14")
    desk.run(take(row), as_="TOM")
    desk.run(hand_over(row, "LIA"), as_="TOM")
    assert desk.run(give_back(row), as_="LIA")["owner"] == "ANN"


def test_handed_to_its_owner_before_it_is_given_back(desk: World) -> None:
    row = reminder(owner="ANN")
    away("ANN", "2025-11-03", "2025-11-04")
    desk.run(take(row), as_="TOM", now="2025-11-04T09:00")
    assert desk.run(hand_over(row, "ANN"), as_="TOM")["owner"] == "ANN"
    already_done(desk, give_back(row))


def test_r05_a_hand_over_wants_receiver_reason_and_the_owner(desk: World) -> None:
    row = reminder(owner="ANN")
    assert wants(desk, hand_over(row, None)) == ["kuerzel_missing R-02"]
    assert wants(desk, hand_over(row, "TOM", None)) == ["reason_missing R-05"]
    assert wants(desk, hand_over(row, "LIA"), as_="TOM") == ["not_owner R-03"]
    assert wants(desk, hand_over(row, "tom")) == []
    assert refused(desk, hand_over(row, None, None), as_="VIO") == [
        "kuerzel_missing R-02", "reason_missing R-05", "not_owner R-03",
    ]  # fmt: skip
    with pytest.raises(NotFoundError):
        desk.run(hand_over(row, "NIX"))


def test_r05_nobody_away_and_not_oneself(desk: World) -> None:
    row = reminder(owner="ANN")
    away("TOM", "2025-11-05", "2025-11-07")
    left("LIA")
    for receiver in ("TOM", "LIA", "ANN", "ann"):
        assert wants(desk, hand_over(row, receiver)) == ["receiver_away R-05"]
    assert wants(desk, hand_over(row, "TOM"), now="2025-11-08T09:00") == []


def test_r08_a_hand_over_is_accepted_with_the_receivers_first_act(desk: World) -> None:
    row = reminder(owner="ANN")
    shown = desk.run(hand_over(row, "TOM"))
    assert (shown["owner"], shown["accepted_at"]) == ("TOM", None)
    later = PostponeReminder(id=str(row.id), due=moment("2025-11-12"), reason="Rückruf")
    shown = desk.run(later, as_="TOM", now="2025-11-06T09:00")
    assert shown["accepted_at"] == moment("2025-11-06T09:00")
    shown = desk.run(later, as_="TOM", now="2025-11-07T09:00")
    assert shown["accepted_at"] == moment("2025-11-06T09:00")


def test_r08_one_set_for_a_colleague_is_accepted_the_same_way(desk: World) -> None:
    from models.reminder.actions import CloseReminder, SetReminder

    made = SetReminder(vpa="V1", due=moment("2025-11-05"), reason="Eilt", receiver="TOM")
    assert desk.run(made)["accepted_at"] is None
    closed = desk.run(CloseReminder(id="1", outcome="solved", log="Erledigt"), as_="TOM", now="2025-11-05T15:00")
    assert closed["accepted_at"] == moment("2025-11-05T15:00")
    own = SetReminder(vpa="V1", due=moment("2025-11-05"), reason="Eilt")
    desk.run(own)
    assert desk.run(CloseReminder(id="2", outcome="solved", log="Erledigt"))["accepted_at"] is None


def test_a_dry_run_changes_nothing(desk: World) -> None:
    row = reminder(owner="TOM")
    away("TOM", "2025-11-05", "2025-11-07")
    taken = reminder(owner="ANN", owners=["TOM"])
    before = everything()
    for action in (take(row), give_back(taken), hand_over(taken, "LIA")):
        assert desk.run(action, dry_run=True)["dry_run"] is True
    assert everything() == before


def test_r02_every_step_has_a_kuerzel(desk: World) -> None:
    row = reminder(owner="TOM")
    desk.me = None
    for action in (take(row), give_back(row), hand_over(row, None, None)):
        assert refused(desk, action) == ["kuerzel_missing R-02"]
