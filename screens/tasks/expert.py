"""The detail of a VPA among the Experten: what they can do, when they are away, how they have handed on so far."""

from __future__ import annotations

from models.action.work import Session
from models.playbook import playbook
from models.questions.people_pages import vpa_facts
from models.tables.people import Vpa
from models.task.experts import expert_facts
from models.task.queries import delegations_of
from screens.detail.detail import Detail, Section
from screens.detail.vpa import absence_caption, entry_lines, open_section, vpa_aside, vpa_lines
from screens.words import joined, label


def expert_detail(session: Session, key: str) -> Detail | None:
    """Read in a thread with a connection; None where the VPA is unknown."""
    work = session.work()
    if work.find(Vpa, key) is None:
        return None
    facts = vpa_facts(work, key)
    known = expert_facts([key], work.today)[key]
    reasons = [
        f"{count} × {label('delegation_reason', why) or 'ohne Grund'}" for why, count in delegations_of(key).items()
    ]
    record = [
        f"Aufgaben zurzeit: {known.tasks}",
        f"{playbook().say('an TL delegiert')}: {', '.join(reasons) or 'noch nie'}",
        f"mit Lücken zurückgegeben: {known.returned or 'noch nie'}",
    ]
    return Detail(
        title=facts.vpa.name,
        aside=vpa_aside(facts),
        facts=vpa_lines(facts),
        absences=tuple(facts.absences),
        today=work.today,
        caption=absence_caption(facts, work.today),
        before=(
            Section("Assistenzbereiche", (", ".join(facts.vpa.areas) or "keine eingetragen",)),
            Section("Aufgaben (zählt bei der nächsten Zuteilung, F-11)", tuple(record), "list"),
        ),
        entries_title="Zuletzt in der VPA-Akte",
        entries=entry_lines(facts.entries, work.today),
        after=(open_section(facts.open, work.today),),
        copy=joined([facts.vpa.name, facts.vpa.id]),
        copied="VPA",
    )
