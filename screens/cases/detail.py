"""The detail of a Case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.action.work import Session, Work
from models.case.actions import ResolveCase
from models.case.leaving import judged_now
from models.case.left_pages import left_by
from models.ground import clock
from models.playbook import playbook
from models.questions.people_pages import VpaFacts, vpa_facts
from models.shared.inactivity import Light as WritingLight
from models.shared.inactivity import contact_light
from models.tables.case import Case
from screens.detail.detail import Detail, Section
from screens.detail.vpa import (
    absence_caption,
    entry_lines,
    facts_for,
    missing_points,
    open_section,
    vpa_aside,
    vpa_lines,
)
from screens.widgets.light import LightState
from screens.words import change_lines, day_word, joined, label, moment_word, short

KEYS = {
    "": ("e", "Erledigen"),
    "contact_missing": ("c", "Kontakt"),
    "answer_missing": ("e", "Erledigen"),
    "too_early": ("e", "Reminder"),
    "monday_morning": ("w", "Reminder"),
    "customers_left": ("l", "Weitergeben"),
    "tasks_left": ("l", "Weitergeben"),
}
VERDICTS = {"nein": "no", "vielleicht": "maybe", "ja": "yes"}


def case_detail(session: Session, key: int) -> Detail | None:
    """Read in a thread with a connection; None where the Case has gone."""
    work = session.work()
    case = work.find(Case, key)
    if case is None:
        return None
    facts = vpa_facts(work, case.vpa_id)
    open_ = case.state == "open"
    if open_:
        for name, value in judged_now(work.today, case).items():
            setattr(case, name, value)
    light = contact_light(work, case) if open_ and case.kind == "inactive" else None
    findings = [*case.findings, *(o.code for o in (light.obstacles if light is not None else ()))]
    known = case_facts(work, case, facts)
    message = playbook().message(case.kind, findings, known)
    return Detail(
        title=case.vpa_name,
        aside=vpa_aside(facts),
        facts=vpa_lines(facts),
        absences=tuple(facts.absences),
        today=work.today,
        caption=_caption(case, facts, work),
        light=light_state(work, light) if light is not None else None,
        before=_before(work, case, findings, known),
        points=missing_points(session, ResolveCase(id=str(case.id)), KEYS) if open_ else (),
        entries_title="Zuletzt in der VPA-Akte",
        entries=entry_lines(facts.entries, work.today),
        after=_after(work, case, facts, message),
        copy=message or joined([case.vpa_name, case.vpa_id]),
        copied="Nachricht" if message else "Name",
    )


def _caption(case: Case, facts: VpaFacts, work: Work) -> str:
    if case.kind == "absence" and case.facts:
        days, starts = case.facts["days"], case.facts["starts_90_days"]
        frequent = work.settings.number("frequent_days")
        return f"{days} Tag{'e' if days != 1 else ''} am Stück · {starts} Mal in {frequent} Tagen"
    return absence_caption(facts, work.today)


def _before(work: Work, case: Case, findings: list[str], known: dict[str, Any]) -> tuple[Section, ...]:
    head = joined([label("case_kind", case.kind), f"seit {day_word(clock.day_of(case.opened_at), work.today)}"])
    found = ", ".join(label("finding", finding) for finding in case.findings)
    lines = [*change_lines(case.before, case.after), *([f"Befund: {found}"] if found else [])]
    if case.contacted_at is not None:
        lines.append(f"Angeschrieben: {moment_word(case.contacted_at, work.today)} von {case.contacted_by}")
    if case.state != "open" and case.resolved_at is not None:
        measure = label("measure", case.measure)
        lines.append(f"Erledigt: {moment_word(case.resolved_at, work.today)} von {case.resolved_by}, {measure}")
        return (Section(head, tuple(lines), "list"),)
    guidance = playbook().guidance(case.kind, findings, known)
    left = _left(work, case) if case.kind == "gone" else ()
    return (Section(head, tuple(lines), "list"), Section("Vorgehen", tuple(guidance)), *left)


def _left(work: Work, case: Case) -> tuple[Section, ...]:
    """Customers and open tasks that are still his (S-04)."""
    left = left_by(case.vpa_id, work.today)
    groups = (("customer", "Kunden", "customer_status"), ("task", "Offene Aufgaben", "task_state"))
    sections = []
    for kind, title, states in groups:
        lines = [joined([one.name, short(states, one.state)]) for one in left if one.kind == kind]
        if lines:
            sections.append(Section(f"{title} ({len(lines)}): l gibt weiter", tuple(lines), "list"))
    return tuple(sections)


def _after(work: Work, case: Case, facts: VpaFacts, message: str) -> tuple[Section, ...]:
    sections = [open_section(facts.open, work.today)]
    if message and case.state == "open":
        sections.append(Section("Nachricht an den VPA (y kopiert)", tuple(message.split("\n")), "message"))
    return tuple(sections)


def case_facts(work: Work, case: Case, facts: VpaFacts) -> dict[str, Any]:
    """What the playbook may put into the words about this Case."""
    before, after = case.before or {}, case.after or {}
    numbers = case.facts or {}
    return facts_for(
        work,
        facts,
        tage=numbers.get("days"),
        starts=numbers.get("starts_90_days"),
        von=_day(after.get("von"), work.today),
        bis=_day(after.get("bis"), work.today),
        alt=before.get("klasse"),
        neu=after.get("klasse"),
        ab=moment_word(case.workable_from, work.today) if case.workable_from else None,
    )


def _day(text: str | None, today: dt.date) -> str | None:
    return day_word(dt.date.fromisoformat(text), today) if text else None


def light_state(work: Work, light: WritingLight) -> LightState:
    """The light in the words of the widget."""
    if light.answer == "ja":
        return LightState("yes")
    first = light.obstacles[0]
    rule = playbook().rule(first.rule, work.settings.shown)
    when = moment_word(light.green_from, work.today) if light.green_from else ""
    if light.answer == "nein":
        return LightState("no", reason=rule.short, rule=first.rule, from_when=when)
    wanted = " · ".join(f"{o.missing} ({o.rule})" for o in light.obstacles)
    return LightState("maybe", reason=f"erst {wanted}")
