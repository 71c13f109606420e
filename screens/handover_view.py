"""The detail of a VPA-Wechsel."""

from __future__ import annotations

from typing import Any

from models.action.run import check
from models.action.work import Session, Work
from models.errors import Obstacle, SchichtError
from models.handover.facts import facts_of, form_text
from models.handover.release import ApproveHandover, FinishHandover, InformedHandover
from models.handover.steps import ProposeHandover
from models.handover.successors import successors
from models.handover.table import Handover
from models.people_pages import customer_facts, vpa_facts
from models.playbook import playbook
from screens.detail import Detail, Section
from screens.vpa_view import customer_lines, entry_lines, facts_for, points_of
from screens.words import counted, day_word, joined, label, moment_word, value_word

NEXT: dict[str, Any] = {
    "open": ProposeHandover, "proposed": ApproveHandover, "approved": InformedHandover, "informed": FinishHandover,
}  # fmt: skip
BEST = 3
"""Successors that are shown."""
KEYS = {"": ("x", "Schritte")}


def handover_detail(session: Session, key: int) -> Detail | None:
    """Read in a thread with a connection; None where it has gone."""
    work = session.work()
    request = work.find(Handover, key)
    if request is None:
        return None
    customer = customer_facts(work, request.customer_id)
    giver = vpa_facts(work, request.vpa_id) if request.vpa_id else None
    obstacles = _obstacles(session, request)
    known = facts_for(work, giver, kunde=request.customer.name)
    topic = f"handover.{request.state}"
    findings = [obstacle.code for obstacle in obstacles]
    message = playbook().message(topic, findings, known)
    text = form_text(work, request)
    channel = request.state in ("open", "proposed", "approved")
    return Detail(
        title=request.customer.name,
        aside=f"Anfrage {request.id}",
        facts=customer_lines(customer, work.today),
        before=(
            Section(f"VPA-Wechsel: {label('handover_state', request.state)}", tuple(_course(work, request))),
            Section("Vorgehen", tuple(playbook().guidance(topic, findings, known))),
            Section("Abwägen", tuple(_weigh(work, request)), "list"),
            Section("Mögliche Nachfolger", tuple(_best(work, request)), "list"),
        ),
        points=points_of(obstacles, KEYS),
        entries_title="Zuletzt in beiden Akten (■ O-Team intern, ▲ VPA)",
        entries=entry_lines(customer.entries[:4], work.today),
        after=(
            Section("Nachricht an den VPA", tuple(message.split("\n")) if message else (), "message"),
            Section("Text für AT: Austausch (y kopiert)", tuple(text.split("\n")) if channel else (), "message"),
        ),
        copy=text if channel else message or request.customer.name,
        copied="Text für AT: Austausch" if channel else "Nachricht" if message else "Name",
    )


def _obstacles(session: Session, request: Handover) -> tuple[Obstacle, ...]:
    kind = NEXT.get(request.state)
    if kind is None or session.kuerzel is None:
        return ()
    try:
        return check(session, kind(id=str(request.id))).obstacles
    except SchichtError:
        return ()


def _course(work: Work, request: Handover) -> list[str]:
    """What has happened, oldest first."""
    vpa = request.vpa.name if request.vpa else "ohne VPA"
    lines = [f"{vpa} möchte abgeben: {label('reason_kind', request.reason_kind)}", request.reason or ""]
    lines.append(f"eröffnet {moment_word(request.opened_at, work.today)} von {request.opened_by}")
    for asked in request.questions:
        verdict = "plausibel" if asked.get("plausible") else "nicht plausibel"
        lines.append(f"Frage: {asked.get('question')} Antwort: {asked.get('answer')} ({verdict}, {asked.get('by')})")
    lines += [f"Gespräch {value_word(talk.get('on'))}: {talk.get('result')}" for talk in request.talks]
    lines += [f"Maßnahme {value_word(step.get('on'))}: {step.get('text')}" for step in request.measures]
    if request.proposed_at:
        lines.append(f"Vorschlag {moment_word(request.proposed_at, work.today)} von {request.proposed_by}: {request.successor}")
    if request.decided_at:
        lines.append(f"Entscheidung {moment_word(request.decided_at, work.today)} von {request.decided_by} {request.remark or ''}")
    if request.informed_on:
        lines.append(f"Kunde informiert: {day_word(request.informed_on, work.today)}")
    if request.training_wanted is not None:
        done = f", erledigt {day_word(request.training_done_on, work.today)}" if request.training_done_on else ""
        lines.append(f"Einarbeitung gewünscht: {'ja' if request.training_wanted else 'nein'}{done}")
    return [line for line in lines if line]


def _weigh(work: Work, request: Handover) -> list[str]:
    """The facts of W-15."""
    facts = facts_of(work, request)
    last = facts["last_activity"]
    months = facts["months_in_charge"]
    return [
        joined([f"Klasse des Kunden {facts['customer_class'] or 'keine'}", label("pattern", facts["pattern"])]),
        f"zuletzt aktiv: {day_word(last, work.today) if last else 'unbekannt'}",
        f"betreut seit: {counted(months, 'Monat', 'Monaten') if months is not None else 'unbekannt'}",
        f"VPA-Wechsel in 12 Monaten: {facts['changes_12_months']}",
        f"Einarbeitungsaufwand: {label('effort', facts['effort']) or 'offen'} · Erstattung: {value_word(facts['refund'])}",
    ]


def _best(work: Work, request: Handover) -> list[str]:
    if request.state != "open":
        return []
    return [f"{one.name} ({one.vpa}): {', '.join(one.reasons()[:2])}" for one in successors(work, request)[:BEST]]
