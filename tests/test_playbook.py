"""The playbook: how it puts texts together, what it refuses to read, and what reading costs."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ground.vpa_text import class_places
from models.playbook import Playbook, PlaybookError, Setting, first_name, playbook

BOOK = playbook()
MONDAY = "D-" + "44"  # put together, for only the words are tested here, not the rule

CASE_FINDINGS = {
    "schedule": ["new_vpa_declines", "priority_to_agree", "reverted"],
    "absence": ["long", "frequent", "short_notice", "withdrawn", "reverted"],
    "class": ["better", "worse", "rising_star", "rising_star_lost", "reverted"],
    "inactive": ["part_time", "mobile_app", "active_again", "too_early", "monday_morning"],
}
STAGES = ["0-3", "3-6", "6-9", "9-12", ">12"]
matters = st.one_of(
    *(st.tuples(st.just(kind), st.sets(st.sampled_from(found))) for kind, found in CASE_FINDINGS.items()),
    *(st.tuples(st.just(f"journey.{stage}"), st.sets(st.sampled_from("ABCDN"), max_size=1)) for stage in STAGES),
)

# --- Vorgehen and messages ------------------------------------------------------------------------------------------


@given(matters)
@settings(max_examples=200, deadline=None)
def test_every_combination_of_findings_has_its_vorgehen(matter: tuple[str, set[str]]) -> None:
    topic, findings = matter
    lines = BOOK.guidance(topic, findings)
    assert lines
    assert all(line and "{" not in line for line in lines)
    assert len(set(lines)) == len(lines)


@given(matters)
@settings(max_examples=200, deadline=None)
def test_messages_are_whole_and_name_no_class_d32(matter: tuple[str, set[str]]) -> None:
    topic, findings = matter
    text = BOOK.message(topic, findings, {"vorname": "Mira", "absender": "Tom"})
    assert class_places(text) == []
    if text:
        body = text.split("\n\n")
        assert body[0] == "Hallo Mira,"
        assert body[-1] == "Viele Grüße\nTom"
        assert len(body) > 2
        assert len({part.split(":")[0] for part in body}) == len(body), "no paragraph twice"


def test_long_and_frequent_are_told_together_d21_d23() -> None:
    facts = {"vorname": "Mira", "tage": 26, "starts": 3, "fenster": 90, "grenze": 21, "kunden": 6}
    first, second = BOOK.guidance("absence", ["frequent", "long"], facts)
    assert "26 Tage" in first
    assert "3 Abwesenheiten in 90 Tagen" in first
    assert "Mira" in first
    assert "(6)" in second


def test_long_alone_names_the_limit_and_not_the_frequency_d21() -> None:
    lines = BOOK.guidance("absence", ["long"], {"tage": 30, "grenze": 21})
    assert "21" in lines[0]
    assert not any("häufig" in line.lower() for line in lines)


def test_withdrawn_ends_the_vorgehen() -> None:
    assert len(BOOK.guidance("absence", ["withdrawn"])) == 1
    assert BOOK.message("absence", ["withdrawn"]) == ""


def test_unknown_fact_shows_the_plain_form() -> None:
    (line,) = BOOK.guidance("absence", ["short_notice"])
    assert line.startswith("Kurzfristig: ")


@pytest.mark.parametrize("stage", ["6-9", "9-12"])
def test_c_and_d_talk_about_measures_a_and_b_do_not_j04(stage: str) -> None:
    assert any("Maßnahmen" in line for line in BOOK.guidance(f"journey.{stage}", "D"))
    assert not any("Maßnahmen" in line for line in BOOK.guidance(f"journey.{stage}", "A"))
    assert any("Frag einen VPA Manager" in line for line in BOOK.guidance(f"journey.{stage}", "N"))


@pytest.mark.parametrize("finding", ["better", "rising_star"])
def test_praise_says_what_was_good_and_names_no_class(finding: str) -> None:
    """D-31, D-32."""
    text = BOOK.message("class", [finding], {"lob": "deine Kunden loben deine Sorgfalt"})
    assert "deine Kunden loben deine Sorgfalt" in text
    assert class_places(text) == []


def test_part_time_is_written_to_only_about_a_customer_d45() -> None:
    assert "[Kunde] hat sich bei uns gemeldet" in BOOK.message("inactive", ["part_time", "mobile_app"])


@pytest.mark.parametrize("code", sorted(BOOK.kinds["handover_state"]))
def test_every_handover_state_has_its_vorgehen(code: str) -> None:
    assert BOOK.guidance(f"handover.{code}")


def test_values_are_put_in_once_and_never_read_again() -> None:
    assert (
        BOOK.guidance("reminder.flag", (), {"vorname": "{kunde} [vorname] \\1"})[0].count("{kunde} [vorname] \\1") == 1
    )
    assert BOOK.message("reminder.flag", (), {"vorname": "[absender]", "absender": "Tom"}).startswith(
        "Hallo [absender],"
    )


def test_unknown_placeholders_stay_k23() -> None:
    assert "[kunde]" in BOOK.fill("new_offer", {"kunde": None, "vorname": "Mira"})
    assert "[kunde]" in BOOK.fill("new_offer", {"kunde": "  "})
    assert BOOK.fill("new_offer", {"vorname": "Mira"}).startswith("Hallo Mira,")


@pytest.mark.parametrize(
    ("name", "first"),
    [("Keller, Mira", "Mira"), ("Mira Keller", "Mira"), ("Dr. Ole Brandt", "Ole"), ("Brandt, Dr. Ole", "Ole")],
)
def test_first_name(name: str, first: str) -> None:
    assert first_name(name) == first


def test_first_name_of_nothing_is_what_there_is() -> None:
    assert first_name(" Dr. ") == "Dr."
    assert first_name("Keller,") == "Keller,"


# --- refusals -------------------------------------------------------------------------------------------------------


def test_house_form_names_rule_and_what_is_missing() -> None:
    text = BOOK.obstacle("monday_morning")
    assert text.sentence(MONDAY, "ab 12:00", "Case erledigen") == (
        f"Gesperrt: Case erledigen, weil nach dem Wochenende erst nachmittags beurteilt wird ({MONDAY}, ab 12:00). "
        "Es fehlt: der Nachmittag."
    )


def test_warning_says_that_a_reason_is_enough() -> None:
    assert BOOK.obstacle("case_left").sentence().startswith("Nur mit Begründung, weil ")


def test_same_code_speaks_in_the_words_of_its_rule() -> None:
    general = BOOK.obstacle("contact_missing")
    assert len(general.by_rule) == 5
    assert len({text.reason for text in general.by_rule.values()}) == 5
    assert all(BOOK.obstacle("contact_missing", rule) is text for rule, text in general.by_rule.items())
    assert BOOK.obstacle("contact_missing", "X-1") is general


def test_unknown_codes() -> None:
    assert BOOK.label("measure", "from_a_newer_version") == "from_a_newer_version"
    assert BOOK.label("measure", None) == ""
    with pytest.raises(KeyError):
        BOOK.obstacle("no_such_code")


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", BOOK.settings)
def test_every_default_reads_back(key: str) -> None:
    spec = BOOK.settings[key]
    assert spec.read(spec.show(spec.default)) == spec.default


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("long_days", " 28 ", 28),
        ("afternoon", "9:30", dt.time(9, 30)),
        ("holidays", "de-by", "DE-BY"),
        ("shared_accounts", "anna, team ,,anna", ("anna", "team")),
        ("shared_accounts", '["anna", "team"]', ("anna", "team")),
        ("shared_accounts", "", ()),
        ("shared_accounts", "[]", ()),
    ],
)
def test_setting_takes_what_people_type(key: str, typed: str, value: object) -> None:
    assert BOOK.setting(key).read(typed) == value


@pytest.mark.parametrize(
    ("key", "typed"),
    [("long_days", "0"), ("long_days", "-3"), ("long_days", "drei"), ("long_days", "9" * 5000), ("long_days", "²"),
     ("afternoon", "24:00"), ("afternoon", "12"), ("holidays", "FR"), ("holidays", "DE-XX"), ("holidays", "")],
)  # fmt: skip
def test_setting_refuses_nonsense_with_its_label(key: str, typed: str) -> None:
    spec: Setting = BOOK.setting(key)
    with pytest.raises(ValueError, match=f"^„{spec.label}“ braucht .*\\.$"):
        spec.read(typed)


# --- reading --------------------------------------------------------------------------------------------------------

FAULTS = {
    "settings": [
        ("[long_days]\ndefault = 'x'\n", "long_days"),
        ("[long_days]\ndefault = 0\n", "long_days"),
        ("[long_days]\ncolour = 1\n", "unbekannt: colour"),
        ("[new]\ntype = 'int'\ndefault = 1\nlabel = 'x'\n", "new: „explanation“"),
        ("[new]\ntype = 'date'\n", "new: „type“"),
    ],
    "kinds": [("[measure]\ncheked = { lable = 'x' }\n", "measure.cheked"), ("[measure]\nchecked = 3\n", "checked")],
    "obstacles": [
        ("[cause_missing]\nreason = 'Punkt.'\n", "cause_missing"),
        ("[cause_missing.at.X-1]\nreason = 'x'\n", "X-1"),
        ("[new]\nreason = 'x'\nmissing = 'x'\nway_out = 'x.'\n", "new: „rules“"),
    ],
    "guidance": [
        ("schedule = 'x'\n", "schedule"),
        ("[[new]]\ntext = 'a'\n[[new]]\ntext = '{tage} Tage'\n", "new, Absatz 2: „plain“"),
        ("[[new]]\ntext = 'a'\nwenn = ['x']\n", "unbekannt: wenn"),
    ],
    "messages": [("[[new]]\ntext = 'Hallo [niemand]'\n", "niemand"), ("[[frame]]\ntext = 'Hallo'\n", "frame")],
    "templates": [
        ("[decline]\ntext = '[niemand]'\n", "decline"),
        ("[decline]\nversion = 0\n", "decline"),
        ("[decline]\nreader = 'alle'\n", "decline"),
    ],
    "rules": [("'X-1' = ['kurz']\n", "X-1"), ("'X-1' = ['kurz', 'ohne Punkt']\n", "X-1")],
}


@pytest.mark.parametrize(("part", "toml", "named"), [(p, *fault) for p, faults in FAULTS.items() for fault in faults])
def test_a_faulty_entry_is_named_with_its_file(part: str, toml: str, named: str, tmp_path: Path) -> None:
    (tmp_path / f"{part}.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(PlaybookError, match=rf"^Playbook, {part}\.toml, .*{re.escape(named)}"):
        Playbook(tmp_path).check()


@pytest.mark.parametrize("content", [b"[broken", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_bytes(content)
    with pytest.raises(PlaybookError, match=r"rules\.toml: kein gültiges TOML"):
        Playbook(tmp_path).check()


def test_team_can_lay_its_own_words_over_ours(tmp_path: Path) -> None:
    (tmp_path / "templates.toml").write_text("[decline]\nversion = 2\ntext = 'Guten Tag, [grund]'\n", encoding="utf-8")
    (tmp_path / "kinds.toml").write_text("[task_state]\nforwarded = 'Eingang TL'\n", encoding="utf-8")
    own = Playbook(tmp_path)
    assert own.fill("decline", {"grund": "x"}) == "Guten Tag, x"
    assert own.template("decline").version == 2
    assert own.label("task_state", "forwarded") == "Eingang TL"
    assert own.label("task_state", "offen") == "offen"
    assert BOOK.label("task_state", "forwarded") == "Forwarded"


def test_the_playbook_is_read_once() -> None:
    assert playbook() is playbook()
    assert playbook().rules is playbook().rules


@pytest.mark.parametrize("part", ["settings", "kinds", "obstacles", "guidances", "messages", "templates", "rules"])
def test_reading_a_part_is_cheap(part: str) -> None:
    def once() -> float:
        book = Playbook()
        start = time.perf_counter()
        len(getattr(book, part))
        return time.perf_counter() - start

    assert min(once() for _ in range(7)) < 0.015


def test_start_up_reads_nothing() -> None:
    code = (
        "import sys, models.playbook as p; p.playbook(); sys.exit('tomllib' in sys.modules or 'textual' in sys.modules)"
    )
    root = Path(__file__).parent.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
