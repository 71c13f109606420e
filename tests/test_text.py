"""models.ground.text: what comes in, what goes out, and how words are found (CONTRACT §§7 and 12)."""

from __future__ import annotations

import datetime as dt
import json
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ground import text
from models.ground.clock import parse_moment

CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)]]
DROPPED_OUT = [
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
    *"\u200b\u200e\u200f\u061c\u2028\u2029\u2060\ufeff",
]
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates too


@pytest.mark.parametrize("char", CONTROLS)
def test_control_characters_do_not_come_in(char: str) -> None:
    """CONTRACT §12: all but newline and tab."""
    kept = char if char in "\n\t" else ""
    assert text.clean_input(f"a{char}ä") == f"a{kept}ä"


def test_line_ends_come_in_as_newlines() -> None:
    assert text.clean_input("eins\r\nzwei\n\tdrei\r\n") == "eins\nzwei\n\tdrei\n"


def test_a_nul_and_a_lone_surrogate_do_not_come_in() -> None:
    """PostgreSQL takes no NUL, no engine takes half a character."""
    assert text.clean_input("a\x00b\udcff\ud800c") == "abc"


@given(ANY_TEXT)
def test_what_came_in_can_be_stored_and_stays(some: str) -> None:
    clean = text.clean_input(some)
    clean.encode()
    assert text.clean_input(clean) == clean
    assert [char for char in some if unicodedata.category(char) not in ("Cc", "Cs") or char in "\n\t"] == list(clean)


@pytest.mark.parametrize("char", [*CONTROLS, *DROPPED_OUT])
def test_what_acts_on_a_terminal_does_not_go_out(char: str) -> None:
    """CONTRACT §12, DESIGN law 6."""
    kept = char if char in "\n\t" else ""
    assert text.clean_output(f"a{char}ä") == f"a{kept}ä"
    assert text.clean_output(char * 3) == kept * 3


@pytest.mark.parametrize(
    "char", ["\u200d", "\u200c", "\u00ad", "\u00a0", "\u202f", "ß", "👩\u200d💻", "e\u0301", "\u2027", "\u2030"]
)
def test_what_is_harmless_goes_out(char: str) -> None:
    """U+200D stays: it joins emoji; and the neighbours of what is dropped."""
    assert text.clean_output(f"a{char}b") == f"a{char}b"


@given(ANY_TEXT)
def test_what_goes_out_acts_on_nothing(some: str) -> None:
    clean = text.clean_output(some)
    clean.encode()
    assert not set(clean) & ({*CONTROLS, *DROPPED_OUT} - {"\n", "\t"})
    assert text.clean_output(clean) == clean


def test_an_escape_sequence_loses_its_teeth() -> None:
    assert text.clean_output("\x1b]52;c;aGk=\x07Name\x9b31m") == "]52;c;aGk=Name31m"


@pytest.mark.parametrize("char", [*(chr(code) for code in range(0x20)), *(chr(code) for code in range(0x7F, 0xA0))])
def test_json_escapes_what_acts_on_a_terminal(char: str) -> None:
    """CONTRACT §12: C0, C1 and DEL."""
    line = text.json_line({"t": f"a{char}ä"})
    assert char not in line
    assert json.loads(line) == {"t": f"a{char}ä"}
    assert "ä" in line


@pytest.mark.parametrize("char", DROPPED_OUT)
def test_json_drops_what_cannot_be_seen(char: str) -> None:
    """CONTRACT §12: dropped on the way out, in keys and values, never as an escape."""
    assert text.json_line({f"k{char}": [f"a{char}b"]}) == '{"k": ["ab"]}'


def test_json_escapes_del_and_c1_by_number() -> None:
    assert text.json_line("\x7f\x9b\x1b") == '"\\u007f\\u009b\\u001b"'
    assert text.json_line("\ud800") == '"\\ud800"'


def test_json_keeps_a_backslash_beside_what_it_drops() -> None:
    assert json.loads(text.json_line("\\\u200bn\\u200b")) == "\\n\\u200b"


def test_json_writes_dates_and_moments_as_the_contract_does() -> None:
    """CONTRACT §1: dates `YYYY-MM-DD`, moments ISO 8601 with offset."""
    thing = {
        "on": dt.date(2025, 11, 3),
        "at": parse_moment("2025-11-03T14:00"),
        "utc": dt.datetime(2025, 7, 1, tzinfo=dt.UTC),
    }
    assert json.loads(text.json_line(thing)) == {
        "on": "2025-11-03",
        "at": "2025-11-03T14:00:00+01:00",
        "utc": "2025-07-01T02:00:00+02:00",
    }


