"""Where a text still holds a placeholder (CONTRACT §§7, 18; K-23, F-12), or may do so."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from models.ground.vpa_text.brackets import bracket_weight, name_of
from models.ground.vpa_text.place import Place, Span, merged, weighed
from models.ground.vpa_text.plain import plain, word_set

_CODE: Final = re.compile(r"`[^`\n]+`")
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")
_LINKED: Final = re.compile(r"!?\[[^\[\]\n]*\]\(")
_BRACKET: Final = re.compile(r"\[([^\[\]]*)\]")
_AFTER_CLASS: Final = re.compile(r"(?:klasse[n]?|class|kl\.?)[\s:=-]*$", re.IGNORECASE)

_XY: Final = re.compile(r"(?<![^\W_])XY(?![^\W_])")
_REFERENCE: Final = re.compile(r"(?:zeichen|az|ref|referenz|nr|nummer|akte)\.?:?\s*$", re.IGNORECASE)
_NO_XY: Final = re.compile(r"-?\s?\d|[-/]\s?(?:achse|ebene|diagramm|koordinate|chromosom|tisch|plot)", re.IGNORECASE)

_DAY: Final = r"(?:TT|DD|tt|dd|[Xx]{2}|\?\?|__|JJJJ|YYYY|jjjj|yyyy)"
_PART: Final = r"(?:TT|DD|MM|tt|dd|mm|[Xx]{2,4}|\?{2,4}|__+|JJJJ|YYYY|JJ|YY|jjjj|yyyy|\d{1,4})"
_DATE: Final = re.compile(
    rf"(?<![\w?]){_DAY}[./-]{_PART}(?:[./-]{_PART})?(?![\w?])|(?<!\w)\d{{1,2}}\.(?:MM|mm|[Xx]{{2}}|\?\?|__)(?![\w?])"
    rf"|(?<![\w?])(?:MM|mm)[./-](?:TT|DD|tt|dd)(?:[./-]{_PART})?(?!\w)"
    r"|(?<!\w)(?:HH|hh|XX|xx|\?\?|SS)[:.](?:MM|mm|XX|xx|\?\?|SS|00)(?!\w)"
)
_SURE: Final = re.compile(
    r"_{3,}|\{[^{}]*\}"
    r"|(?<![\w*])XXX+(?![\w*])"
    r"|(?<![%\w])%[^\W\d][\w.-]*%(?!\w)"
    r"|(?<![\w$])\$[^\W\d]\w+"
    r"|<<[^<>\n]{1,60}>>"
    r"|(?<!\w)N\. ?N\.(?!\w)"
    r"|(?<!\w)(?:TBD|tbd|Tbd|T\.B\.D\.|t\.b\.d\.)(?!\w)"
    r"|(?<!#)##+ ?[^\W\d]\w*(?: \w+)? ?##+"
)
_ANGLE: Final = re.compile(r"<([^\W\d][^<>@/\n=]{0,40})>")
_HTML: Final = word_set("""
    a b i u p br hr em li ul ol td tr th div span strong code pre table img h1 h2 h3 html body
