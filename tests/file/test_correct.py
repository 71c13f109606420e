"""`file correct` (CONTRACT §7, K-04): a new version; nothing is changed, nothing deleted."""

from __future__ import annotations

import pytest
from peewee import PeeweeException

from models.admin.triggers import ENTRY_COLUMNS
from models.tables.entry import Entry
from tests.support import office as lay
from tests.support.world import World


def test_what_is_not_given_is_taken_over(office: World) -> None:
    old = lay.entry(response="Rückruf", next_steps="Angebot", tags=["a", "b"], link="https://x.example", kind="lead")
    new = office.cli("file", "correct", str(old.id), "--situation", "Doch laut", as_="ANB").ok().json
    assert (new["situation"], new["corrects"], new["author"]) == ("Doch laut", old.id, "ANB")
    assert (new["response"], new["next_steps"], new["tags"], new["kind"]) == ("Rückruf", "Angebot", ["a", "b"], "lead")
    assert new["created_at"] == "2025-11-05T14:00:00+01:00"
    shown = office.cli("file", "show", "--customer", "K001").lines
    assert [(entry["id"], entry["situation"]) for entry in shown] == [(1, "Ruhig"), (2, "Doch laut")]


def test_a_blank_option_takes_nothing_away(office: World) -> None:
    lay.entry(response="Rückruf")
    new = office.cli("file", "correct", "1", "--response", " ", "--tag", "").ok().json
    assert (new["response"], new["tags"]) == ("Rückruf", ["Sonstiges"])


def test_the_rules_hold_over_what_is_taken_over(office: World) -> None:
    """D-32, K-06, T-10: an old text that names a class cannot be carried into a new version."""
    lay.entry("vpa_kunde", situation="Sie ist Klasse B", tags=[], kind="lead")
    result = office.cli("file", "correct", "1", "--response", "x")
    assert result.codes == ["kind_missing", "tag_missing", "class_named"]
    office.cli("file", "correct", "1", "--situation", "Sie ist gut", "--tag", "x", "--kind", "other").ok()
    lay.entry("oteam", kind="booking", link=lay.LINK)
    assert office.cli("file", "correct", "3", "--response", "x").codes == ["confirmation_missing"]


def test_a_reminder_may_follow_and_hints_see_the_whole(office: World) -> None:
    """R-07: the next steps that are taken over count too."""
    lay.entry(response="x", next_steps="Angebot")
    assert [h["rule"] for h in office.cli("file", "correct", "1").ok().json["hints"]] == ["R-07"]
    assert "hints" not in office.cli("file", "correct", "1", "--reminder", "2025-11-06").ok().json
    assert office.cli("reminder", "list").lines[0]["about"] == "entry:3"


def test_a_withdrawn_entry_is_not_corrected(office: World) -> None:
    lay.entry(withdrawn_at=lay.moment("2025-11-04T12:00"))
    result = office.cli("file", "correct", "1", "--situation", "x")
    assert (result.exit_code, result.json["error"]["code"]) == (6, "conflict")


def test_only_who_reads_a_file_corrects_in_it(office: World) -> None:
    """A-28: a correction takes over what it cannot see."""
    lay.entry("vpa_akte", "vpa:V001")
    result = office.cli("file", "correct", "1", "--situation", "x", as_="KIM")
    assert [(o["code"], o["rule"]) for o in result.json["error"]["obstacles"]] == [("role_reader", "A-28")]
    office.cli("file", "correct", "1", "--situation", "x", as_="ANB").ok()


GIVEN = dict.fromkeys(("file", "subject", "kind", "situation", "author", "account", "created_at", "origin"), "'x'")
GIVEN |= {"tags": "'[]'", "folded": "'x'"}


@pytest.mark.parametrize(
    "sql",
    [
        *(f"UPDATE entry SET {column} = {column}" for column in ENTRY_COLUMNS),
        "DELETE FROM entry",
        "DELETE FROM entry WHERE id = 1",
        f"INSERT OR REPLACE INTO entry (id, {', '.join(GIVEN)}) VALUES (1, {', '.join(GIVEN.values())})",
        f"REPLACE INTO entry (platform_id, {', '.join(GIVEN)}) VALUES ('E1', {', '.join(GIVEN.values())})",
        "TRUNCATE entry",
    ],
)
def test_no_sql_changes_or_deletes_an_entry(office: World, sql: str) -> None:
    """K-04: triggers, on a connection that knows nothing of the program."""
    lay.entry(platform_id="E1")
    before = lay.content()["entry"]
    with pytest.raises(PeeweeException):
        office.store.db.execute_sql(sql)
    assert lay.content()["entry"] == before


def test_the_two_columns_of_the_program_may_change(office: World) -> None:
    entry = lay.entry()
    Entry.update(withdrawn_at=lay.moment("2025-11-05"), exported="{}").where(Entry.id == entry.id).execute()
    assert office.cli("file", "show", "--customer", "K001").lines == []
