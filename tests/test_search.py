"""`search` on both engines (CONTRACT §2): VPAs, customers, tasks and entries by id, name, title and text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.database.search import index
from models.ground.errors import UsageError
from models.ground.text import fold, matches, words
from models.questions.search import search_everything
from models.tables.people import Customer, Vpa
from models.tables.task import Task
from tests.support import search as make
from tests.support.search import everything
from tests.support.world import World


@pytest.fixture
def team(world: World) -> World:
    """Eva of the Admin-Team, a Buddy who reads no file, and people to be found."""
    make.member("EU", "at")
    make.member("BU", "buddy")
    make.vpa("V001", "Jörg Straßer")
    make.vpa("V0012", "Anna Meier-Süß")
    make.customer("K001", "Nora Feld & Söhne")
    make.customer("K002", "Annabell Kraus")
    make.task("T-9", "Reise nach Köln", "K001")
    world.me = "EU"
    return world


def test_shape(team: World) -> None:
    """CONTRACT §2: `{"type", "id", "title", "score"}`; an entry's title says about whom it is."""
    one = make.entry("Möchte im Mai nach Rom\nund zurück", subject="customer:K001")
    other = make.entry("Rom " * 40, subject="vpa:V001", file="vpa_akte")
    hits = search_everything(team.session().work(), "rom")
    assert [(hit["type"], hit["id"]) for hit in hits] == [("entry", other.id), ("entry", one.id)]
    assert hits[1] == {
        "type": "entry",
        "id": one.id,
        "title": "Nora Feld & Söhne: Möchte im Mai nach Rom und zurück",
        "score": hits[1]["score"],
    }
    assert hits[0]["title"] == f"Jörg Straßer: {('Rom ' * 40)[:79]}…"
    assert hits[0]["score"] > hits[1]["score"] > 1
    [vpa] = search_everything(team.session().work(), "strasser")
    assert (vpa["type"], vpa["id"], vpa["title"]) == ("vpa", "V001", "Jörg Straßer")


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("joerg", ["vpa:V001"]),
        ("JÖRG stra", ["vpa:V001"]),
        ("süß", ["vpa:V0012"]),
        ("meier-suess", ["vpa:V0012"]),
        ("anna", ["vpa:V0012", "customer:K002"]),
        ("soehne", ["customer:K001"]),
        ("köln reise", ["task:T-9"]),
        ("rasser", []),
        ("anna fehlt", []),
    ],
)
def test_names_and_titles(team: World, wanted: str, there: list[str]) -> None:
    """All words, whole or as beginnings, in either spelling; whole words first."""
    assert everything(team, wanted) == there


@pytest.mark.parametrize("wanted", ["V001", "v001", " v001 ", "v001\x00", "\udcffV001"])
def test_the_very_id_comes_first(team: World, wanted: str) -> None:
    """An id in either case; ids that only begin so, and texts that name it, come later."""
    make.entry("v001 v001 v001", subject="customer:K001")
    assert everything(team, wanted)[:2] == ["vpa:V001", "entry:1"]
    assert everything(team, wanted)[2:] == ["vpa:V0012"]
    assert everything(team, wanted, limit=1) == ["vpa:V001"]


@pytest.mark.parametrize("key", ["T-9", "Ä_7 b", "NEUE-12", "K.1/2", "ÄÖ", "İ1", "V'1", 'a"b', "x:y", "QUEUE"])
def test_ids_of_any_kind(team: World, key: str) -> None:
    """Ids are the platform's own: signs, umlauts, an e behind a vowel that folding drops."""
    if key != "T-9":
        make.task(key, "Ohne Namen", "K001")
    assert everything(team, key)[0] == f"task:{key}"


def test_beginnings_of_ids(team: World) -> None:
    """Ids are found by their beginnings and parts too, also where folding would change them."""
    make.task("AUEN-77", "Gärten", "K001")
    assert everything(team, "auen-7") == everything(team, "auen") == everything(team, "77 garten") == ["task:AUEN-77"]
    assert set(everything(team, "v00")) == {"vpa:V001", "vpa:V0012"}


