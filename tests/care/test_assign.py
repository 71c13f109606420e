"""Assigning a VPA: kinds, sources, template, entry, the check weeks later (K-20 to K-25)."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

import pytest

from models.action.base import CATALOGUE
from models.action.catalogue import load_all
from models.action.undo import redo, undo
from models.care.letters.templates import KINDS, fill_for
from models.ground import clock
from models.ground.errors import AlreadyDoneError, ConflictError, NotFoundError, UsageError
from models.tables.entry import Entry
from models.tables.history import History
from models.tables.people import Assignment, Customer
from models.tables.reminder import Reminder
from models.tables.setting import Setting
from tests.support.handover import (
    TODAY,
    act,
    assignment,
    customer,
    days,
    entries,
    entry,
    in_charge,
    made,
    refused,
    reminders,
    rules,
    vpa,
)
from tests.support.world import World

KNOWN = "Kennt den Kunden"
TEXT = "Hallo Can, Ansprechpartnerin bei Nordlicht ist Frau Berg; sie mag kurze Wege."


def assign(team: World, **more: Any) -> dict[str, Any]:
    """Give K1 to V2."""
    how = {name: more.pop(name) for name in ("despite", "as_", "now", "dry_run") if name in more}
    return act(team, "assign", **{"customer": "K1", "vpa": "V2", "kind": "vpa_change", "text": TEXT, **more}, **how)


def against(team: World, **texts: Any) -> list[tuple[str, str, str]]:
    """What stands against giving K1 to V2."""
    return rules(team, "assign", **{"customer": "K1", "vpa": "V2", "kind": "vpa_change", "text": TEXT, **texts})


# What it does


@pytest.mark.parametrize("kind", KINDS)
def test_the_vpa_is_in_charge_from_today_k21(team: World, kind: str) -> None:
    shown = assign(team, kind=kind)
    assert (shown["id"], shown["vpa"]) == ("K1", "V2")
    old, new = Assignment.select().order_by(Assignment.id)
    assert (old.vpa_id, old.end) == ("V1", days(-1))
    assert (new.vpa_id, new.start, new.end, bool(new.reason)) == ("V2", TODAY, None, True)


def test_the_green_file_gets_all_the_vpa_needs_k20(team: World) -> None:
    shown = assign(team)
    (found,) = entries("vpa_kunde")
    assert (found.kind, found.situation, found.author, found.origin) == ("assignment", TEXT, "ANN", "at")
    assert (found.id, found.tags) == (shown["entry"], ["Neuzuweisung"])
    assert entries("oteam") == []


def test_the_check_falls_due_after_28_days_k25(team: World) -> None:
    shown = assign(team, as_="TOM")
    (reminder,) = reminders()
    assert (reminder.id, reminder.kind, reminder.owner) == (shown["reminder"], "upkeep", "TOM")
    assert (reminder.subject, reminder.due) == ("customer:K1", clock.start_of_day(dt.date(2025, 12, 3)))


def test_the_weeks_until_the_check_are_a_team_setting_k25(team: World) -> None:
    Setting.create(key="follow_up_weeks", value="6")
    assign(team)
    assert reminders()[0].due == clock.start_of_day(dt.date(2025, 12, 17))


def test_the_check_comes_again_while_the_assignment_lasts_k25(team: World) -> None:
    """K-25, A-13: after four weeks, then every eight."""
    first = assign(team)["reminder"]
    done: dict[str, Any] = {"outcome": "solved", "log": "Gepflegt", "log_file": "oteam"}
    assert refused(team, "reminder.done", id=first, outcome="solved") == ["entry_missing"]
    act(team, "reminder.done", id=first, now="2025-12-03T10:00", **done)
    second = reminders(state="open")[0]
    assert (second.kind, second.due) == ("upkeep", clock.start_of_day(dt.date(2026, 1, 28)))
    third = assign(team, vpa="V1", now="2025-12-10T10:00", despite=KNOWN)["reminder"]
    act(team, "reminder.done", id=second.id, now="2026-01-28T10:00", **done)
    assert [row.id for row in reminders(state="open")] == [third]


def test_the_first_vpa_of_a_customer(team: World) -> None:
    customer("K2")
    assert assign(team, customer="K2", kind="new_offer")["vpa"] == "V2"
    assert in_charge("K2") == "V2"


# The turn from one to the other


def test_whoever_began_today_never_had_the_customer(team: World) -> None:
    assign(team)
    vpa("V3")
    assign(team, vpa="V3")
    for day in (TODAY, days(1), days(400)):
        assert in_charge("K1", day) == "V3"


def test_there_and_back_on_one_day(team: World) -> None:
    assign(team)
    assign(team, vpa="V1", despite=KNOWN)
    assign(team)
    assert in_charge("K1") == "V2"
    assign(team, vpa="V1", despite=KNOWN)
    for day in (TODAY, days(1)):
        assert in_charge("K1", day) == "V1"


def test_every_other_running_or_planned_assignment_ends(team: World) -> None:
    vpa("V3")
    assignment("K1", "V3", dt.date(2024, 1, 1))
    assignment("K1", "V3", days(10))
    assignment("K1", "V2", dt.date(2023, 1, 1), days(20))
    assign(team, despite=KNOWN)
    for day in (TODAY, days(11), days(30)):
        assert in_charge("K1", day) == "V2"
    ended = Assignment.select().where(Assignment.start == dt.date(2023, 1, 1)).get()
    assert ended.end == days(-1)


def test_what_was_over_stays_as_it_was(team: World) -> None:
    assignment("K1", "V2", dt.date(2024, 1, 1), dt.date(2024, 6, 30))
    assign(team, despite=KNOWN)
    assert Assignment.select().where(Assignment.start == dt.date(2024, 1, 1)).get().end == dt.date(2024, 6, 30)


def test_the_one_in_charge_is_already_done(team: World) -> None:
    with pytest.raises(AlreadyDoneError, match="Mira Keller"):
        act(team, "assign", customer="K1", vpa="V1")  # before any obstacle
    assert assignment("K1", "V2", days(5)).id
    with pytest.raises(AlreadyDoneError):
        assign(team)  # a customer's VPA is the assignment with the latest `von`


@pytest.mark.parametrize("texts", [{"customer": "K9"}, {"vpa": "V9"}])
def test_nobody_unknown(team: World, texts: dict[str, str]) -> None:
    with pytest.raises(NotFoundError):
        assign(team, **texts)


def test_nobody_gone_k21(team: World) -> None:
    vpa("V3", gone=True, new_customers=False)
    assert against(team, vpa="V3") == [("vpa_gone", "K-21", "stop")]


@pytest.mark.parametrize("texts", [{"customer": None}, {"vpa": " "}])
def test_who_and_whom_is_needed(team: World, texts: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        assign(team, **texts)


# What stands against it


@pytest.mark.parametrize("kind", ["", None, "neu"])
def test_no_assignment_without_its_kind_k21(team: World, kind: str | None) -> None:
    assert against(team, kind=kind) == [("kind_missing", "K-21", "stop")]


@pytest.mark.parametrize("text", ["", " \n ", None])
def test_no_assignment_with_an_empty_file_k20(team: World, text: str | None) -> None:
    assert against(team, text=text) == [("text_missing", "K-20", "stop")]
    assert in_charge("K1") == "V1"


@pytest.mark.parametrize("text", ["Ein A-Kunde", "Du bist jetzt Klasse B", "Unser Rising Star"])
def test_no_class_reaches_the_vpa_d32(team: World, text: str) -> None:
    assert against(team, text=text) == [("class_named", "D-32", "stop")]
    (row,) = History.select().where(History.route == "refused")
    assert (row.action, text in str(row.args), text in str(row.extra)) == ("assign", False, False)


@pytest.mark.parametrize("text", ["Hallo [vorname]", "Hallo XY", "Hallo ___", "Hallo {name}", "Hallo […]"])
def test_no_placeholder_is_left_k23(team: World, text: str) -> None:
    assert against(team, text=text) == [("placeholder_left", "K-23", "stop")]


def test_everything_at_once_in_the_order_of_the_contract(team: World) -> None:
    Customer.update(wizard="Sucht Hilfe").execute()
    assert against(team, kind="", text="Klasse A: [vorname]") == [
        ("kind_missing", "K-21", "stop"),
        ("class_named", "D-32", "stop"),
        ("placeholder_left", "K-23", "stop"),
        ("source_unread", "K-24", "warn"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_is_never_posted_as_it_is_k22_k23(team: World, kind: str) -> None:
    """K-22: one template for each kind; K-23: it is adapted."""
    filled = fill_for(team.session().work(), kind, "customer:K1")["text"]
    greeted = filled.replace("[vorname]", "Can")
    for text in (filled, greeted, f"\n{greeted}  "):
        assert against(team, kind=kind, text=text) == [
            ("placeholder_left", "K-23", "stop"),
            ("template_unchanged", "K-23", "warn"),
        ]


def test_an_unchanged_template_without_placeholders_passes_with_a_reason_k23(
    team: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from models.playbook import playbook

    book = playbook()
    own = replace(
        book.template("vpa_change"), text="Hallo [vorname], du übernimmst [kunde]. Alles steht in dieser Akte."
    )
    monkeypatch.setitem(book.templates, "vpa_change", own)
    text = "Hallo Can, du übernimmst Nordlicht GmbH. Alles steht in dieser Akte."
    assert against(team, text=text) == [("template_unchanged", "K-23", "warn")]
    assert assign(team, text=text, despite="Es gibt nichts weiter")["vpa"] == "V2"
    assert "template_unchanged" not in str(History.select().where(History.action == "assign").get().extra)


def test_another_kinds_template_and_a_changed_one_pass_k23(team: World) -> None:
    assert assign(team, text=TEXT)["vpa"] == "V2"


@pytest.mark.parametrize("read", [(), ("sales",), ("alles",)])
def test_a_wizard_that_says_something_is_read_k24(team: World, read: tuple[str, ...]) -> None:
    Customer.update(wizard="Sucht Hilfe bei Reisen").execute()
    assert against(team, read=read) == [("source_unread", "K-24", "warn")]


def test_the_wizard_is_only_read_k24(team: World) -> None:
    """K-24, A-12: shown as it was given; nothing but what keeps a team's own customers takes or changes it (S-02)."""
    load_all()
    own = {"customer.add", "customer.set"}
    assert {code for code, kind in CATALOGUE.items() if "wizard" in {f.name for f in fields(kind)}} == own
    Customer.update(wizard="Sucht Hilfe bei Reisen").execute()
    assign(team, read=("wizard",))
    assert team.cli("customer", "show", "K1").ok().json["wizard"] == "Sucht Hilfe bei Reisen"


