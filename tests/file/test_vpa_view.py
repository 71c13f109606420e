"""„Ansicht als VPA“: exactly what a VPA may see of a customer, and its export (K-02, K-03, D-32)."""

from __future__ import annotations

import itertools
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from models.file.as_vpa import COLUMNS, green_entries, vpa_view
from models.file.as_vpa_export import escape
from models.ground import clock
from models.tables.entry import Entry
from models.tables.people import Assignment
from models.tables.reminder import Reminder
from tests.support import office as lay
from tests.support.world import World

_numbers = itertools.count(1)
DAY = clock.parse_moment("2025-11-03T09:00")


def entry(key: str, file: str = "vpa_kunde", situation: str = "Ruft gern an", **facts: Any) -> Entry:
    """An entry as an import or an earlier version of the program may have left it."""
    given_ = {"kind": "other", "tags": ["Info"], "author": "TOM", "account": "", "created_at": DAY, **facts}
    return Entry.create(file=file, subject=f"customer:{key}", situation=situation, **given_)


def test_a_vpa_sees_the_green_entries_and_the_customers_name_only_k02(office: World) -> None:
    lay.customer(
        "K9", "Café Nordlicht", klasse="A", status="prio", wizard="wizardwort", kept_by="at", kept_on=DAY.date()
    )
    Assignment.create(customer="K9", vpa="V001", start=DAY.date(), reason="wechselgrund")
    Reminder.create(subject="customer:K9", owner="TOM", original_owner="TOM", created_by="TOM", created_at=DAY,
                    reason="reminderwort", due=DAY)  # fmt: skip
    entry("K9", "oteam", "schwarzwort", account="kontowort")
    entry("K9", situation="Ruft gern an", response="Mittags", next_steps="Mail", link="https://x.example/1")
    for how in ((), ("--format", "markdown"), ("--json",)):
        shown = office.cli("file", "export", "K9", *how, json=False).ok().stdout
        assert "Café Nordlicht" in shown
        assert "Mira Keller" in shown
        assert "Ruft gern an" in shown
        for word in ("schwarzwort", "wizardwort", "reminderwort", "kontowort", "wechselgrund", "prio", "vpa_akte"):
            assert word not in shown.casefold()
    assert office.cli("file", "export", "K9").ok().json["last_kept"] is None  # kept by AT, not by a VPA


def test_the_query_itself_is_restricted_k02(office: World) -> None:
    """Columns and condition are written down once: whoever widens them has to change this test."""
    sql, values = green_entries("customer:K1").sql()
    assert [column.name for column in COLUMNS] == [
        "id", "kind", "situation", "link", "response", "next_steps", "tags", "author", "created_at",
    ]  # fmt: skip
    assert re.search(r'"t1"\."file" = ', sql)
    assert values.count("vpa_kunde") == 1
    assert not {"account", "folded", "origin"} & set(
        re.findall(r"SELECT (.*?) FROM", sql)[0].replace('"', "").split(".")
    )


WORDS = st.text("abcdefghijklmnopqrstuvwxyzäöüß", min_size=3, max_size=9)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entries=st.lists(
        st.tuples(st.sampled_from(["oteam", "vpa_kunde"]), WORDS, st.booleans(), st.booleans()), max_size=6
    ),
    form=st.sampled_from(["text", "markdown", "json"]),
)
def test_whatever_stands_in_the_files_nothing_internal_gets_out_k02(
    office: World, entries: list[tuple[str, str, bool, bool]], form: str
) -> None:
    key = f"KX{next(_numbers)}"
    lay.customer(key, "Praxis")
    seen: set[tuple[str, bool, bool]] = set()
    for place, (file, word, corrected, withdrawn) in enumerate(entries):
        secret = f"{'intern' if file == 'oteam' else 'offen'}{place}{word}"
        parts = {name: f"{secret}{name}".replace("_", "") for name in ("response", "next_steps", "link")}
        first = entry(key, file, secret, tags=[f"{secret}tag"], **parts)
        if corrected:
            entry(key, file, f"{secret}neu", corrects=first.id, tags=[], withdrawn_at=DAY if withdrawn else None)
        if file == "vpa_kunde":
            seen.add((secret, corrected, withdrawn))
    how = ["--json"] if form == "json" else ["--format", form]
    shown = office.cli("file", "export", key, *how, json=False).ok().stdout
    assert "intern" not in shown
    for secret, corrected, withdrawn in seen:
        current = f"{secret}neu" if corrected and not withdrawn else f"{secret}response"
        old = f"{secret}response" if corrected and not withdrawn else f"{secret}neu"
        assert current in shown
        assert old not in shown


