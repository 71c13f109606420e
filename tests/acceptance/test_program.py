"""CONTRACT §§1, 2: exit codes, text and JSON, members and settings, German words, what leaves the program."""

from __future__ import annotations

import sqlite3

import pytest

from tests.acceptance.house import House


@pytest.mark.parametrize(
    "args",
    [
        ("quatsch",),
        ("case", "quatsch"),
        ("case", "list", "--quatsch"),
        ("case", "list", "--kind", "quatsch"),
        ("case", "list", "--state", "quatsch"),
        ("case", "show"),
        ("case", "resolve"),
        ("task", "list", "--limit", "x"),
        ("day", "show", "--date", "2025-02-30"),
        ("reminder", "set", "--vpa", "V1", "--due", "morgen früh", "--reason", "x"),
        ("file", "show"),
        ("assign",),
        ("journey", "remove", "1", "--onboarding-call", "gestern irgendwann"),
        ("handover", "open"),
        ("member", "away", "ANN", "--reason", "sick"),
        ("import",),
        ("reminder", "postpone", "1", "--due", "2025-13-01", "--reason", "x"),
    ],
)
def test_wrong_usage(house: House, args: tuple[str, ...]) -> None:
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-07", "--reason", "x")
    result = house.run(*args, as_="VIO" if args[0] == "member" else None)
    assert result.exit_code == 2
    error = result.json["error"]
    assert set(error) == {"code", "message", "obstacles", "problems"}
    assert (error["code"], error["obstacles"], error["problems"]) == ("usage", [], [])


def test_a_single_failure_has_error_alone(house: House) -> None:
    single = (
        ("reminder", "done", "99"), ("reminder", "take", "99"), ("journey", "inform", "99"), ("task", "offer", "T99"),
        ("case", "contact", "99"), ("handover", "approve", "9"), ("assign", "--customer", "K4", "--vpa", "V7"),
        ("task", "offer", "T1"), ("case", "show", "99"),
    )  # fmt: skip
    assert {args: set(house.run(*args).json) for args in single} == {args: {"error"} for args in single}


def test_without_json_errors_go_to_standard_error_in_german(house: House) -> None:
    for args in (("case", "show", "999"), ("case", "resolve", "1"), ("quatsch",), ("task", "offer", "T1")):
        result = house.run(*args, json=False)
        assert result.stdout == "", args
        assert result.stderr.strip(), args
        assert not {"error", "invalid", "missing", "no such"} & set(result.stderr.casefold().split()), result.stderr
    assert "Gesperrt" in house.run("case", "resolve", "1", json=False).stderr
    assert "Traceback" not in house.run("case", "resolve", "1", json=False).stderr


def test_text_answers_are_german(house: House) -> None:
    shown = house.run("case", "list", json=False).ok()
    assert "Klasse geändert" in shown.stdout
    assert shown.stderr == ""
    for words in ("findings", "opened_at", "priority_to_agree", "schedule", "None", "True"):
        assert words not in shown.stdout, words
    assert "05.11.2025" in house.run("case", "show", "1", json=False).ok().stdout


def test_kuerzel_missing_stands_alone_on_every_write(house: House) -> None:
    house.world.me = None
    for args in (
        ("case", "resolve", "1"), ("reminder", "set"), ("journey", "remove", "1"), ("file", "log", "--vpa", "V1"),
        ("task", "offer", "T1"), ("task", "book", "T1", "--addon", "shift"), ("handover", "propose", "1"),
        ("assign", "--customer", "K4", "--vpa", "V7"), ("watchlist", "approach", "--customer", "K1"), ("day", "close"),
        ("customer", "status", "K1", "--to", "prio"), ("undo",), ("redo",), ("setting", "set", "long_days", "20"),
        ("member", "add", "NEU", "Neu"), ("handover", "escalate", "--customer", "K1"),
    ):  # fmt: skip
        assert house.wants(*args) == ["kuerzel_missing R-02"], args
    assert house.wants(
        "import", str(house.export({"kunden": [{"kunden_id": "K1", "name": "x", "status": "aktiv"}]}))
    ) == ["kuerzel_missing R-02"]


def test_an_unknown_member_is_not_found(house: House) -> None:
    assert house.fails("case", "list", as_="XXX") == (2, "not_found")


def test_members_are_the_managers_business(house: House) -> None:
    assert [c.split()[0] for c in house.wants("member", "add", "NEU", "Neu")] == ["role_manager"]
    assert [c.split()[0] for c in house.wants("setting", "set", "long_days", "20")] == ["role_manager"]
    house.do("member", "add", "NEU", "Neu", as_="KIM")
    assert house.fails("member", "add", "neu", "Nochmal", as_="KIM")[0] == 6
    assert house.fails("member", "add", "NOCH", "Eins", "--role", "chef", as_="KIM")[0] == 2
    listed = {each["kuerzel"] for each in house.rows("member", "list")}
    assert {"ANN", "NEU", "VIO"} <= listed


def test_setting_changes_the_judgement_of_the_next_import(house: House) -> None:
    before = house.do("setting", "get", "long_days")
    assert str(before.get("value", before)).endswith("21") or before["value"] == 21
    house.do("setting", "set", "long_days", "30", as_="VIO")
    from tests.acceptance.house import absences

    house.take("2025-11-06T09:00", abwesenheiten=absences())
    assert house.case("absence", "V7")["findings"] == []


