"""„Ansicht als VPA“ in words: what a VPA may see of a customer, laid out for a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from models.action.work import Session
from models.file.as_vpa import GREEN, GreenEntry, VpaView, vpa_view
from models.file.as_vpa_export import export, file_name, format_of, write
from models.ground import clock
from models.playbook import playbook
from screens.words import counted, joined

Line = tuple[str, str, str]
"""Left part, right part, style of the left, as a page of text wants it."""


PASSED = "trotzdem, weil etwas anderes gemeint ist"
"""The reason by which the screen passes a warning, once it was read."""


def read_sight(session: Session, customer: str) -> VpaView:
    """Read it; in a thread. Raises what `vpa_view` does."""
    with session.store.connected():
        return vpa_view(session.work(), customer)


def sight_lines(view: VpaView) -> list[Line]:
    """Facts, then every entry; where one names a class, a sentence says so at its place."""
    vpa = f"VPA {view.vpa}" + (f" seit {clock.german_date(view.since)}" if view.since else "") if view.vpa else ""
    kept = f"zuletzt vom VPA gepflegt {clock.german_date(view.kept_on)}" if view.kept_on else ""
    lines: list[Line] = [(joined([f"Kunde {view.customer}", vpa or "zurzeit ohne VPA"]), "", "none")]
    lines += [(kept, "", "none")] if kept else []
    count = len(view.places())
    if count:
        where = counted(count, "Stelle nennt", "Stellen nennen")
        lines += [(f"{where} eine Klasse. Berichtige sie, vorher geht nichts hinaus (D-32).", "", "bold $text-error")]
    for entry in view.entries:
        lines += [("", "", ""), *_entry(entry)]
    if not view.entries:
        lines += [("", "", ""), ("Noch kein Eintrag in der VPA Kundenakte.", "", "$text-muted")]
    inside = "O-Team Kundenakte, Klassen, Status, Wizard und Reminder sieht ein VPA nicht; sie sind auch nicht dabei."
    return [*lines, ("", "", ""), (inside, "", "$text-muted")]


def _entry(entry: GreenEntry) -> Iterator[Line]:
    kind = playbook().label(f"entry_{GREEN}", entry.kind)
    day = clock.german_date(clock.day_of(entry.created_at))
    yield joined([f"▲ {day}", kind, entry.author]), "", "bold $text-success"
    for title, text in entry.texts():
        yield f"  {title}", text, "$text-muted"
    for title, text, place in entry.named():
        said = f"„{place.of(text)}“ (D-32)"
        if place.weight == "stop":
            yield f"  ! {title} nennt eine Klasse: {said}", "", "bold $text-error"
        else:
            yield f"  ! {title} klingt nach einer Klasse: {said}", "", "$text-warning"


def sight_text(session: Session, view: VpaView) -> str:
    """What `y` copies, warnings read. Raises `RefusedError` where an entry names a class."""
    return export(view, "text", session.clock.now(), PASSED)


def proposed_path(session: Session, view: VpaView) -> str:
    """Where the file goes unless somebody says another place."""
    return str(Path("~") / file_name(view, "markdown", session.clock.now()))


def save_sight(session: Session, view: VpaView, path: str) -> str:
    """Write the file, in the form of its name; the path. Raises `SchichtError` where that cannot be."""
    target = Path(path.strip()).expanduser()
    write(target, export(view, format_of(target), session.clock.now(), PASSED))
    return str(target)