def test_current_version_only_and_nothing_withdrawn_k04(office: World) -> None:
    first = entry("K001", situation="erste Fassung")
    second = entry("K001", situation="zweite Fassung", corrects=first.id)
    third = entry("K001", situation="dritte Fassung", corrects=second.id)
    entry("K001", situation="zurückgenommen", withdrawn_at=DAY)
    entry("K001", situation="neuer", created_at=DAY.add(days=1))
    seen = [one.situation for one in vpa_view(office.session().work(), "K001").entries]
    assert seen == ["neuer", "dritte Fassung"]
    Entry.update(withdrawn_at=DAY).where(Entry.id == third.id).execute()
    assert [one.situation for one in vpa_view(office.session().work(), "K001").entries] == ["neuer", "zweite Fassung"]


@pytest.mark.parametrize("part", ["situation", "response", "next_steps", "link", "tags"])
def test_an_old_entry_that_names_a_class_is_not_handed_out_d32(office: World, tmp_path: Path, part: str) -> None:
    said: dict[str, Any] = {part: ["Klasse A"] if part == "tags" else "Das ist ein A-Kunde"}
    old = entry("K001", **said)
    out = tmp_path / "akte.md"
    result = office.cli("file", "export", "K001", "--out", str(out))
    assert (result.exit_code, result.codes) == (3, ["class_named"])
    assert result.json["error"]["obstacles"][0]["rule"] == "D-32"
    assert f"Eintrag {old.id}" in result.json["error"]["message"]
    assert ("Klasse A" if part == "tags" else "A-Kunde") in result.json["error"]["message"]
    assert not out.exists()
    entry("K001", situation="Ruft gern an", corrects=old.id)
    office.cli("file", "export", "K001", "--out", str(out)).ok()


def test_who_may_not_read_the_green_file_gets_nothing_a28(office: World) -> None:
    entry("K001")
    for kuerzel, exit_code in (("TOM", 0), ("KIM", 0), ("SAL", 0), ("BUD", 3)):
        result = office.cli("file", "export", "K001", as_=kuerzel)
        assert result.exit_code == exit_code, kuerzel
    assert office.cli("file", "export", "K001", as_="BUD").codes == ["role_reader"]
    assert office.cli("file", "export", "K404").exit_code == 2
    assert office.cli("file", "export", "K001", "--format", "pdf").exit_code == 2


def test_a_file_is_new_private_and_in_the_form_of_its_name(office: World, tmp_path: Path) -> None:
    entry("K001", situation="1. Punkt\n\nzweite Zeile")
    out = tmp_path / "akte.md"
    shown = office.cli("file", "export", "K001", "--out", str(out)).ok().json
    assert (shown["out"], shown["format"]) == (str(out), "markdown")
    assert out.read_text(encoding="utf-8").startswith("# VPA Kundenakte: Bäckerei Sommer\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    again = office.cli("file", "export", "K001", "--out", str(out))
    assert (again.exit_code, again.json["error"]["code"]) == (6, "already_done")
    assert office.cli("file", "export", "K001", "--out", str(tmp_path / "no" / "x.txt")).exit_code == 2
    text = tmp_path / "akte.txt"
    office.cli("file", "export", "K001", "--out", str(text)).ok()
    assert text.read_text(encoding="utf-8").startswith("VPA Kundenakte: Bäckerei Sommer\n====")


def test_text_and_markdown_act_on_nothing(office: World) -> None:
    entry("K001", situation="rot\x1b[31m \u202everdreht\x9b5m\n# Keine Überschrift\n<b>fett</b> [Link](javascript:x)")
    for form in ("text", "markdown"):
        shown = office.cli("file", "export", "K001", "--format", form, json=False).ok().stdout
        assert not {"\x1b", "\u202e", "\x9b"} & set(shown)
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(shown)
    assert "<b>" not in html
    assert "<a " not in html
    assert html.count("<h1>") == 1


@settings(max_examples=300)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30))
def test_escaped_markdown_shows_the_text_itself(text: str) -> None:
    from html import unescape

    from models.ground.text import clean_output

    wanted = " ".join(clean_output(text).split())
    source = f"## {escape(text)}\n\n{escape(text)}\n"
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(source)
    expected = f"<h2>{wanted}</h2>\n<p>{wanted}</p>\n" if wanted else "<h2></h2>\n"
    assert unescape(html) == expected