def test_entries_only_for_readers(team: World) -> None:
    """A-28: who reads no file finds names, but no entries; who reads only some finds only these."""
    make.member("KM", "customer_manager")
    make.entry("Anna fragt", subject="customer:K002")
    make.entry("Anna fehlt", subject="vpa:V0012", file="vpa_akte")
    assert set(everything(team, "anna")) == {"vpa:V0012", "customer:K002", "entry:1", "entry:2"}
    assert set(everything(team, "anna", as_="KM")) == {"vpa:V0012", "customer:K002", "entry:1"}
    team.me = None
    for who in ("BU", None):
        assert everything(team, "anna", as_=who) == ["vpa:V0012", "customer:K002"]


def test_names_that_change(team: World) -> None:
    """An import changes names and brings new rows by its own statements: the index follows the tables."""
    Vpa.update(name="Jörg Neumann", folded=fold("Jörg Neumann")).where(Vpa.id == "V001").execute()
    assert (everything(team, "straßer"), everything(team, "neumann jorg")) == ([], ["vpa:V001"])
    Task.update(title="Reise nach Bonn", folded=fold("Reise nach Bonn")).execute()
    assert (everything(team, "köln"), everything(team, "bonn")) == ([], ["task:T-9"])
    columns = ", ".join(f.column_name for f in Customer._meta.sorted_fields if f.name != "id")
    team.store.db.execute_sql(
        f"INSERT INTO customer (id, {columns}) SELECT id || 'x', {columns} FROM customer WHERE true "
        "ON CONFLICT (id) DO UPDATE SET folded = excluded.folded"
    )
    assert everything(team, "kraus") == ["customer:K002", "customer:K002x"]
    team.store.db.execute_sql(
        "INSERT INTO customer (id, name, folded, status, version) SELECT id, 'Neu', 'neu', status, version "
        "FROM customer WHERE id = 'K002' ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded"
    )
    assert (everything(team, "kraus"), everything(team, "neu")) == (["customer:K002x"], ["customer:K002", "vpa:V001"])
    Customer.delete().where(Customer.id == "K002x").execute()
    assert everything(team, "kraus") == []


def test_the_index_holds_nothing_old(team: World) -> None:
    """After any change the index is what a new one over the same rows would be."""
    Vpa.update(folded="ganz anders").execute()
    Task.delete().execute()
    db = team.store.db
    rows = dict(db.execute_sql("SELECT subject, words FROM named").fetchall())
    assert rows == {
        "vpa:V001": "ganz anders v001",
        "vpa:V0012": "ganz anders v0012",
        "customer:K001": "nora feld sohne k001",
        "customer:K002": "annabell kraus k002",
    }
    if team.engine == "sqlite":  # raises where index and table differ
        db.execute_sql("INSERT INTO search_named (search_named, rank) VALUES ('integrity-check', 1)")
        db.execute_sql("INSERT INTO search_entry (search_entry, rank) VALUES ('integrity-check', 1)")


@pytest.mark.parametrize("name", ["a  b", " a b ", "a-/b", "--a--  b--", "a „b“", "A.B.", "ä\u00a0b"])
def test_words_parted_by_one_blank(team: World, name: str) -> None:
    """Both engines keep the same words, so that scores and order are the same."""
    make.vpa("W-1", name)
    [(kept,)] = team.store.db.execute_sql("SELECT words FROM named WHERE subject = 'vpa:W-1'").fetchall()
    assert kept == "a b w 1"


def test_rows_renumbered_by_vacuum(team: World) -> None:
    """A table with a text key has row numbers that VACUUM may change: nothing may lean on them."""
    if team.engine == "postgres":
        team.store.db.execute_sql("TRUNCATE task CASCADE")  # the other way to change rows unseen
        assert everything(team, "reise") == []
        return
    Vpa.delete().where(Vpa.id == "V001").execute()
    team.store.db.execute_sql("VACUUM")
    assert (everything(team, "straßer"), everything(team, "meier")) == ([], ["vpa:V0012"])


