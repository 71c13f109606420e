"""Sentences of CONTRACT that are easily read past: warnings beside stops, `--limit`, chains, who reads what."""

from __future__ import annotations

import pytest

from tests.acceptance.house import (
    ASSIGNMENTS,
    CUSTOMERS,
    House,
    absence,
    absences,
    changed,
    entry,
    in_charge,
    message,
    vpa,
    vpas,
)  # fmt: skip

THURSDAY = "2025-11-06T09:00"
FRIDAY = "2025-11-07T09:00"


def codes(house: House, *args: str, as_: str | None = None, now: str | None = None) -> list[str]:
    return [each.split()[0] for each in house.wants(*args, as_=as_, now=now)]


@pytest.mark.parametrize("args", [
    ("case", "list"), ("journey", "list"), ("task", "list"), ("vpa", "list"), ("customer", "list"), ("member", "list"),
    ("setting", "list"), ("history",), ("watchlist",), ("template", "list"), ("task", "messages", "T4"),
    ("file", "show", "--customer", "K1"), ("search", "e"), ("file", "search", "g"), ("reminder", "list"),
    ("handover", "list"), ("handover", "successors", "1"),
])  # fmt: skip
def test_every_list_takes_a_limit(house: House, args: tuple[str, ...]) -> None:
    for due in ("2025-11-07", "2025-11-08"):
        house.do("reminder", "set", "--vpa", "V1", "--due", due, "--reason", "x")
        house.do(
            "handover", "open", "--customer", "K1", "--vpa", "V1", "--reason-kind", "need_changed", "--reason", "x"
        )
    for word in ("Eins", "Elf"):
        house.do("file", "log", "--vpa", "V1", "--kind", "contact", "--situation", f"{word} gesagt", "--tag", "x")
    whole = house.rows(*args)
    assert len(whole) > 1
    assert house.rows(*args, "--limit", "1") == whole[:1]


def test_despite_passes_warnings_alone(house: House) -> None:
    assert "too_early_to_seal" in codes(house, "day", "close", "--despite", "x", now="2025-11-06T09:00")
    for reason in ("", "  "):
        assert house.run("day", "close", "--despite", reason).exit_code != 0
    assert house.do("day", "show")["sealed_by"] is None
    given = ("task", "offer", "T1", "--despite", "egal")
    assert "customer_not_informed" in codes(house, *given)


def test_a_stop_that_stays_lists_the_warnings_too(house: House) -> None:
    wanted = codes(house, "task", "offer", "T1")
    assert codes(house, "task", "offer", "T1", "--despite", "egal") == wanted


def test_reminder_postpone_of_many(house: House) -> None:
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "x")
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "x", as_="TOM")
    result = house.run("reminder", "postpone", "2", "1", "77", "--due", "2025-11-10", "--reason", "y")
    assert [("error" in line, str(line["id"])) for line in result.lines] == [(True, "2"), (False, "1"), (True, "77")]
    assert result.exit_code == 3
    assert house.do("reminder", "show", "1")["due"] == "2025-11-10T00:00:00+01:00"


def test_one_undo_takes_back_one_object_of_a_bulk_or_all_of_it(house: House) -> None:
    ids = [str(house.case(kind, of)["id"]) for kind, of in (("class", "V6"), ("absence", "V6"))]
    house.run("case", "resolve", *ids, "--measure", "checked").ok()
    house.do("undo")
    states = [house.do("case", "show", each)["state"] for each in ids]
    assert "open" in states
    while house.run("undo").exit_code == 0:
        pass
    assert [house.do("case", "show", each)["state"] for each in ids] == ["open", "open"]


def test_short_notice_counts_from_the_import_where_only_the_dates_changed(house: House) -> None:
    house.take("2026-01-30T09:00", abwesenheiten=absences(A6={"von": "2026-02-02", "bis": "2026-02-05"}))
    case = house.case("absence", "V6")
    assert case["findings"] == ["short_notice"]
    house.take("2026-01-30T10:00", abwesenheiten=absences(A6={"bis": "2026-02-05", "eingetragen_am": "2026-01-20"}))
    assert house.case("absence", "V6")["findings"] == []


