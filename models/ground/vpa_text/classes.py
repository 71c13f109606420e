"""Where a text names a class (CONTRACT §§7, 18; D-32, A-27), or may do so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from models.ground.vpa_text import lexicon as lex
from models.ground.vpa_text.hints import likely
from models.ground.vpa_text.place import Place, Span, weighed
from models.ground.vpa_text.plain import word_set
from models.ground.vpa_text.sentences import Chain, Sentences
from models.ground.vpa_text.spelling import glued_class, glued_star, is_class, is_spaced, is_star, joins_to

_BEARER: Final = re.compile(
    r"(?:(?:vpa|kunden?|assistent(?:en|innen)?)?klassen?|vpas?|kunden?|kund|kund(?:in(?:nen)?)?|assistent(?:en|in(?:nen)?)?"
    r"|kandidat(?:en|in(?:nen)?)?|helfer(?:n|s|in(?:nen)?)?|levels?"
    r"|(?:ein)?stufung(?:en)?|stufen?|rankings?|rang)"
)
_HIGHER: Final = word_set("""
    hoeher tiefer runter rauf hoch herunter hinunter hinauf herauf herab niedriger drunter darunter drueber darueber
    aufwaerts abwaerts zurueck abgestiegen aufgestiegen gestiegen gefallen gerutscht abgerutscht runtergerutscht
    hochgerutscht oben unten unter ueber auf ab higher lower up down
""")
_BETTER: Final = word_set("besser schlechter")
_CHANGED: Final = re.compile(r"(?:verschlechter|verbesser)(?:t|te|n|ung)|(?:ge|ab)?(?:fallen|sunken|stiegen)|gesunken")
_ARTICLE: Final = word_set("eine ne ner einer zwei 1 2 um")
_NOUN: Final = word_set("""
    deine deiner meine meiner seine seiner ihre ihrer eure eurer unsere die der dieser in ner your kundenklasse
