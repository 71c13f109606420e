"""`schicht assign`, `customer status`, `watchlist`, `template` as a script meets them (CONTRACT §10)."""

from __future__ import annotations

import pytest

from tests.support.handover import assignment, customer, days, reminders
from tests.support.world import World


def test_assign_answers_with_the_customer(team: World) -> None:
    given = ("assign", "--customer", "K1", "--vpa", "V2", "--kind", "vpa_dropout", "--text", "Willkommen bei Nordlicht")
    assert team.cli(*given, "--dry-run").ok().json["dry_run"] is True
    shown = team.cli(*given).ok().json
    assert (shown["id"], shown["vpa"], shown["vpa_since"]) == ("K1", "V2", "2025-11-05")
    assert reminders()[0].kind == "upkeep"
    again = team.cli(*given)
    assert (again.exit_code, again.json["error"]["code"]) == (6, "already_done")


def test_assign_refuses_with_every_code(team: World) -> None:
    answer = team.cli("assign", "--customer", "K1", "--vpa", "V2", "--kind", "neu", "--text", "Klasse A, XY")
    assert (answer.exit_code, answer.codes) == (3, ["kind_missing", "class_named", "placeholder_left"])
    assert team.cli("assign", "--customer", "K9", "--vpa", "V2").json["error"]["code"] == "not_found"
    assert team.cli("assign", "--customer", "K1").json["error"]["code"] == "usage"


def test_customer_status_answers_with_the_customer_k07(team: World) -> None:
    shown = team.cli("customer", "status", "K1", "--to", "prio", "--reason", "Bucht viel").ok().json
    assert shown["status"] == "prio"
    assert team.cli("customer", "show", "K1").ok().json["entries"][0]["kind"] == "status_change"
    assert team.cli("customer", "status", "K1", "--to", "prio", "--reason", "x").exit_code == 6
    assert team.cli("customer", "status", "K1", "--to", "vip", "--reason", "x").exit_code == 2
    assert team.cli("customer", "status", "K1", "--to", "bucher").codes == ["reason_missing"]


def test_the_watchlist_is_a_command_and_a_group_k29(team: World) -> None:
    customer("K2", kept_on=days(-100), kept_by="vpa")
    assignment("K2", "V2", days(-300))
    rows = team.cli("watchlist").ok().lines
    assert [set(row) for row in rows] == [{"customer", "vpa", "last_entry", "weeks", "risk", "reasons"}] * 2
    assert [(row["customer"], row["vpa"], row["last_entry"], row["weeks"]) for row in rows] == [
        ("K2", "V2", "2025-07-28", 14),
        ("K1", "V1", None, None),
    ]
    assert len(team.cli("watchlist", "--limit", "1").ok().lines) == 1
    shown = team.cli("watchlist", "approach", "--customer", "K2", "--text", "Bitte pflegen", "--deadline", "2025-11-10")
    assert shown.ok().json["id"] == "K2"
    assert reminders()[0].kind == "deadline"
    assert "K2" in team.cli("watchlist", json=False).ok().stdout


def test_templates_by_command_line_k22(team: World) -> None:
    codes = [row["code"] for row in team.cli("template", "list").ok().lines]
    assert {"new_offer", "vpa_dropout", "watch_prio", "handover_form"} <= set(codes)
    text = team.cli("template", "fill", "watch_prio", "--for", "customer:K1", json=False).ok().stdout
    assert text.startswith("Hallo Mira,")
    assert team.cli("template", "fill", "watch_prio", "--for", "customer:K1").ok().json["text"].strip() == text.strip()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("nix", "--for", "customer:K1"), "not_found"),
        (("watch_prio", "--for", "customer:K9"), "not_found"),
        (("watch_prio",), "usage"),
    ],
)
def test_a_template_for_nothing_exits_2(team: World, args: tuple[str, ...], code: str) -> None:
    answer = team.cli("template", "fill", *args)
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, code)


def test_a_missing_option_is_named_as_it_is_typed(team: World) -> None:
    assert team.cli("template", "fill", "watch_prio").json["error"]["message"].startswith("Es fehlt: --for.")


def test_undo_names_what_it_took_back(team: World) -> None:
    team.cli("customer", "status", "K1", "--to", "prio", "--reason", "x").ok()
    team.cli("assign", "--customer", "K1", "--vpa", "V2", "--kind", "inactive", "--text", "Willkommen").ok()
    assert team.cli("undo").ok().json["vpa"] == "V1"
    assert team.cli("undo").ok().json["status"] == "aktiv"
    assert team.cli("undo").exit_code == 6
