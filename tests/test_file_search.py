"""`file search` on both engines (CONTRACT §7): what it finds, who may find it, and in which order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.database.search import index
from models.database.search.query import Query
from models.ground.errors import UsageError
from models.ground.text import matches, words
from models.playbook.refusals import RefusedError
from models.questions.entries import found_entries, search_entries
from models.tables.entry import Entry
from tests.support import search as make
from tests.support.search import entry, found, ids
from tests.support.world import World


@pytest.fixture
def team(world: World) -> World:
    """Eva of the Admin-Team acts; every role has a member."""
    make.member("EU", "at")
    make.member("VM", "vpa_manager")
    make.member("KM", "customer_manager")
    make.member("SA", "sales")
    make.member("BU", "buddy")
    make.member("FG", "approver")
    make.customer("K1", "Nora Feld")
    make.vpa("V1", "Jonas Grün")
    world.me = "EU"
    return world


@pytest.mark.parametrize("spelling", ["müller", "MÜLLER", "mueller", "muller", "Müll", "mu\u0308ller", "MUEL"])
def test_umlauts_in_either_spelling(team: World, spelling: str) -> None:
    """CONTRACT §7: however it is typed and however it was written."""
    there = [
        entry(f"Frau {name} rief an", days=-n).id for n, name in enumerate(["Müller", "MÜLLER", "Mueller", "Muller"])
    ]
    entry("Frau Moller rief an")
    assert ids(team, spelling) == there


@pytest.mark.parametrize("spelling", ["straße", "strasse", "STRASSE", "STRAẞE", "Stra"])
def test_sharp_s_in_either_spelling(team: World, spelling: str) -> None:
    """CONTRACT §7: straße and strasse."""
    there = [entry(text, days=-n).id for n, text in enumerate(["Lange Straße 5", "Lange Strasse 5", "Lange STRASSE 5"])]
    assert ids(team, spelling) == there


def test_all_words_whole_or_as_beginnings(team: World) -> None:
    """CONTRACT §7: all of them, in any order and any field; never the middle of a word."""
    one = entry("Rechnung geprüft", response="Gutschrift versprochen", next_steps="Nachfassen", tags=["Geld"]).id
    entry("Rechnung offen")
    assert ids(team, "rechnung") != [one]
    for wanted in ("gutschrift rech", "GELD, nachf!", "rechnung rechnung gepruft", "versprochen geld"):
        assert ids(team, wanted) == [one]
    for wanted in ("echnung", "rechnung gutschrift fehlt", "rechnungen"):
        assert ids(team, wanted) == []


def test_link_and_tags_are_searched(team: World) -> None:
    """Every text of the entry counts."""
    one = entry("Buchung", link="https://plattform.test/aufgabe/T-4711", tags=["Add-On"]).id
    assert [ids(team, wanted) for wanted in ("4711", "t-4711", "add-on", "plattform test")] == [[one]] * 4


def test_best_first(team: World) -> None:
    """Whole words before beginnings, then the more often and the shorter, then the newer."""
    beginning = entry("Urlaubsplan", days=9).id
    long = entry(f"Urlaub {'und noch ein Satz ' * 20}", days=8).id
    often = entry("Urlaub, Urlaub und Urlaub", days=1).id
    older, newer = entry("Urlaub gemeldet", days=2).id, entry("Urlaub bestätigt", days=3).id
    both = entry("Urlaub Absprache", days=0).id
    hits = found(team, "urlaub")
    assert [one for one, _ in hits] == [often, newer, older, both, long, beginning]
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert hits[1][1] == hits[2][1] == hits[3][1] > hits[4][1] > hits[5][1] > 0
    assert ids(team, "urlaub absprache") == [both]


def test_equal_ones_newest_first_by_their_moment(team: World) -> None:
    """CONTRACT §7: an older entry that was imported later stays behind; of one moment the later written is newer."""
    new, old, same = (entry("Kunde zufrieden", days=days).id for days in (5, 1, 5))
    assert ids(team, "zufrieden") == [same, new, old]
    assert ids(team, "zufrieden", limit=2) == [same, new]


def test_who_may_read_finds(team: World) -> None:
    """A-28: the VPA-Akte is found by AT and VPA Manager alone, the Kundenakten by Sales too; K-02 nobody else."""
    files = {file: entry("Vertraulich", file=file).id for file in ("oteam", "vpa_kunde", "vpa_akte")}
    customers = {files["oteam"], files["vpa_kunde"]}
    for who in ("EU", "VM"):
        assert set(ids(team, "vertraulich", as_=who)) == set(files.values())
    for who in ("KM", "SA"):
        assert set(ids(team, "vertraulich", as_=who)) == customers


@pytest.mark.parametrize("who", ["BU", "FG", None, "XX"])
def test_who_reads_no_file_is_refused(team: World, who: str | None) -> None:
    """A-28: `role_reader`, whether there are hits or not."""
    team.me = None
    for wanted in ("vertraulich", "nirgends"):
        with pytest.raises(RefusedError) as refusal:
            found(team, wanted, as_=who)
        assert [(one.code, one.rule) for one in refusal.value.obstacles] == [("role_reader", "A-28")]
        entry("Vertraulich")


def test_withdrawn_never(team: World) -> None:
    """CONTRACT §2: an entry that an undo took back is in the history only; redo brings it back."""
    one = entry("Versehen")
    assert ids(team, "versehen") == [one.id]
    Entry.update(withdrawn_at=make.LONG_AGO).where(Entry.id == one.id).execute()
    assert ids(team, "versehen") == ids(team, "versehen", limit=5) == []
    Entry.update(withdrawn_at=None).where(Entry.id == one.id).execute()
    assert ids(team, "versehen") == [one.id]


def test_written_by_a_member(team: World) -> None:
    """What `file log` writes is found at once, so is a correction (K-04); a dry run leaves nothing."""
    from models.file.actions import CorrectEntry, LogEntry

    log = LogEntry(customer="K1", file="oteam", kind="other", situation="Anruf wegen Größe", tag=("Anruf",))
    team.run(log, dry_run=True)
    assert ids(team, "grosse") == []
    one = team.run(log)["id"]
    new = team.run(CorrectEntry(id=str(one), situation="Anruf wegen Farbe"))["id"]
    assert (ids(team, "grosse"), ids(team, "farbe"), set(ids(team, "anruf"))) == ([one], [new], {one, new})


def test_entries_written_in_bulk(team: World) -> None:
    """The import writes with its own statements; the index follows the table, not the program."""
    first = entry("Vorlage mit Köder")
    names = ", ".join(f.column_name for f in Entry._meta.sorted_fields if f.name not in ("id", "platform_id"))
    team.store.db.execute_sql(f"INSERT INTO entry ({names}) SELECT {names} FROM entry")
    assert set(ids(team, "koder")) == {first.id, first.id + 1}


@pytest.mark.parametrize("nothing", ["", "  ", "*", "„“", "😀", "___", "\u200b", '""', "- : ("])
def test_without_words_is_wrong_usage(team: World, nothing: str) -> None:
    """A German sentence says so, also to somebody who reads no file."""
    for who in ("EU", "BU"):
        with pytest.raises(UsageError, match="wonach"):
            search_entries(team.session(who).work(), nothing)


HOSTILE = [
    '"x" OR "y"',
    "x*",
    "x NEAR y",
    "folded:x",
    "NOT x",
    "x:*",
    "x'; DROP TABLE entry; --",
    "x & !y",
    "x\\",
    "-x",
    "x%",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_taken_for_a_command(team: World, text: str) -> None:
    """Signs of either engine's query language part words, and words are only words."""
    entry("Anlage x")
    one = entry(f"Wörtlich {text}").id
    assert ids(team, text)[0] == one
    assert {e.id for e in Entry.select() if matches(text, e.situation)} == set(ids(team, text))


