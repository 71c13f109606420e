"""Reading a profile's TOML; every fault is named with its line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.ground import clock
from models.ground.errors import BadDataError, Problem, UsageError
from models.ground.os_errors import why_not
from models.importing.cells import CellError, Cells, Reading
from models.importing.columns import TABLES, Column, Table
from models.importing.profiles.formats import Format, compile_format
from models.importing.profiles.profile import MAY_LACK, OTHER, Profile
from models.importing.profiles.terms import Term, folded
from models.playbook.places import german_fault, toml_line

DATED = ("date", "day", "moment")
"""Kinds of columns that a format may be given for."""

_KEYS = {
    "": ("name", "file", "headers", "timezone", "columns", "values", "formats", "rows"),
    "rows": ("without", "timezone"),
}
LONGEST_NAME = 80
"""Characters of a profile's name."""


def read_profile(text: str, file: str) -> Profile:
    """The profile that a text holds; `file` is what problems call it. Raises `BadDataError` with every fault."""
    return _Parser(text, file).profile()


def read_file(path: Path) -> str:
    """The text of a profile's file; raises `UsageError` where it cannot be read, `BadDataError` for no UTF-8."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"„{path}“ lässt sich nicht lesen: {why_not(error)}.") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = Problem(path.name, line, "", "bad_profile", "Die Datei ist nicht als UTF-8 gespeichert.")
        raise BadProfileError([fault]) from error


class _Parser:
    """One text while it is read."""

    def __init__(self, text: str, file: str) -> None:
        self._file, self._lines, self._text = file, text.splitlines(), text
        self._problems: list[Problem] = []

    def profile(self) -> Profile:
        """The profile; raises `BadDataError`."""
        try:
            raw = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            line = toml_line(error, self._text)
            raise BadProfileError(
                [Problem(self._file, line, self._key_at(line), "bad_profile", german_fault(error))]
            ) from error
        profile = self._read(raw)
        if self._problems or profile is None:
            raise BadProfileError(sorted(self._problems, key=lambda problem: problem.line))
        return profile

    def _read(self, raw: dict[str, Any]) -> Profile | None:
        for key in raw:
            if key not in _KEYS[""]:
                self._fault(key, f"„{key}“ gibt es in einem Profil nicht. Möglich ist: {', '.join(_KEYS[''])}.")
        name = self._text_of(raw, "name")
        if len(name) > LONGEST_NAME:
            self._fault("name", f"Der Name ist länger als {LONGEST_NAME} Zeichen.")
        table = self._table(self._text_of(raw, "file"))
        rows = self._section(raw, "rows")
        for key in rows:
            if key not in _KEYS["rows"]:
                self._fault(f"rows.{key}", f"„{key}“ gibt es unter [rows] nicht: möglich ist without.")
        headers = tuple(folded(header) for header in self._headers(raw))
        if table is None:
            return None
        columns = self._columns(table, self._section(raw, "columns"))
        formats = self._formats(table, columns, self._section(raw, "formats"))
        return Profile(
            name, table, headers, columns, self._values(table, columns, self._section(raw, "values")),
            {key: read for key, (_, read) in formats.items()}, {key: text for key, (text, _) in formats.items()},
            self._texts(rows, "without", "rows.without"), self._zone(raw, rows),
        )  # fmt: skip

    # Keys at the top

    def _text_of(self, raw: Mapping[str, Any], key: str) -> str:
        value = raw.get(key)
        if not isinstance(value, str) or not folded(value):
            self._fault(key, f"„{key}“ fehlt oder ist kein Text.")
            return ""
        return value.strip()

    def _table(self, name: str) -> Table | None:
        table = TABLES.get(name.casefold())
        if table is None and name:
            self._fault("file", f"„{name}“ ist keine unserer Tabellen. Möglich ist: {', '.join(TABLES)}.")
        return table

    def _headers(self, raw: Mapping[str, Any]) -> tuple[str, ...]:
        found = self._texts(raw, "headers", "headers")
        if not found:
            self._fault(
                "headers", "„headers“ nennt die Überschriften, an denen die Tabelle zu erkennen ist: mindestens eine."
            )
        return found

    def _texts(self, raw: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
        value = raw.get(key, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(one, str) and folded(one) for one in texts):
            self._fault(place, f"„{key}“ muss eine Überschrift sein oder eine Liste von Überschriften.")
            return ()
        return tuple(one.strip() for one in texts)

    def _section(self, raw: Mapping[str, Any], key: str) -> dict[str, Any]:
        value = raw.get(key, {})
        if not isinstance(value, dict):
            self._fault(key, f"[{key}] muss ein Abschnitt sein.")
            return {}
        return value

    def _zone(self, raw: Mapping[str, Any], rows: Mapping[str, Any]) -> str:
        """`timezone` at the top; below the last section it belongs to that one by TOML's rules, and means the same."""
        place, value = (
            ("rows.timezone", rows["timezone"]) if "timezone" in rows else ("timezone", raw.get("timezone", ""))
        )
        if not isinstance(value, str) or (value.strip() and not clock.is_zone(value.strip())):
            self._fault(place, f"„{value}“ ist keine Zeitzone. Schreib etwa UTC oder Europe/Berlin.")
            return ""
        return value.strip()

    # Sections

    def _columns(self, table: Table, raw: Mapping[str, Any]) -> dict[str, Term]:
        terms: dict[str, Term] = {}
        for key, value in raw.items():
            if key not in table.by_name:
                self._fault(
                    f"columns.{key}", f"„{key}“ hat {table.name} nicht. Möglich ist: {', '.join(table.by_name)}."
                )
            elif not isinstance(value, str) or not value.strip():
                self._fault(f"columns.{key}", "Hier steht eine Überschrift, ein Muster mit {…} oder =Wert.")
            else:
                terms[key] = self._term(table.by_name[key], value)
        for column in table.columns:
            if column.required and column.name not in raw and column.name not in MAY_LACK.get(table.name, ()):
                self._fault(
                    f"columns.{column.name}", f"„{column.name}“ fehlt: Aus welcher Spalte kommt es?", column.name
                )
        if table.name == "akten" and not {"kunden_id", "vpa_id"} & set(raw):
            self._fault("columns.kunden_id", "„kunden_id“ oder „vpa_id“ fehlt: Zu wem gehört der Eintrag?", "kunden_id")
        return {name: terms[name] for name in table.by_name if name in terms}

    def _term(self, column: Column, text: str) -> Term:
        term = Term.read(text)
        if not all(map(folded, term.headers)):
            self._fault(f"columns.{column.name}", "In {…} fehlt die Überschrift.")
        if term.constant is not None:
            self._must_read(column, term.constant, f"columns.{column.name}")
        return term

    def _must_read(self, column: Column, text: str, place: str) -> None:
        try:
            Cells(column, Reading()).read(text)
        except CellError as error:
            self._fault(place, error.message)

    def _values(self, table: Table, columns: Mapping[str, Term], raw: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for key, said in raw.items():
            if key not in table.by_name or key not in columns:
                self._fault(f"values.{key}", f"[values.{key}]: „{key}“ steht nicht unter [columns].")
            elif not isinstance(said, dict):
                self._fault(f"values.{key}", f"[values.{key}] ist ein Abschnitt mit ihren Wörtern und unseren.")
            else:
                found[key] = self._words(table.by_name[key], said)
        return found

    def _words(self, column: Column, said: Mapping[str, Any]) -> dict[str, str]:
        words: dict[str, str] = {}
        for theirs, ours in said.items():
            place = f"values.{column.name}.{theirs}"
            if not isinstance(ours, str):
                self._fault(place, f"„{theirs}“: Rechts steht unser Wort in Anführungszeichen.")
            elif (key := theirs if theirs == OTHER else folded(theirs)) in words:
                self._fault(place, f"„{theirs}“ steht zweimal.")
            else:
                if ours or column.required:
                    self._must_read(column, ours, place)
                words[key] = ours
        return words

    def _formats(
        self, table: Table, columns: Mapping[str, Term], raw: Mapping[str, Any]
    ) -> dict[str, tuple[str, Format]]:
        found: dict[str, tuple[str, Format]] = {}
        for key, tokens in raw.items():
            place = f"formats.{key}"
            if key not in columns or table.by_name[key].kind not in DATED:
                self._fault(place, f"„{key}“ ist keine Spalte mit Datum, die unter [columns] steht.")
            elif not isinstance(tokens, str):
                self._fault(place, "Ein Format ist ein Text wie MM/DD/YYYY.")
            else:
                try:
                    found[key] = (tokens, compile_format(tokens))
                except ValueError as error:
                    self._fault(place, str(error))
        return found

    # Places

    def _fault(self, key: str, message: str, missing: str = "") -> None:
        """Note a fault of a dotted key, of which the last part may be `missing`."""
        place = key.removesuffix(f".{missing}") if missing else key
        name = key.split(".", 2 if key.startswith("values.") else 1)[-1]
        self._problems.append(Problem(self._file, self._line_of(place), name, "bad_profile", message))

    def _line_of(self, key: str) -> int:
        """The line where a dotted key stands, else that of the longest beginning of it, else the first."""
        parts = key.split(".", 2) if key.startswith("values.") else key.split(".", 1)
        lines = dict(reversed([(here, number) for number, here in self._keys()]))
        for end in range(len(parts), 0, -1):
            if number := lines.get(".".join(parts[:end])):
                return number
        return 1

    def _key_at(self, line: int) -> str:
        """The dotted key in a line, if it looks like one."""
        return next((key.rpartition(".")[2] for number, key in self._keys() if number == line), "")

    def _keys(self) -> list[tuple[int, str]]:
        section, found = "", []
        for number, line in enumerate(self._lines, 1):
            if heading := re.match(r"\s*\[\s*([^\]#]+?)\s*\]", line):
                section = re.sub(r"[\"'\s]", "", heading[1])
                found.append((number, section))
            elif key := re.match(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))\s*=?""", line):
                name = next((part for part in key.groups() if part is not None), "")
                found.append((number, f"{section}.{name}" if section else name))
        return found


class BadProfileError(BadDataError):
    """A faulty profile; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        what = "einen Fehler" if len(problems) == 1 else f"{len(problems)} Fehler"
        told = f"Das Profil hat {what}; geändert ist nichts. Berichtige es und nimm es noch einmal."
        super().__init__(problems, told)