def test_a_sales_entry_is_read_k24_k05(team: World) -> None:
    """K-05: a new customer may bring a Sales entry."""
    entry("K1", "oteam", "sales", "2025-10-01T10:00", kind="lead")
    assert against(team, read=("wizard",)) == [("source_unread", "K-24", "warn")]
    assert assign(team, read=("sales",))["vpa"] == "V2"


@pytest.mark.parametrize("origin", ["at", "vpa"])
def test_a_lead_is_a_sales_source_whoever_wrote_it_k24(team: World, origin: str) -> None:
    """The phone call with Sales that AT wrote down as „Lead“."""
    entry("K1", "oteam", origin, "2025-10-01T10:00", kind="lead", situation="Sucht jemanden für Reisen")
    assert against(team) == [("source_unread", "K-24", "warn")]
    assert against(team, read=("wizard",)) == [("source_unread", "K-24", "warn")]
    assert assign(team, read=("sales",))["vpa"] == "V2"


@pytest.mark.parametrize(
    "facts",
    [
        {"file": "vpa_kunde", "origin": "sales"},
        {"file": "oteam", "origin": "at", "kind": "lead", "withdrawn_at": clock.parse_moment("2025-10-02T10:00")},
        {"file": "oteam", "origin": "at"},
        {"file": "oteam", "origin": "vpa"},
        {"file": "oteam", "origin": "sales", "withdrawn_at": clock.parse_moment("2025-10-02T10:00")},
    ],
)
def test_only_what_sales_left_in_the_internal_file_is_a_source_k24(team: World, facts: dict[str, Any]) -> None:
    Customer.update(wizard="  \n").execute()
    given = dict(facts)
    entry("K1", given.pop("file"), given.pop("origin"), "2025-10-01T10:00", **given)
    assert assign(team)["vpa"] == "V2"


