"""The team's own Chatvorlagen: TOML files in a folder, checked whole before any of them is used (K-22, T-17).

They may change every text and add templates and placeholders. They may not change who reads a shipped template, name a
class to somebody outside the team (D-32, A-27), or hold what no text may keep (K-23).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from models.ground.errors import Problem, SchichtError, UsageError
from models.ground.vpa_text import class_places, placeholder_places, stops
from models.playbook import Playbook, PlaybookError, Template, reading
from models.playbook.entries import PLACEHOLDER
from models.playbook.labels import faults
from models.playbook.places import Places, german_fault, toml_line

FILES = ("placeholders", "templates", "templates_tasks", "labels")
"""Files that a team may have, by their names without `.toml`."""

INTERNAL = frozenset({"kundenklasse"})
"""Placeholders that stand for a class."""

_BRACKETS = re.compile(r"\[([^\[\]\n]*)\]")
_CODE = re.compile(r"[a-z0-9_]+")


class BadTemplatesError(SchichtError):
    """The team's templates have faults; every one is listed with its file and line."""

    code, exit_code = "bad_data", 4

    def __init__(self, folder: Path, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        what = "einen Fehler" if count == 1 else f"{count} Fehler"
        super().__init__(
            f"Eure Chatvorlagen in {folder} haben {what}. Berichtige sie; mit SCHICHT_TEMPLATES=- gelten so lange die "
            "mitgelieferten."
        )

    def as_json(self) -> dict[str, Any]:
        """With the problems."""
        return {**super().as_json(), "problems": [problem.as_json() for problem in self.problems]}


def read_own(folder: Path) -> Playbook:
    """The playbook with the team's files over ours.

    Raises `UsageError` where there is no such folder, `BadTemplatesError` with everything that is wrong in it.
    """
    if not folder.is_dir():
        raise UsageError(f"Den Ordner für Chatvorlagen gibt es nicht: {folder}")
    problems = list(_Check(folder).problems())
    if problems:
        raise BadTemplatesError(folder, problems)
    return Playbook(folder)


def _meant_as_ours(path: Path) -> bool:
    """Whether somebody expects it to count, as with `Templates.TOML` and `templates.toml.txt`; no editor's copy."""
    name = path.name.casefold()
    return ".toml" in name and name.endswith((".toml", ".txt")) and not name.startswith(".")


class _Check:
    """One look at a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._ours = folder, Playbook()
        self._shipped = reading.load("templates")
        self._known: dict[str, str] = dict(self._ours.placeholders)
        self._seen: dict[str, str] = {}
        """Code → the file in which it stands."""

    def problems(self) -> Iterator[Problem]:
        """All of them, file by file; placeholders first, because templates use them."""
        allowed = [f"{name}.toml" for name in FILES]
        for path in sorted(self._folder.iterdir()):
            if _meant_as_ours(path) and path.name not in allowed:
                said = f"wird nicht gelesen; möglich ist: {', '.join(allowed)}."
                yield Problem(path.name, 1, "Datei", "unknown_file", said)
        for name in FILES:
            path = self._folder / f"{name}.toml"
            if path.is_file():
                yield from self._file(path, name)

    def _file(self, path: Path, name: str) -> Iterator[Problem]:
        import tomllib

        try:
            text = path.read_text(encoding="utf-8")
            raw = tomllib.loads(text)
        except (OSError, UnicodeDecodeError):
            yield Problem(path.name, 1, "Datei", "unreadable", "lässt sich nicht lesen; gespeichert wird als UTF-8.")
            return
        except tomllib.TOMLDecodeError as error:
            yield Problem(path.name, toml_line(error, text), "TOML", "toml", german_fault(error))
            return
        checks = {"placeholders": self._placeholders, "labels": self._labels}
        check = checks.get(name, self._templates)
        for key, part, phrase, code, what in check(path.name, raw):
            line = Places(text).line(key, part, phrase)
            yield Problem(path.name, line, f"[{key}] {part}".strip(), code, f"{what}.")

    def _labels(self, file: str, raw: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
        for key, code, said in faults(raw):
            yield "", key, "", code, said

    def _placeholders(self, file: str, raw: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
        """What is wrong: key, part, phrase to look for, code, sentence without its full stop."""
        for name, meaning in raw.items():
            if not PLACEHOLDER.fullmatch(f"[{name}]"):
                yield "", name, "", "name", f"„{name}“: ein Platzhalter besteht aus kleinen Buchstaben und _"
            elif not isinstance(meaning, str) or not meaning.strip():
                yield "", name, "", "meaning", f"„{name}“ braucht einen Text, der sagt, was hineingehört"
            else:
                self._known[name] = meaning

    def _templates(self, file: str, raw: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
        for key, entry in raw.items():
            if key in self._seen:
                yield key, "", "", "twice", f"steht auch in {self._seen[key]}"
                continue
            self._seen[key] = file
            if not _CODE.fullmatch(key) or not isinstance(entry, Mapping):
                yield (
                    key,
                    "",
                    "",
                    "name",
                    "eine Vorlage beginnt mit einer Zeile wie [mein_name], klein und ohne Umlaute",
                )
                continue
            yield from ((key, *fault) for fault in self._template(key, entry))

    def _template(self, key: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
        """What is wrong with one template: part, phrase, code, sentence."""
        ours = self._shipped.get(key, {})
        for part in ("reader", "subjects"):
            if ours and part in entry and entry[part] != ours[part]:
                yield part, "", "fixed", f"„{part}“ ist bei dieser Vorlage {ours[part]!r} und bleibt es"
                return
        try:
            template = reading.template(key, {**ours, **entry}, self._known)
        except PlaybookError as error:
            named = re.search("„([a-z]+)“", error.what)
            strange = [f"[{name}]" for name in PLACEHOLDER.findall(str(entry.get("text"))) if name not in self._known]
            part = named[1] if named else "text"
            yield part, strange[0] if strange and not named else "", "template", error.what
            return
        unknown = [name for name in template.subjects if name not in self._ours.labels("subject")]
        if unknown or not template.subjects:
            allowed = "vpa, customer, case, flag, task, handover"
            yield "subjects", "", "subjects", f"„subjects“ sagt, wozu die Vorlage passt; möglich ist: {allowed}"
        yield from self._words(template)

    def _words(self, template: Template) -> Iterator[tuple[str, str, str, str]]:
        """What its text must not say."""
        text = template.text
        for name in _BRACKETS.findall(text):
            if name not in self._known:
                yield "text", f"[{name}]", "placeholder", f"[{name}] ist kein bekannter Platzhalter (placeholders.toml)"
        if template.reader == "intern":
            return
        for name in sorted(INTERNAL & set(template.placeholders)):
            yield "text", f"[{name}]", "class_named", f"[{name}] ist intern; das darf kein VPA lesen (D-32)"
        for start, end in stops(class_places(text)):
            said = text[start:end]
            yield "text", said, "class_named", f"„{said}“ nennt eine Klasse; das darf kein VPA lesen (D-32)"
        for start, end in stops(placeholder_places(_BRACKETS.sub("", text))):
            left = _BRACKETS.sub("", text)[start:end]
            yield (
                "text",
                left,
                "placeholder_left",
                f"„{left}“ ließe sich nie speichern (K-23); nimm einen [platzhalter]",
            )
