"""The shift report: who did what, what is left, what to watch."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.tables.people import Absence, Assignment, Leave
from models.tables.task import Message
from tests.support import office as lay
from tests.support.world import World


def reported(world: World, *args: str, **how: Any) -> dict[str, Any]:
    return dict(world.cli("shift", "report", *args, **how).ok().json)


def markdown(world: World, *args: str, **how: Any) -> str:
    return world.cli("shift", "report", *args, json=False, **how).ok().stdout


def actions(report: dict[str, Any], member: str) -> dict[str, tuple[int, list[str]]]:
    """Count and names by action."""
    done = next(one["actions"] for one in report["done"] if one["member"] == member)
    return {action["action"]: (action["count"], action["names"]) for action in done}


def test_who_did_what_with_the_subjects_named(office: World) -> None:
    """D-04: per member and kind; what was taken back or done on another Berlin day does not count."""
    one, two = lay.case(), lay.case("class", "V002", vpa_name="Jonas Äpfel")
    office.cli("reminder", "set", "--customer", "K001", "--due", "2025-11-07", "--reason", "x", now=lay.MORNING).ok()
    office.cli("check", now="2025-11-04T23:59").ok()
    office.cli("case", "resolve", str(one.id), "--measure", "checked").ok()
    office.cli("case", "resolve", str(two.id), "--measure", "checked").ok()
    office.cli("undo").ok()
    three = lay.case("absence", "V002", vpa_name="Jonas Äpfel")
    office.cli("case", "contact", str(three.id), as_="KIM").ok()
    report = reported(office)
    assert [(member["member"], member["name"]) for member in report["done"]] == [
        ("KIM", "Kim Muster"), ("TOM", "Tom Muster"),
    ]  # fmt: skip
    assert actions(report, "TOM") == {
        "case.resolve": (1, ["Mira Keller"]), "reminder.set": (1, ["Bäckerei Sommer"]),
    }  # fmt: skip
    assert actions(report, "KIM") == {"case.contact": (1, ["Jonas Äpfel"])}
    assert report["done"][1]["actions"][0]["subjects"] == [f"case:{one.id}"]
    office.cli("redo").ok()
    assert actions(reported(office), "TOM")["case.resolve"] == (2, ["Mira Keller", "Jonas Äpfel"])
    text = markdown(office)
    assert "### TOM · Tom Muster" in text
    assert "- Case erledigen: 2 (Mira Keller; Jonas Äpfel)" in text
    yesterday = reported(office, "--day", "2025-11-04")
    assert actions(yesterday, "TOM") == {"check": (1, [])}


def test_at_its_top_stands_who_may_read_it(office: World) -> None:
    """A-28: it is internal."""
    lines = markdown(office).splitlines()
    assert lines[0] == "# Schichtbericht Mi 05.11.2025"
    assert lines[2] == (
        "> **Intern.** Nur für Admin-Team und VPA Manager. Nicht an VPAs, Kunden oder Sales weitergeben (A-28)."
    )
    assert lines[4] == "Stand: Mi 05.11.2025 14:00 von TOM. Der Tag ist noch nicht abgeschlossen."


def test_what_is_left_oldest_first(office: World) -> None:
    """R-10, D-01: due ones of everybody, Cases and flags that nobody has deferred."""
    lay.reminder("KIM", due="2025-11-05T08:00")
    lay.reminder(due="2025-11-03", reason="Nachfragen [x](y)\nzweite Zeile", subject="customer:K001")
    lay.reminder(due="2025-11-06")
    later = lay.case("class")
    lay.reminder(about=f"case:{later.id}", due="2025-11-06")
    lay.case()
    for number in range(22):
        lay.flag(stage=f"x{number}")
    left = reported(office)["left"]
    assert {noun: (group["count"], len(group["oldest"])) for noun, group in left.items()} == {
        "reminder": (2, 2), "case": (1, 1), "flag": (22, 20),
    }  # fmt: skip
    text = markdown(office)
    assert "### Fällige Reminder: 2\n\n- **Bäckerei Sommer** · überfällig seit 2 Tagen · bei TOM" in text
    assert r"Nachfragen \[x\](y) zweite Zeile" in text
    assert "- **Mira Keller** · heute fällig · bei KIM · Nachfragen" in text
    assert "- … und 2 weitere" in text


def test_nothing_left_and_nothing_to_watch_is_said(office: World) -> None:
    text = markdown(office)
    assert "Noch nichts an diesem Tag." in text
    assert "Nichts: Alles ist erledigt oder vertagt." in text
    assert "Nichts Besonderes." in text


def test_decline_clocks_are_watched(office: World) -> None:
    """T-14: what comes next and from when; an answered question is none."""
    lay.task("T2")
    for key, task, day, sender, tags in (
        ("N1", "T1", "2025-11-03", "at", ["rueckfrage"]),
        ("N2", "T2", "2025-10-20", "at", ["rueckfrage"]),
        ("N3", "T2", "2025-10-21", "kunde", []),
    ):
        Message.create(id=key, task=task, at=lay.moment(f"{day}T10:00"), sender=sender, text="?", tags=tags)
    (found,) = reported(office)["watch"]["declines"]
    assert (found["task"], found["step"], found["name"]) == ("T1", "remind", "Bäckerei Sommer")
    assert f"· nächste Erinnerung ab {_german(found['remind_from'])}" in markdown(office)


def _german(day: str) -> str:
    from models.ground.clock import german_date

    return german_date(dt.date.fromisoformat(day))


def absence(key: str, start: int, end: int, **facts: Any) -> None:
    days = {"start": dt.date(2025, 11, start), "end": dt.date(2025, 11, end), "entered_on": dt.date(2025, 11, 1)}
    Absence.create(id=key, vpa="V001", **days, **facts)


def test_absences_from_tomorrow_that_hit_customers_reminders(office: World) -> None:
    """Only what falls due by the end of it, of customers whom that VPA has."""
    absence("A1", 6, 10)
    absence("A2", 7, 10)
    absence("A3", 6, 10, withdrawn=True)
    lay.customer("K002", "Praxis West")
    Assignment.create(customer="K002", vpa="V001", start=dt.date(2025, 1, 1), end=dt.date(2025, 10, 1))
    lay.reminder(subject="customer:K001", due="2025-11-10T23:00")
    lay.reminder(subject="customer:K001", due="2025-11-11")
    lay.reminder(subject="customer:K001", due="2025-11-07", state="done")
    lay.reminder(subject="customer:K002", due="2025-11-07")
    (found,) = reported(office)["watch"]["absences"]
    assert (found["vpa"], found["start"], found["end"]) == ("V001", "2025-11-06", "2025-11-10")
    assert [(one["name"], one["due"]) for one in found["reminders"]] == [
        ("Bäckerei Sommer", "2025-11-10T23:00:00+01:00"),
    ]
    assert "- **Mira Keller** weg Do 06.11.2025 bis Mo 10.11.2025 · Bäckerei Sommer am Mo 10.11.2025 (TOM)" in markdown(
        office
    )


def test_on_a_friday_the_days_until_the_next_working_day_count(office: World) -> None:
    absence("A1", 10, 12)
    lay.reminder(subject="customer:K001", due="2025-11-11")
    assert reported(office, now="2025-11-06T14:00")["watch"]["absences"] == []
    assert len(reported(office, now="2025-11-07T14:00")["watch"]["absences"]) == 1


def test_members_who_leave_with_reminders_of_that_time(office: World) -> None:
    """R-05: somebody has to stand in."""
    for member in ("KIM", "BUD"):
        Leave.create(member=member, reason="vacation", start=dt.date(2025, 11, 6), end=dt.date(2025, 11, 14))
    lay.reminder("KIM", due="2025-11-14")
    lay.reminder("BUD", due="2025-11-15")
    (found,) = reported(office)["watch"]["leaves"]
    assert (found["member"], found["reminders"]) == ("KIM", 1)
    assert "- **KIM** weg Do 06.11.2025 bis Fr 14.11.2025 · 1 Reminder in dieser Zeit fällig" in markdown(office)


def test_inactive_vpas_with_a_red_or_amber_light(office: World) -> None:
    """D-40 to D-45; a green one needs no watching."""
    lay.case("inactive", workable_from=lay.moment("2025-11-06"))
    lay.case("inactive", "V002", vpa_name="Jonas Äpfel", findings=["part_time"])
    green = {"contacted_at": lay.moment("2025-11-05T13:00"), "workable_from": lay.moment("2025-11-04")}
    lay.vpa("V003", "Nina Neu")
    lay.case("inactive", "V003", vpa_name="Nina Neu", **green)
    watched = reported(office)["watch"]["inactive"]
    assert [(one["name"], one["light"]) for one in watched] == [
        ("Mira Keller", "nein"), ("Jonas Äpfel", "vielleicht"),
    ]  # fmt: skip
    text = markdown(office)
    assert "- **Mira Keller** · NEIN, erst Do 06.11.2025 (D-40" in text
    assert "- **Jonas Äpfel** · VIELLEICHT (D-42, D-45)" in text


def test_a_long_list_to_watch_is_cut(office: World) -> None:
    for number in range(22):
        lay.vpa(f"V1{number:02}", f"Nina {number}")
        lay.case("inactive", f"V1{number:02}", vpa_name=f"Nina {number}")
    text = markdown(office)
    assert "- **Nina 19** · VIELLEICHT" in text
    assert "VIELLEICHT (D-42)\n- … und 2 weitere" in text
    assert len(reported(office)["watch"]["inactive"]) == 22


def test_the_seal_is_named_with_its_leftovers(office: World) -> None:
    """D-01: by whom, and why something was left; also of an earlier day, whose open things nobody knows any more."""
    lay.case()
    office.cli("day", "close", "--despite", "Systemausfall").ok()
    said = "Tag abgeschlossen: TOM, Mi 05.11.2025 14:00. Liegen geblieben: 1 Case („Systemausfall“)."
    assert said in markdown(office)
    later = {"now": "2025-11-06T09:00"}
    assert said in markdown(office, "--day", "2025-11-05", **later)
    past = reported(office, "--day", "2025-11-05", **later)
    assert (past["left"], past["watch"], past["sealed_by"]) == (None, None, "TOM")


def test_it_only_reads_and_knows_no_day_to_come(office: World) -> None:
    before = lay.content()
    markdown(office)
    assert office.cli("shift", "report", "--day", "2025-11-06").exit_code == 2
    assert office.cli("shift", "report", "--day", "gestern!").exit_code == 2
    assert lay.content() == before
