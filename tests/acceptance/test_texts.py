"""CONTRACT §7: texts that a VPA can read: D-32 on every route, placeholders (K-23)."""

from __future__ import annotations

from tests.acceptance.house import House

TEXTS_THAT_NAME_A_CLASS = [
    "Klasse A",
    "Klassen: „B“",
    "VPA-Klasse=D",
    "kundenklasse c",
    "Assistentenklasse - N",
    "A-Kunde",
    "B -VPAs",
    "A & B-Kunden",
    "A/B-Assistentinnen",
    "C und D-Klasse",
    "A- und B-Kunden",
    "A, B und C-Kundin",
    "Rising Stars",
    "hochgestuft",
    "Herabstufung",
    "B geworden",
    "Kla\u00adsse A",
    "K\u200blasse A",
    "A\u2011Kunden",
    "runtergestuften",
]


def test_texts_that_name_a_class(house: House) -> None:
    for text in TEXTS_THAT_NAME_A_CLASS:
        found = house.wants("task", "note", "T1", "--text", f"Hallo, {text} übrigens")
        assert found == ["class_named D-32"], text


TEXTS_THAT_NAME_NONE = [
    "Plan B", "Vitamin-C-Präparat", "Anlage A", "Klasse, danke!", "Klassenfahrt", "DIN A4", "Kunde A. Meier",
    "Klasse. A folgt", "Das ist klasse! B kommt",
]  # fmt: skip


def test_texts_that_name_none(house: House) -> None:
    for text in TEXTS_THAT_NAME_NONE:
        house.do("task", "note", "T1", "--text", f"Hallo, {text} übrigens")


PLACEHOLDERS = ["XY", "Hallo ___", "{name}", "[…]", "[...]", "(XY)"]  # fmt: skip


def test_placeholders(house: House) -> None:
    for text in PLACEHOLDERS:
        assert house.wants("task", "message", "T1", "--from", "at", "--text", text) == ["placeholder_left K-23"], text


NO_PLACEHOLDERS = ["XYZ", "xylophon", "[siehe oben]", "a_b", "[1]"]  # fmt: skip


def test_no_placeholders(house: House) -> None:
    for text in NO_PLACEHOLDERS:
        house.do("task", "message", "T1", "--from", "at", "--text", text)


CLASS_NAMED_ON_EVERY_ROUTE_TO_A_VPA = [
    (
        "file",
        "log",
        "--customer",
        "K1",
        "--file",
        "vpa_kunde",
        "--kind",
        "preference",
        "--situation",
        "x",
        "--tag",
        "A-Kunde",
    ),
    (
        "file",
        "log",
        "--customer",
        "K1",
        "--file",
        "vpa_kunde",
        "--kind",
        "preference",
        "--situation",
        "x",
        "--tag",
        "x",
        "--next-steps",
        "Klasse A",
    ),
    ("task", "complain", "T1", "--reason", "A-Kunde", "--next-steps", "x"),
    ("task", "complain", "T1", "--reason", "x", "--next-steps", "B-Kunde"),
    (
        "task",
        "book",
        "T1",
        "--addon",
        "shift",
        "--option",
        "C-Kunde",
        "--schedule",
        "x",
        "--minimum",
        "x",
        "--notice",
        "x",
    ),
    ("task", "return", "T1", "--gap", "x", "--gap", "Rising Stars"),
    ("task", "decline", "T4", "--text", "D-Kunden nicht", "--why-impossible", "x"),
    ("assign", "--customer", "K4", "--vpa", "V7", "--kind", "inactive", "--text", "A-Kunde"),
    ("watchlist", "approach", "--customer", "K1", "--deadline", "2025-11-12", "--text", "A-Kunde"),
    ("reminder", "done", "1", "--outcome", "solved", "--log", "A-Kunde", "--log-file", "vpa_kunde"),
]


def test_class_named_on_every_route_to_a_vpa(house: House) -> None:
    house.do("reminder", "set", "--customer", "K1", "--due", "2025-11-05", "--reason", "x")
    for args in CLASS_NAMED_ON_EVERY_ROUTE_TO_A_VPA:
        assert house.wants(*args) == ["class_named D-32"], args


def test_internal_texts_may_name_a_class(house: House) -> None:
    house.do(
        "file", "log", "--customer", "K1", "--file", "oteam", "--kind", "lead", "--situation", "A-Kunde", "--tag", "x"
    )
    house.do("task", "support", "T1", "--text", "Ein B-Kunde, der wächst")
    house.do("customer", "status", "K2", "--to", "prio", "--reason", "Ist jetzt A-Kunde")
    house.do("handover", "escalate", "--customer", "K1", "--text", "Ein A-Kunde")