def test_a_known_absence_in_the_past_is_not_withdrawn(house: House) -> None:
    """A2 ended before today: missing from the file it is not `withdrawn` and still counts."""
    house.take(THURSDAY, abwesenheiten=absences(without="A2"))
    assert house.case("absence", "V8")["findings"] == ["frequent"]


def test_stand_ins_chain(house: House) -> None:
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "x")
    house.do(
        "member", "away", "ANN", "--reason", "vacation", "--from", "2025-11-05", "--until", "2025-11-14", as_="VIO"
    )
    house.do("reminder", "take", "1", as_="TOM")
    house.do("member", "away", "TOM", "--reason", "sick", "--from", "2025-11-05", "--until", "2025-11-06", as_="VIO")
    house.do("reminder", "take", "1", as_="BEN")
    back = house.do("reminder", "give-back", "1", as_="BEN")
    assert (back["owner"], back["original_owner"]) == ("TOM", "ANN")
    again = house.do("reminder", "give-back", "1", as_="TOM")
    assert again["owner"] == "ANN"


def test_a_vpa_first_seen_raises_its_flag_and_nothing_else(house: House) -> None:
    answer = house.take(
        THURSDAY, vpas=[*vpas(), vpa("V30", "Ganz Neu", "N", "2025-11-06", aktiv="nein", neukunden="nein")]
    )
    assert (answer["cases"], answer["flags"]) == (0, 1)


def test_class_n_before_or_after(house: House) -> None:
    answer = house.take(THURSDAY, vpas=vpas(V12={"klasse": "B", "auftraege": "nein"}))
    assert answer["cases"] == 2
    assert house.case("schedule", "V12")["findings"] == ["new_vpa_declines", "priority_to_agree"]
    assert house.case("class", "V12")["findings"] == ["better"]
    house.take(FRIDAY, vpas=vpas(V12={"klasse": "N", "auftraege": "nein"}))
    assert house.case("class", "V12")["findings"] == ["reverted"]


def test_anything_to_n_is_neither(house: House) -> None:
    house.take(THURSDAY, vpas=vpas(V5={"klasse": "N"}, V7={"klasse": "N", "rising_star": "ja"}))
    assert house.case("class", "V5")["findings"] == []
    assert house.case("class", "V7")["findings"] == ["rising_star"]


def test_teilzeit_empty_is_nein_and_mobile_app_empty_unknown(house: House) -> None:
    house.take(THURSDAY, vpas=vpas(V4={"teilzeit": ""}))
    assert house.case("inactive", "V4")["findings"] == ["mobile_app"]
    house.take(FRIDAY, vpas=vpas(V4={"teilzeit": "ja", "mobile_app": "nein"}))
    assert house.case("inactive", "V4")["findings"] == ["part_time"]


def test_an_absent_column_leaves_everything_as_known(house: House) -> None:
    rows = [{key: cell for key, cell in row.items() if key not in ("rising_star", "teilzeit")} for row in vpas()]
    assert house.take(THURSDAY, vpas=rows)["cases"] == 0
    assert house.case("inactive", "V4")["findings"] == ["mobile_app", "part_time"]
    assert house.do("vpa", "show", "V6")["rising_star"] is True


def test_open_inactive_case_contacted_then_active_then_resolved_active_again(house: House) -> None:
    case = str(house.case("inactive", "V5")["id"])
    house.do("case", "contact", case, "--list-checked", now="2025-11-06T10:00")
    house.take("2025-11-06T11:00", vpas=vpas(V5={"aktiv": "ja"}))
    assert house.do("case", "resolve", case, "--measure", "active_again")["state"] == "resolved"
    assert house.take(FRIDAY, vpas=vpas(V5={"aktiv": "nein"}))["cases"] == 1


def test_a_reminder_about_an_inactive_case_follows_the_newest_export(house: House) -> None:
    case = str(house.case("inactive", "V5")["id"])
    house.do("case", "resolve", case, "--measure", "reminder")
    done = ("reminder", "done", "1", "--log", "x")
    now = "2025-11-06T10:00"
    assert codes(house, *done, "--outcome", "active_again", now=now) == ["still_inactive"]
    assert codes(house, *done, "--outcome", "contacted", now=now) == ["list_unchecked", "not_solved"]
    house.take(now, vpas=vpas(V5={"aktiv": "ja"}))
    assert house.do(*done, "--outcome", "active_again")["outcome"] == "active_again"


