"""CONTRACT §7 by commands alone: obstacles, readers, search, corrections."""

from __future__ import annotations

from tests.acceptance.house import House, entry

THURSDAY = "2025-11-06T10:00"


# §7


def test_file_obstacles_and_readers(house: House) -> None:
    log = ("file", "log", "--customer", "K1", "--file", "vpa_kunde")
    assert house.wants(*log) == ["kind_missing K-06", "situation_missing K-10", "tag_missing K-09"]
    assert house.wants(*log, "--kind", "lead", "--situation", "x", "--tag", "x") == ["kind_missing K-06"]
    named = ("--kind", "preference", "--situation", "Klasse: A", "--tag", "x", "--link", "[VPA]")
    assert house.wants(*log, *named) == ["class_named D-32", "placeholder_left K-23"]
    assert house.fails("file", "log", "--customer", "K1", "--kind", "lead", "--situation", "x", "--tag", "x")[0] == 2
    for who in ("KIM", "SAM", "FRE", "BEN"):
        assert house.wants("file", "show", "--vpa", "V1", as_=who) == ["role_reader A-28"], who
    for who in ("FRE", "BEN"):
        assert house.wants("file", "show", "--customer", "K1", as_=who) == ["role_reader A-28"], who
    for who in ("ANN", "VIO", "KIM", "SAM"):
        assert len(house.rows("file", "show", "--customer", "K1", as_=who)) == 2
    assert house.rows("file", "search", "Stammgespräch", as_="KIM") == []
    assert "entry" not in {hit["type"] for hit in house.rows("search", "Stammgespräch", as_="KIM")}


def test_booking_needs_a_confirmed_task(house: House) -> None:
    log = ("file", "log", "--customer", "K1", "--file", "oteam", "--kind", "booking", "--situation", "x", "--tag", "x")
    assert house.wants(*log) == ["confirmation_missing T-10"]
    link = "https://plattform.example/aufgaben/T1"
    assert house.wants(*log, "--link", link) == ["confirmation_missing T-10"]
    house.do("task", "message", "T1", "--from", "at", "--text", "Gebucht", "--tag", "aufgabenbeschreibung")
    assert house.do(*log, "--link", link)["link"] == link


def test_class_named_leaves_one_row_without_the_text(house: House) -> None:
    log = ("file", "log", "--customer", "K1", "--file", "vpa_kunde", "--kind", "preference", "--tag", "x")
    before = len(house.rows("history"))
    house.wants(*log, "--situation", "Unser Rising Star", "--dry-run")
    assert len(house.rows("history")) == before
    house.wants(*log, "--situation", "Unser Rising Star")
    (row,) = house.rows("history")[before:]
    assert "Rising" not in str(row)


def test_search_in_either_spelling_and_beginnings(house: House) -> None:
    house.do("file", "log", "--vpa", "V1", "--kind", "contact", "--situation", "Müllers Straße geräumt", "--tag", "x")
    for words in ("müller", "MÜLLER", "mueller", "muller", "straße", "strasse", "mull stras", "geraeumt"):
        assert len(house.rows("file", "search", *words.split())) == 1, words
    assert house.rows("file", "search", "üller") == []
    assert house.rows("file", "search", "müller", "fehlt") == []


def test_log_with_reminder_and_urgent(house: House) -> None:
    made = house.do(
        "file",
        "log",
        "--customer",
        "K1",
        "--file",
        "oteam",
        "--kind",
        "personal_talk",
        "--situation",
        "Ärger",
        "--tag",
        "x",
        "--reminder",
        "2025-11-10",
        "--urgent-to",
        "TOM",
    )
    found = {r["owner"]: (r["due"], r["about"], r["subject"]) for r in house.rows("reminder", "list")}
    about = f"entry:{made['id']}"
    assert found == {
        "ANN": ("2025-11-10T00:00:00+01:00", about, "customer:K1"),
        "TOM": ("2025-11-05T14:00:00+01:00", about, "customer:K1"),
    }  # fmt: skip
    house.do("undo")
    assert house.rows("reminder", "list") == []


def test_correct_takes_over_what_is_not_given(house: House) -> None:
    first = house.do(
        "file", "log", "--customer", "K1", "--file", "vpa_kunde", "--kind", "preference", "--situation", "Alt", "--tag",
        "a", "--tag", "b", "--link", "l", "--response", "r", "--next-steps", "n",
    )  # fmt: skip
    second = house.do("file", "correct", str(first["id"]), "--situation", "Neu")
    same = ("file", "subject", "kind", "link", "response", "next_steps", "tags")
    assert {key: second[key] for key in same} == {key: first[key] for key in same}
    assert (second["corrects"], second["situation"]) == (first["id"], "Neu")
    assert house.wants("file", "correct", str(first["id"]), "--next-steps", "Klasse B") == ["class_named D-32"]


def test_an_imported_class_in_the_green_file_is_no_problem_but_a_correction_is(house: House) -> None:
    house.take(THURSDAY, akten=[entry("E7", "vpa_kunde", "2025-11-06T09:00", "Klasse A", kunden_id="K1", tags="x")])
    shown = house.rows("file", "show", "--customer", "K1", "--file", "vpa_kunde")[-1]
    assert shown["situation"] == "Klasse A"
    assert house.wants("file", "correct", str(shown["id"]), "--response", "gut") == ["class_named D-32"]
