"""What is searched for, how the indexes are asked for it, and how well a text answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.ground.errors import UsageError
from models.ground.text import words

LONGEST_TOKEN = 64
"""Characters of a word that an index is asked for; PostgreSQL holds no word of more than 2046 bytes."""
MOST_TOKENS = 16
"""Words an index is asked for; the others are looked for in what it finds."""
ORDINARY_LENGTH = 25
"""Words of an entry of ordinary length: in a longer one a hit weighs less, in a shorter one more."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Query:
    """Words that must all be there, each as a whole word or as the beginning of one."""

    words: tuple[tuple[str, ...], ...]
    """Each with its spellings: folded, and for what has an id also as typed, because ids are not folded."""

    @classmethod
    def of(cls, text: str, *, ids: bool = False) -> Query:
        """Read a search text; `UsageError` where it has no word. `ids`: it may hold ids."""
        folded = words(text)
        if not folded:
            raise UsageError("Sag, wonach gesucht werden soll: mindestens ein Wort oder eine Zahl.")
        typed = _WORD.findall(text.lower()) if ids and text.isascii() else folded
        pairs = zip(folded, typed, strict=True)  # folding ASCII joins and parts no words
        return cls(tuple(dict.fromkeys(tuple(dict.fromkeys(pair)) for pair in pairs)))

    def for_sqlite(self, whole: bool) -> str:
        """The FTS5 expression: all words, as `whole` ones or as beginnings."""
        terms = ([f'"{token}"{"" if exact else "*"}' for token, exact in word] for word in self._tokens(whole))
        return " AND ".join(f"({' OR '.join(term)})" for term in terms)

    def for_postgres(self, whole: bool) -> str:
        """The tsquery."""
        terms = ([f"'{token}'{'' if exact else ':*'}" for token, exact in word] for word in self._tokens(whole))
        return " & ".join(f"({' | '.join(term)})" for term in terms)

    def _tokens(self, whole: bool) -> list[list[tuple[str, bool]]]:
        """What an index is asked for: letters and digits only, so that quotes make them plain text everywhere."""
        longest = sorted(self.words, key=lambda word: -len(word[0]))[:MOST_TOKENS]
        return [[(text[:LONGEST_TOKEN], whole and len(text) < LONGEST_TOKEN) for text in word] for word in longest]

    def score(self, text: str) -> float:
        """How well a text of words parted by blanks answers; 0 where a word is missing.

        Before the point: how many of the words stand there whole. Behind it: how often all stand there, as whole
        words or beginnings, in proportion to the length of the text; always less than 1.
        """
        text = f" {text} "
        handicap = 1 + text.count(" ") / ORDINARY_LENGTH
        whole, often = 0, 0.0
        for word in self.words:
            hits = sum(text.count(f" {spelling}") for spelling in word)
            if not hits:
                return 0.0
            whole += any(f" {spelling} " in text for spelling in word)
            often += hits / (hits + handicap)
        return round(whole + min(often / len(self.words), 0.9999), 4)