def test_the_vpa_of_a_customer_is_the_latest_that_lasts(house: House) -> None:
    rows = [in_charge("K4", "V5", "2025-10-01"), in_charge("K4", "V7", "2025-10-10", "2025-11-05"),
            in_charge("K4", "V8", "2025-10-20", "2025-11-04")]  # fmt: skip
    house.take("2025-11-05T15:00", zuordnungen=[*ASSIGNMENTS, *rows])
    assert house.do("customer", "show", "K4")["vpa"] == "V7"  # ends today: not before today
    assert house.do("customer", "show", "K4", now=THURSDAY)["vpa"] == "V5"


def test_imported_assignments_remind_only_of_what_is_new(house: House) -> None:
    ended = changed(ASSIGNMENTS, K2={"bis": "2025-11-04"})
    house.take(THURSDAY, zuordnungen=ended)
    assert house.rows("reminder", "list") == []
    assert house.do("customer", "show", "K2")["vpa"] is None


def test_last_activity_of_a_handover_follows_the_customers_messages(house: House) -> None:
    house.do(
        "handover", "open", "--customer", "K1", "--vpa", "V1", "--reason-kind", "customer_inactive", "--reason", "x"
    )
    house.take(THURSDAY, nachrichten=[message("M9", "T1", "2025-11-05T16:00", "kunde", "Hallo"),
                                      message("M10", "T1", "2025-11-05T18:00", "vpa", "Hallo")])  # fmt: skip
    last = house.do("handover", "show", "1")["facts"]["last_activity"]
    assert last.startswith("2025-11-05")
    assert "customer_active" in codes(house, "handover", "propose", "1")
    house.world.now = "2026-01-04T09:00"  # 60 days later: still active
    assert "customer_active" in codes(house, "handover", "propose", "1")
    assert "customer_active" not in codes(house, "handover", "propose", "1", now="2026-01-05T09:00")


def test_internal_words_of_a_handover_may_name_a_class(house: House) -> None:
    house.do("handover", "open", "--customer", "K1", "--vpa", "V1", "--reason-kind", "other", "--reason", "A-Kunde")
    house.do("handover", "talk", "1", "--on", "2025-11-05", "--result", "B-Kunde ___")
    house.do("handover", "measure", "1", "--on", "05.11.2025", "--text", "Klasse C")
    house.do("task", "message", "T1", "--from", "vpa", "--text", "Ich bin Klasse A")
    assert codes(house, "handover", "measure", "1", "--on", "2025-11-06", "--text", "x") == ["on_in_future"]


def test_a_correction_on_the_platform_is_a_new_version(house: House) -> None:
    house.take(
        THURSDAY, akten=[entry("E2", "vpa_kunde", "2025-08-20T10:00", "Mag lange Mails", kunden_id="K1", von="vpa")]
    )
    shown = house.rows("file", "show", "--customer", "K1", "--file", "vpa_kunde")
    assert shown[-1]["situation"] == "Mag lange Mails"
    assert shown[-1]["corrects"] == shown[0]["id"]
    assert [each["situation"] for each in house.rows("file", "search", "lange", "Mails")] == ["Mag lange Mails"]


def test_status_of_the_export_is_read_in_any_case_and_seen_in_search(house: House) -> None:
    house.take(THURSDAY, kunden=changed(CUSTOMERS, K2={"status": "PRIO", "name": "Gärtnerei Ößwald"}))
    assert house.do("customer", "show", "K2")["status"] == "prio"
    assert [hit["id"] for hit in house.rows("search", "oesswald")][:1] == ["K2"]