def test_order_of_equal_ones(team: World) -> None:
    """Equal ones: VPAs, customers, tasks, entries; people by name, entries newest first."""
    make.vpa("V9", "Alma Zeit")
    make.customer("K9", "Zoe Zeit")
    make.customer("K8", "Ada Zeit")
    make.task("T9", "Zeit planen", "K9")
    for days in (1, 3, 2):
        make.entry("Zeit fehlt hier", days=days)
    there = ["vpa:V9", "customer:K8", "customer:K9", "task:T9", "entry:2", "entry:3", "entry:1"]
    assert everything(team, "zeit") == there
    assert [everything(team, "zeit", limit=n) for n in range(8)] == [there[:n] for n in range(8)]


def test_names_before_texts(team: World) -> None:
    """Who types a name looks for the person: a text needs one more whole word to come first."""
    make.entry("Anna, Anna und Anna", subject="customer:K002")
    assert everything(team, "anna") == ["vpa:V0012", "entry:1", "customer:K002"]
    assert everything(team, "ann") == ["customer:K002", "vpa:V0012", "entry:1"]


def test_common_beginnings_stay_quick(team: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a limit only the newest of very many are weighed, and those with whole words."""
    monkeypatch.setattr(index, "CANDIDATES", 5)
    make.vpa("V77", "Be Gut")
    for n in range(20):
        make.customer(f"C{n}", f"Bernd {n}")
    assert everything(team, "be", limit=2) == ["vpa:V77", "customer:C15"]
    assert len(everything(team, "be")) == 21


@pytest.mark.parametrize("nothing", ["", "-", "%", "„…“"])
def test_without_words_is_wrong_usage(team: World, nothing: str) -> None:
    """A German sentence says so."""
    with pytest.raises(UsageError, match="wonach"):
        search_everything(team.session().work(), nothing)


NAMES = st.text("abeoöüßnNÄ1 -.&'–„“_/\u0301\u200b", min_size=1, max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES, min_size=1, max_size=4), data=st.data())
def test_any_name_and_any_question(team: World, names: list[str], data: st.DataObject) -> None:
    """On both engines the hits are those of reading every name (`models.ground.text.matches`)."""
    number = Customer.select().count()
    for n, name in enumerate(names):
        make.customer(f"Z{number + n}", name)
    asked = data.draw(NAMES | st.sampled_from(names) | st.sampled_from(names).map(lambda name: name[:3]))
    if not words(asked) or re.match("[kvtz]", words(asked)[0]):  # those letters begin the ids
        return
    rows: list[Any] = [*Vpa.select(), *Customer.select()]
    expected = {f"{type(row).__name__.lower()}:{row.id}" for row in rows if matches(asked, f"{row.name} {row.id}")}
    expected |= {f"task:{row.id}" for row in Task.select() if matches(asked, f"{row.title} {row.id}")}
    assert set(everything(team, asked)) == expected


def test_on_the_command_line(team: World) -> None:
    """CONTRACT §§2, 7, 12: one or more arguments, joined; `--limit`; refusals with their codes."""
    entry = make.entry("Anna Kraus fragt", subject="customer:K002")
    one = team.cli("search", "kraus", "anna").ok().lines
    assert [(hit["type"], hit["id"]) for hit in one] == [("customer", "K002"), ("entry", entry.id)]
    assert team.cli("search", "kraus anna", "--limit", "1").ok().lines == one[:1]
    [row] = team.cli("file", "search", "anna", "kr").ok().lines
    assert row == {**row, "id": entry.id, "situation": "Anna Kraus fragt", "subject": "customer:K002"}
    assert set(row) == {*entry.show(), "score"}
    assert team.cli("file", "search", "nirgends").ok().lines == []
    refused = team.cli("file", "search", "anna", as_="BU")
    assert (refused.exit_code, refused.codes) == (3, ["role_reader"])
    for command in (("search",), ("file", "search")):
        for words_ in ((), ("…",), ("",)):
            wrong = team.cli(*command, *words_)
            assert (wrong.exit_code, wrong.json["error"]["code"]) == (2, "usage")
        assert "Anna" in team.cli(*command, "anna", json=False).ok().stdout
