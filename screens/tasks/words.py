"""Short German forms around an Aufgabe: what a row lacks, where the clock of a decline stands, what a VPA must add."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from models.playbook import playbook
from models.task.clock import DeclineClock
from models.task.inbox import Arrival
from models.task.pages import unjudged
from screens.words import day_word, short

Styled = tuple[str, str]
"""Text and the name of its style."""


def lacks(arrival: Arrival, checklist: Mapping[str, str]) -> Styled:
    """What a forwarded task still wants, in a word each: Kunde, Kommentar, Prüfung (or Infos, Tags)."""
    words = ["Kunde"] if arrival.told is False else []
    words += ["Kommentar"] if arrival.commented is False else []
    open_points = unjudged(checklist)
    if open_points and not arrival.tags_checked:
        words.append("Prüfung")
    else:
        words += ["Infos"] if arrival.missing else []
        words += [] if arrival.tags_checked else ["Tags"]
    if len(words) > 2:  # all three fit the column
        words = ["Komm." if word == "Kommentar" else word for word in words]
    return (", ".join(words), "") if words else ("● bereit", "accent")


def clock_word(state: DeclineClock, today: dt.date) -> Styled:
    """`Erinnerung 1 fällig`, `Erinnerung 2 ab Mi 26.11.`, `ablehnen ab Fr 28.11.`; nothing without a Rückfrage."""
    if state.step == "remind" and state.next_reminder_from is not None:
        name = f"Erinnerung {len(state.reminders) + 1}"
        if state.next_reminder_from <= today:
            return f"{name} fällig", "due"
        return f"{name} ab {day_word(state.next_reminder_from, today)}", ""
    if state.step == "wait" and state.decline_from is not None:
        return f"ablehnen ab {day_word(state.decline_from, today)}", ""
    return {"ready": ("ablehnen möglich", "due"), "answered": ("Antwort ist da", "")}.get(state.step, ("", ""))


def gaps(arrival: Arrival) -> tuple[str, ...]:
    """What the VPA is asked to add, one sentence each (F-03, F-05, F-10)."""
    told = "Der Kunde weiß noch nichts: Sag ihm im Aufgabenchat, dass das Team jemanden sucht (Tag Weiterleitung)."
    found = [told] if arrival.told is False else []
    found += ["Schreib in einem Satz dazu, warum du delegierst."] if arrival.commented is False else []
    found += ["Biete dem Kunden zuerst eine neue Deadline an."] if arrival.deadline_offered is False else []
    return (*found, *(f"Es fehlt noch: {item}." for item in arrival.missing))


def hours_word(hours: float | None) -> str:
    """`12 Stunden`, `1,5 Stunden`."""
    if hours is None:
        return "Stunden unbekannt"
    return f"{hours:g} {'Stunde' if hours == 1 else 'Stunden'}".replace(".", ",")


def item_word(item: str) -> str:
    """Short name of a Starterkit point."""
    return short("starterkit", item)


def takes_word(new_customers: bool | None, orders: bool | None) -> str:
    """What a VPA takes now: `alles`, `Aufträge`, `Neukunden`, `nichts`."""
    if new_customers is None and orders is None:
        return "unbekannt"
    return {(True, True): "alles", (False, True): "Aufträge", (True, False): "Neukunden"}.get(
        (bool(new_customers), bool(orders)), "nichts"
    )


def away_word(span: tuple[dt.date, dt.date] | None, today: dt.date) -> Styled:
    """`bis 28.11.` for somebody away now, `ab 01.12.` for a coming absence."""
    if span is None:
        return "", ""
    if span[0] <= today:
        return f"bis {_day(span[1], today)}", "due"
    return f"ab {_day(span[0], today)}", ""


def _day(day: dt.date, today: dt.date) -> str:
    return f"{day:%d.%m.}" if day.year == today.year else f"{day:%d.%m.%y}"


def reminder_text(number: int, title: str, member: str) -> str:
    """The Chatvorlage of Erinnerung 1 or 2 with what is known put in; the rest stays as `[…]` (K-23)."""
    from screens.form.templates import in_words  # only who opens a form pays for it

    code = "reminder_1" if number <= 1 else "reminder_2"
    return in_words(playbook().fill(code, {"aufgabe": title, "absender": member}))


def decline_text(title: str, member: str) -> str:
    """The Chatvorlage for declining, likewise."""
    from screens.form.templates import in_words

    return in_words(playbook().fill("decline", {"aufgabe": title, "absender": member}))
