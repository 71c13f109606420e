"""`file log` (CONTRACT §7): every obstacle, what follows an entry, hints that never stop."""

from __future__ import annotations

from typing import Any

import pytest

from models.tables.entry import Entry
from models.tables.history import History
from models.tables.people import Member
from models.tables.reminder import Reminder
from tests.support import office as lay
from tests.support.program import Result
from tests.support.world import World

SHAPE = [
    "id", "file", "subject", "kind", "situation", "link", "response", "next_steps", "tags", "author", "account",
    "created_at", "corrects", "withdrawn_at", "origin",
]  # fmt: skip
KINDS = {
    "oteam": "lead assignment_info status_change vpa_change it_problem personal_talk chat_info complaint "
    "package_extension special_agreement booking task_declined other",
    "vpa_kunde": "assignment contact_person preference running_task access_hint agreement peculiarity other",
    "vpa_akte": "contact absence class inactivity schedule journey delegation other",
}


def log(world: World, file: str = "oteam", **options: str | list[str] | None) -> Result:
    """Log an entry that lacks nothing but what is said."""
    given: dict[str, str | list[str] | None] = {
        "kind": "other",
        "situation": "Kunde ruft an",
        "tag": "Anruf",
        **options,
    }
    where = ["--vpa", "V001"] if file == "vpa_akte" else ["--customer", "K001", "--file", file]
    more = []
    for name, value in given.items():
        for one in value if isinstance(value, list) else [value]:
            more += [f"--{name.replace('_', '-')}", one] if one is not None else []
    return world.cli("file", "log", *where, *more)


def test_an_entry_has_the_contracts_shape(office: World) -> None:
    """K-01, K-10: three fields, a link, tags, author and account."""
    parts: dict[str, Any] = {
        "response": "Rückruf",
        "next_steps": "Angebot",
        "link": " https://x.example/1 ",
        "tag": ["a", "b"],
    }
    entry = log(office, **parts).ok().json
    assert [name for name in entry if name != "hints"] == SHAPE
    assert {name: entry[name] for name in SHAPE if name not in ("id", "account")} == {
        "file": "oteam", "subject": "customer:K001", "kind": "other", "situation": "Kunde ruft an",
        "link": "https://x.example/1", "response": "Rückruf", "next_steps": "Angebot", "tags": ["a", "b"],
        "author": "TOM", "created_at": "2025-11-05T14:00:00+01:00", "corrects": None, "withdrawn_at": None,
        "origin": "at",
    }  # fmt: skip
    assert entry["account"]
    shown = office.cli("file", "show", "--customer", "K001").ok().lines
    assert shown == [{name: entry[name] for name in SHAPE}]


@pytest.mark.parametrize("file", KINDS)
def test_each_file_takes_its_own_kinds_and_no_other(office: World, file: str) -> None:
    """K-06."""
    lay.confirmation()
    every = {kind for kinds in KINDS.values() for kind in kinds.split()} | {"", "Lead", "unsinn", " "}
    for kind in sorted(every):
        result = log(office, file, kind=kind, link=lay.LINK)
        assert result.codes == ([] if kind in KINDS[file].split() else ["kind_missing"]), kind
    assert Entry.select().count() == len(KINDS[file].split())


def test_everything_missing_is_listed_at_once_in_the_contracts_order(office: World) -> None:
    """K-06, K-10, K-09, D-32, K-23; before them what the Reminder's table says (R-01, R-05)."""
    Member.update(left_on=lay.moment("2025-11-01").date()).where(Member.kuerzel == "KIM").execute()
    result = log(
        office, "vpa_kunde", kind=None, situation=None, tag=None, response="Klasse B", next_steps="XY anrufen",
        reminder="2025-11-04", urgent_to="KIM",
    )  # fmt: skip
    found = [(o["code"], o["rule"]) for o in result.json["error"]["obstacles"]]
    assert found == [
        ("due_past", "R-01"), ("receiver_away", "R-05"), ("kind_missing", "K-06"), ("situation_missing", "K-10"),
        ("tag_missing", "K-09"), ("class_named", "D-32"), ("placeholder_left", "K-23"),
    ]  # fmt: skip
    assert (Entry.select().count(), Reminder.select().count()) == (0, 0)


