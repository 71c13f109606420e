"""CONTRACT §8 by exports and commands: every gate of the Aufgaben."""

from __future__ import annotations

from tests.acceptance.house import (
    LINK,
    TASKS,
    House,
    changed,
    message,
    task,
    vpas,
)  # fmt: skip

COMPLETE = ("--item", "instruction=present", "--item", "examples=not_needed", "--item", "lists=present",
            "--item", "access=present", "--item", "guides=not_needed", "--tags-checked")  # fmt: skip
THURSDAY = "2025-11-06T09:00"


# §8


def test_offer_with_everything_missing_in_order(house: House) -> None:
    assert house.wants("task", "offer", "T1") == [
        "comment_missing F-10", "customer_not_informed F-05", "deadline_not_offered F-07", "information_missing F-03",
        "tags_unchecked T-06",
    ]  # fmt: skip
    assert [o["weight"] for o in house.run("task", "offer", "T1").json["error"]["obstacles"]] == [
        "stop", "stop", "warn", "stop", "stop",
    ]  # fmt: skip
    assert house.wants("task", "offer", "T2") == ["information_missing F-03", "tags_unchecked T-06"]
    found = [code.split()[0] for code in house.wants("task", "offer", "T3")]
    assert found == ["not_forwarded", "information_missing", "tags_unchecked"]
    assert [code.split()[0] for code in house.wants("task", "assign", "T1", "--vpa", "V7")] == [
        "comment_missing", "customer_not_informed", "deadline_not_offered", "information_missing", "tags_unchecked",
    ]  # fmt: skip


def test_offer_from_export_to_umfrage(house: House) -> None:
    house.do("task", "check", "T1", *COMPLETE)
    house.take(
        THURSDAY,
        aufgaben=changed(TASKS, T1={"delegations_kommentar": "Keine Zeit im November"}),
        nachrichten=[
            message("M7", "T1", "2025-11-06T08:00", "vpa", "Das Team sucht", "weiterleitung"),
            message("M8", "T1", "2025-11-06T08:05", "at", "Später möglich?", "deadline"),
        ],
    )
    assert house.do("task", "show", "T1")["checklist"]["instruction"] == "present"
    assert house.do("task", "offer", "T1")["state"] == "umfrage"
    assert house.fails("task", "offer", "T1") == (6, "already_done")
    house.do("undo")
    assert house.do("task", "show", "T1")["state"] == "forwarded"
    house.do("redo")
    assert house.do("task", "show", "T1")["state"] == "umfrage"


def test_f05_wants_the_message_of_that_vpa(house: House) -> None:
    house.do("task", "check", "T1", *COMPLETE)
    house.take(
        THURSDAY,
        aufgaben=changed(TASKS, T1={"delegations_kommentar": "Keine Zeit", "delegations_grund": "kompetenz"}),
        nachrichten=[message("M7", "T1", "2025-11-06T08:00", "at", "Wir suchen", "weiterleitung")],
    )
    assert house.wants("task", "offer", "T1") == ["customer_not_informed F-05"]


def test_return_counts_per_vpa(house: House) -> None:
    assert house.wants("task", "return", "T1") == ["gap_missing F-03"]
    house.do("task", "return", "T1", "--gap", "Logo", "--gap", "Frist")
    assert house.do("task", "show", "T1")["state"] == "offen"
    assert house.do("vpa", "show", "V1")["returns"] == 1
    house.do("task", "return", "T2", "--gap", "Text", as_="TOM")
    assert house.do("vpa", "show", "V1")["returns"] == 2
    house.do("undo")
    assert house.do("vpa", "show", "V1")["returns"] == 1
    assert house.wants("task", "return", "T1", "--gap", "Er ist A-Kunde") == ["class_named D-32"]


def test_assign_keeps_the_customers_vpa(house: House) -> None:
    house.take(THURSDAY, aufgaben=[task("T9", "K1", "Layout", delegiert_von="V1", delegations_grund="kompetenz",
                                        delegations_kommentar="Kann kein Layout")],
               nachrichten=[message("M7", "T9", "2025-11-06T08:00", "vpa", "Team sucht", "weiterleitung")])  # fmt: skip
    house.do("task", "check", "T9", *COMPLETE)
    assert house.do("task", "assign", "T9", "--vpa", "V7")["vpa"] == "V7"
    assert house.do("customer", "show", "K1")["vpa"] == "V1"
    assert "Kann kein Layout" in house.run("vpa", "show", "V1").stdout
    assert house.fails("task", "assign", "T9", "--vpa", "V99") == (2, "not_found")


def test_checklist(house: House) -> None:
    assert house.wants("task", "check", "T1", "--item", "instruction=not_needed") == ["instruction_missing T-05"]
    assert house.fails("task", "check", "T1", "--item", "quatsch=present")[0] == 2
    shown = house.do("task", "check", "T1", *COMPLETE[:-1])
    assert shown["tags_checked"] is False
    assert shown["checklist"]["guides"] == "not_needed"