def test_k25_repeats_while_the_assignment_lasts(house: House) -> None:
    house.do("assign", "--customer", "K4", "--vpa", "V6", "--kind", "new_regular", "--text", "Alles Gute zum Start")
    done = ("reminder", "done", "1", "--outcome", "solved", "--log", "Gepflegt", "--log-file", "vpa_kunde")
    house.do(*done, now="2025-12-03T10:00")
    (following,) = house.rows("reminder", "list", now="2025-12-03T10:00")
    assert following["due"] == "2026-01-28T00:00:00+01:00"
    house.do("undo", now="2025-12-03T10:05")
    assert [each["id"] for each in house.rows("reminder", "list", now="2025-12-03T10:05")] == [1]
    house.take("2025-12-04T09:00", zuordnungen=[in_charge("K4", "V8", "2025-12-04")])
    house.do(*done, now="2025-12-04T10:00")
    left = house.rows("reminder", "list", now="2025-12-04T10:00")
    assert [each["due"] for each in left] == ["2026-01-01T00:00:00+01:00"]  # of the new assignment alone


def test_absences_of_the_first_day_are_known_when_a_gone_vpa_returns(house: House) -> None:
    rows = [row for row in vpas() if row["vpa_id"] != "V7"]
    house.do("case", "resolve", str(house.case("absence", "V7")["id"]), "--measure", "contacted", "--answer", "x")
    house.take(THURSDAY, vpas=rows, abwesenheiten=absences())
    assert house.take(FRIDAY, vpas=vpas(), abwesenheiten=absences())["cases"] == 0


def test_chain_with_holiday_between(house: House) -> None:
    chain = [absence("C1", "V5", "2025-12-15", "2025-12-24", "2025-11-05"),  # 25th, 26th holidays, then a weekend
             absence("C2", "V5", "2025-12-30", "2026-01-08", "2025-11-05")]  # fmt: skip
    house.take(THURSDAY, abwesenheiten=[*absences(), *chain])
    both = house.rows("case", "list", "--kind", "absence", "--vpa", "V5")
    assert [case["facts"]["days"] for case in both] == [25, 25]
    assert [case["facts"]["starts_90_days"] for case in both] == [1, 2]


@pytest.mark.parametrize("who", ["KIM", "SAM", "FRE", "BEN"])
def test_the_vpa_akte_stays_with_its_readers_wherever_it_could_show(house: House, who: str) -> None:
    """A-28: E3 („Stammgespräch“) and what is logged with a Case stand in the VPA-Akte of V1."""
    case = str(house.case("schedule", "V1")["id"])
    ways = ("--measure", "agreed", "--decision", "not_needed", "--note", "n", "--log", "Stammgespräch zwei")
    house.do("case", "resolve", case, *ways)
    house.do("reminder", "set", "--vpa", "V1", "--due", "2025-11-05", "--reason", "x")
    house.do("reminder", "done", "1", "--outcome", "solved", "--log", "Stammgespräch drei")
    house.do("undo")
    number = str(house.rows("file", "show", "--vpa", "V1")[-1]["id"])
    for args in (
        ("vpa", "show", "V1"), ("vpa", "list"), ("search", "Stammgespräch"), ("file", "search", "Stammgespräch"),
        ("history",), ("history", "--of", "vpa:V1"), ("history", "--of", f"case:{case}"),
        ("history", "--of", f"entry:{number}"), ("case", "show", case), ("reminder", "show", "1"),
        ("customer", "show", "K1"), ("file", "correct", number, "--next-steps", "x", "--dry-run"),
    ):  # fmt: skip
        assert "Stammgespräch" not in house.run(*args, as_=who).stdout, args
        assert "Stammgespräch" not in house.run(*args, as_=who, json=False).stdout, args
    assert "Stammgespräch" in house.run("vpa", "show", "V1").stdout


@pytest.mark.parametrize("who", ["FRE", "BEN"])
def test_customer_files_stay_with_their_readers(house: House, who: str) -> None:
    for args in (("customer", "show", "K1"), ("search", "Erstes"), ("file", "search", "Erstes"), ("history",)):
        assert "Erstes Gespräch" not in house.run(*args, as_=who).stdout, args
    assert "Erstes Gespräch" in house.run("customer", "show", "K1", as_="SAM").stdout


def test_ids_of_verdicts_are_numbers_where_ids_are(house: House) -> None:
    lines = house.run("case", "resolve", "quatsch", "999", "--measure", "checked").lines
    assert [(line["id"], line["error"]["code"]) for line in lines] == [("quatsch", "not_found"), (999, "not_found")]
