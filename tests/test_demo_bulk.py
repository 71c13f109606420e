"""Bulk exports for benchmarks, and the story of the demo's team."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from tests.support.demo import (
    CONTRACT,
    KINDS,
    REQUIRED,
    other_cases,
    read,
    sample,
)
from tui.demo import story
from tui.demo.bulk import write_bulk


def test_bulk_holds_what_was_asked_for_and_changes_as_many(tmp_path: Path) -> None:
    first, second = write_bulk(tmp_path, vpas=1_000, changes=90, customers=700, entries=2_500, tasks=300)
    before, after = read(first), read(second)
    assert {name: len(rows) for name, rows in before.items()} == {
        "vpas": 1_000,
        "kunden": 700,
        "zuordnungen": 700,
        "abwesenheiten": 500,
        "akten": 2_500,
        "aufgaben": 300,
    }
    assert list(after) == ["vpas"]
    assert sum(old != new for old, new in zip(before["vpas"], after["vpas"], strict=True)) == 90
    cases = Counter(kind for kind, _ in other_cases(before, after))
    assert sum(cases.values()) == 90
    assert cases.keys() == {"schedule", "class", "inactive"}


def test_bulk_is_whole(tmp_path: Path) -> None:
    rows = read(write_bulk(tmp_path, vpas=50, changes=5, customers=80, entries=900, tasks=60)[0])
    vpas = {row["vpa_id"] for row in rows["vpas"]} | {""}
    customers = {row["kunden_id"] for row in rows["kunden"]} | {""}
    for name, table in rows.items():
        assert list(table[0]) == CONTRACT[name].split()
        for row in table:
            assert None not in row
            assert row.get("vpa_id", "") in vpas
            assert row.get("kunden_id", "") in customers
            assert all(row[column] for column in REQUIRED[name].split()), row
    assert all(row["von"] <= row["bis"] for row in rows["abwesenheiten"])
    for row in rows["akten"]:
        assert row["art"] in KINDS[row["datei"]].split()
        assert bool(row["kunden_id"]) != bool(row["vpa_id"])


def test_bulk_can_give_every_vpa_a_case(tmp_path: Path) -> None:
    first, second = write_bulk(tmp_path, vpas=300, changes=0, customers=0, entries=0, all_cases=True)
    cases = list(other_cases(read(first), read(second)))
    assert len(cases) == 300
    assert {kind for kind, _ in cases} == {"schedule"}
    assert not (first / "akten.csv").exists()


def test_bulk_is_the_same_for_the_same_seed_and_flat_in_memory(tmp_path: Path) -> None:
    write_bulk(tmp_path / "a", vpas=100, changes=10, customers=10, entries=3_000, seed=1)
    write_bulk(tmp_path / "b", vpas=100, changes=10, customers=10, entries=3_000, seed=1)
    write_bulk(tmp_path / "c", vpas=100, changes=10, customers=10, entries=3_000, seed=2)
    files = [(tmp_path / name / "first" / "akten.csv").read_bytes() for name in "abc"]
    assert files[0] == files[1] != files[2]
    tracemalloc.start()
    write_bulk(tmp_path / "d", vpas=1_000, changes=10, customers=1_000, entries=40_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "d" / "first" / "akten.csv").stat().st_size > 6_000_000
    assert peak < 2_000_000


def test_bulk_refuses_more_changes_than_vpas(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="11 changes"):
        write_bulk(tmp_path, vpas=10, changes=11)


# Story


def test_the_story_fits_the_exports() -> None:
    """Five members, one away, Reminders of each on subjects that exist."""
    members = {member.kuerzel: member for member in story.MEMBERS}
    known = {f"vpa:{row['vpa_id']}" for row in sample()["vpas"]}
    known |= {f"customer:{row['kunden_id']}" for row in sample()["kunden"]}
    assert len(members) == 5
    assert story.ACTING in members
    assert [member.kuerzel for member in story.MEMBERS if member.away] == ["LIA"]
    assert {role for member in story.MEMBERS for role in member.roles} >= {"at", "vpa_manager", "customer_manager"}
    assert {follow.owner for follow in story.FOLLOWS} == set(members)
    for follow in story.FOLLOWS:
        assert follow.subject in known
        assert follow.creator in {*members, ""}
        assert follow.taken_by in {*members, ""}
        assert follow.due >= -follow.set_ago, "nothing may fall due before it is set"
        assert follow.set_ago > 0
    mine = [follow.due for follow in story.FOLLOWS if follow.owner == story.ACTING]
    assert min(mine) < 0 < max(mine)
    assert 0 in mine
    absent = [follow for follow in story.FOLLOWS if follow.owner == "LIA"]
    assert all(follow.set_ago > 3 for follow in absent), "set before she went"
    assert any(follow.due <= 0 and not follow.taken_by for follow in absent)
    assert any(follow.taken_by for follow in absent)