def test_messages_and_tags(house: House) -> None:
    assert house.wants("task", "message", "T2", "--from", "at", "--text", "Hallo") == ["tag_missing T-07"]
    house.do("task", "message", "T1", "--from", "at", "--text", "Hallo")  # not a Neukunde
    house.do("task", "message", "T2", "--from", "kunde", "--text", "Ich bin A-Kunde ___")
    both = house.wants("task", "message", "T2", "--from", "at", "--text", "A-Kunde XY")
    assert both == ["tag_missing T-07", "class_named D-32", "placeholder_left K-23"]
    made = house.rows("task", "messages", "T1")[0]
    assert made["from"] == "at"
    assert made["id"] not in {"M1", "M2", "M3"}
    assert house.wants("task", "tag", made["id"]) == ["tag_missing T-08"]
    assert house.wants("task", "tag", made["id"], "--tag", "quatsch") == ["tag_missing T-08"]
    house.do("task", "tag", made["id"], "--tag", "ergebnis")
    assert house.rows("task", "messages", "T1")[0]["tags"] == ["ergebnis"]


def test_local_tags_stay_over_the_same_export(house: House) -> None:
    house.do("task", "tag", "M1", "--tag", "sonstiges")
    house.take(THURSDAY, nachrichten=[message("M1", "T4", "2025-10-27T10:00", "at", "Welcher Bahnhof?", "rueckfrage")],
               vpas=vpas())  # fmt: skip
    assert house.rows("task", "messages", "T4")[0]["tags"] == ["sonstiges"]


def test_note_warns_of_contract_words(house: House) -> None:
    assert house.wants("task", "note", "T1", "--text", "Der Preis ist zu hoch") == ["contract_content T-21"]
    shown = house.do("task", "note", "T1", "--text", "Der Preis ist zu hoch", "--despite", "Nur intern wichtig")
    assert len(shown["notes"]) == 1


def test_decline_obstacles_in_order(house: House) -> None:
    assert house.wants("task", "decline", "T3") == [
        "text_missing T-14", "reason_missing T-14", "question_missing T-14", "release_missing T-15",
    ]  # fmt: skip
    house.take(THURSDAY, aufgaben=[task("T8", "K1", "Ohne Link", "offen", link="")])
    assert house.wants("task", "decline", "T8", "--text", "Geht nicht", "--why-impossible", "x") == [
        "question_missing T-14", "release_missing T-15", "link_missing T-16",
    ]  # fmt: skip


def test_decline_at_ten_hours_from_the_exports_chat(house: House) -> None:
    decline = ("task", "decline", "T4", "--text", "Leider können wir nicht buchen.", "--why-impossible", "Kein Bahnhof")
    assert house.wants(*decline, now="2025-11-03T14:00") == ["reminders_missing T-14"]
    shown = house.do(*decline, now="2025-11-04T09:00")
    assert shown["state"] == "abgelehnt"
    last = house.rows("task", "messages", "T4")[-1]
    assert (last["text"], last["from"]) == ("Leider können wir nicht buchen.", "at")
    written = house.rows("file", "show", "--customer", "K1")[-1]
    assert (written["file"], written["kind"]) == ("oteam", "task_declined")
    assert written["link"].endswith("/T4")
    assert "Kein Bahnhof" in str(written)
    assert house.fails(*decline) == (6, "already_done")
    house.do("undo")
    assert house.do("task", "show", "T4")["state"] == "offen"
    assert len(house.rows("task", "messages", "T4")) == 3
    assert house.rows("file", "show", "--customer", "K1")[-1]["kind"] != "task_declined"


def test_a_customers_message_stops_the_decline(house: House) -> None:
    house.do("task", "message", "T4", "--from", "kunde", "--text", "Moment noch")
    assert house.wants("task", "decline", "T4", "--text", "x", "--why-impossible", "y") == ["reminders_missing T-14"]


def test_release_is_the_approvers(house: House) -> None:
    assert house.wants("task", "release", "T3") == ["role_approver T-15"]
    assert house.wants("task", "release", "T3", as_="VIO") == ["role_approver T-15"]
    house.do("task", "release", "T3", as_="FRE")
    assert house.wants("task", "decline", "T3", "--text", "x", "--why-impossible", "y") == ["question_missing T-14"]


def test_book_is_all_in_one(house: House) -> None:
    assert [code.split()[0] for code in house.wants("task", "book", "T1", "--addon", "shift")] == [
        "option_missing", "schedule_missing", "minimum_missing", "notice_missing",
    ]  # fmt: skip
    given = (
        "--addon",
        "shift",
        "--option",
        "feste Schicht",
        "--schedule",
        "Mo bis Fr, 9 Uhr",
        "--minimum",
        "1 h am Tag",
        "--notice",
        "2 Wochen",
    )
    house.do("task", "book", "T1", *given)
    sent = house.rows("task", "messages", "T1")[-1]
    assert sent["tags"] == ["aufgabenbeschreibung"]
    assert sent["from"] == "at"
    for part in given[3::2]:
        assert part in sent["text"]
    written = house.rows("file", "show", "--customer", "K1")[-1]
    assert (written["kind"], written["link"]) == ("booking", LINK)
    house.do("undo")
    assert house.rows("task", "messages", "T1") == []


def test_complain_and_support(house: House) -> None:
    assert [c.split()[0] for c in house.wants("task", "complain", "T1")] == ["reason_missing", "next_steps_missing"]
    shown = house.do("task", "complain", "T1", "--reason", "Verspätet", "--next-steps", "Morgen liefern")
    assert len(shown["notes"]) == 1
    assert house.rows("file", "show", "--customer", "K1")[-1]["kind"] == "complaint"
    assert [c.split()[0] for c in house.wants("task", "support", "T1")] == ["text_missing"]
    house.do("task", "support", "T1", "--text", "Wächst stark")
    (made,) = house.rows("reminder", "list")
    assert made["owner"] in ("VIO", "WIM")
    assert (made["subject"], made["about"]) == ("customer:K1", "task:T1")