""")
_PLEASED: Final = word_set("mir uns ihm ihnen")
_YOU: Final = word_set("du dich dir")
_PERSONS: Final = word_set("ich wir sie er vpa")
_TO: Final = word_set("auf nach zu zur to in")
_FROM: Final = word_set("von aus vom from")


def class_places(text: str) -> list[Place]:
    """Where a text names a class, sure or likely; empty if it may go to a VPA.

    Case, zero-width characters and soft hyphens do not count, all hyphens and all quotes are alike. Where something
    stops the text there are no warnings.
    """
    read = Sentences(text)
    if not read.chains and not any(bits & lex.OF_INTEREST for bits in read.bits) and not _may_hide(read):
        return []
    sure, doubted = _sure(read)
    if sure:
        return weighed((read.span(*found) for found in sure), [])
    return weighed([], (read.span(*found) for found in (*doubted, *likely(read))))


def _may_hide(read: Sentences) -> bool:
    """Whether a word is a Rising Star, or Klasse with a letter, in whatever spelling."""
    return any("st" in word or "kl" in word or len(word) == 1 or word[:3] in ("ris", "rai") for word in read.words)


def _sure(read: Sentences) -> tuple[list[Span], list[Span]]:
    """Words by which a class is named; and those that name one of a car, a school or a machine."""
    sure: list[Span] = []
    doubted: list[Span] = []
    for rule in (_after_class, _before_bearer, _moved):
        for first, last, foreign in rule(read):
            (doubted if foreign else sure).append((first, last))
    for words in (_stars, _graded, _higher, _changed):
        sure.extend(words(read))
    return sure, doubted


Found = tuple[int, int, bool]
"""First and last word, and whether it is another class that is meant."""


# (a) Klasse B


def _after_class(read: Sentences) -> Iterator[Found]:
    for i, word in enumerate(read.words):
        if glued_class(word):
            yield i, i, False
        elif read.bits[i] & lex.CLASS or is_class(word) or is_spaced(read.words, read.gaps, i) or joins_to(read, i):
            if (last := _letter_after(read, i)) is not None:
                yield _begin_of_class(read, i), last, bool(read.around(i) & lex.FOREIGN)
        elif word == "kl" and i + 1 in read.starting and read.gaps[i + 1].lstrip(".").strip(' :="-([{') == "":
            yield i, read.starting[i + 1].last, bool(read.around(i) & lex.FOREIGN)


def _begin_of_class(read: Sentences, i: int) -> int:
    """Where Klasse begins, if its letters are spaced out or it stands in two pieces."""
    if is_spaced(read.words, read.gaps, i):
        return i - 5
    return i - 1 if joins_to(read, i) else i


def _letter_after(read: Sentences, i: int) -> int | None:
    """The last word of the letter that Klasse is followed by."""
    after = i + 1
    if after >= len(read) or not read.is_linked(after):
        return None
    if chain := read.starting.get(after):
        english = read.words[i] == "class" and read.words[after] == "a" and not read.capital[after]
        return None if english and read.is_blank(after + 1) else chain.last
    if read.words[i] != "class" and (read.words[after] in lex.SPELT):
        return after
    return _letter_beyond(read, i) if read.bits[i] & lex.CLASS else None


def _letter_beyond(read: Sentences, i: int) -> int | None:
    """The letter behind words such as “ist jetzt” or “wurde geändert auf”."""
    for k in range(i + 1, min(i + 8, len(read))):
        if not (read.is_linked(k) or read.gaps[k] == ") "):
            return None
        chain = read.starting.get(k)
        if chain and read.words[k - 1] not in ("der", "des") and read.is_good(chain, lower=True):
            return chain.last
        if read.words[k] not in lex.FILLER:
            return None
    return None


# (b) B-Kunde


def _before_bearer(read: Sentences) -> Iterator[Found]:
    for first, last in read.chains:
        after = last + 1
        if _became(read, after) and not _is_named_so(read, first):
            yield first, after, False
        if read.is_hyphened(after) and _BEARER.fullmatch(read.words[after]):
            word = read.words[after]
            if word.startswith("level") and (read.words[first] == "c" or _is_named_so(read, first)):
                continue
            school = word.startswith("level") and bool(read.around(first) & lex.SCHOOL)
            car = word.startswith("klasse") and bool(read.around(first) & lex.CAR)
            yield first, after, school or car


def _became(read: Sentences, after: int) -> bool:
    return after < len(read) and read.words[after] == "geworden" and not read.gaps[after].strip(' \n\t"-')


def _is_named_so(read: Sentences, first: int) -> bool:
    """Whether the letter has a word that says what it is: “Plan B”."""
    return first > 0 and bool(read.bits[first - 1] & lex.LABEL)


# von B auf A


def _moved(read: Sentences) -> Iterator[Found]:
    for i, word in enumerate(read.words):
        if word in _FROM and (chain := read.starting.get(i + 1)):
            if (found := _goal(read, chain)) is None:
                continue
            goal, by = found
            around = read.around(i)
            standing = around & (lex.CLASS | lex.RANK | lex.STEP | lex.STEPPED | lex.STAND)
            way = around & lex.WAY or (by != "auf" and _is_way(read, chain, goal))
            if standing or not way or (by == "auf" and around & lex.SELF):
                yield i, goal, False


def _goal(read: Sentences, chain: Chain) -> tuple[int, str] | None:
    """The second letter of “von B hoch auf A” and the word before it."""
    for k in range(chain.last + 1, min(chain.last + 4, len(read) - 1)):
        if not read.is_blank(k) and "(" not in read.gaps[k - 1]:
            return None
        if read.words[k] in _TO:
            target = k + 2 if read.words[k + 1] in ("ein", "einen", "eine") else k + 1
            there = read.starting.get(target)
            return (there.last, read.words[k]) if there and read.is_linked(target) else None
    return None


def _is_way(read: Sentences, chain: Chain, goal: int) -> bool:
    """The idiom “von A nach B”."""
    return (read.words[chain.last], read.words[goal]) == ("a", "b")


# Words of a standing


def _stars(read: Sentences) -> Iterator[Span]:
    for i, word in enumerate(read.words):
        if glued_star(word):
            yield i, i
        elif i + 1 < len(read) and is_star(word, read.words[i + 1]) and not read.gaps[i + 1].strip(' \n\t"-_*'):
            yield i, i + 1


def _graded(read: Sentences) -> Iterator[Span]:
    """Upgraded and downgraded, graded with a letter, Ranking and its kin with a letter."""
    good = {read.sentence[chain.first]: chain for chain in read.chains if read.is_good(chain)}
    for i, bits in enumerate(read.bits):
        if bits & lex.STEP:
            yield i, i
        elif (
            read.words[i] in ("gestuft", "gestufte", "gestuften", "gestufter", "gestuftes", "stufung", "stufungen")
            and i
        ):
            if re.fullmatch(lex.UP_DOWN, read.words[i - 1]) and not read.gaps[i].strip(' \n\t"-'):
                yield i - 1, i
        elif bits & lex.STEPPED:
            yield from _graded_to(read, i, good.get(read.sentence[i]))
        elif bits & lex.RANK and (last := _rank_letter(read, i)) is not None:
            yield i, last


def _graded_to(read: Sentences, i: int, chain: Chain | None) -> Iterator[Span]:
    if chain is not None:
        yield min(i, chain.first), max(i, chain.last)
        return
    for k in range(max(0, i - 4), min(i + 5, len(read))):
        near = read.starting.get(k)
        if near and k and _leads_to(read, k, i) and read.is_good(near, lower=True):
            yield min(i, near.first), max(i, near.last)
            return
    if read.words[i].startswith("stuf") and read.around(i) & (lex.SELF | lex.VPA):
        for k in range(i + 1, min(i + 8, len(read))):
            if re.fullmatch(lex.UP_DOWN, read.words[k]):
                yield i, k
                return


def _leads_to(read: Sentences, k: int, i: int) -> bool:
    """Whether a letter stands behind a word such as “auf”, or right behind the grading."""
    return read.is_linked(k) and (k - 1 == i or read.words[k - 1] in ("auf", "in", "als", "zu", "nach"))


def _rank_letter(read: Sentences, i: int) -> int | None:
    """The letter of “Ranking: A”, “Einstufung in B”, “Rang C”."""
    for k in range(i + 1, min(i + 6, len(read))):
        if not read.is_linked(k) and read.gaps[k] != ") ":
            return None
        chain = read.starting.get(k)
        if chain and (k == i + 1 or read.is_good(chain, lower=True)):
            return chain.last
        if read.words[k] not in lex.FILLER:
            return None
    return None


def _higher(read: Sentences) -> Iterator[Span]:
    """“eine Klasse höher” of a person; of a room, a car or a text it is an idiom."""
    for i in range(1, len(read)):
        if not read.bits[i] & lex.CLASS or read.words[i - 1] not in _ARTICLE:
            continue
        for k in range(i + 1, min(i + 4, len(read))):
            if not read.is_linked(k):
                break
            word = read.words[k]
            if word in _HIGHER and not read.around(i) & lex.THING:
                yield i - 1, k
                break
            if word in _BETTER and not _is_thing(read, i - 1):
                yield i - 1, k
                break


def _is_thing(read: Sentences, first: int) -> bool:
    """Whether what is a class better is no person: it stands before, or the class is compared with a thing."""
    near = range(max(0, first - 8), min(len(read), first + 8))
    sentence = [k for k in near if read.sentence[k] == read.sentence[first]]
    before = [read.words[k] for k in sentence if k < first]
    if not _PERSONS.isdisjoint(before) or not _YOU.isdisjoint(read.words[k] for k in sentence):
        return False
    following = read.words[first + 3 : first + 6]
    return bool(before) or "als" in following or bool(read.around(first) & lex.THING)


def _changed(read: Sentences) -> Iterator[Span]:
    """“Deine Klasse hat sich verschlechtert”; “hat mir klasse gefallen” is something else."""
    for i, bits in enumerate(read.bits):
        if not bits & lex.CLASS or read.around(i) & lex.SCHOOL:
            continue
        noun = i == 0 or read.words[i - 1] in _NOUN or read.sentence[i - 1] != read.sentence[i]
        if not (noun or (read.capital[i] and not read.is_blank(i))):
            continue
        for k in range(i + 1, min(i + 7, len(read))):
            if "," in read.gaps[k] or read.sentence[k] != read.sentence[i]:
                break
            if _CHANGED.fullmatch(read.words[k]) and _PLEASED.isdisjoint(read.words[max(0, i - 4) : k]):
                yield i, k
                break
