"""`models.ground.vpa_text`: a class named in a text for VPAs (D-32, A-27), and placeholders left in it (K-23)."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ground.vpa_text import Span, class_places, placeholder_places, stops


def named_classes(text: str) -> list[Span]:
    """Where a text names a class for sure."""
    return stops(class_places(text))


def placeholders(text: str, names: frozenset[str]) -> list[Span]:
    """Where a text holds a placeholder for sure."""
    return stops(placeholder_places(text, names))


# CONTRACT §7 (a): Klasse(n) and its kin, then only blanks, `:`, `=`, hyphens or quotes, then a lone letter.
CLASS_THEN_LETTER = [
    "Klasse A",
    "Klasse B",
    "Klasse C",
    "Klasse D",
    "Klasse N",
    "klasse a",
    "KLASSE A",
    "kLaSsE d",
    "Du bist jetzt in Klasse B.",
    "Klasse A!",
    "Klasse A?",
    "Klasse A, danke",
    "(Klasse A)",
    "Klasse A. Meier",
    "Klasse: B",
    "Klasse : B",
    "Klasse=C",
    "Klasse = C",
    "KLASSE  'c'",
    'Klasse "D"',
    "Klasse „A“",
    "Klasse ‚A‘",
    "Klasse ‘A’",
    "Klasse »B«",
    "Klasse «B»",
    "Klasse ›B‹",
    "Klasse ‹B›",
    "Klasse `B`",
    "Klasse ´B´",
    "Klasse ”B”",
    "Klasse “B”",
    "Klasse-A",
    "Klasse -A",
    "Klasse - A",
    "Klasse – A",
    "Klasse—A",
    "Klasse\u2010A",
    "Klasse\u2011A",
    "Klasse\u2212A",
    "Klasse\ufe63A",
    "Klasse\uff0dA",
    "Klasse\nA",
    "Klasse\r\nA",
    "Klasse\tA",
    "Klasse\u00a0A",
    "Klasse\u202fA",
    "Klasse\u2009A",
    "Klasse\u3000A",
    "Klasse\u2028A",
    "Klasse \n\t A",
    "Klasse: - „A“",
    "Klassen A und B",
    "Klassen: C",
    "Klassen „D“",
    "Die Klassen A, B und C gibt es.",
    "VPA-Klasse A",
    "VPA-Klasse = D",
    "vpa-klasse d",
    "VPA\u2011Klasse A",
    "VPA‑Klassen A",
    "VPA Klasse A",
    "VPAKlasse A",
    "Kundenklasse A",
    "Kundenklasse „A“",
    "Kundenklasse: N",
    "Kunden-Klasse A",
    "KUNDENKLASSEN B",
    "Assistentenklasse B",
    "Assistentenklassen B",
    "Assistenten-Klasse B",
    "Kl\u00adasse A",
    "Klas\u00ad\u200bse \u200bA",
    "Kl\u200dasse A",
    "Klasse\u2060 A",
    "\ufeffKlasse A",
    "Klasse \u202eA\u202c",
    "Klasse\u00adA",
    "Klasse\u200bB",
    "KlasseC",
    "KlassenB",
    "Klasse \ufe0fA",
    "Klasse Ａ",
    "Ｋｌａｓｓｅ A",
    "Klasse： A",
    "Klasse Ⓐ",
    "Klasse A/B",
    "Klasse A-Kunde",
    "Klasse A–C",
    "(Klasse\u00a0\u00ad„\u200bA“)",
]

# (b): such a letter, or several joined, with any hyphen or blank-hyphen before Klasse, VPA, Kunde, Assistent.
LETTER_THEN_BEARER = [
    "A-Klasse",
    "B-Klassen",
    "a-klasse",
    "B -Klasse",
    "B\u00a0-Klasse",
    "B\u2011Klasse",
    "B\u2010Klasse",
    "B–Klasse",
    "B—Klasse",
    "B −Klasse",
    "B\u00ad-Klasse",
    "B-\u200bKlasse",
    "„B“-Klasse",
    "„B-Klasse“",
    "A-VPA",
    "A-VPAs",
    "D-vpa",
    "N-VPA",
    "A-Kunde",
    "A-Kunden",
    "A-Kundin",
    "A-Kundinnen",
    "C-Kund*innen",
    "C-Kund:innen",
    "B-Assistent",
    "B-Assistenten",
    "B-Assistentin",
    "B-Assistentinnen",
    "B-Assistent*in",
    "ein A-Kunde, der",
    "(A-Kunde)",
    "A-Kunden-Liste",
    "A- und B-Kunden",
    "A-, B- und C-Kunden",
    "A und B-Kunden",
    "A, B-Kunden",
    "A/B-Kunden",
    "B/C-VPAs",
    "C/D -Klasse",
    "A & B-Kundinnen",
    "A&B-Kundinnen",
    "A und\nB-Kunden",
    "A-\nKunden",
    "A- Kunden",
    "A-Kundenklasse",
    "Top-A-Kunde",
    "Ａ-Kunde",
]

# (c): Rising Star, up- and downgrading, “geworden”.
OTHER_WORDS = [
    "Rising Star",
    "Rising Stars",
    "rising star",
    "RISING STAR",
    "Rising-Star",
    "Rising\u2011Star",
    "Rising\u200bStar",
    "RisingStar",
    "Rising\nStar",
    "Rising\u00a0Star",
    "Rising  Star",
    "Ris\u00ading Star",
    "„Rising Star“",
    "Rising-Star-Status",
    "rising_star",
    "hochgestuft",
    "Hochgestuft",
    "hochgestufte",
    "hochgestuften",
    "hochgestufter",
    "HOCHGESTUFT",
    "hoch-gestuft",
    "hoch gestuft",
    "hoch\u00adgestuft",
    "Hochstufung",
    "Hochstufungen",
    "heraufgestuft",
    "Heraufstufung",
    "herabgestuft",
    "herabgestuftes",
    "Herabstufung",
    "Herab-\nstufung",
    "heruntergestuft",
    "Herunterstufung",
    "runtergestuft",
    "runtergestufte",
    "Runterstufung",
    "Klassenherabstufung",
    "A geworden",
    "du bist B geworden",
    "D geworden.",
    "bist du „C“ geworden?",
    "n geworden",
    "B\ngeworden",
    "B\u00adgeworden B geworden",
    "A und B geworden",
]

REFUSED = [*CLASS_THEN_LETTER, *LETTER_THEN_BEARER, *OTHER_WORDS]

ALLOWED = [
    "",
    " ",
    "\n",
    "Plan B",
    "Vitamin-C-Präparat",
    "Anlage A",
    "Klasse, danke!",
    "Klassenfahrt",
    "DIN A4",
    "Kunde A. Meier",
    "Klasse",
    "Klassen",
    "KLASSEN",
    "klasse!",
    "Das ist klasse",
    "erste Klasse",
    "Klasse Arbeit",
    "Klasse Auftrag, danke",
    "Klasse Bericht",
    "Klasse. A",
    "Klasse, A",
    "Klasse; A",
    "Klasse! A",
    "Klasse? A",
    "Klasse… A",
    "Klasse A4",
    "Klasse 1",
    "Klasse E",
    "Klasse X",
    "Klasse 5a",
    "Klasse Ä",
    "Klasse A\u0308",
    "Klasse der A",
    "Klasse AB",
    "Klassen Anna und Ben",
    "Klassenarbeit B",
    "Klassenbuch",
    "klassisch A",
    "Energieklasse A",
    "Güteklasse B",
    "Klassen-Anna",
    "Klasseidee",
    "A Klasse",
    "A Kunde",
    "A & B Kundinnen",
    "Anlage A – Kunden anschreiben",
    "Plan B - Kunden fragen",
    "Variante B\n- Kunden anrufen",
    "A: Kunde",
    "A. -Kunde",
    "B2B-Kunden",
    "B2-Kunden",
    "AB-Kunden",
    "E-Kunde",
    "VIP-Kunde",
    "Großkunde",
    "C-Level",
    "A-Team",
    "B-Ware",
    "D-Mark",
    "A-Kundig",
    "A-Kundgebung",
    "B-Assistenz",
    "C-Klassik",
    "Vitamin C",
    "Punkt A und B",
    "A, B, C und D",
    "Star",
    "Rising",
    "Rising Start",
    "uprising star",
    "Rising. Star",
    "rising costs, star chef",
    "eingestuft",
    "abgestuft",
    "hoch eingestuft",
    "Hochstapler",
    "Hochzeit",
    "Stufung",
    "hochgestellt",
    "heruntergeladen",
    "herabgesetzt",
    "darunter gestufte Preise",
    "Fragestufung",
    "geworden",
    "Anna geworden",
    "Plan B. Geworden ist daraus nichts",
    "besser geworden",
    "E geworden",
    "5 geworden",
    "Ä geworden",
    "Sehr geehrte Frau Keller,\nanbei Anlage A und B. Der Kunde D. Demir freut sich.\nViele Grüße",
    "Ansprechpartnerin: Frau N. Brandt, Telefon vormittags. Ablage unter A-Z.",
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_class_is_named(text: str) -> None:
    """D-32."""
    assert named_classes(text)


@pytest.mark.parametrize("text", ALLOWED)
def test_no_class_is_named(text: str) -> None:
    """D-32: what must stay allowed."""
    assert named_classes(text) == []


def marked(text: str) -> list[str]:
    """The marked places of a text."""
    return [text[start:end] for start, end in named_classes(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Du bist in Klasse B, danke.", ["Klasse B"]),
        ("Klassen A, B und C gibt es", ["Klassen A, B und C"]),
        ("Grüße an A/B-Kunden!", ["A/B-Kunden"]),
        ("Die A- und B-Kunden", ["A- und B-Kunden"]),
        ("Kl\u00adasse\u200b \u200bA\u200b!", ["Kl\u00adasse\u200b \u200bA"]),
        ("ﬁx: Klasse A", ["Klasse A"]),
        ("Straße ß ﬃ … Rising Star", ["Rising Star"]),
        ("Klasse A-Kunde", ["Klasse A-Kunde"]),
        ("Klasse A. Und du bist D geworden: Rising Star", ["Klasse A", "D geworden", "Rising Star"]),
        ("Kundenklasse „A“", ["Kundenklasse „A"]),
        ("KlasseC!", ["KlasseC"]),
        ("👩\u200d💻 hochgestufte", ["hochgestufte"]),
    ],
)
def test_the_place_is_marked_in_the_text_as_typed(text: str, places: list[str]) -> None:
    assert marked(text) == places


PIECES = (
    "Klasse klassen VPA Kunde A b D N n - – : = „ “ ' und , / & Rising Star hoch gestuft geworden XY _ { } [ ] … ß ﬁ"
)
MIXED = st.lists(
    st.sampled_from([*PIECES.split(), " ", "\n", "a\u0308", "\u200b", "\u00ad", "\ufe0f"]), max_size=25
).map("".join)


@given(MIXED | st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_gives_places_inside_it(text: str) -> None:
    for spans in (named_classes(text), placeholders(text, frozenset({"Name"}))):
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


UNSEEN = st.sampled_from(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u034f\u180e\u202a\u2066\ufe0f\x00\x1b\x7f\x9f"
)


@settings(max_examples=300)
@given(st.sampled_from(REFUSED), st.lists(st.tuples(st.integers(0, 60), UNSEEN), max_size=8))
def test_what_cannot_be_seen_hides_no_class(text: str, unseen: list[tuple[int, str]]) -> None:
    """CONTRACT §7: zero-width characters and soft hyphens are dropped first."""
    for place, char in unseen:
        text = text[:place] + char + text[place:]
    assert named_classes(text)


@given(st.sampled_from(ALLOWED), st.lists(st.tuples(st.integers(0, 60), UNSEEN), max_size=8))
def test_what_cannot_be_seen_names_no_class(text: str, unseen: list[tuple[int, str]]) -> None:
    for place, char in unseen:
        text = text[:place] + char + text[place:]
    assert named_classes(text) == []


@given(st.sampled_from(REFUSED), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_hides_no_class(text: str, recase: Callable[[str], str]) -> None:
    """CONTRACT §7: whatever the case."""
    assert named_classes(recase(text))


HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043\u02d7"


@given(st.sampled_from([text for text in REFUSED if "-" in text]), st.sampled_from(HYPHENS))
def test_the_kind_of_hyphen_hides_no_class(text: str, hyphen: str) -> None:
    """CONTRACT §7: hyphens are folded."""
    assert named_classes(text.replace("-", hyphen))


@given(st.sampled_from(REFUSED), st.sampled_from(ALLOWED), st.sampled_from(ALLOWED))
def test_what_stands_around_hides_no_class(text: str, before: str, after: str) -> None:
    assert named_classes(f"{before}\n\n{text}\n\n{after}")


@pytest.mark.parametrize("letter", [chr(code) for code in range(ord("A"), ord("Z") + 1)])
def test_only_the_classes_count(letter: str) -> None:
    """A, B, C, D and N are classes."""
    is_class = letter in "ABCDN"
    for text in (f"Klasse {letter}", f"Kundenklasse: {letter}", f"{letter}-Kunde", f"du bist {letter} geworden"):
        assert bool(named_classes(text)) is is_class


NAMES = frozenset({"Name", "Datum der Zuordnung", "kunde.anrede", "Größe"})


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Herr XY meldet sich", ["XY"]),
        ("XY", ["XY"]),
        ("XY-Aufgabe, (XY)", ["XY", "XY"]),
        ("_XY_", ["XY"]),
        ("X\u200bY", ["X\u200bY"]),
        ("Bis ___ bitte", ["___"]),
        ("Bis ________ bitte", ["________"]),
        ("Hallo {Name}!", ["{Name}"]),
        ("Hallo {}!", ["{}"]),
        ("{a}{b}", ["{a}", "{b}"]),
        ("Hallo {{name}}!", ["{name}"]),
        ("{Name\nVorname} und {x}", ["{Name\nVorname}", "{x}"]),
        ("Hallo […]", ["[…]"]),
        ("Hallo [...]", ["[...]"]),
        ("Hallo [ … ] und [ .... ]", ["[ … ]", "[ .... ]"]),
        ("Hallo [. . .]", ["[. . .]"]),
        ("Hallo [Name]", ["[Name]"]),
        ("Hallo [NAME], [ name ]", ["[NAME]", "[ name ]"]),
        ("Seit [Datum der  Zuordnung]", ["[Datum der  Zuordnung]"]),
        ("[kunde.anrede] [GRÖSSE]", ["[kunde.anrede]", "[GRÖSSE]"]),
        ("[[Name]]", ["[Name]"]),
        ("[Na\u00adme]", ["[Na\u00adme]"]),
        ("XY ___ {a} […] [Name]", ["XY", "___", "{a}", "[…]", "[Name]"]),
    ],
)
def test_a_placeholder_is_left(text: str, places: list[str]) -> None:
    """K-23, F-12."""
    assert [text[start:end] for start, end in placeholders(text, NAMES)] == places


@pytest.mark.parametrize(
    "text",
    [
        "",
        "XYZ",
        "Galaxy",
        "AXY",
        "XY1",
        "xy",
        "__",
        "snake_case __init__",
        "[1]",
        "[sic]",
        "[]",
        "[ ]",
        "[x]",
        "[.]",
        "…",
        "...",
        "Name",
        "(Name)",
        "[Name",
        "Name]",
        "{",
        "}",
        "}{",
        "{ offen",
        "Sehr geehrte Frau Keller, bitte bis 24.12. melden [Anlage 1] …",
    ],
)
def test_no_placeholder_is_left(text: str) -> None:
    """K-23: `XY` as a word, `___`, `{…}`, and of `[…]` only an ellipsis or a template's name."""
    assert placeholders(text, NAMES) == []


