"""The shipped Chatvorlagen as files that a team can edit: TOML with German comments, which reads back as it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from models.ground.errors import AlreadyDoneError, UsageError
from models.ground.os_errors import why_not
from models.playbook import Playbook, Template, reading

_HEAD = """\
# Eure Chatvorlagen. Ändern dürft ihr label, hint und text; erhöht version, wenn sich ein Text ändert.
# Wer eine Vorlage liest (reader) und wozu sie passt (subjects), liegt bei den mitgelieferten fest.
# Eine Vorlage, die ihr nicht ändern wollt, könnt ihr hier löschen: Dann gilt die mitgelieferte.
# Neue Vorlagen sind möglich: eine Überschrift wie [mein_name], darunter dieselben Angaben.
# In [eckigen Klammern] stehen Platzhalter; was sie bedeuten, steht in placeholders.toml.
# In Texten, die VPAs oder Kunden lesen, darf keine Klasse stehen (D-32). Gespeichert wird als UTF-8.
"""
_PLACEHOLDERS = """\
# Was in Chatvorlagen in [eckigen Klammern] stehen darf, und was hineingehört.
# Eigene Platzhalter sind möglich: kleine Buchstaben und _, dahinter in Anführungszeichen die Bedeutung.
# Wie TL, TA und Forwarded bei euch heißen, sagt eine Datei labels.toml daneben, etwa: forwarded = "Eingang"
"""


def export_templates(folder: Path) -> list[Path]:
    """Write the files into a folder, which is made if need be; the paths.

    Raises `AlreadyDoneError` where one of them is there: nothing is overwritten. `UsageError` where it cannot be.
    """
    files = template_files()
    if there := [name for name in files if (folder / name).exists()]:
        raise AlreadyDoneError(f"In {folder} gibt es schon {', '.join(there)}; überschrieben wird nichts.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            handle = os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
            with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123  # an open handle, not a path
                file.write(text)
    except OSError as error:
        raise UsageError(f"In {folder} lässt sich nicht schreiben ({why_not(error)}).") from error
    return [folder / name for name in files]


def template_files() -> dict[str, str]:
    """Name and text of each file."""
    book = Playbook()
    files = {"placeholders.toml": _placeholders(book.placeholders)}
    for name in reading.PARTS["templates"]:
        codes = reading.load_file(name)
        files[f"{name}.toml"] = _templates(book, (book.template(code) for code in codes))
    return files


def _placeholders(known: Mapping[str, str]) -> str:
    return _PLACEHOLDERS + "\n" + "".join(f"{_key(name)} = {_quoted(meaning)}\n" for name, meaning in known.items())


def _templates(book: Playbook, templates: Iterable[Template]) -> str:
    return _HEAD + "".join(f"\n{_template(book, template)}" for template in templates)


def _template(book: Playbook, template: Template) -> str:
    """One entry, with a comment that says who reads it and for what it is filled."""
    subjects = ", ".join(book.label("subject", subject) for subject in template.subjects)
    lines = [
        f"# {book.kind('reader', template.reader)}. Passt zu: {subjects}.",
        f"[{template.code}]",
        f"version = {template.version}",
        f"label = {_quoted(template.label)}",
        f"reader = {_quoted(template.reader)}",
        f"subjects = [{', '.join(map(_quoted, template.subjects))}]",
    ]
    lines += [f"hint = {_quoted(template.hint)}"] if template.hint else []
    lines.append(f'text = """\n{_long(template.text)}"""')
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if name.isascii() else _quoted(name)


def _quoted(text: str) -> str:
    """A text of one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _long(text: str) -> str:
    """A text of several lines."""
    return text.replace("\\", "\\\\").replace('"""', '""\\"')