def test_json_refuses_what_it_has_no_form_for() -> None:
    with pytest.raises(TypeError, match="object"):
        text.json_line({"x": object()})
    with pytest.raises(ValueError):
        text.json_line(float("nan"))


@given(
    st.recursive(
        ANY_TEXT | st.integers() | st.booleans() | st.none(),
        lambda some: st.lists(some) | st.dictionaries(ANY_TEXT, some),
    )
)
def test_json_is_one_whole_line_that_acts_on_nothing(thing: object) -> None:
    line = text.json_line(thing)
    line.encode()
    assert not set(line) & {*CONTROLS, *DROPPED_OUT}
    json.loads(line)


@pytest.mark.parametrize(
    "spellings",
    [
        ["müller", "MÜLLER", "Mueller", "muller", "mu\u0308ller", "MUELLER", "Mül\u00adler", "mü\u200bller"],
        ["straße", "Strasse", "STRASSE", "STRAẞE"],
        ["Größe", "groesse", "grosse", "GRÖSSE"],
        ["Jäger", "jaeger", "Jager"],
        ["Çelik", "celik"],
        ["Yıldız", "yildiz", "YILDIZ"],
        ["Łukasz", "lukasz"],
        ["Søren", "soeren", "soren", "Sören"],
        ["Æther", "aether", "äther"],
        ["Ｋｅｌｌｅｒ", "keller"],
        ["ﬁx", "fix"],
        ["İzmir", "izmir"],
        ["℡", "tel"],
        ["neue", "NEUE"],
    ],
)
def test_all_spellings_meet(spellings: list[str]) -> None:
    """CONTRACT §7: umlauts and ß in either spelling."""
    assert len({text.fold(one) for one in spellings}) == 1
    for query in spellings:
        assert all(text.matches(query, f"Frau {one}, Köln") for one in spellings)


@pytest.mark.parametrize(
    ("one", "other"), [("müller", "miller"), ("masse", "messe"), ("bauer", "bayer"), ("see", "so")]
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert text.fold(one) != text.fold(other)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(some: str) -> None:
    assert text.fold(text.fold(some)) == text.fold(some)


@given(st.text("aeouäöüÄÖßstmrẞéıøÆ\u0308\u00ad -", max_size=30) | ANY_TEXT, st.integers(0, 30))
def test_the_beginning_of_a_word_folds_to_the_beginning(some: str, cut: int) -> None:
    """So that search by prefix works while typing."""
    assert text.fold(some).startswith(text.fold(some[:cut]))


@given(st.text("aeouäöüßbst", min_size=1, max_size=12))
def test_either_spelling_of_a_word_finds_it(word: str) -> None:
    spelt = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    bare = word.replace("ä", "a").replace("ö", "o").replace("ü", "u").replace("ß", "ss")
    assert text.fold(word) == text.fold(spelt) == text.fold(word.upper())
    assert text.matches(word, spelt)
    if "e" not in word:  # a bare vowel before an e reads as an umlaut itself
        assert text.fold(bare) == text.fold(word)


def test_words() -> None:
    assert text.words("Frau Müller-Lüdenscheidt, 2. OG; V0042_alt") == [
        "frau",
        "muller",
        "ludenscheidt",
        "2",
        "og",
        "v0042",
        "alt",
    ]
    assert text.words(" … – ") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("  !", True),
        ("mul", True),
        ("MUE", True),
        ("keller mül", True),
        ("mül kel", True),
        ("üller", False),
        ("mül tom", False),
        ("köln", True),
        ("koelner", False),
        ("v00", True),
        ("0042", False),
        ("telefon-anl", True),
    ],
)
def test_every_word_of_the_query_begins_a_word(query: str, found: bool) -> None:
    """CONTRACT §7: whole words and beginnings of words, all of them."""
    assert text.matches(query, "Keller, Müller · V0042\nTelefon Anlage in Köln") is found


def test_long_texts_are_quick() -> None:
    begun = time.monotonic()
    for some in (
        "ae" * 50_000,
        "ä" * 100_000,
        "\u0308" * 100_000,
        "a" + "e" * 100_000,
        "\u200b" * 100_000,
        "\x1b[" * 50_000,
    ):
        text.words(some)
        text.clean_input(some)
        text.clean_output(some)
        text.json_line(some)
    assert time.monotonic() - begun < 3