def test_a_booking_needs_the_confirmation_in_the_chat(office: World) -> None:
    """T-10: a link to a task of this customer that has a message of ours tagged as description."""
    lay.customer("K002", "Andere")
    lay.task("T2", customer="K002", link="https://x.example/2")
    lay.confirmation("N0", "kunde")
    lay.confirmation("N2", tags=("buchung",))
    for link in (None, "https://x.example/9", lay.LINK):
        assert log(office, kind="booking", link=link).codes == ["confirmation_missing"]
    lay.confirmation("N3", tags=("buchung", "aufgabenbeschreibung"))
    assert log(office, kind="booking", link="https://x.example/2").codes == ["confirmation_missing"]
    log(office, kind="booking", link=lay.LINK).ok()


@pytest.mark.parametrize("field", ["situation", "response", "next_steps", "tag", "link"])
def test_no_field_of_the_green_file_names_a_class(office: World, field: str) -> None:
    """D-32, A-27: every field is read by VPAs; the black file and the VPA-Akte may."""
    text = "https://x.example/Klasse-B" if field == "link" else "Sie ist Klasse\u200b B"
    result = log(office, "vpa_kunde", **{field: text})
    assert result.codes == ["class_named"]
    for file in ("oteam", "vpa_akte"):
        log(office, file, **{field: text}).ok()


def test_a_blocked_attempt_leaves_one_row_without_the_text(office: World) -> None:
    """D-32: evidence of the attempt, never of the words; a dry run leaves none."""
    before = History.select().count()
    assert log(office, "vpa_kunde", situation="Geheimnis: Klasse B", kind=None).exit_code == 3
    rows = list(History.select().where(History.id > before))
    assert [(row.action, row.member, row.route, row.subject) for row in rows] == [("file.log", "TOM", "refused", None)]
    shown = office.cli("history").lines[-1]
    assert (shown["before"], shown["after"]["refused"]) == (None, ["class_named", "kind_missing"])
    raw = office.store.db.execute_sql(f"SELECT * FROM history WHERE id = {rows[0].id}").fetchone()
    assert "Geheimnis" not in repr(raw)
    assert "Klasse B" not in repr(raw)
    assert log(office, "vpa_kunde", situation=None).exit_code == 3
    assert History.select().count() == before + 1
    assert office.cli("undo").exit_code == 6
    office.cli("history", "verify").ok()


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Sprich mit XY", True),
        ("Link: ___", True),
        ("{name}", True),
        ("[…]", True),
        ("XYZ AG", False),
        ("[siehe oben]", False),
    ],
)
def test_no_placeholder_stays_in_the_green_file(office: World, text: str, refused: bool) -> None:
    """K-23; in the black file it may."""
    assert log(office, "vpa_kunde", situation=text).codes == (["placeholder_left"] if refused else [])
    assert log(office, "oteam", situation=text).codes == []


def test_what_sounds_like_a_class_or_a_placeholder_passes_with_a_reason(office: World) -> None:
    """D-32, K-23: a warning quotes what was found; undo and redo go by the reason that was given."""
    doubtful = "Führerschein Klasse B nötig, Infos unter LINK"
    refused = log(office, "vpa_kunde", situation=doubtful)
    assert refused.codes == ["class_hinted", "placeholder_suspected"]
    assert [obstacle["weight"] for obstacle in refused.json["error"]["obstacles"]] == ["warn", "warn"]
    assert "„Klasse B“" in refused.json["error"]["message"]
    assert "„LINK“" in refused.json["error"]["message"]
    log(office, "oteam", situation=doubtful).ok()
    log(office, "vpa_kunde", situation=doubtful, despite="ist der Führerschein").ok()
    office.cli("undo").ok()
    office.cli("redo").ok()
    assert log(office, "vpa_kunde", situation=f"{doubtful}; er ist Klasse C", despite="x").codes == [
        "class_named", "placeholder_suspected",
    ]  # fmt: skip
    export = office.cli("file", "export", "K001")
    assert (export.exit_code, export.codes) == (3, ["class_hinted"])
    office.cli("file", "export", "K001", "--despite", "Führerschein").ok()