def test_brackets_of_two_words_depend_on_the_templates() -> None:
    assert placeholders("[siehe oben] […]", frozenset()) == [(13, 16)]
    assert placeholders("[siehe oben]", frozenset({"Siehe oben"})) == [(0, 12)]


HARD = [
    "klasse" * 17_000,
    "klasse " * 14_000,
    "klasse" + " " * 100_000,
    "klasse" + "-" * 100_000 + "x",
    "klasse: " * 12_000,
    "klassen -" * 11_000,
    "a" * 100_000,
    "a " * 50_000,
    "a," * 50_000,
    "a-, " * 25_000,
    "a und " * 17_000,
    "a" + " " * 100_000,
    "a " + "\n" * 100_000,
    "a -" * 33_000,
    "a-" * 50_000,
    "a" + "-" * 100_000,
    "a" + '"' * 100_000,
    'a "-" ' * 17_000,
    "a-\n" * 33_000,
    "a-" + "\t" * 100_000,
    "a-" + "\n" * 100_000,
    "rising" + " " * 100_000,
    "rising" * 17_000,
    "rising " * 14_000,
    "hoch" * 25_000,
    "hoch-" * 20_000,
    "hoch" + " " * 100_000,
    "hochgestuft" * 9_000,
    "herunter" * 12_000,
    "{" * 100_000,
    "[" * 100_000,
    "[" + "." * 100_000,
    "[" + ". " * 50_000 + "]",
    "[ " * 50_000,
    "{a" * 50_000,
    "_" * 100_000,
    "_ _" * 33_000,
    "XY" * 50_000,
    "\u200b" * 100_000,
    "klasse\u200b" * 14_000,
    "ﷺ" * 100_000,  # one character that unfolds to eighteen
]


@pytest.mark.parametrize("text", HARD, ids=[f"{text[:9]!r}" for text in HARD])
def test_no_text_is_slow(text: str) -> None:
    """At every key: time grows with the length, not with its square (which would be minutes here)."""
    begun = time.monotonic()
    named_classes(text)
    placeholders(text, NAMES)
    assert time.monotonic() - begun < 3


def test_a_usual_text_is_judged_between_two_keys() -> None:
    text = "Sehr geehrte Frau Keller, die Klasse, danke! Anlage A – „Größe“ folgt; bis 24.12. bitte. " * 50
    named_classes(text)
    begun = time.monotonic()
    for _ in range(10):
        named_classes(text)
        placeholders(text, NAMES)
    assert (time.monotonic() - begun) / 10 < 0.05
