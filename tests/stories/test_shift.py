"""The main job of issue 2: a shift worked off by keys alone, on a file and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from tests.stories.desk import Desk

CASES = (
    ("Zwingli", {"Ergebnis": "rem"}, "reminder"),
    ("Schaffrath", {"Ergebnis": "vpa", "Antwort des VPA": "Lange geplant."}, "contacted"),
    ("Rahimi", {"Ergebnis": "gep"}, "checked"),
    ("Müller-Voß", {"Ergebnis": "gep", "Entscheidung zur Prio": "nicht", "Notiz": "Hat genug Kunden."}, "checked"),
    ("Nießen", {"Ergebnis": "vpa", "Antwort des VPA": "Ist erst ab Januar wieder frei."}, "contacted"),
    ("Thomsen", {"Ergebnis": "gel"}, "praised"),
    ("Kühnel", {"Ergebnis": "gep"}, "checked"),
    ("Übelhör", {"Ergebnis": "gep", "Ursache": "Zwei späte Abgaben im Oktober."}, "checked"),
    ("Tiedemann", {"Ergebnis": "gep"}, "checked"),
    ("Lange-Priebe", {"Ergebnis": "vpa", "Antwort des VPA": "Übergeben.", "Kundenbetreuung": "Zoë."}, "contacted"),
)  # fmt: skip
"""Ten Cases of all four kinds: name, what is typed into which field, the measure afterwards."""


def the_shift(desk: Desk, cases: int) -> None:
    """The first of the Cases, three Reminders, two flags, two entries, one undone, the day sealed."""
    before = desk.ask("check")
    for name, fields, _ in CASES[:cases]:
        desk.find(name)
        desk.open_form("e", "Case erledigen")
        for label, text in fields.items():
            desk.fill(**{label: text})
        assert "u macht es rückgängig" in desk.save(f"Case erledigt: {name}")
        desk.all_rows()
    for name, fields in (
        ("Kühnel", {"Ergebnis": "gel"}),
        ("Uhlig", {"Ergebnis": "gel", "Akte": "o", "Akteneintrag": "Wird aufgestockt.", "Art des Eintrags": "pers"}),
        ("Elektro", {"Ergebnis": "gel", "Akte": "o", "Akteneintrag": "Es passt.", "Art des Eintrags": "besch"}),
    ):  # fmt: skip
        desk.tab(2)
        desk.find(name)
        desk.open_form("e", "Reminder entfernen")
        for label, text in fields.items():
            desk.fill(**{label: text})
        desk.save("Reminder entfernt")
        desk.all_rows()
    for name, fields in (
        ("Möllers", {"Klasse geprüft": " "}),
        ("Teichgräber", {"Check-in Call am": "mo 14:00"}),
    ):
        desk.tab(3)
        desk.find(name)
        desk.open_form("e", "Neu-Flag entfernen")
        for label, text in fields.items():
            desk.fill(**{label: text})
        desk.save("Neu-Flag entfernt")
        desk.all_rows()
    desk.tab(4)
    desk.find("Bäckerei Uhlig")
    desk.open_form("a", "Bäckerei Uhlig")
    desk.fill(Akte="o", Art="pers", Situation="Frau Uhlig möchte mittwochs früher anrufen.")
    desk.save("Akteneintrag geschrieben")
    desk.all_rows()
    desk.tab(1)
    desk.find("Hölzl")
    desk.open_form("a", "Hölzl")
    desk.fill(Situation="Übergabe liegt bei Buddy.")
    desk.save("Akteneintrag geschrieben")
    desk.press("u")
    desk.told("Rückgängig")
    desk.all_rows()
    what_is_in_the_database(desk, before, cases)
    desk.open_form("d", "Tag abschließen")
    desk.fill(Begründung="Rest macht die Frühschicht.")
    desk.save("Tag abgeschlossen")
    day = desk.ask("day", "show")
    assert day["sealed_by"] == "ANN"
    assert day["leftovers"]
    desk.cli("history", "verify").ok()


def what_is_in_the_database(desk: Desk, before: dict[str, int], cases: int) -> None:
    """The command line agrees with what was done by keys."""
    resolved = desk.cli("case", "list", "--state", "resolved").ok().lines
    found = {case["vpa_name"].split(",")[0]: case["measure"] for case in resolved}
    assert found == {name: measure for name, _, measure in CASES[:cases]}
    assert {case["kind"] for case in resolved} == {"schedule", "absence", "class", "inactive"}
    assert {case["resolved_by"] for case in resolved} == {"ANN"}
    done = desk.cli("reminder", "list", "--state", "done").ok().lines
    assert {row["subject"] for row in done} == {"vpa:V0012", "customer:K0001", "customer:K0101"}
    assert all(row["outcome"] == "solved" and row["entry"] for row in done)
    removed = desk.cli("journey", "list", "--state", "removed").ok().lines
    mine = {flag["vpa_name"].split(",")[0] for flag in removed if flag["removed_by"] == "ANN"}
    assert mine == {"Möllers", "Teichgräber"}
    said = [entry["situation"] for entry in desk.cli("file", "search", "mittwochs", "früher").ok().lines]
    assert "Frau Uhlig möchte mittwochs früher anrufen." in said
    assert desk.cli("file", "search", "Übergabe", "Buddy", "liegt").ok().lines == []  # undone
    after = desk.ask("check")
    assert after["open_cases"] == before["open_cases"] - cases
    assert after["new_flags"] == before["new_flags"] - 2
    assert after["own_due"] == before["own_due"] - 3


def test_a_shift_on_one_file(stage: Path) -> None:
    """Issue 2, „Done when“."""
    with Desk(stage) as desk:
        the_shift(desk, len(CASES))
        desk.quit()


def test_the_same_shift_on_postgresql(postgres_stage: str) -> None:
    """Issue 2, „Done when“, on a real server: with the first six Cases, which are of all four kinds."""
    with Desk(postgres_stage) as desk:
        the_shift(desk, 6)
        desk.quit()
