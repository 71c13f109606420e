"""A customer's status changes with its reason in the internal file (K-07)."""

from __future__ import annotations

from typing import Any

import pytest

from models.action.undo import undo
from models.ground.errors import AlreadyDoneError, ConflictError, NotFoundError, UsageError
from models.tables.people import Customer
from tests.support.cases import case
from tests.support.handover import act, assignment, customer, days, entries, made, rules
from tests.support.world import World


def status(team: World, **texts: Any) -> dict[str, Any]:
    return act(team, "customer.status", **{"id": "K1", "to": "prio", "reason": "Bucht jede Woche", **texts})


def test_old_new_and_why_stand_in_the_file_k07(team: World) -> None:
    shown = status(team)
    assert (shown["id"], shown["status"]) == ("K1", "prio")
    (entry,) = entries("oteam")
    assert (entry.id, entry.kind, entry.tags) == (shown["entry"], "status_change", ["Status"])
    assert entry.situation == "Status: aktiver Kunde → Prio-Kunde. Grund: Bucht jede Woche"
    assert entries("vpa_kunde") == []


def test_a_prio_customer_and_a_vpa_with_prio_are_two_things_k07(team: World) -> None:
    """K-07, A-02: the one is a status with its reason, the other a VPA manager's decision."""
    found = case("schedule", "priority_to_agree", vpa="V1")
    customer("K2")
    assignment("K2", "V1", days(-50))
    resolve: dict[str, Any] = {"id": found.id, "measure": "agreed", "decision": "prio"}
    status(team)
    assert rules(team, "case.resolve", **resolve) == [("decision_missing", "D-12", "stop")]
    act(team, "case.resolve", **resolve, agreed_with="BEN")
    assert {row.id: row.status for row in Customer.select()} == {"K1": "prio", "K2": "aktiv"}


@pytest.mark.parametrize("to", ["angebot", "bucher", "prio", "inaktiv"])
def test_every_status_of_the_platform_k07(team: World, to: str) -> None:
    assert status(team, to=to)["status"] == to


@pytest.mark.parametrize("reason", ["", "  ", None])
def test_no_change_without_its_reason_k07(team: World, reason: str | None) -> None:
    assert rules(team, "customer.status", id="K1", to="prio", reason=reason) == [("reason_missing", "K-07", "stop")]
    assert Customer.get_by_id("K1").status == "aktiv"


def test_the_same_status_is_already_done(team: World) -> None:
    with pytest.raises(AlreadyDoneError):
        act(team, "customer.status", id="K1", to="aktiv")
    assert entries("oteam") == []


@pytest.mark.parametrize("to", ["", "vip", None])
def test_an_unknown_status_is_wrong_usage(team: World, to: str | None) -> None:
    with pytest.raises(UsageError):
        status(team, to=to)


def test_an_unknown_customer_is_not_found(team: World) -> None:
    with pytest.raises(NotFoundError):
        status(team, id="K9")


def test_undo_takes_status_and_entry_back(team: World) -> None:
    status(team)
    undo(team.session())
    assert (Customer.get_by_id("K1").status, entries("oteam")) == ("aktiv", [])


def test_undo_stops_when_another_has_changed_it_since(team: World) -> None:
    status(team)
    act(team, "customer.status", id="K1", to="inaktiv", reason="Pause", as_="TOM")
    with pytest.raises(ConflictError):
        undo(team.session("ANN"))


def test_the_form_asks_for_status_and_reason(team: World) -> None:
    assert list(made("customer.status", id="K1", to="prio").relevant(None)) == ["to", "reason"]
