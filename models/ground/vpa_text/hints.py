"""What only sounds like a class: a person's standing without a letter, a letter that nothing explains (D-32)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from models.ground.vpa_text import lexicon as lex
from models.ground.vpa_text.place import Span
from models.ground.vpa_text.plain import word_set
from models.ground.vpa_text.sentences import Chain, Sentences

_WHOSE: Final = word_set("""
    dein deine deinem deinen deiner deines mein meine meiner meines ihr ihre ihrer ihres sein seine seiner seines euer
    eure your my welche welcher hoehere hoeheren niedrigere niedrigeren bessere schlechtere
""")
_OTHER_CLASS: Final = re.compile(
    r"(?:energie|energieeffizienz|effizienz|schul|fuehrerschein|fahrerlaubnis|fahrzeug|leistungs|bewertungs|qualitaets|team)"
    r"klassen?"
)
_LICENCE: Final = re.compile(r"(?:fuehrerschein|fahrerlaubnis)\w*")
_ATTRIBUTE: Final = re.compile(r"(?:ab|ein|um|auf)gestufte[rsnm]?")
_RISEN: Final = word_set("downgraded upgraded promoted demoted aufgestiegen abgestiegen aufstieg abstieg")
_BEARERS: Final = word_set("vpa vpas klasse kunde kunden kundin")


def likely(read: Sentences) -> Iterator[Span]:
    """Words that may speak of a class, as the first and the last of them."""
    for i in range(len(read)):
        if _speaks_of_standing(read, i):
            yield i, i
    for chain in read.chains:
        yield from _beside(read, chain)


def _speaks_of_standing(read: Sentences, i: int) -> bool:
    bits, around = read.bits[i], read.around(i)
    if bits & lex.STEPPED:
        return _is_of_person(read, i)
    if bits & lex.RANK:
        return _is_whose(read, i)
    if bits & lex.LIKELY or (bits & lex.CLASS and _is_noun_of_person(read, i)):
        return not around & lex.SCHOOL
    return read.words[i] in _RISEN and bool(around & lex.SELF)


def _is_of_person(read: Sentences, i: int) -> bool:
    """Whether it is a person who was graded: no list, no price, no task, nothing “als dringend eingestuft”."""
    around, word = read.around(i), read.words[i]
    if around & lex.OFFICE:
        return False
    if _ATTRIBUTE.fullmatch(word):
        return bool(around & lex.VPA)
    if around & (lex.SELF | lex.VPA):
        return True
    sentence = [read.words[k] for k in range(max(0, i - 8), i) if read.sentence[k] == read.sentence[i]]
    if word.startswith(("ein", "stuf", "um", "auf")):
        return "sie" in sentence and "als" not in sentence and "wurden" in sentence
    return not sentence or "sie" in sentence or word.startswith(("zurueck", "rueck"))


def _is_whose(read: Sentences, i: int) -> bool:
    """“dein Ranking”, “Ihre Einstufung”."""
    if read.around(i) & (lex.OFFICE | lex.SCHOOL):
        return False
    if i == 0 or not read.is_blank(i):
        return False
    before = read.words[i - 1]
    if before in _WHOSE:
        return True
    return bool(read.around(i) & lex.SELF) and before in (
        "im",
        "selben",
        "aktuelles",
        "aktuelle",
        "aktuellen",
        "neues",
        "neue",
        "vpa",
    )


def _is_noun_of_person(read: Sentences, i: int) -> bool:
    """“deine Klasse”, “meine neue Klasse”, “in welcher Klasse”."""
    after = i + 1
    if after < len(read) and read.is_blank(after) and read.capital[after] and not read.bits[after]:
        return False  # “deine Klasse Idee”
    for k in (i - 1, i - 2):
        if k >= 0 and read.is_blank(k + 1) and read.words[k] in _WHOSE:
            return k == i - 1 or read.words[i - 1] in (
                "neue",
                "neuen",
                "vpa",
                "aktuelle",
                "alte",
                "jetzige",
                "aktuellen",
            )
    return i > 1 and read.words[i - 1] == "vpa" and read.words[i - 2] in _WHOSE


def _beside(read: Sentences, chain: Chain) -> Iterator[Span]:
    """A letter beside another kind of class, beside a driver's licence, before a bearer without hyphen, of a person."""
    first, last = chain
    before = read.words[first - 1] if first else ""
    if first and read.is_linked(first) and (_OTHER_CLASS.fullmatch(before) or _LICENCE.fullmatch(before)):
        yield first - 1, last
    elif first and read.is_linked(first) and before in lex.ALPHABET:
        return
    elif read.is_hyphened(last + 1) and _LICENCE.fullmatch(read.words[last + 1]):
        yield first, last + 1
    elif not read.is_good(chain, lower=True):
        return
    elif last + 1 < len(read) and read.is_blank(last + 1) and read.words[last + 1] in _BEARERS and read.capital[first]:
        yield first, last + 1
    elif first and before in ("vpa", "vpas") and read.is_blank(first) and read.capital[first]:
        yield first - 1, last
    elif _is_standing(read, chain):
        yield first, last


def _is_standing(read: Sentences, chain: Chain) -> bool:
    """“Du bist jetzt B”, “wir führen dich als C”, or Klasse somewhere in the sentence."""
    first, last = chain
    around = read.around(first)
    before = read.words[first - 1] if first else ""
    if before == "von" or (before in ("nach", "zu") and first > 1 and read.words[first - 2] in lex.LETTERS):
        return False  # the idiom “von A nach B”
    close = before in lex.BEFORE or before in lex.RIGHT_VERBS
    if around & lex.SELF and around & (lex.BE | lex.STAND) and close:
        return _ends_well(read, last)
    if around & (lex.CLASS | lex.STAND | lex.RANK) and read.capital[first] and (close or not before):
        return bool(around & (lex.SELF | lex.VPA | lex.RANK)) and not around & lex.WAY
    return False


def _ends_well(read: Sentences, last: int) -> bool:
    """Whether what follows the letter ends the sentence, or says that it was set."""
    if last + 1 >= len(read) or not read.is_blank(last + 1):
        return True
    after = read.words[last + 1]
    return (
        after in lex.RIGHT_VERBS
        or after in lex.BEFORE
        or after in lex.FILLER
        or after in lex.JOINING
        or not read.capital[last + 1]
    )
