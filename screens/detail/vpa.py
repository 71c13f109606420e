"""A VPA or customer in the words of the detail, alike on every tab."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from models.action.base import Action
from models.action.run import check
from models.action.work import Session, Work
from models.ground import clock
from models.ground.errors import SchichtError
from models.playbook.refusals import Obstacle
from models.questions.people_pages import CustomerFacts, Open, VpaFacts
from models.tables.entry import Entry
from models.tables.person import Restriction
from screens.detail.detail import EntryLine, Section
from screens.widgets.checklist import Point
from screens.words import counted, day_word, first_line, joined, label, moment_word, months_word, short, short_date

KEPT_BY = {"vpa": "VPA", "at": "Admin-Team"}
"""Who kept the VPA Kundenakte up to date."""


def vpa_lines(facts: VpaFacts) -> tuple[str, ...]:
    """Class, Teilzeit, mobile App, schedule, Buddy, customers."""
    vpa = facts.vpa
    klasse = f"Klasse {vpa.klasse}" + (" · Rising Star" if vpa.rising_star else "")
    app = {True: "mobile App", False: "", None: "mobile App unbekannt"}[vpa.mobile_app]
    first = joined([klasse, "Teilzeit" if vpa.part_time else "", app, f"Buddy {vpa.buddy}" if vpa.buddy else ""])
    customers = counted(facts.customers, "Kunde", "Kunden") + (f", {facts.prio} Prio" if facts.prio else "")
    takes = f"Neukunden {_yes(vpa.new_customers)}, Aufträge {_yes(vpa.orders)}"
    status = {True: "aktiv", False: "inaktiv", None: ""}[vpa.active]
    lines = [*_restricted(facts.restricted), first, joined([customers, takes, status])]
    if vpa.gone:
        lines.append("Nicht mehr da: ausgetreten oder nicht mehr im Export der Plattform.")
    if facts.classes:
        course = [f"{old} → {new} ({short_date(day)})" for day, old, new in facts.classes]
        lines.append("Klasse im Verlauf: " + ", ".join(course[-4:]))
    return tuple(lines)


def vpa_aside(facts: VpaFacts) -> str:
    """`V0042 · seit 14 Mon.`"""
    return joined([facts.vpa.id, months_word(facts.months)])


def _restricted(found: Restriction | None) -> list[str]:
    """That nobody works on this person, since when and why (P-03)."""
    if found is None:
        return []
    return [f"Verarbeitung eingeschränkt seit {short_date(clock.day_of(found.at))}: {first_line(found.reason)}"]


def _yes(value: bool | None) -> str:
    return {True: "ja", False: "nein", None: "?"}[value]


def absence_caption(facts: VpaFacts, today: dt.date) -> str:
    """The next absence in words."""
    coming = [span for span in facts.absences if span[1] >= today]
    if not coming:
        return "keine Abwesenheit in Sicht"
    start, end = coming[0]
    return f"{(end - start).days + 1} Tage: {day_word(start, today)} bis {day_word(end, today)}"


def open_section(found: Open, today: dt.date) -> Section:
    """What else is open about somebody."""
    lines = [f"Case: {label('case_kind', kind)}" for kind in found.cases]
    lines += [f"Neu-Flag: {label('stage', stage)}" for stage in found.flags]
    lines += [f"Reminder {moment_word(due, today)} {owner}: {first_line(text)}" for due, owner, text in found.reminders]
    return Section("Offen", tuple(lines), "list")


def customer_lines(facts: CustomerFacts, today: dt.date) -> tuple[str, ...]:
    """Status, pattern, VPA and since when, changes in 12 months."""
    customer = facts.customer
    klasse = f"Klasse {customer.klasse}" if customer.klasse else ""
    last = f"letzte Buchung {day_word(customer.last_booking, today)}" if customer.last_booking else ""
    first = joined([label("customer_status", customer.status), label("pattern", customer.pattern), klasse, last])
    since = f" seit {short_date(facts.since)}" if facts.since else ""
    vpa = f"VPA {facts.vpa.name}{since}" if facts.vpa else "zurzeit ohne VPA"
    lines = [*_restricted(facts.restricted), first, joined([vpa, f"{facts.changes} VPA-Wechsel in 12 Monaten"])]
    if customer.kept_on:
        by = KEPT_BY.get(customer.kept_by or "", "?")
        lines.append(f"VPA Kundenakte zuletzt gepflegt: {short_date(customer.kept_on)} ({by})")
    return tuple(lines)


def entry_lines(entries: Sequence[Entry], today: dt.date) -> tuple[EntryLine, ...]:
    """The entries as one line each."""
    return tuple(_entry_line(entry, today) for entry in entries)


def _entry_line(entry: Entry, today: dt.date) -> EntryLine:
    kind = short(f"entry_{entry.file}", entry.kind)
    day = clock.day_of(entry.created_at)
    symbol = label("file", entry.file)[:1]
    said = first_line(entry.situation)
    text = said if said.casefold().startswith(kind.casefold()) else f"{kind}: {said}"  # nothing is said twice
    return EntryLine(day_word(day, today), entry.author, symbol, text)


def missing_points(session: Session, action: Action, keys: dict[str, tuple[str, str]]) -> tuple[Point, ...]:
    """What the main action still wants as the row stands, each with the key that supplies it."""
    try:
        verdict = check(session, action)
    except SchichtError as error:
        return (Point(error.message),)
    return points_of(verdict.obstacles, keys)


def points_of(obstacles: Sequence[Obstacle], keys: dict[str, tuple[str, str]]) -> tuple[Point, ...]:
    """One point for each thing wanted, whichever rules want it."""
    rules: dict[tuple[str, str], list[str]] = {}
    seen: dict[tuple[str, str], Obstacle] = {}
    for obstacle in obstacles:
        name = (obstacle.code, obstacle.missing)
        seen.setdefault(name, obstacle)
        rules.setdefault(name, []).append(obstacle.rule)
    points = []
    for name, obstacle in seen.items():
        key, hint = keys.get(obstacle.code) or keys.get(obstacle.text.key) or keys.get("", ("", ""))
        text = obstacle.missing[:1].upper() + obstacle.missing[1:]
        points.append(Point(f"{text} ({', '.join(rules[name])})", key=key, hint=hint, warn=obstacle.weight == "warn"))
    return tuple(points)


def facts_for(work: Work, facts: VpaFacts | None, **more: Any) -> dict[str, Any]:
    """The facts that the playbook puts into Vorgehen and messages."""
    from models.playbook import first_name

    known: dict[str, Any] = {
        "grenze": work.settings.number("long_days"),
        "fenster": work.settings.number("frequent_days"),
        "absender": first_name(work.member.name) if work.member else None,
        **more,
    }
    if facts is not None:
        known |= {
            "vorname": first_name(facts.vpa.name),
            "buddy": facts.vpa.buddy,
            "kunden": counted(facts.customers, "Kunde", "Kunden") if facts.customers else None,
        }
    return known
