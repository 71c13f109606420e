"""Every text that a rule asks for is kept as evidence: it can be read again by a command afterwards."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.house import House

COMPLETE = [f"{item}=present" for item in ("instruction", "examples", "lists", "access", "guides")]


def case(house: House, kind: str, of: str) -> str:
    return str(house.case(kind, of)["id"])


def flag(house: House, of: str) -> str:
    return next(str(each["id"]) for each in house.rows("journey", "list") if each["vpa"] == of)


def readable(house: House, *subjects: str) -> str:
    """Everything that the history and the objects themselves tell."""
    told = [json.dumps(row, ensure_ascii=False) for row in house.rows("history", as_="VIO")]
    return "\n".join([*told, *(house.run(*subject.split()).ok().stdout for subject in subjects)])


def expect_kept(house: House, shown: str, *args: str, as_: str | None = None) -> None:
    """Run a command; each argument that begins with `Wort` stands in the history or in what is shown."""
    house.run(*args, as_=as_).ok()
    told = readable(house, *([shown] if shown else []))
    lost = [word for word in args if word.startswith("Wort") and word not in told]
    assert lost == []


def test_of_cases(house: House) -> None:
    expect_kept(house, "", "case", "contact", case(house, "absence", "V8"), "--note", "Wort eins")
    number = case(house, "absence", "V7")
    expect_kept(
        house,
        f"case show {number}",
        "case",
        "resolve",
        number,
        "--measure",
        "contacted",
        "--answer",
        "Wort zwei",
        "--care",
        "Wort drei",
        "--note",
        "Wort vier",
    )
    number = case(house, "class", "V3")
    expect_kept(house, f"case show {number}", "case", "resolve", number, "--measure", "checked", "--cause", "Wort fünf")
    number = case(house, "schedule", "V1")
    expect_kept(
        house,
        f"case show {number}",
        "case",
        "resolve",
        number,
        "--measure",
        "agreed",
        "--decision",
        "prio",
        "--agreed-with",
        "VIO",
        "--note",
        "Wort sechs",
    )
    assert "VIO" in house.run("case", "show", number).stdout or "no_prio" not in readable(house)
    house.world.now = "2025-11-06T14:00"
    number = case(house, "inactive", "V4")
    expect_kept(
        house,
        f"case show {number}",
        "case",
        "resolve",
        number,
        "--measure",
        "contacted",
        "--list-checked",
        "--activity-proof",
        "Wort sieben",
        "--customer-report",
        "Wort acht",
    )


def test_of_setting_and_doing_a_reminder(house: House) -> None:
    expect_kept(
        house, "reminder show 1", "reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "Wort eins"
    )
    expect_kept(
        house,
        "reminder show 1",
        "reminder",
        "done",
        "1",
        "--outcome",
        "solved",
        "--log",
        "Wort zwei",
        "--note",
        "Wort drei",
    )


@pytest.mark.parametrize("how", ["postpone", "hand-over", "take"])
def test_of_moving_a_reminder_r05(house: House, how: str) -> None:
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "x")
    more = {"postpone": ("--due", "2025-11-10"), "hand-over": ("--to", "TOM"), "take": ()}[how]
    expect_kept(
        house,
        "reminder show 1",
        "reminder",
        how,
        "1",
        *more,
        "--reason",
        "Wort eins",
        as_="VIO" if how == "take" else None,
    )


def test_of_the_journey(house: House) -> None:
    number = flag(house, "V11")
    expect_kept(
        house,
        f"journey show {number}",
        "journey",
        "remove",
        number,
        "--class-checked",
        "--measures",
        "Wort eins",
        "--agreed-with",
        "VIO",
        "--discussed-on",
        "2025-11-05",
    )
    details = house.do("journey", "show", number)["details"]
    assert "VIO" in str(details)
    assert "2025-11-05" in str(details)


def test_of_tasks(house: House) -> None:
    expect_kept(house, "task show T1", "task", "return", "T1", "--gap", "Wort eins", "--gap", "Wort zwei")
    expect_kept(house, "task show T1", "task", "note", "T1", "--text", "Wort drei")
    expect_kept(house, "", "task", "support", "T1", "--text", "Wort vier")
    expect_kept(
        house,
        "file show --customer K1",
        "task",
        "complain",
        "T1",
        "--reason",
        "Wort fünf",
        "--next-steps",
        "Wort sechs",
    )
    expect_kept(
        house,
        "task show T1",
        "task",
        "book",
        "T1",
        "--addon",
        "shift",
        "--option",
        "Wort sieben",
        "--schedule",
        "Wort acht",
        "--minimum",
        "Wort neun",
        "--notice",
        "Wort zehn",
    )
    expect_kept(
        house,
        "file show --customer K1",
        "task",
        "decline",
        "T4",
        "--text",
        "Wort elf",
        "--why-impossible",
        "Wort zwölf",
    )


def test_of_a_handover(house: House) -> None:
    expect_kept(
        house,
        "handover show 1",
        "handover",
        "open",
        "--customer",
        "K1",
        "--vpa",
        "V1",
        "--reason-kind",
        "need_changed",
        "--reason",
        "Wort eins",
    )
    expect_kept(
        house,
        "handover show 1",
        "handover",
        "question",
        "1",
        "--question",
        "Wort zwei",
        "--answer",
        "Wort drei",
        "--plausible",
        "yes",
    )
    expect_kept(house, "handover show 1", "handover", "talk", "1", "--on", "2025-11-05", "--result", "Wort vier")
    expect_kept(house, "handover show 1", "handover", "measure", "1", "--on", "2025-11-05", "--text", "Wort fünf")
    house.do("handover", "propose", "1", "--successor", "V7", "--effort", "low", "--refund", "no")
    expect_kept(house, "handover show 1", "handover", "reject", "1", "--reason", "Wort sechs", as_="KIM")
    expect_kept(house, "file show --customer K1", "handover", "escalate", "--customer", "K1", "--text", "Wort sieben")
    house.do("handover", "open", "--customer", "K1", "--vpa", "V1", "--reason-kind", "other", "--reason", "x")
    house.do("handover", "question", "3", "--question", "a", "--answer", "b", "--plausible", "yes")
    expect_kept(house, "handover show 3", "handover", "send-back", "3", "--text", "Wort acht")


def test_of_assignments(house: House) -> None:
    expect_kept(
        house, "", "watchlist", "approach", "--customer", "K1", "--deadline", "2025-11-12", "--text", "Wort eins"
    )
    expect_kept(house, "", "customer", "status", "K2", "--to", "prio", "--reason", "Wort zwei")
    expect_kept(
        house,
        "file show --customer K4",
        "assign",
        "--customer",
        "K4",
        "--vpa",
        "V5",
        "--kind",
        "inactive",
        "--text",
        "Wort drei",
        "--despite",
        "gerade inaktiv",
    )


def test_of_despite(house: House) -> None:
    expect_kept(house, "", "task", "note", "T1", "--text", "Der Preis", "--despite", "Wort eins")
    expect_kept(
        house,
        "",
        "assign",
        "--customer",
        "K1",
        "--vpa",
        "V5",
        "--kind",
        "inactive",
        "--text",
        "x",
        "--despite",
        "Wort zwei",
    )
    expect_kept(house, "day show", "day", "close", "--despite", "Wort drei")


def test_the_delegating_vpas_reason_and_the_members_absence(house: House) -> None:
    house.do("member", "away", "ANN", "--reason", "sick", "--from", "2025-11-05", "--until", "2025-11-07", as_="VIO")
    assert "sick" in readable(house)
    house.do("task", "check", "T2", *(word for item in COMPLETE for word in ("--item", item)), "--tags-checked")
    assert house.do("task", "offer", "T2")["state"] == "umfrage"
