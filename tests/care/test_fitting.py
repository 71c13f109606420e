"""The fitting Chatvorlage comes first (K-21, K-22, K-29)."""

from __future__ import annotations

import pytest

from models.care.letters.fitting import fitting_kind, templates_for
from models.ground.errors import NotFoundError
from models.tables.people import Customer, Vpa
from tests.support.handover import assignment, customer, days
from tests.support.world import World


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("angebot", "new_offer"),
        ("bucher", "new_regular"),
        ("prio", "new_prio"),
        ("aktiv", "new_regular"),
        ("inaktiv", "inactive"),
    ],
)
def test_a_new_customer_by_its_status_k21(team: World, status: str, kind: str) -> None:
    row = customer("K2", status=status)
    assert fitting_kind(team.session().work(), row) == kind


def test_one_that_had_a_vpa_k21(team: World) -> None:
    work, row = team.session().work(), Customer.get_by_id("K1")
    assert fitting_kind(work, row) == "vpa_change"
    Vpa.update(gone=True).where(Vpa.id == "V1").execute()
    assert fitting_kind(work, row) == "vpa_dropout"
    assert fitting_kind(work, customer("K2", status="inaktiv")) == "inactive"
    ended = customer("K3", status="prio")
    assignment("K3", "V2", days(-50), days(-9))
    assert fitting_kind(work, ended) == "vpa_change"


def test_it_is_offered_first_k22_k29(team: World) -> None:
    """K-22, K-29, A-15: on the Watchlist the one for the customer's status."""
    codes = [one["code"] for one in templates_for(team.session().work(), "customer:K1")]
    assert codes[:2] == ["vpa_change", "watch_aktiv"]
    assert {"new_offer", "file_upkeep"} <= set(codes)
    assert "handover_form" not in codes


def test_other_subjects_get_what_is_made_for_them(team: World) -> None:
    codes = [one["code"] for one in templates_for(team.session().work(), "vpa:V1")]
    assert "inform_manager" in codes
    assert "vpa_change" not in codes
    with pytest.raises(NotFoundError):
        templates_for(team.session().work(), "vpa:V9")


def test_by_command_line(team: World) -> None:
    rows = team.cli("template", "list", "--for", "customer:K1", "--limit", "1").ok().lines
    assert [row["code"] for row in rows] == ["vpa_change"]
    assert team.cli("template", "list", "--for", "customer:K9").exit_code == 2
