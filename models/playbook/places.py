"""Where in a TOML file something stands, and what Python's reader says of it, in German."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FAULTS = (
    ("Unterminated string", 'ein Text ist nicht zu Ende: es fehlt " oder """'),
    ("Unescaped", "vor diesem Zeichen steht ein \\, das in einem Text doppelt stehen muss"),
    ("Escaped character", "hinter \\ steht kein gültiges Zeichen"),
    ("Invalid hex value", "hinter \\u stehen keine vier Ziffern"),
    ("Illegal character", 'hier steht ein Zeichen, das nicht sein darf; ein Text über mehrere Zeilen beginnt mit """'),
    ("Expected '='", "hier fehlt das = zwischen Name und Wert"),
    ("Expected newline", "hinter dem Wert steht noch etwas in derselben Zeile"),
    ("Expected ']", "hier fehlt die schließende Klammer ]"),
    ("Cannot declare", "diese Überschrift steht schon weiter oben"),
    ("Cannot overwrite", "dieser Name hat schon weiter oben einen Wert"),
    ("Unclosed array", "die Liste hat keine schließende Klammer ]"),
    ("Invalid initial character", "hier steht kein Name; Texte stehen in Anführungszeichen"),
    ("Invalid statement", "diese Zeile ist weder Überschrift noch Name = Wert"),
    ("Invalid value", "hinter dem = steht kein Wert; Texte stehen in Anführungszeichen"),
)
"""How the reader's sentences begin, and what we say."""

_HEADER = re.compile(r"""\s*\[\s*["']?([^\]"']+?)["']?\s*\]\s*(?:#.*)?$""")
_LONG = re.compile(r"""\"{3}|'{3}""")
_KEY = re.compile(r"""\s*["']?([^\s"'=#]+)["']?\s*=""")


def german_fault(error: Exception) -> str:
    """The reader's complaint in German."""
    text = str(error)
    said = next((german for begins, german in _FAULTS if text.startswith(begins)), "das ist kein gültiges TOML")
    return f"{said[:1].upper()}{said[1:]}."


def toml_line(error: Exception, text: str) -> int:
    """The line that the complaint names; the last one where it names the end of the file."""
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else max(1, len(text.rstrip().splitlines()))


class Places:
    """The lines of a file, to say where an entry, one of its parts or some words in it stand."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def line(self, entry: str, part: str = "", phrase: str = "") -> int:
        """Number of the line of the phrase, if the entry holds it; else of the part, else of the entry, else 1."""
        own = list(self._of(entry))
        first = own[0][0] if own else 1
        start = next((number for number, line in own if part and _name(_KEY, line) == part), first)
        for wanted in (phrase, *phrase.split()[:1]):
            for number, line in own:
                if wanted and number >= start and wanted in line:
                    return number
        return start

    def _of(self, entry: str) -> Iterator[tuple[int, str]]:
        """The lines of one entry; those before the first heading where it has no name."""
        here, inside = "", ""
        for number, line in enumerate(self._lines, 1):
            if not inside:
                here = _name(_HEADER, line) or here
            if here == entry:
                yield number, line
            for mark in _LONG.findall(line):  # what stands in a long text is no heading
                inside = "" if inside == mark else inside or mark


def _name(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.match(line)
    return found[1].strip() if found else ""
