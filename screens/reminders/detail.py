"""The detail of a Reminder."""

from __future__ import annotations

from typing import Any

from models.action.work import Session, Work
from models.playbook import playbook
from models.questions.people_pages import CustomerFacts, VpaFacts, customer_facts, vpa_facts
from models.reminder.close import CloseReminder
from models.shared.closing import proving_entry
from models.shared.inactivity import contact_light
from models.tables.case import Case
from models.tables.reminder import Reminder
from screens.cases.detail import light_state
from screens.detail.detail import Detail, Section
from screens.detail.vpa import (
    absence_caption,
    customer_lines,
    entry_lines,
    facts_for,
    missing_points,
    open_section,
    vpa_aside,
    vpa_lines,
)
from screens.words import day_word, label, moment_word

KEYS = {"": ("e", "Entfernen"), "entry_missing": ("a", "Akteneintrag"), "not_owner": ("z", "Übernehmen")}
TOPICS = {"upkeep": "reminder.follow_up", "deadline": "reminder.deadline"}


def reminder_detail(session: Session, key: int) -> Detail | None:
    """Read in a thread with a connection; None where the Reminder has gone."""
    work = session.work()
    reminder = work.find(Reminder, key)
    if reminder is None:
        return None
    kind, _, subject = reminder.subject.partition(":")
    if kind == "vpa":
        return _on_vpa(session, work, reminder, vpa_facts(work, subject))
    return _on_customer(session, work, reminder, customer_facts(work, subject))


def _on_vpa(session: Session, work: Work, reminder: Reminder, facts: VpaFacts) -> Detail:
    case = _case_behind(work, reminder)
    inactive = case is not None and case.kind == "inactive" and reminder.state == "open"
    light = contact_light(work, case) if case is not None and inactive else None
    findings = [*(case.findings if case else []), *(o.code for o in (light.obstacles if light is not None else ()))]
    topic = _topic(reminder, bool(inactive))
    known = facts_for(work, facts)
    message = playbook().message(topic, findings, known)
    return Detail(
        title=facts.vpa.name,
        aside=vpa_aside(facts),
        facts=vpa_lines(facts),
        absences=tuple(facts.absences),
        today=work.today,
        caption=absence_caption(facts, work.today),
        light=light_state(work, light) if light is not None else None,
        before=_before(work, reminder, playbook().guidance(topic, _with_owner(work, reminder, findings), known)),
        points=_points(session, reminder),
        entries_title="Zuletzt in der VPA-Akte",
        entries=entry_lines(facts.entries, work.today),
        after=(open_section(facts.open, work.today), _message(message)),
        copy=message or facts.vpa.name,
        copied="Nachricht" if message else "Name",
    )


def _on_customer(session: Session, work: Work, reminder: Reminder, facts: CustomerFacts) -> Detail:
    topic = _topic(reminder, False)
    known: dict[str, Any] = facts_for(work, None, kunde=facts.customer.name)
    if facts.vpa is not None:
        from models.playbook import first_name

        known["vorname"] = first_name(facts.vpa.name)
    message = playbook().message(topic, [], known) if topic != "reminder.general" else ""
    return Detail(
        title=facts.customer.name,
        aside=facts.customer.id,
        facts=customer_lines(facts, work.today),
        before=_before(work, reminder, playbook().guidance(topic, _with_owner(work, reminder, []), known)),
        points=_points(session, reminder),
        entries_title="Zuletzt in beiden Akten (■ O-Team intern, ▲ VPA)",
        entries=entry_lines(facts.entries, work.today),
        after=(open_section(facts.open, work.today), _message(message)),
        copy=message or facts.customer.name,
        copied="Nachricht" if message else "Name",
    )


def _case_behind(work: Work, reminder: Reminder) -> Case | None:
    kind, _, key = (reminder.about or "").partition(":")
    return work.find(Case, key) if kind == "case" else None


def _topic(reminder: Reminder, inactive: bool) -> str:
    """Which Vorgehen fits: by what caused it."""
    about = (reminder.about or "").partition(":")[0]
    if inactive:
        return "reminder.inactive"
    by_cause = {"case": "reminder.case", "flag": "reminder.flag", "entry": "reminder.entry"}
    return TOPICS.get(reminder.kind) or by_cause.get(about, "reminder.general")


def _with_owner(work: Work, reminder: Reminder, findings: list[str]) -> list[str]:
    mine = work.member is not None and reminder.owner == work.member.kuerzel
    return findings if mine else [*findings, "not_owner"]


def _before(work: Work, reminder: Reminder, guidance: list[str]) -> tuple[Section, ...]:
    due = moment_word(reminder.due, work.today)
    late = reminder.days_overdue(work.today)
    head = f"Reminder · fällig {due}" + (
        f" · überfällig seit {late} Tagen" if late > 1 else " · überfällig" if late else ""
    )
    lines = [reminder.reason]
    owner = f"bei {reminder.owner}"
    if reminder.owner != reminder.original_owner:
        owner += f", ursprünglich {reminder.original_owner}"
    lines.append(f"{owner} · gesetzt {moment_word(reminder.created_at, work.today)} von {reminder.created_by}")
    if reminder.every:
        lines.append(f"Kommt wieder: {label('every', reminder.every)}")
    if reminder.state != "open" and reminder.done_at is not None:
        outcome = label("outcome", reminder.outcome)
        lines.append(f"Entfernt {moment_word(reminder.done_at, work.today)} von {reminder.done_by}: {outcome}")
        return (Section(head, tuple(lines)),)
    entry = proving_entry(reminder, work.now)
    if entry is not None:
        lines.append(f"Akte gepflegt: Eintrag von {entry.author}, {day_word(entry.created_at.date(), work.today)}")
    return (Section(head, tuple(lines)), Section("Vorgehen", tuple(guidance)))


def _points(session: Session, reminder: Reminder) -> Any:
    if reminder.state != "open":
        return ()
    return missing_points(session, CloseReminder(id=str(reminder.id)), KEYS)


def _message(text: str) -> Section:
    return Section("Nachricht an den VPA (y kopiert)", tuple(text.split("\n")) if text else (), "message")