def test_very_long_words_and_questions(team: World) -> None:
    """A word longer than an index holds can be written and found; a question of thousands of words is answered."""
    long = "ungeheuer" * 12_000
    one = entry(f"Siehe {long}a").id
    other = entry(f"Siehe {long}b {'weiter ' * 300}").id
    assert set(ids(team, long)) == set(ids(team, "ungeheu siehe")) == {one, other}
    assert ids(team, f"{long}b") == [other]
    many = [f"wort{n}" for n in range(1000)]
    both = entry(" ".join(many)).id
    entry(" ".join(many[:-1]))
    assert ids(team, " ".join(many)) == [both]
    assert ids(team, " ".join(f"wort{n}" for n in range(20_000))) == []


@pytest.mark.parametrize("length", [63, 64, 65, 1999, 2046, 2047, 2048, 2049, 4096, 33_000])
def test_words_of_any_length(team: World, length: int) -> None:
    """At the borders of what the engines hold in a word (2046 bytes, 32 KB) and of what they are asked for."""
    word = ("zusammen" * 5000)[:length]
    one, longer, other = entry(f"das {word} dort").id, entry(f"{word}x").id, entry(f"{word[:-1]}x").id
    assert ids(team, word) == [one, longer]
    assert ids(team, f"{word}x") == [longer]
    assert set(ids(team, word[:-1])) == {one, longer, other}


