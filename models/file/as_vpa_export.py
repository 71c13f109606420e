"""The „Ansicht als VPA“ as a text to hand on: plain or Markdown."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pendulum

from models.file.as_vpa import GREEN, GreenEntry, VpaView
from models.ground import clock
from models.ground.errors import AlreadyDoneError, UsageError
from models.ground.os_errors import why_not
from models.ground.text import clean_output
from models.playbook import playbook

FORMATS = ("text", "markdown")
NOTHING = "Noch kein Eintrag."
ENDINGS = {"text": "txt", "markdown": "md"}
"""How a file of each format ends."""

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$!#]")
_AT_START = re.compile(r"^(?:[+=-]|[0-9]+(?=[.)]))")


def export(view: VpaView, form: str, now: pendulum.DateTime, despite: str | None = None) -> str:
    """The view in one of `FORMATS`.

    Raises `RefusedError` where an entry names a class (`class_named`, D-32), or may do so and no reason passes it.
    """
    view.require_clean(despite)
    return (_markdown if form == "markdown" else _text)(view, now)


def format_of(path: Path) -> str:
    """The format that a file's name asks for."""
    return "markdown" if path.suffix.casefold() in (".md", ".markdown") else "text"


def file_name(view: VpaView, form: str, now: pendulum.DateTime) -> str:
    """A fitting name, of plain letters only."""
    key = re.sub(r"[^A-Za-z0-9-]+", "-", view.customer).strip("-") or "kunde"
    return f"vpa-kundenakte-{key}-{now:%Y-%m-%d}.{ENDINGS[form]}"


def write(path: Path, text: str) -> None:
    """Write it to a new file that only its owner reads.

    Raises `AlreadyDoneError` where there is one of that name, `UsageError` where none can be written.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123  # an open handle, not a path
            file.write(text)
    except FileExistsError as error:
        raise AlreadyDoneError(f"Die Datei {path} gibt es schon; überschrieben wird nichts.") from error
    except (OSError, ValueError) as error:
        why = why_not(error)
        raise UsageError(f"Die Datei {path} lässt sich nicht schreiben ({why}).") from error


def _facts(view: VpaView) -> str:
    """The line below the name."""
    vpa = f"VPA: {view.vpa}" + (f" seit {clock.german_date(view.since)}" if view.since else "") if view.vpa else ""
    kept = f"zuletzt vom VPA gepflegt: {clock.german_date(view.kept_on)}" if view.kept_on else ""
    return " · ".join(part for part in (f"Kunde {view.customer}", vpa or "zurzeit ohne VPA", kept) if part)


def _heading(entry: GreenEntry) -> str:
    kind = playbook().label(f"entry_{GREEN}", entry.kind)
    return f"{clock.german_date(clock.day_of(entry.created_at))} · {kind} · {entry.author}"


def _stand(now: pendulum.DateTime) -> str:
    return f"Stand: {clock.german_moment(now)}"


def _text(view: VpaView, now: pendulum.DateTime) -> str:
    """Plain text: headings underlined, texts set in, so that no text of an entry looks like a heading."""
    title = _line(f"VPA Kundenakte: {view.name}")
    lines = [title, "=" * len(title), _line(_facts(view)), _stand(now)]
    for entry in view.entries:
        heading = _line(_heading(entry))
        lines += ["", heading, "-" * len(heading)]
        for part, text in entry.texts():
            lines += [f"{part}:", *(f"  {line}".rstrip() for line in _lines(text))]
    return "\n".join([*lines, *([] if view.entries else ["", NOTHING])]) + "\n"


def _markdown(view: VpaView, now: pendulum.DateTime) -> str:
    """Markdown in which every text from the data stands for itself: nothing of it is markup."""
    blocks = [f"# VPA Kundenakte: {escape(view.name)}", f"{escape(_facts(view))}\\\n{_stand(now)}"]
    for entry in view.entries:
        blocks.append(f"## {escape(_heading(entry))}")
        blocks += [f"**{part}:**\\\n{_paragraph(text, escape)}" for part, text in entry.texts()]
    return "\n\n".join([*blocks, *([] if view.entries else [NOTHING])]) + "\n"


def _paragraph(text: str, form: Callable[[str], str]) -> str:
    """Lines of one paragraph; an empty line is kept as a lone blank that cannot end it."""
    return "\\\n".join(form(line) or "&nbsp;" for line in _lines(text))


def _lines(text: str) -> list[str]:
    """The lines of a text without what acts on a terminal; empty ones at the ends dropped."""
    return [" ".join(line.split()) for line in clean_output(text).strip().split("\n")]


def _line(text: str) -> str:
    return " ".join(clean_output(text).split())


def escape(text: str) -> str:
    """One line as Markdown that shows it as it is: no emphasis, link, HTML, entity, table, list or heading."""
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", _line(text))
    start = _AT_START.match(escaped)
    if start is None:
        return escaped
    return f"{start[0]}\\{escaped[start.end() :]}" if start[0].isdigit() else f"\\{escaped}"
