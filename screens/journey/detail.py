"""The detail of a Neu-Flag."""

from __future__ import annotations

from models.action.run import check
from models.action.work import Session
from models.ground.errors import SchichtError
from models.journey.actions import RemoveFlag
from models.journey.queries import is_overdue
from models.playbook import playbook
from models.playbook.refusals import Obstacle
from models.questions.people_pages import vpa_facts
from models.tables.flag import Flag
from screens.detail.detail import Detail, Section
from screens.detail.vpa import absence_caption, entry_lines, facts_for, open_section, points_of, vpa_aside, vpa_lines
from screens.words import counted, day_word, label, moment_word, value_word

KEYS = {"": ("e", "Flag entfernen"), "role_vpa_manager": ("x", "VPA Manager informieren")}


def flag_detail(session: Session, key: int) -> Detail | None:
    """Read in a thread with a connection; None where the flag has gone."""
    work = session.work()
    flag = work.find(Flag, key)
    if flag is None:
        return None
    facts = vpa_facts(work, flag.vpa_id)
    topic = f"journey.{flag.stage}"
    obstacles: tuple[Obstacle, ...] = ()
    if flag.state == "open" and work.member is not None:
        try:
            obstacles = check(session, RemoveFlag(id=str(key))).obstacles
        except SchichtError:
            obstacles = ()  # somebody removes it at this very moment: the next refresh shows it
    findings = [facts.vpa.klasse, *(obstacle.code for obstacle in obstacles)]
    known = facts_for(work, facts)
    message = playbook().message(topic, findings, known)
    lines = [f"seit {day_word(flag.raised_on, work.today)}, {counted(facts.months, 'Monat', 'Monate')} dabei"]
    if is_overdue(work, flag):
        lines.append("überfällig: Der VPA ist schon in einer späteren Phase.")
    if facts.vpa.onboarding_call:
        lines.append(f"Onboarding-Call: {day_word(facts.vpa.onboarding_call, work.today)}")
    if flag.informed_at:
        lines.append(f"VPA Manager informiert: {moment_word(flag.informed_at, work.today)} von {flag.informed_by}")
    lines += [f"{name}: {value_word(value)}" for name, value in (flag.details or {}).items()]
    if flag.removed_at:
        lines.append(f"Entfernt: {moment_word(flag.removed_at, work.today)} von {flag.removed_by}")
    open_ = flag.state == "open"
    guidance = Section("Vorgehen", tuple(playbook().guidance(topic, findings, known)) if open_ else ())
    text = Section("Nachricht an den VPA (y kopiert)", tuple(message.split("\n")) if open_ else (), "message")
    return Detail(
        title=flag.vpa_name,
        aside=vpa_aside(facts),
        facts=vpa_lines(facts),
        absences=tuple(facts.absences),
        today=work.today,
        caption=absence_caption(facts, work.today),
        before=(Section(label("stage", flag.stage), tuple(lines), "list"), guidance),
        points=points_of(obstacles, KEYS),
        entries_title="Zuletzt in der VPA-Akte",
        entries=entry_lines(facts.entries, work.today),
        after=(open_section(facts.open, work.today), text),
        copy=message or flag.vpa_name,
        copied="Nachricht" if message else "Name",
    )