def test_both_sources_in_one_obstacle_or_a_reason_k24(team: World) -> None:
    Customer.update(wizard="Sucht Hilfe").execute()
    entry("K1", "oteam", "sales", "2025-10-01T10:00")
    assert against(team) == [("source_unread", "K-24", "warn")]
    assert assign(team, despite="Beides war leer gemeint")["vpa"] == "V2"
    undo(team.session())
    assert assign(team, read=("wizard", "sales"))["vpa"] == "V2"


def test_a_dry_run_changes_nothing(team: World) -> None:
    assert assign(team, dry_run=True)["dry_run"] is True
    assert (in_charge("K1"), entries("vpa_kunde"), reminders()) == ("V1", [], [])


def test_the_form_says_who_reads_it(team: World) -> None:
    action = made("assign", customer="K1", vpa="V2")
    assert [action.reader(name) for name in ("text", "kind", "read")] == ["vpa", "intern", "intern"]


# Undo and redo


def test_undo_and_redo_of_the_whole_k20_k25(team: World) -> None:
    assign(team)
    undo(team.session())
    assert (in_charge("K1"), entries("vpa_kunde"), reminders()) == ("V1", [], [])
    assert Assignment.select().count() == 1
    assert Entry.select().where(Entry.withdrawn_at.is_null(False)).count() == 1
    redo(team.session())
    assert (in_charge("K1"), len(entries("vpa_kunde")), len(reminders())) == ("V2", 1, 1)


def test_undo_of_the_second_assignment_of_a_day(team: World) -> None:
    assign(team)
    assign(team, vpa="V1", despite=KNOWN)
    undo(team.session())
    assert in_charge("K1") == "V2"
    undo(team.session())
    assert in_charge("K1") == "V1"


def test_undo_stops_when_the_check_was_postponed(team: World) -> None:
    key = assign(team)["reminder"]
    Reminder.update(due=clock.parse_moment("2026-01-05")).where(Reminder.id == key).execute()
    with pytest.raises(ConflictError):
        undo(team.session("ANN"))
