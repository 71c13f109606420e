"""The demo's exports give every finding, every Journey stage and every gate of a task (CONTRACT §§3, 6, 8)."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from tests.support.demo import (
    DAYS,
    TODAY,
    Rows,
    absence_cases,
    exports,
    other_cases,
    sample,
    stage,
    workdays,
)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_finding_is_met_on_any_day(today: dt.date) -> None:
    """About 60 Cases of all kinds and findings, alone and combined."""
    before, after = exports(today)
    cases = [*other_cases(before, after), *(("absence", found) for found in absence_cases(before, after, today))]
    kinds = Counter(kind for kind, _ in cases)
    assert 55 <= len(cases) <= 70
    assert min(kinds[kind] for kind in ("schedule", "absence", "class", "inactive")) >= 10

    def met(kind: str) -> set[frozenset[str]]:
        return {found for other, found in cases if other == kind}

    none: frozenset[str] = frozenset()
    both = {"new_vpa_declines", "priority_to_agree"}
    assert met("schedule") == {none, *map(frozenset, [["new_vpa_declines"], ["priority_to_agree"], both])}
    words = ("long", "frequent", "short_notice")
    pairs = [("long", "frequent"), ("long", "short_notice"), ("frequent", "short_notice")]
    assert met("absence") == {none, *map(frozenset, [*([word] for word in words), *pairs, words])}
    stars = [["rising_star"], ["better", "rising_star"], ["worse", "rising_star_lost"]]
    assert met("class") == set(map(frozenset, [["better"], ["worse"], *stars]))
    assert met("inactive") == {none, *map(frozenset, [["part_time"], ["mobile_app"], ["part_time", "mobile_app"]])}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_flags_of_all_five_stages_arise_after_a_baseline_of_yesterday(today: dt.date) -> None:
    """Those who enter a stage today or are first seen today."""
    before, after = exports(today)
    yesterday = today - dt.timedelta(days=1)
    known = {(row["vpa_id"], stage(dt.date.fromisoformat(row["start"]), yesterday)) for row in before["vpas"]}
    now = {(row["vpa_id"], stage(dt.date.fromisoformat(row["start"]), today)) for row in after["vpas"]}
    raised = Counter(name for _, name in now - known)
    assert set(raised) == {"0-3", "3-6", "6-9", "9-12", ">12"}
    assert 10 <= sum(raised.values()) <= 30
    assert {name for _, name in now} == set(raised)


def test_short_notice_means_the_next_working_day() -> None:
    """Somebody signs off on Friday for Monday, nobody for a Saturday."""
    friday = dt.date(2026, 11, 27)
    before, after = exports(friday)
    known = {row["abwesenheit_id"] for row in before["abwesenheiten"]}
    starts = {row["von"] for row in after["abwesenheiten"] if row["abwesenheit_id"] not in known}
    assert "2026-11-30" in starts
    assert not starts & {"2026-11-28", "2026-11-29"}


# Tasks


def messages(rows: Rows, task: dict[str, str]) -> list[dict[str, str]]:
    return [row for row in rows["nachrichten"] if row["aufgabe_id"] == task["aufgabe_id"]]


def test_forwarded_tasks_have_every_gap_and_some_have_none() -> None:
    gaps = Counter[str]()
    for task in sample()["aufgaben"]:
        if task["status"] == "forwarded":
            tags = {tag for row in messages(sample(), task) for tag in row["tags"].split("|")}
            delegated = bool(task["delegiert_von"])
            missing = {
                "comment": delegated and not task["delegations_kommentar"],
                "informed": delegated and "weiterleitung" not in tags,
                "deadline": task["delegations_grund"] == "zeit" and "deadline" not in tags,
                "hours": not task["stunden"],
            }
            gaps.update([name for name, gap in missing.items() if gap] or ["complete"])
            gaps["direct"] += not delegated
    assert set(gaps) >= {"comment", "informed", "deadline", "hours", "complete", "direct"}
    assert sum(task["status"] == "forwarded" for task in sample()["aufgaben"]) >= 20


def clock(chat: list[dict[str, str]], today: dt.date) -> str:
    """Where the chat stands on the way."""
    asked = [place for place, row in enumerate(chat) if "rueckfrage" in row["tags"]]
    if not asked:
        return "no question"
    later = chat[asked[-1] + 1 :]
    if any(row["von"] == "kunde" for row in later):
        return "answered"
    days = [dt.date.fromisoformat(chat[asked[-1]]["zeit"][:10])]
    for row in later:
        day = dt.date.fromisoformat(row["zeit"][:10])
        if "erinnerung" in row["tags"] and workdays(days[-1], day) >= 2:
            days.append(day)
    ready = len(days) > 2 and workdays(days[-1], today) >= 2
    return "ready" if ready else f"{len(days) - 1} reminders"


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_declining_is_met_at_every_stage_of_its_clock(today: dt.date) -> None:
    rows = exports(today)[1]
    states: dict[str, set[str]] = {}
    for task in rows["aufgaben"]:
        chat = messages(rows, task)
        if task["status"] == "offen" and any(row["tags"] in ("rueckfrage", "erinnerung") for row in chat):
            hours = task["stunden"].replace(",", ".")
            size = "unknown" if not hours else "over" if float(hours) > 10 else "free"
            states.setdefault(clock(chat, today), set()).add(size if task["link"] else "no link")
    assert states.keys() == {"no question", "answered", "0 reminders", "1 reminders", "2 reminders", "ready"}
    assert states["ready"] == {"free", "over", "unknown", "no link"}


def test_a_booking_entry_has_its_confirmation_in_the_chat() -> None:
    confirmed = {
        row["aufgabe_id"]
        for row in sample()["nachrichten"]
        if row["von"] == "at" and "aufgabenbeschreibung" in row["tags"].split("|")
    }
    links = [row["link"] for row in sample()["akten"] if row["art"] in ("booking", "task_declined")]
    bookings = [row["link"] for row in sample()["akten"] if row["art"] == "booking"]
    assert {link.rsplit("/", 1)[1] for link in bookings} == confirmed
    assert len(links) > len(bookings) >= 5


# Customers


def test_there_is_something_on_the_watchlist_and_something_that_is_kept() -> None:
    """The newest word of the VPA is 56 days old or more."""
    limit = (TODAY - dt.timedelta(days=56)).isoformat()
    newest = {
        row["kunden_id"]: row["vpa_akte_gepflegt_am"]
        for row in sample()["kunden"]
        if row["vpa_akte_gepflegt_von"] == "vpa"
    }
    for row in sample()["akten"]:
        if row["datei"] == "vpa_kunde" and row["von"] == "vpa":
            newest[row["kunden_id"]] = max(newest.get(row["kunden_id"], ""), row["zeit"][:10])
    stale = sum(day <= limit for day in newest.values())
    assert 40 <= stale <= 150
    assert len(newest) - stale > 400
    assert len(newest) < 900


def test_some_customers_changed_their_vpa_within_a_year() -> None:
    """The very first assignment of a customer is no change."""
    year = TODAY.replace(year=TODAY.year - 1).isoformat()
    starts: dict[str, list[str]] = {}
    for row in sample()["zuordnungen"]:
        starts.setdefault(row["kunden_id"], []).append(row["von"])
    changes = Counter(sum(start > year for start in sorted(days)[1:]) for days in starts.values())
    assert changes[1] >= 50
    assert changes[2] >= 5


def test_assignments_of_a_customer_follow_one_another_and_begin_after_the_vpas_start() -> None:
    begun = {row["vpa_id"]: row["start"] for row in sample()["vpas"]}
    ends: dict[str, str] = {}
    for row in sample()["zuordnungen"]:
        assert begun[row["vpa_id"]] <= row["von"]
        assert ends.get(row["kunden_id"], "") < row["von"]
        ends[row["kunden_id"]] = row["bis"] or "9999"