""")
_OPEN_DATE: Final = re.compile(
    r"(?<!\w)(?:bis(?: zum| zu| spätestens)?|zum|am|ab(?: dem)?|vom|seit|spätestens(?: am)?|frist|termin|deadline|datum"
    r"|abgabe(?: bis)?|fällig(?: am)?|beginn|start|ende|uhrzeit|due)(?: ist| endet)?(?: am)?:? ?"
    r"(?:\d{1,2}\. ?(?:\d{1,2}\.)?)? ?(?:…|\.\.\.+)",
    re.IGNORECASE,
)
_OPEN_TERM: Final = re.compile(
    r"(?:termin|frist|datum|deadline)(?: ist| endet)?(?: am| der| die)?:? ?(?:…|\.\.\.+)", re.IGNORECASE
)
_OPEN_DAY: Final = re.compile(r"(?<![\w.])\d{1,2}\. ?(?:…|\.\.\.)")
_LIKELY: Final = re.compile(
    r"(?<![\w@.-])xy(?![\w@]|[.-]\w)|(?<![\w.,?])\?{2,}(?!\w)|(?<![\w*])xxx+(?![\w*])|(?<!\w)XX(?![\w.:]|L)"
    r"|(?<!\w)(?:TBA|TBC|TODO|FIXME|tba|tbc)(?![\w-])|(?<!\w)NN(?!\w)|Lorem ipsum"
    r"|(?<!\w)Muster(?:mann|frau|firma|stadt|straße|kunde)(?!\w)"
    r"|(?<!\w)(?:Herr|Frau|Hallo|Liebe|Lieber|Herrn) (?:…|\.\.\.+)"
)
_CAPITALS: Final = re.compile(r"(?<![\w$%<\[{#-])[A-ZÄÖÜ]{2,}(?:_[A-ZÄÖÜ]+)*(?![\w\]>}%-])")
_STANDS_FOR: Final = re.compile(
    r"(?:[A-ZÄÖÜ]+_)*(?:VPA|KUNDEN|START|END|FIRMEN|VOR|NACH|GEBURTS|LIEFER|RECHNUNGS|TELEFON|UMFRAGE|AUFGABEN|PROJEKT|ZOOM|"
    r"ABGABE|KUNDE|E)?_?(?:NAMEN?|NACHNAME|VORNAME|DATUM|LINK|UHRZEIT|ZEIT|TERMIN|BETRAG|ORT|ADRESSE|FIRMA|KUNDE|KUNDIN|ANREDE|"
    r"TELEFON|NUMMER|TITEL|THEMA|AUFGABE|FRIST|WOCHENTAG|MONAT|STADT|STRASSE|STRAßE|ANSPRECHPARTNER(?:IN)?|GRUND|PREIS|SUMME|"
    r"MAIL|EMAIL|ABSENDER|EMPFÄNGER|DATE|FIRSTNAME|LASTNAME|PLATZHALTER|TITLE)(?:_\d+)?"
)
_FOLLOWED: Final = re.compile(r"\s*[:=]\s*\S|\s+(?:https?://|www\.)|\s*\(?https?://")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def placeholder_places(text: str, names: frozenset[str] = frozenset()) -> list[Place]:
    """Where a text still holds a placeholder, sure or likely; `names` are those that templates use."""
    read, origin = plain(text, lowered=False)
    known = {name_of(name) for name in names}
    hidden = _hidden(text)
    sure: list[Span] = []
    doubted: list[Span] = []
    for (start, end), stops in (*_marks(read), *_in_brackets(read, known), *_words(read)):
        span = origin[start], origin[end - 1] + 1
        if not _is_inside(span[0], hidden):
            (sure if stops else doubted).append(span)
    return weighed(sure, doubted)


def _hidden(text: str) -> list[Span]:
    """Code in backticks, addresses and the words of links: what stands there is no placeholder."""
    return merged(match.span() for pattern in (_CODE, _URL, _LINKED) for match in pattern.finditer(text))


def _is_inside(place: int, spans: list[Span]) -> bool:
    at = bisect_right(spans, (place, sys.maxsize)) - 1
    return at >= 0 and place < spans[at][1]


def _marks(read: str) -> Iterator[tuple[Span, bool]]:
    """What looks like a placeholder by its signs."""
    for pattern in (_SURE, _DATE, _OPEN_DATE, _OPEN_TERM, _OPEN_DAY):
        for found in pattern.finditer(read):
            if found[0][0] == "{" and _is_class(read, found):
                continue
            masked = found[0].startswith("XXXX") and re.match(r"[ -]?[\dX]{4}", read[found.end() : found.end() + 6])
            yield found.span(), not masked
    for found in _XY.finditer(read):
        before, after = read[max(0, found.start() - 20) : found.start()], read[found.end() : found.end() + 14]
        if _REFERENCE.search(before) or _NO_XY.match(after) or re.search(r"[^\W\d_]-$", before):
            continue
        yield found.span(), True
    for found in _ANGLE.finditer(read):
        if found[1].casefold() not in _HTML and found[1] == found[1].strip() and not _is_class(read, found):
            yield found.span(), True
    for found in _LIKELY.finditer(read):
        if found[0] == "NN" and re.search(r"(?:über|ü\.|unter) $", read[max(0, found.start() - 6) : found.start()]):
            continue
        yield found.span(), False


def _is_class(read: str, bracket: re.Match[str]) -> bool:
    """Whether a bracket holds a class letter: that is `class_places`' own."""
    lone = len(bracket[0].strip("[]{}<> \n")) == 1
    return lone and bool(_AFTER_CLASS.search(read[max(0, bracket.start() - 12) : bracket.start()]))


def _in_brackets(read: str, known: set[str]) -> Iterator[tuple[Span, bool]]:
    for found in _BRACKET.finditer(read):
        if _is_class(read, found):
            continue
        weight = bracket_weight(found[1], known)
        if weight:
            yield found.span(), weight == "stop"


def _words(read: str) -> Iterator[tuple[Span, bool]]:
    """Words in capitals that stand for something, where no link and no name follows."""
    for found in _CAPITALS.finditer(read):
        if _STANDS_FOR.fullmatch(found[0]) and not _FOLLOWED.match(read[found.end() : found.end() + 24]):
            if _is_shouted(read, found.start(), found.end()):
                continue
            yield found.span(), False


def _is_shouted(read: str, start: int, end: int) -> bool:
    """Whether the words around are all in capitals too, as in a heading."""
    around = [*_WORD.findall(read[max(0, start - 40) : start])[-3:], *_WORD.findall(read[end : end + 40])[:3]]
    return len(around) > 1 and all(word.isupper() and not _STANDS_FOR.fullmatch(word) for word in around)