def test_next_steps_get_their_reminder(office: World) -> None:
    """R-07, K-12: about the entry, for who wrote it, with the next steps as its reason."""
    entry = log(office, next_steps="Angebot schicken", reminder="2025-11-06").ok().json
    (reminder,) = office.cli("reminder", "list").lines
    assert (reminder["about"], reminder["subject"], reminder["owner"]) == (
        f"entry:{entry['id']}",
        "customer:K001",
        "TOM",
    )
    assert (reminder["due"], reminder["reason"]) == ("2025-11-06T00:00:00+01:00", "Angebot schicken")


def test_urgent_goes_to_a_colleague_now(office: World) -> None:
    """R-08."""
    log(office, urgent_to="kim").ok()
    (reminder,) = office.cli("reminder", "list", "--due").lines
    assert (reminder["owner"], reminder["due"], reminder["created_by"]) == ("KIM", "2025-11-05T14:00:00+01:00", "TOM")
    assert reminder["accepted_at"] is None


def test_a_reminder_tells_nobody_what_the_vpa_akte_says(office: World) -> None:
    """A-28: everybody reads Reminders."""
    log(
        office, "vpa_akte", situation="Geheimes", next_steps="Noch geheimer", reminder="2025-11-06", urgent_to="SAL"
    ).ok()
    for line in office.cli("reminder", "list", as_="SAL").lines:
        assert "eheim" not in str(line)
        assert "VPA-Akte" in line["reason"]


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ({}, ["K-10"]),
        ({"response": "x", "next_steps": "y"}, ["R-07"]),
        ({"response": "x", "next_steps": "y", "reminder": "2025-11-06"}, []),
        ({"response": "x", "next_steps": "y", "urgent_to": "KIM"}, []),
        ({"response": "x", "next_steps": "y", "reminder": "2025-11-06", "tag": "Dringend"}, ["R-08"]),
        ({"response": "x", "next_steps": "y", "reminder": "2025-11-05", "tag": "dringend"}, []),
        ({"response": "x", "next_steps": "y" * 587, "reminder": "2025-11-06"}, ["K-10"]),
        ({"response": "x", "next_steps": "y" * 586, "reminder": "2025-11-06"}, []),
    ],
)
def test_hints_never_stop(office: World, options: dict[str, str], rules: list[str]) -> None:
    """K-10 over 600 characters or with a part missing, R-07, R-08."""
    result = log(office, **options).ok()
    assert [hint["rule"] for hint in result.json.get("hints", [])] == rules


def test_exactly_one_subject_and_its_file(office: World) -> None:
    entry = ["--kind", "other", "--situation", "x", "--tag", "y"]
    for where in (
        [],
        ["--customer", "K001", "--vpa", "V001"],
        ["--customer", "K001"],
        ["--vpa", "V001", "--file", "vpa_kunde"],
    ):
        assert office.cli("file", "log", *where, *entry).exit_code == 2, where
    office.cli("file", "log", "--vpa", "V001", "--file", "vpa_akte", *entry).ok()


def test_an_entry_without_kuerzel_is_not_saved(office: World) -> None:
    """K-11, R-02."""
    office.me = None
    assert log(office, kind=None).codes == ["kuerzel_missing"]


def test_every_member_may_write_what_they_may_not_read(office: World) -> None:
    """K-03 to K-05: where no role code stands, every member may act."""
    office.me = "BUD"
    log(office, "vpa_akte").ok()
    assert office.cli("file", "show", "--vpa", "V001").codes == ["role_reader"]
