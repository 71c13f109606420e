"""The shift report as Markdown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from models.ground import clock
from models.ground.clock import german_date
from models.playbook import playbook

NAMED = 12
"""Names listed of one action; the others are counted."""

WATCHED = 20
"""Things to watch of a kind that are named; the others are counted."""

REMINDERS = 5
"""Reminders listed of one absence."""

SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
"""What a name must not do in Markdown."""

STEPS = {"remind": "nächste Erinnerung", "wait": "Erinnerungen sind draußen", "ready": "Ablehnen ist möglich"}
LIGHTS = {"nein": "NEIN", "vielleicht": "VIELLEICHT"}
TITLES = {
    "reminder": "Fällige Reminder",
    "case": "Cases",
    "flag": "Neu-Flags der VPA-Journey",
    "outbox": "Ausgang, noch nicht auf der Plattform",
}
COUNTED = {"case": ("Case", "Cases"), "reminder": ("Reminder", "Reminder"), "flag": ("Neu-Flag", "Neu-Flags")}
"""One and several of a kind."""


def as_markdown(report: dict[str, Any]) -> str:
    """The report in German, ready to be pasted; who may read it stands at its top."""
    parts = (_head(report), _done(report), _left(report), _watch(report))
    return "\n".join(line for part in parts for line in part)


def plain(text: object) -> str:
    """Text from the database on one line, without any meaning in Markdown."""
    return SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def _head(report: dict[str, Any]) -> Iterator[str]:
    day = report["day"]
    readers = " und ".join(playbook().label("role", role) for role in report["readers"])
    yield f"# Schichtbericht {german_date(day)}"
    yield ""
    yield f"> **Intern.** Nur für {readers}. Nicht an VPAs, Kunden oder Sales weitergeben (A-28)."
    yield ""
    by = f" von {report['made_by']}" if report["made_by"] else ""
    yield f"Stand: {clock.german_moment(report['made_at'])}{by}. {_seal(report)}"
    yield ""


def _seal(report: dict[str, Any]) -> str:
    if not report["sealed_by"]:
        return "Der Tag ist noch nicht abgeschlossen."
    text = f"Tag abgeschlossen: {report['sealed_by']}, {clock.german_moment(report['sealed_at'])}."
    left = [f"{one['count']} {COUNTED[one['kind']][one['count'] > 1]}" for one in report["sealed_leftovers"]]
    if not left:
        return f"{text} Nichts blieb liegen."
    reason = plain(report["sealed_leftovers"][0]["reason"] or "")
    return f"{text} Liegen geblieben: {', '.join(left)}" + (f" („{reason}“)." if reason else ".")


def _done(report: dict[str, Any]) -> Iterator[str]:
    yield "## Wer hat was getan"
    yield ""
    if not report["done"]:
        yield "Noch nichts an diesem Tag."
        yield ""
    for member in report["done"]:
        yield f"### {plain(member['member'])} · {plain(member['name'])}"
        yield ""
        for action in member["actions"]:
            names = _some([plain(name) for name in action["names"]], NAMED)
            yield f"- {action['label']}: {action['count']}" + (f" ({names})" if names else "")
        yield ""


def _some(names: Sequence[str], most: int) -> str:
    more = len(names) - most
    return "; ".join(names[:most]) + (f" und {more} weitere" if more > 0 else "")


def _left(report: dict[str, Any]) -> Iterator[str]:
    if report["left"] is None:
        return
    yield "## Was ist offen"
    yield ""
    if not any(group["count"] for group in report["left"].values()):
        yield "Nichts: Alles ist erledigt oder vertagt."
        yield ""
    for noun, group in report["left"].items():
        if not group["count"]:
            continue
        yield f"### {TITLES[noun]}: {group['count']}"
        yield ""
        yield from (f"- {_open_line(noun, one, report['day'])}" for one in group["oldest"])
        if (more := group["count"] - len(group["oldest"])) > 0:
            yield f"- … und {more} weitere"
        yield ""


def _open_line(noun: str, one: dict[str, Any], today: dt.date) -> str:
    name = f"**{plain(one['name'])}**"
    if noun == "reminder":
        late = (today - clock.day_of(one["since"])).days
        when = f"überfällig seit {late} {'Tag' if late == 1 else 'Tagen'}" if late > 0 else "heute fällig"
        return f"{name} · {when} · bei {plain(one['owner'])} · {plain(one['text'])}"
    if noun == "outbox":
        what = playbook().label("outbox_kind", one["kind"])
        return f"{name} · {what} · seit {german_date(clock.day_of(one['since']))} · von {plain(one['owner'])}"
    if noun == "case":
        return f"{name} · {playbook().label('case_kind', one['kind'])} · seit {german_date(clock.day_of(one['since']))}"
    return f"{name} · {playbook().label('stage', one['stage'])} · seit {german_date(one['since'])}"


def _watch(report: dict[str, Any]) -> Iterator[str]:
    watch = report["watch"]
    if watch is None:
        return
    yield "## Worauf achten"
    yield ""
    parts = (
        ("Ablehnen: die Uhr läuft (T-14)", [_decline(one) for one in watch["declines"]]),
        ("Abwesenheiten, die Reminder der Kunden treffen", [_absence(one) for one in watch["absences"]]),
        ("Mitglieder, die ab dann weg sind (R-05)", [_leave(one) for one in watch["leaves"]]),
        ("Inaktive VPAs: Darf ich anschreiben?", [_inactive(one) for one in watch["inactive"]]),
    )
    if not any(lines for _, lines in parts):
        yield "Nichts Besonderes."
    for title, lines in parts:
        if lines:
            yield f"### {title}"
            yield ""
            yield from (f"- {line}" for line in lines[:WATCHED])
            if (more := len(lines) - WATCHED) > 0:
                yield f"- … und {more} weitere"
            yield ""


def _decline(one: dict[str, Any]) -> str:
    start = one["remind_from"] if one["step"] == "remind" else one["decline_from"]
    step = STEPS[one["step"]]
    when = {
        "remind": f" ab {german_date(start)}",
        "wait": f", ablehnen ab {german_date(start)}",
        "ready": f" seit {german_date(start)}",
    }
    return f"**{plain(one['title'])}** ({plain(one['task'])}) · {plain(one['name'])} · {step}{when[one['step']]}"


def _absence(one: dict[str, Any]) -> str:
    due = [f"{plain(r['name'])} am {german_date(clock.day_of(r['due']))} ({r['owner']})" for r in one["reminders"]]
    return f"{_away(one['name'], one)} · {_some(due, REMINDERS)}"


def _leave(one: dict[str, Any]) -> str:
    return f"{_away(one['member'], one)} · {one['reminders']} Reminder in dieser Zeit fällig"


def _away(name: str, one: dict[str, Any]) -> str:
    return f"**{plain(name)}** weg {german_date(one['start'])} bis {german_date(one['end'])}"


def _inactive(one: dict[str, Any]) -> str:
    when = f", erst {clock.german_start(one['from'])}" if one["from"] else ""
    return f"**{plain(one['name'])}** · {LIGHTS[one['light']]}{when} ({', '.join(one['rules'])})"