def test_control_characters_of_an_export_never_leave(house: House) -> None:
    bad = "B\x1b[31mö\u202es\u200be"
    house.take("2025-11-06T09:00", kunden=[{"kunden_id": "K7", "name": bad, "status": "aktiv"}])
    for json in (True, False):
        for args in (("customer", "show", "K7"), ("customer", "list"), ("search", "b"), ("history",)):
            out = house.run(*args, json=json).ok().stdout
            assert not set(out) & set("\x1b\u202e\u200b"), (args, json)
    house.do("reminder", "set", "--customer", "K7", "--due", "2025-11-07", "--reason", "a\x1b]0;x\x07b\tc\nd")
    assert house.do("reminder", "show", "1")["reason"] == "a]0;xb\tc\nd"


def test_help_of_commands(house: House) -> None:
    assert house.run("case", "--help").exit_code == 0
    assert house.run("case", "resolve", "--help").exit_code == 0
    assert house.run("quatsch", "--help").exit_code == 2


def test_now_in_the_doubled_and_the_missing_hour(house: House) -> None:
    assert house.do("check", now="2026-10-25T02:30")["now"] == "2026-10-25T02:30:00+02:00"
    assert house.fails("check", now="2026-03-29T02:30") == (2, "usage")
    assert house.do("check", now="2026-01-05T10:00:00Z")["now"] == "2026-01-05T11:00:00+01:00"


def test_global_options_may_stand_after_the_command(house: House) -> None:
    from tests.support.program import in_process

    result = in_process(["case", "list", "--json", "--db", house.world.url, "--as", "ANN", "--now", "2025-11-05T14:00"])
    house.world._take_back()
    assert len(result.ok().lines) == 10


def test_backup_and_restore_into_another(house: House) -> None:
    path = house.folder / "sicherung.db"
    house.run("backup", str(path)).ok()
    assert house.fails("restore", str(path), as_="VIO") == (3, "refused")
    before = house.dump()
    house.do("customer", "status", "K1", "--to", "prio", "--reason", "x")
    house.run("restore", str(path), "--replace", as_="VIO").ok()
    assert {k: v for k, v in house.dump().items() if k in ("customer", "case", "reminder", "entry", "flag")} == {
        k: v for k, v in before.items() if k in ("customer", "case", "reminder", "entry", "flag")
    }


def test_a_backup_opens_in_the_sqlite_of_the_machine(house: House) -> None:
    path = house.folder / "sicherung.db"
    house.run("backup", str(path)).ok()
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        connection.close()


def test_as_a_process_of_its_own(house: House) -> None:
    world = house.world
    shown = world.run_process("case", "show", "1")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.json == house.do("case", "show", "1")
    refused = world.run_process("case", "resolve", "1", json=False)
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert "Gesperrt" in refused.stderr
    unusable = world.run_process("--db", str(house.folder / "fehlt.db"), "case", "list")
    assert (unusable.exit_code, unusable.json["error"]["code"]) == (5, "database")


NOT_FOUND = [
    ("case", "show", "999"), ("reminder", "show", "999"), ("journey", "show", "999"), ("task", "show", "T99"),
    ("handover", "show", "9"), ("vpa", "show", "V99"), ("customer", "show", "K99"), ("file", "show", "--vpa", "V99"),
    ("file", "correct", "99", "--situation", "x"), ("case", "resolve", "99"), ("reminder", "done", "99"),
    ("task", "offer", "T99"), ("setting", "get", "quatsch"), ("case", "list", "--vpa", "V99"),
    ("reminder", "set", "--about", "case:999", "--due", "2025-11-07", "--reason", "x"),
    ("reminder", "set", "--vpa", "V1", "--due", "2025-11-07", "--reason", "x", "--for", "XXX"),
    ("file", "log", "--vpa", "V1", "--kind", "contact", "--situation", "x", "--tag", "x", "--urgent-to", "XXX"),
    ("template", "fill", "quatsch", "--for", "customer:K1"), ("task", "tag", "M99", "--tag", "ergebnis"),
]  # fmt: skip


def test_not_found(house: House) -> None:
    for args in NOT_FOUND:
        result = house.run(*args)
        assert result.exit_code == 2, args
        assert result.json["error"]["code"] == "not_found"


EVERY_LIST_HAS_A_TEXT_FORM = [
    ("reminder", "list"),
    ("journey", "list"),
    ("task", "list"),
    ("task", "show", "T1"),
    ("file", "show", "--customer", "K1"),
    ("check",),
    ("day", "show"),
    ("vpa", "show", "V1"),
    ("customer", "show", "K1"),
    ("watchlist",),
    ("template", "list"),
    ("member", "list"),
    ("setting", "list"),
    ("history",),
    ("handover", "list"),
    ("search", "mira"),
    ("doctor",),
]


def test_every_list_has_a_text_form(house: House) -> None:
    for args in EVERY_LIST_HAS_A_TEXT_FORM:
        shown = house.run(*args, json=False).ok()
        assert shown.stdout.strip()
        assert "None" not in shown.stdout
        assert '{"' not in shown.stdout
