"""A text as its sentences: what the words say (`lexicon.bits`), and where letters stand that can be a class."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from models.ground.vpa_text import lexicon as lex
from models.ground.vpa_text.plain import Words, word_set

_LINK: Final = ' \n\t\u2028:="-([{<>*~`|/\\#→⇒_'
_AROUND: Final = str.maketrans("", "", '"()[]{}*~`_')
_HYPHEN: Final = re.compile(r"\s*-+|-+\s*")
_JOIN: Final = re.compile(r"\s*-?\s*[&/,+]\s*|-")
_STOP: Final = re.compile(r"[.!?;]\s|[.!?;]$|\n\s*\n|\n\s*[-*•]")
_STARTERS: Final = word_set("""
    das die der den dem du wir ich er sie es bitte danke vielen herzlichen lg gruss gruesse viele und aber also
    damit dafuer daher deshalb deine dein ihre ihr unsere unser melde wenn weil falls bei ab am im in mit fuer nach
    jetzt nun heute morgen super klasse glueckwunsch gut schade leider hast hat kannst koennen schreib frag sag
    alles dann so wie was wann wer warum
""")


class Chain(NamedTuple):
    """One class letter, or several joined (“A, B und C”): the words from the first to the last."""

    first: int
    last: int


class Sentences(Words):
    """The words of a text with their bits, its sentences and its class letters."""

    __slots__ = ("bits", "chains", "sentence", "small", "spoken", "starting")

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.bits = [lex.bits(word) for word in self.words]
        for i, word in enumerate(self.words):
            if self.capital[i] and word in ("stufe", "stufen"):
                self.bits[i] &= ~lex.STEPPED  # the noun, not “wir stufen dich”
        self.small = not any(self.capital)
        """Whether nothing is written with a capital letter."""
        self.sentence: list[int] = []
        """For each word the number of its sentence."""
        self.spoken: list[int] = []
        """For each sentence the bits of all its words."""
        self._cut()
        self.starting: dict[int, Chain] = {}
        """Chains of letters by their first word."""
        self.chains: list[Chain] = []
        if not lex.LETTERS.isdisjoint(self.words):
            self._find_chains()

    def _cut(self) -> None:
        for i, gap in enumerate(self.gaps[:-1]):
            if i == 0 or (len(gap) > 1 and self._ends(i, gap)):
                self.spoken.append(0)
            self.sentence.append(len(self.spoken) - 1)
            self.spoken[-1] |= self.bits[i]

    def _ends(self, i: int, gap: str) -> bool:
        """Whether a sentence ends in the gap before a word: no full stop of `z. B.`, `1. Klasse` or `Kl. B`."""
        if not _STOP.search(gap):
            return False
        before = self.words[i - 1]
        dotted = gap.lstrip(' ")').startswith(". ") and "\n" not in gap
        return not (dotted and (len(before) < 3 or before.isdigit()) and before not in lex.LETTERS)

    def around(self, i: int) -> int:
        """The bits of the sentence of a word."""
        return self.spoken[self.sentence[i]]

    # Letters

    def _find_chains(self) -> None:
        i, count = 0, len(self.words)
        lone = [self._is_lone(i) for i in range(count)] + [False, False]
        while i < count:
            if not lone[i]:
                i += 1
                continue
            last = i
            while True:
                if lone[last + 1] and _JOIN.fullmatch(self._bare(last + 1)):
                    last += 1
                elif lone[last + 2] and self.words[last + 1] in lex.JOINING and self._is_near(last):
                    last += 2
                else:
                    break
            self.starting[i] = Chain(i, last)
            self.chains.append(self.starting[i])
            i = last + 1

    def _is_near(self, last: int) -> bool:
        """Whether only blanks stand around the word that joins two letters, or the hyphen of “A- und B-Kunden”."""
        return self._bare(last + 1).strip() in ("", "-") and not self._bare(last + 2).strip()

    def _bare(self, i: int) -> str:
        """The gap before a word without quotes and brackets."""
        gap = self.gaps[i]
        return gap if gap == " " else gap.translate(_AROUND)

    def _is_lone(self, i: int) -> bool:
        """Whether a word is a letter by itself: no `C++`, `z. B.`, `A. M. Schneider`, `d'accord`."""
        if self.words[i] not in lex.LETTERS:
            return False
        before, after = self.gaps[i], self.gaps[i + 1]
        if after[:1] in ("+", "#", "°") or (after == '"' and i + 1 < len(self.words)):
            return False
        if after == "-" and i + 1 < len(self.words) and self.words[i + 1].startswith(("cappella", "capella")):
            return False
        if after[:1] == "." and after.strip() == "." and self._is_short(i + 1) and self.gaps[i + 2][:1] == ".":
            return False
        return not (after[:1] == "." and before.strip() == "." and self._is_short(i - 1))

    def _is_short(self, i: int) -> bool:
        return 0 <= i < len(self.words) and len(self.words[i]) == 1

    def is_linked(self, i: int) -> bool:
        """Whether before a word stands nothing that parts it from the one before: blanks, hyphens, colons, brackets."""
        gap = self.gaps[i]
        return gap == " " or (bool(gap) and not gap.strip(_LINK))

    def is_hyphened(self, i: int) -> bool:
        """Whether a hyphen joins a word to the one before, no dash between blanks (“Plan B – Kunden anrufen”)."""
        return i < len(self.words) and "-" in self.gaps[i] and bool(_HYPHEN.fullmatch(self._bare(i)))

    def is_blank(self, i: int) -> bool:
        """Whether only blanks stand before a word."""
        return 0 <= i < len(self.gaps) and self._bare(i).isspace()

    def is_labelled(self, i: int) -> bool:
        """Whether the word before gives a letter its sense: “Plan B”, “Gebäude C”, “Frau B. Schulz”."""
        if i == 0 or not self.is_linked(i):
            return False
        before, known = self.words[i - 1], self.bits[i - 1]
        if known & lex.LABEL or before.isdigit():
            return True
        standing = known & (lex.CLASS | lex.RANK | lex.STEP | lex.STEPPED | lex.VPA | lex.SELF | lex.STAND | lex.BE)
        plain = before in lex.FILLER or before in lex.BEFORE or before in _STARTERS
        return self.capital[i - 1] and self.gaps[i].isspace() and not standing and not plain

    def is_good(self, chain: Chain, lower: bool = False) -> bool:
        """Whether a letter can mean a class by what stands beside it; `lower` takes small ones too."""
        first, last = chain
        if not (self.capital[first] or ((lower or self.small) and self.words[first] in "bcd")):
            return False
        if self.is_labelled(first) or self._is_counted(first):
            return False
        after = self.gaps[last + 1]
        if last + 1 == len(self.words):
            return True
        following = self.words[last + 1]
        if after[:1] in "&/@" or (after[:1] == "-" and not after[1:2].isspace()):
            return False
        if after.isspace() and following.isdigit():
            return False
        initial = after[:1] == "." and after.strip() == "." and self.capital[last + 1]
        return not initial or following in _STARTERS

    def _is_counted(self, i: int) -> bool:
        """Whether a letter counts points: `a) …`, `A: …` at the beginning of a line."""
        before, after = self.gaps[i], self.gaps[i + 1]
        if after[:1] == ")" and "(" not in before:
            return True
        return (i == 0 or "\n" in before) and after[:1] in (":", ".", "|") and i + 1 < len(self.words)
