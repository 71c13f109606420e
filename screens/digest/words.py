"""„Was geschah mit meinen Fällen“ in German words, for the screen and for the command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models.ground import clock
from models.playbook import playbook
from models.shift.digest.digest import Event, Thing
from models.shift.digest.last_absence import Away
from screens.words import first_line, label, moment_word

TITLE = "Was geschah mit meinen Fällen"

KINDS = {"reminder": "Reminder", "case": "Case", "flag": "Neu-Flag", "task": "Aufgabe", "handover": "VPA-Wechsel",
         "vpa": "VPA-Akte", "customer": "Kundenakte"}  # fmt: skip

WAYS = {
    "take": "{holder} ist weg: z nimmt ihn zurück.",
    "take_reason": "{holder} ist da: z nimmt ihn als VPA Manager mit Grund zurück (A-08).",
    "give_back": "Du hast ihn für {owner}: z gibt ihn zurück.",
    "ask": "{holder} hat ihn und ist da: Bitte {holder}, ihn mit z zurückzugeben (R-03, R-05).",
}
"""How a Reminder gets back to whom it belongs."""


def thing_word(thing: Thing) -> str:
    """`Reminder: Rückruf`."""
    kind = thing.subject.partition(":")[0]
    text = {"case": "case_kind", "flag": "stage", "handover": "handover_state"}.get(kind)
    said = playbook().label(text, thing.text or thing.state) if text else first_line(thing.text)
    return f"{KINDS.get(kind, kind)}: {said}" if said else KINDS.get(kind, kind)


def event_word(event: Event) -> str:
    """`LIA: Reminder übernommen`."""
    return f"{event.by or 'Import'}: {done_word(event)}"


def done_word(event: Event) -> str:
    """What was done. `models.action.catalogue.load_all` has been called."""
    from models.action.base import CATALOGUE

    if event.action == "entry":
        return f"Akteneintrag, {event.text}" if event.text else "Akteneintrag"
    if event.action == "case":
        return "neuer Case"
    kind = CATALOGUE.get(event.action)
    return (kind.done or kind.label) if kind else event.action


def newest_word(thing: Thing) -> str:
    """The newest event, and how many there are beside it."""
    if not thing.events:
        return "nichts, liegt noch in Vertretung" if thing.way != "give_back" else "bei dir in Vertretung"
    more = f" (+{len(thing.events) - 1})" if len(thing.events) > 1 else ""
    return event_word(thing.events[-1]) + more


def way_word(thing: Thing) -> str:
    """How it gets back, in a sentence; empty where there is nothing to get back."""
    text = WAYS.get(thing.way, "")
    return text.format(holder=thing.holder, owner=thing.owner)


def state_word(thing: Thing) -> str:
    """How the thing stands now, in words."""
    groups = {"reminder": "reminder_state", "case": "case_state", "flag": "flag_state", "task": "task_state",
              "handover": "handover_state"}  # fmt: skip
    group = groups.get(thing.subject.partition(":")[0])
    return label(group, thing.state) if group else ""


def away_word(away: Away, today: dt.date) -> str:
    """Which days it is about."""
    if away.last is None:
        return f"seit {clock.german_date(away.first)}"
    if away.last >= today:
        return f"weg seit {away.first:%d.%m.}, noch bis {away.last:%d.%m.}"
    return (
        f"weg vom {away.first:%d.%m.} bis {away.last:%d.%m.}"
        if away.first != away.last
        else f"weg am {away.last:%d.%m.}"
    )


def as_text(member: str, away: Away, things: Sequence[Thing], today: dt.date) -> str:
    """All of it as the command prints it."""
    lines = [f"{TITLE} · {member} · {away_word(away, today)}"]
    if not things:
        return "\n".join([*lines, "Nichts ist geschehen, und nichts liegt in Vertretung."])
    for thing in things:
        who = f" · bei {thing.holder}" if thing.holder and thing.holder != member else ""
        lines += ["", f"{thing.name} · {thing_word(thing)}{who}"]
        if thing.way:
            lines.append(f"  {way_word(thing)}")
        lines += [f"  {moment_word(event.at, today):<16}  {event_word(event)}" for event in thing.events]
    return "\n".join(lines)
