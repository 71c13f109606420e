"""The detail of a VPA-Wechsel: its path, what is weighed, who could follow, and the text for the channel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from models.action.run import check
from models.action.work import Session, Work
from models.care.facts import facts_of, form_text, named
from models.care.handover.base import OnHandover
from models.care.handover.finish import FinishHandover
from models.care.handover.path import Step, next_action, path_of
from models.care.handover.release import ApproveHandover
from models.care.handover.steps import ProposeHandover
from models.care.handover.successors import best_successors, successors
from models.ground import clock
from models.ground.errors import SchichtError
from models.playbook import first_name, playbook
from models.playbook.refusals import Obstacle
from models.questions.people_pages import customer_facts
from models.tables.handover import Handover
from models.tables.people import Vpa
from models.task.candidates import Candidate
from screens.detail.detail import Detail, Section
from screens.detail.vpa import customer_lines, entry_lines, facts_for, points_of
from screens.handovers.words import TITLES
from screens.words import counted, day_word, joined, label, moment_word, value_word

STEP_WORDS = {
    "reasons": "Gründe", "talk": "Gespräch", "measures": "Maßnahmen", "proposal": "Vorschlag", "release": "Freigabe",
    "informed": "Kunde informiert", "training": "Einarbeitung", "finished": "fertig",
}  # fmt: skip
SIGNS = {"done": "●", "now": "▸", "ahead": "○", "spared": "–", "ended": "·"}
HOW_WORDS = {"done": "erledigt", "now": "jetzt", "ahead": "offen", "spared": "nicht nötig", "ended": ""}
SUPPLIED_BY = {
    "questions_missing": "question", "talk_missing": "talk", "measures_missing": "measure",
    "not_plausible": "send-back", "reason_not_valid": "send-back", "facts_missing": "propose",
    "successor_missing": "propose",
    "customer_not_informed": "informed", "training_answer_missing": "training", "training_open": "training",
}  # fmt: skip
"""The action that supplies what is missing."""
COPIED = ("role_vpa_or_customer_manager", "own_request")
"""Others have to decide: what helps is the text for the channel."""
JUDGED: dict[str, type[OnHandover]] = {
    "open": ProposeHandover, "proposed": ApproveHandover, "approved": FinishHandover, "informed": FinishHandover,
}  # fmt: skip
"""The action of each state whose obstacles are „Es fehlt noch“."""
CHANNEL = ("open", "proposed", "approved")
"""States in which the form of W-11 is what there is to copy."""
BEST = 4
"""Successors that are shown."""


def handover_detail(session: Session, key: int) -> Detail | None:
    """Read in a thread with a connection; None where it has gone."""
    work = session.work()
    request = work.find(Handover, key)
    if request is None:
        return None
    customer = customer_facts(work, request.customer_id, 4)
    obstacles = _obstacles(session, request)
    topic, findings = f"handover.{request.state}", [obstacle.code for obstacle in obstacles]
    known = _known(work, request)
    message = playbook().message(topic, findings, known)
    text = form_text(work, request) if request.state in CHANNEL else ""
    step = next_action(request, work.settings.number("measures_needed"))
    follow = Section("Mögliche Nachfolger" if request.state == "open" else "Nachfolger", tuple(_best(work, request)))
    return Detail(
        title=request.customer.name,
        aside=f"Anfrage {request.id}",
        facts=tuple(_facts(work, request)),
        before=(
            Section("Weg", tuple(_path(work, request)), "list"),
            Section("Abwägen (W-15)", tuple(_weigh(work, request)), "list"),
            Section("Vorgehen", tuple(playbook().guidance(topic, findings, known))),
            *((follow,) if step == "propose" else ()),
        ),
        points=points_of(obstacles, _keys(step)),
        after=(
            *(() if step == "propose" else (follow,)),
            Section("Text für AT: Austausch (y kopiert)", tuple(text.splitlines()), "message"),
            Section(_message_title(text), tuple(message.split("\n")) if message else (), "message"),
            Section("Festgehalten", tuple(_recorded(work, request))),
            Section(f"Kunde {request.customer.name}", customer_lines(customer, work.today)),
        ),
        entries_title="Zuletzt in beiden Akten (■ O-Team intern, ▲ VPA)",
        entries=entry_lines(customer.entries, work.today),
        copy=text or message or request.customer.name,
        copied="Text für AT: Austausch" if text else "Nachricht" if message else "Name",
    )


def _message_title(text: str) -> str:
    return "Nachricht an den VPA" if text else "Nachricht an den VPA (y kopiert)"


def _known(work: Work, request: Handover) -> dict[str, Any]:
    known = facts_for(work, None, kunde=request.customer.name)
    if request.vpa is not None:
        known["vorname"] = first_name(request.vpa.name)
    if request.successor:
        successor: Vpa | None = Vpa.get_or_none(Vpa.id == request.successor)
        known["nachfolger"] = successor.name if successor else request.successor
    return known


def _obstacles(session: Session, request: Handover) -> tuple[Obstacle, ...]:
    """What the next milestone of the path would meet, without what its own form asks."""
    kind = JUDGED.get(request.state)
    if kind is None or session.kuerzel is None:
        return ()
    try:
        found = check(session, kind(id=str(request.id))).obstacles
    except SchichtError:
        return ()
    asked = ("facts_missing", "successor_missing") if not _ready_to_propose(found) else ()
    return tuple(obstacle for obstacle in found if obstacle.code not in (*asked, "text_missing", "source_unread"))


def _ready_to_propose(found: tuple[Obstacle, ...]) -> bool:
    """Whether only the proposal itself is missing: before that its fields are not worth a line."""
    return {obstacle.code for obstacle in found} <= {"facts_missing", "successor_missing", "customer_active"}


def _facts(work: Work, request: Handover) -> Iterator[str]:
    state = label("handover_state", request.state)
    yield joined(
        [
            state[:1].upper() + state[1:],
            f"eröffnet {moment_word(request.opened_at, work.today)} von {request.opened_by}",
        ]
    )
    vpa = named(request.vpa_id) if request.vpa_id else "ohne VPA"
    if request.reason_kind:
        yield f"{vpa} möchte abgeben: {label('reason_kind', request.reason_kind)}"
    else:
        yield vpa
    if request.reason:
        yield f"„{request.reason.strip()}“"


def _keys(step: str) -> dict[str, tuple[str, str]]:
    """The key that supplies each thing missing: e where it is the next step, x among the others, y for the channel."""
    known = {code: ("e" if verb == step else "x", TITLES[verb]) for code, verb in SUPPLIED_BY.items()}
    return {**known, **dict.fromkeys(COPIED, ("y", "Text kopieren"))}


# The path


def _path(work: Work, request: Handover) -> Iterator[str]:
    if request.state == "escalated":
        yield "Sonderfall: Der übliche Weg gilt hier nicht (W-16)."
        return
    needed = work.settings.number("measures_needed")
    steps = path_of(request, needed)
    for step in steps:
        how = f"{SIGNS[step.how]} {STEP_WORDS[step.code]:<17}{HOW_WORDS[step.how]:<12}"
        yield f"{how}{_detail_of(work, request, step, needed)}".rstrip()
    if request.state in ("sent_back", "rejected"):
        by = f"{request.closed_by}, {moment_word(request.closed_at, work.today)}" if request.closed_at else ""
        yield joined([f"■ {label('handover_state', request.state)}", by])
    elif next_action(request, needed) == "send-back":
        yield "▸ Der Grund trägt nicht: zurückgeben (W-07)"


def _detail_of(work: Work, request: Handover, step: Step, needed: int) -> str:
    """Day and member, or how much of it there is."""
    made = {
        "reasons": lambda: _newest(work, request.questions, "at"),
        "talk": lambda: _newest(work, request.talks, "on"),
        "measures": lambda: (
            f"{len(request.measures)} von {needed}" if request.reason_kind == "cooperation_failed" else ""
        ),
        "proposal": lambda: _by(work, request.proposed_at, request.proposed_by),
        "release": lambda: _by(work, request.decided_at, request.decided_by),
        "informed": lambda: day_word(request.informed_on, work.today) if request.informed_on else "",
        "training": lambda: _training(work, request),
        "finished": lambda: _by(work, request.closed_at, request.closed_by),
    }[step.code]()
    return made if step.how in ("done", "now") else ""


def _by(work: Work, moment: dt.datetime | None, member: str | None) -> str:
    return f"{day_word(clock.day_of(moment), work.today)} {member}" if moment and member else ""


def _newest(work: Work, lines: list[dict[str, Any]], name: str) -> str:
    if not lines:
        return ""
    day = dt.date.fromisoformat(str(lines[-1][name])[:10])
    return f"{day_word(day, work.today)} {lines[-1].get('by') or ''}".rstrip()


def _training(work: Work, request: Handover) -> str:
    if request.training_wanted is None:
        return ""
    if not request.training_wanted:
        return "nicht gewünscht"
    return day_word(request.training_done_on, work.today) if request.training_done_on else "gewünscht"


# Weighing, successors, what was recorded


def _weigh(work: Work, request: Handover) -> list[str]:
    """The facts of W-15, one a line, words left and values in one column."""
    facts = facts_of(work, request)
    last, months = facts["last_activity"], facts["months_in_charge"]
    pairs = (
        ("Klasse des Kunden", facts["customer_class"] or "keine"),
        ("Aufgaben", label("pattern", facts["pattern"]) or "unbekannt"),
        ("zuletzt aktiv", day_word(last, work.today) if last else "unbekannt"),
        ("in dieser Betreuung", _months(months)),
        ("VPA-Wechsel 12mon", str(facts["changes_12_months"])),
        ("Einarbeitungsaufwand", label("effort", facts["effort"]) or "noch offen"),
        ("Erstattung nötig", "noch offen" if facts["refund"] is None else value_word(facts["refund"])),
    )
    return [f"{name:<21}{value}" for name, value in pairs]


def _months(months: int | None) -> str:
    if months is None:
        return "unbekannt"
    return f"seit {counted(months, 'Monat', 'Monaten')}" if months else "unter einem Monat"


def _best(work: Work, request: Handover) -> Iterator[str]:
    if request.state == "open":
        for rank, one in enumerate(best_successors(work, request, BEST), 1):
            yield f"{rank}  {one.name} ({one.vpa})"
            yield f"   {_why(one)}"
    elif request.successor:
        yield named(request.successor)
        yield from (f"   {_why(one)}" for one in successors(work, request, [request.successor]))


def _why(one: Candidate) -> str:
    return "; ".join(one.reasons())


def _recorded(work: Work, request: Handover) -> Iterator[str]:
    """What was asked, said and tried, oldest first."""
    for asked in request.questions:
        verdict = "plausibel" if asked.get("plausible") else "nicht plausibel"
        yield f"Frage: {asked.get('question')}"
        yield f"Antwort: {asked.get('answer')} ({verdict}, {asked.get('by')})"
    for talk in request.talks:
        yield f"Gespräch {value_word(talk.get('on'))}: {talk.get('result')}"
    for tried in request.measures:
        yield f"Maßnahme {value_word(tried.get('on'))}: {tried.get('text')}"
    if request.remark:
        yield f"Anmerkung: {request.remark}"
