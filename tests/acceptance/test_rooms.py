"""CONTRACT §§8–10 by exports and commands: Aufgaben, VPA-Wechsel, Zuweisung, Watchlist, templates."""

from __future__ import annotations

import pytest

from tests.acceptance.house import (
    ASSIGNMENTS,
    CUSTOMERS,
    LINK,
    TASKS,
    House,
    changed,
    entry,
    in_charge,
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


# §9


def _asked(house: House, kind: str = "need_changed") -> None:
    house.do("handover", "open", "--customer", "K1", "--vpa", "V1", "--reason-kind", kind, "--reason", "Zu viel")
    house.do("handover", "question", "1", "--question", "Wirklich?", "--answer", "Ja", "--plausible", "yes")


PROPOSE = ("handover", "propose", "1", "--successor", "V7", "--effort", "low", "--refund", "no")


def test_handover_from_open_to_finished(house: House) -> None:
    wrong = house.wants("handover", "open", "--customer", "K1", "--vpa", "V3", "--reason-kind", "other")
    assert [code.split()[0] for code in wrong] == ["reason_missing", "not_in_charge"]
    _asked(house)
    facts = house.do("handover", "show", "1")
    assert facts["state"] == "open"
    assert {key: facts["facts"][key] for key in (
        "customer_class", "pattern", "last_activity", "months_in_charge", "changes_12_months", "effort", "refund",
    )} == {
        "customer_class": "B", "pattern": "laufend", "last_activity": "2025-10-20", "months_in_charge": 10,
        "changes_12_months": 1, "effort": None, "refund": None,
    }  # fmt: skip
    assert house.do(*PROPOSE)["state"] == "proposed"
    assert house.wants("handover", "informed", "1", "--on", "2025-11-05") == ["not_approved W-13"]
    assert house.wants("handover", "approve", "1") == ["role_vpa_or_customer_manager W-12", "own_request A-17"]
    assert house.do("handover", "approve", "1", as_="KIM")["state"] == "approved"
    assert house.fails("handover", "approve", "1", as_="VIO") == (6, "already_done")
    assert [c.split()[0] for c in house.wants("handover", "finish", "1")] == [
        "customer_not_informed", "training_answer_missing",
    ]  # fmt: skip
    assert house.wants("handover", "informed", "1", "--on", "2025-11-06") == ["on_in_future W-13"]
    assert house.do("handover", "informed", "1", "--on", "2025-11-05")["state"] == "informed"
    house.do("handover", "training", "1", "--wanted", "yes")
    assert house.wants("handover", "finish", "1") == ["training_open W-14"]
    house.do("handover", "training", "1", "--wanted", "yes", "--done-on", "05.11.2025")
    assert house.do("handover", "finish", "1")["state"] == "finished"
    assert house.do("customer", "show", "K1")["vpa"] == "V7"
    assert house.rows("file", "show", "--customer", "K1", "--file", "oteam")[-1]["kind"] == "vpa_change"
    (check,) = house.rows("reminder", "list")
    assert (check["due"], check["subject"]) == ("2025-12-03T00:00:00+01:00", "customer:K1")
    assert house.fails("handover", "finish", "1") == (6, "already_done")
    assert house.rows("handover", "list") == []
    house.take(THURSDAY, zuordnungen=ASSIGNMENTS)
    assert house.do("customer", "show", "K1")["vpa"] == "V7"
    house.do("undo", now="2025-11-06T10:00")
    assert house.do("customer", "show", "K1")["vpa"] == "V1"
    assert house.rows("reminder", "list") == []


def test_an_export_that_repeats_the_local_change_is_no_new_assignment(
    house: House, request: pytest.FixtureRequest
) -> None:
    if house.world.engine == "postgres":
        reason = "models/snapshot/comparing.py: _own gives an UPDATE the defaults of a new row, `version` twice"
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    house.do("assign", "--customer", "K4", "--vpa", "V5", "--kind", "new_regular", "--text", "Alles Gute zum Start")
    assert len(house.rows("reminder", "list")) == 1
    house.take(THURSDAY, zuordnungen=[*ASSIGNMENTS, in_charge("K4", "V5", "2025-11-05")])
    assert len(house.rows("reminder", "list")) == 1
    assert house.do("customer", "show", "K4")["vpa"] == "V5"


def test_propose_obstacles_in_order(house: House) -> None:
    for kind in ("cooperation_failed", "hard_to_reach", "other", "customer_inactive"):
        house.do("handover", "open", "--customer", "K1", "--vpa", "V1", "--reason-kind", kind, "--reason", "x")
    codes = [[c.split()[0] for c in house.wants("handover", "propose", str(n))] for n in (1, 2, 3, 4)]
    assert codes == [
        ["questions_missing", "measures_missing", "talk_missing", "facts_missing", "successor_missing"],
        ["questions_missing", "reason_not_valid", "facts_missing", "successor_missing"],
        ["questions_missing", "reason_not_valid", "facts_missing", "successor_missing"],
        ["questions_missing", "facts_missing", "customer_active", "successor_missing"],
    ]
    house.do("handover", "question", "3", "--question", "a", "--answer", "b", "--plausible", "no")
    given = ("--successor", "V1", "--effort", "low", "--refund", "yes", "--exception-by", "TOM")
    assert [c.split()[0] for c in house.wants("handover", "propose", "3", *given)] == [
        "not_plausible", "reason_not_valid", "successor_same",
    ]  # fmt: skip
    house.do("handover", "question", "3", "--question", "a", "--answer", "b", "--plausible", "yes")
    ok = ("--successor", "V7", "--effort", "low", "--refund", "yes", "--exception-by", "kim")
    assert house.do("handover", "propose", "3", *ok)["state"] == "proposed"
    assert house.do("handover", "show", "3")["facts"]["effort"] == "low"


def test_no_further_step_after_the_end(house: House) -> None:
    _asked(house)
    assert house.wants("handover", "send-back", "1", "--text", "Er ist A-Kunde") == ["class_named D-32"]
    house.do("handover", "send-back", "1", "--text", "Bitte mach weiter")
    steps = (
        ("question", "1", "--question", "a", "--answer", "b", "--plausible", "yes"),
        ("talk", "1", "--on", "2025-11-05", "--result", "x"), ("measure", "1", "--on", "2025-11-05", "--text", "x"),
        ("send-back", "1", "--text", "x"), PROPOSE[1:], ("informed", "1", "--on", "2025-11-05"),
        ("training", "1", "--wanted", "no"), ("finish", "1"),
    )  # fmt: skip
    for step in steps:
        assert "not_open" in [c.split()[0] for c in house.wants("handover", *step)], step


def test_handover_text_and_successors(house: House) -> None:
    _asked(house)
    house.do(*PROPOSE)
    text = house.run("handover", "text", "1", json=False).ok().stdout
    for line in ("VPA:", "KUNDE (Klasse):", "VPA-Wechsel 12mon:", "Einarbeitungsaufwand:", "Grund:", "Nachfolger:"):
        assert sum(each.startswith(line) for each in text.splitlines()) == 1, line
    ranked = house.rows("handover", "successors", "1")
    assert [each["rank"] for each in ranked] == list(range(1, len(ranked) + 1))
    assert all(set(each) == {"vpa", "rank", "reasons"} for each in ranked)
    assert "V1" not in {each["vpa"] for each in ranked}


def test_escalate_tells_every_manager(house: House) -> None:
    house.do(
        "member", "away", "KIM", "--reason", "vacation", "--from", "2025-11-01", "--until", "2025-11-30", as_="VIO"
    )
    assert house.wants("handover", "escalate", "--customer", "K1") == ["text_missing W-16"]
    house.do("handover", "escalate", "--customer", "K1", "--text", "Beleidigt am Telefon")
    assert {r["owner"] for r in house.rows("reminder", "list", "--due")} == {"VIO", "WIM"}
    assert house.rows("file", "show", "--customer", "K1")[-1]["kind"] == "complaint"


# §10


def test_assign_with_sales_entry_and_wizard(house: House) -> None:
    assign = ("assign", "--customer", "K1", "--vpa", "V7", "--kind", "new_regular", "--text", "Alles Gute")
    assert house.wants(*assign) == ["source_unread K-24"]
    assert house.wants(*assign, "--read", "wizard") == ["source_unread K-24"]
    house.do(*assign, "--read", "wizard", "--read", "sales")
    assert house.do("customer", "show", "K1")["vpa"] == "V7"
    green = house.rows("file", "show", "--customer", "K1", "--file", "vpa_kunde")[-1]
    assert (green["kind"], green["situation"]) == ("assignment", "Alles Gute")
    (made,) = house.rows("reminder", "list")
    assert (made["owner"], made["due"]) == ("ANN", "2025-12-03T00:00:00+01:00")
    house.do("undo")
    assert house.do("customer", "show", "K1")["vpa"] == "V1"
    assert house.rows("reminder", "list") == []


def test_a_sales_entry_that_arrives_later_is_a_source(house: House) -> None:
    assign = ("assign", "--customer", "K4", "--vpa", "V7", "--kind", "new_offer", "--text", "Alles Gute")
    assert house.do(*assign, "--dry-run")["dry_run"] is True
    lead = entry("E8", "oteam", "2025-11-05T15:00", "Will Texte", kunden_id="K4", von="sales", art="lead")
    house.take(THURSDAY, akten=[lead])
    assert house.wants(*assign) == ["source_unread K-24"]
    house.do(*assign, "--read", "sales")


def test_assign_obstacles(house: House) -> None:
    assert [c.split()[0] for c in house.wants("assign", "--customer", "K4", "--vpa", "V7")] == [
        "kind_missing",
        "text_missing",
    ]
    given = ("assign", "--customer", "K4", "--vpa", "V7", "--kind", "quatsch", "--text", "Ein A-Kunde {name}")
    assert house.wants(*given) == ["kind_missing K-21", "class_named D-32", "placeholder_left K-23"]
    assert house.fails("assign", "--customer", "K9", "--vpa", "V7", "--kind", "inactive", "--text", "x") == (
        2,
        "not_found",
    )


def test_template_fill_and_unchanged(house: House) -> None:
    codes = {each["code"] for each in house.rows("template", "list")}
    assert codes
    for code in sorted(codes):
        result = house.run("template", "fill", code, "--for", "customer:K1")
        assert result.exit_code in (0, 2), (code, result.stdout)
    assert house.fails("template", "fill", "gibt_es_nicht", "--for", "customer:K1") == (2, "not_found")


def test_customer_status(house: House) -> None:
    assert house.wants("customer", "status", "K2", "--to", "bucher") == ["reason_missing K-07"]
    house.do("customer", "status", "K2", "--to", "bucher", "--reason", "Erste Buchung")
    written = house.rows("file", "show", "--customer", "K2")[-1]
    assert (written["file"], written["kind"]) == ("oteam", "status_change")
    assert "Erste Buchung" in str(written)
    assert house.fails("customer", "status", "K2", "--to", "quatsch", "--reason", "x")[0] == 2


def test_watchlist_follows_entries_of_vpas_alone(house: House) -> None:
    house.do(
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
    )
    assert house.rows("watchlist")[0]["customer"] == "K1"
    house.take(THURSDAY, akten=[entry("E8", "vpa_kunde", "2025-11-06T08:00", "Neu", kunden_id="K1", von="vpa")])
    assert "K1" not in {line["customer"] for line in house.rows("watchlist")}
    assert "K1" not in {line["customer"] for line in house.rows("watchlist", now="2025-12-31T23:00")}
    (line,) = [each for each in house.rows("watchlist", now="2026-01-01T09:00") if each["customer"] == "K1"]
    assert (line["last_entry"], line["weeks"]) == ("2025-11-06", 8)
    house.take("2025-11-07T09:00", kunden=changed(CUSTOMERS, K3={"vpa_akte_gepflegt_von": "vpa"}))
    assert "K3" not in {line["customer"] for line in house.rows("watchlist")}


def test_watchlist_approach(house: House) -> None:
    approach = ("watchlist", "approach", "--customer", "K1")
    assert [c.split()[0] for c in house.wants(*approach)] == ["deadline_missing", "text_missing"]
    assert [c.split()[0] for c in house.wants(*approach, "--deadline", "2025-11-04", "--text", "Rising Star ___")] == [
        "deadline_past", "class_named", "placeholder_left",
    ]  # fmt: skip
    house.do(*approach, "--deadline", "2025-11-12", "--text", "Bitte pflege die Akte bis Mittwoch.")
    (made,) = house.rows("reminder", "list")
    assert (made["subject"], made["due"]) == ("customer:K1", "2025-11-12T00:00:00+01:00")
    house.do("undo")
    assert house.rows("reminder", "list") == []