def test_letters_of_all_scripts(team: World) -> None:
    """Words beyond Latin are found by the same rule on both engines."""
    texts = [
        "Ελλάδα καλημέρα",
        "Привет мир",
        "東京 会議",
        "हिन्दी शब्द",
        "𞤀𞤣𞤤 𗀀𗀁 𐕰𐖗",
        "Œuvre Łódź İstanbul ﬁnal",
        "𝒜𝓁𝓅𝒽𝒶 Ꭰꭰ ꭱ",
    ]
    there = {text: entry(text).id for text in texts}
    for text, one in there.items():
        for word in words(text):
            assert one in ids(team, word)
        assert ids(team, text.swapcase()) == [one]


class Reference:
    """The same question answered by reading every entry."""

    def hits(self, text: str) -> set[int]:
        rows = Entry.select().where(Entry.withdrawn_at.is_null())
        return {e.id for e in rows if matches(text, " ".join([e.situation, e.response or "", *e.tags]))}

    def order(self, hits: list[tuple[int, float]]) -> list[int]:
        when: dict[int, dt.datetime] = {e.id: e.created_at for e in Entry.select(Entry.id, Entry.created_at)}
        return [one for one, score in sorted(hits, key=lambda hit: (hit[1], when[hit[0]], hit[0]), reverse=True)]


LETTERS = st.text("aeäoöußnmAEÖéÉ1 -.'\u0308\u200bŁ", max_size=14)
TEXTS = LETTERS | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=10)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(LETTERS, TEXTS, st.lists(TEXTS, max_size=2), st.integers(0, 3)), max_size=4), data=st.data()
)
def test_any_text_and_any_question(team: World, rows: list[tuple[Any, ...]], data: st.DataObject) -> None:
    """On both engines the hits are those of reading everything (`models.ground.text.matches`), and so is the order."""
    for situation, response, tags, days in rows:
        entry(situation, response=response, tags=tags, days=days)
    texts = [text for row in rows for text in (row[0], row[1], *row[2])] or [""]
    asked = data.draw(TEXTS | st.sampled_from(texts) | st.sampled_from(texts).map(lambda text: text[:3]))
    if not words(asked):
        return
    hits = found(team, asked)
    assert {one for one, _ in hits} == Reference().hits(asked)
    assert [one for one, _ in hits] == Reference().order(hits)
    assert found(team, asked, limit=3) == hits[:3]
    assert all(0 < score < len(words(asked)) + 1 for _, score in hits)


def test_complete_without_limit(team: World) -> None:
    """CONTRACT §1: a list is complete unless `--limit`; pages of reading are not seen."""
    there = [entry("Viele", days=n).id for n in range(1203)]
    assert ids(team, "viel") == there[::-1]
    assert ids(team, "viel", limit=700) == there[:-701:-1]
    assert ids(team, "viel", limit=0) == []


def test_common_words_stay_quick(team: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a limit, of very many hits only the newest written and those with whole words are weighed."""
    monkeypatch.setattr(index, "CANDIDATES", 10)
    whole = entry("An die Kundin", days=50).id
    there = [entry(f"Anfang {n}", days=n).id for n in range(40)]
    weighed: list[str] = []
    score = Query.score

    def counted(query: Query, text: str) -> float:
        weighed.append(text)
        return score(query, text)

    monkeypatch.setattr(Query, "score", counted)
    assert ids(team, "an", limit=3) == [whole, there[39], there[38]]
    assert len(weighed) == 11
    assert len(ids(team, "an")) == 41
    assert len(ids(team, "an", limit=30)) == 30


def test_rows_are_read_only_when_wanted(team: World) -> None:
    """An endless output starts at once and reads by the page."""
    for n in range(3):
        entry("Viele", days=n)
    rows = found_entries(team.session().work(), "viele")
    assert next(rows)[0].situation == "Viele"
    with pytest.raises(UsageError):
        found_entries(team.session().work(), "…")  # refused when asked, not when read


def test_the_index_is_used(team: World) -> None:
    """Neither engine reads the table to find a word."""
    db = team.store.db
    if team.engine == "sqlite":
        sql = index.ENTRIES._sqlite("AND t.withdrawn_at IS NULL", 50)
        plan = [row[-1] for row in db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", ('"x"*',))]
        assert len(plan) == 2
        assert "VIRTUAL TABLE INDEX" in plan[0]
        assert "INTEGER PRIMARY KEY" in plan[1]
    else:
        db.execute_sql("SET enable_seqscan = off")
        sql = index.ENTRIES._postgres("AND t.withdrawn_at IS NULL", None).replace("?", "%s")
        plan = [row[0] for row in db.execute_sql(f"EXPLAIN {sql}", ("'x':*",))]
        assert any("Bitmap Index Scan on search_entry" in line for line in plan)
