"""Auskunft (P-01), what is due (P-05), and who has read about a person (P-06)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from models.tables.day import Day
from models.tables.history import History
from models.tables.people import Customer, Vpa
from models.tables.person import Access
from tests.support import office as lay
from tests.support.program import Result
from tests.support.world import World


def codes(result: Result) -> list[str]:
    """Codes of the obstacles with their rules."""
    assert result.exit_code == 3, result.stdout
    return [f"{one['code']} {one['rule']}" for one in result.json["error"]["obstacles"]]


@pytest.fixture
def told(office: World) -> World:
    """Something about V001 in several places, and a text about K001 that names her."""
    lay.case()
    lay.entry(subject="vpa:V001", file="vpa_akte", situation="Geheimniskrämerei")
    lay.entry(situation="Frau Keller war freundlich")
    return office


def test_a_person_is_told_everything_p_01(told: World, tmp_path: Path) -> None:
    """As a folder; the history keeps request, counts and hash, not the content."""
    out = tmp_path / "auskunft"
    ask = ("person", "report", "--vpa", "V001", "--request", "Brief vom 3.11.", "--out", str(out))
    dry = told.cli(*ask, "--dry-run").ok().json
    assert (dry["dry_run"], out.exists(), Access.select().count()) == (True, False, 0)
    shown = told.cli(*ask).ok().json
    assert (shown["subject"], shown["files"], shown["mentions"]) == ("vpa:V001", ["auskunft.json", "auskunft.md"], 1)
    data = (out / "auskunft.json").read_bytes()
    assert shown["sha256"] == hashlib.sha256(data).hexdigest()
    content = json.loads(data)
    assert content["data"]["vpa"][0]["name"] == "Mira Keller"
    assert content["data"]["entry"][0]["situation"] == "Geheimniskrämerei"
    assert "Frau Keller" in content["mentions"][0]["excerpt"]
    text = (out / "auskunft.md").read_text(encoding="utf-8")
    assert text.startswith("# Auskunft über Mira Keller")
    assert "Geheimniskrämerei" in text
    row = History.get(History.action == "person.report")
    assert (row.args["request"], row.extra["sha256"]) == ("Brief vom 3.11.", shown["sha256"])
    assert "Geheimniskrämerei" not in repr(row.__data__)
    assert told.cli(*ask).exit_code == 6


def test_as_a_zip_about_customers_and_members_p_01(told: World, tmp_path: Path) -> None:
    """For whoever may read all of it."""
    for number, whom in enumerate((("--customer", "K001"), ("--member", "SAL"))):
        out = tmp_path / f"{number}.zip"
        told.cli("person", "report", *whom, "--request", "x", "--out", str(out), as_="KIM").ok()
        assert zipfile.ZipFile(out).namelist() == ["auskunft.json", "auskunft.md"]


@pytest.mark.parametrize(
    ("as_", "whom", "wanted"),
    [
        ("KIM", ("--vpa", "V001", "--request", "x"), ["role_reader P-01"]),
        ("SAL", ("--customer", "K001"), ["request_missing P-01", "role_reader P-01"]),
        ("TOM", ("--member", "SAL", "--request", "x"), ["role_reader P-01"]),
        ("TOM", ("--vpa", "V001"), ["request_missing P-01"]),
    ],
)
def test_who_may_not_tell_p_01(told: World, tmp_path: Path, as_: str, whom: tuple[str, ...], wanted: list[str]) -> None:
    """Nothing is written."""
    out = tmp_path / "auskunft"
    assert codes(told.cli("person", "report", *whom, "--out", str(out), as_=as_)) == wanted
    assert not out.exists()


def test_who_opened_an_akte_is_known_p_06(told: World, tmp_path: Path) -> None:
    """Once a member, VPA and day; whoever takes data along every time; managers alone read it."""
    for _ in range(2):
        told.cli("file", "show", "--vpa", "V001").ok()
        told.cli("vpa", "show", "V001").ok()
    told.cli("vpa", "show", "V002").ok()
    told.cli("vpa", "show", "V001", as_="SAL").ok()
    told.cli("file", "show", "--customer", "K001").ok()
    told.cli("file", "show", "--vpa", "V001", now="2025-11-06T10:00").ok()
    told.cli("backup", str(tmp_path / "backup.db")).ok()
    told.cli("export", str(tmp_path / "export")).ok()
    told.cli("person", "report", "--vpa", "V001", "--request", "x", "--out", str(tmp_path / "a")).ok()
    lines = told.cli("access", "list", as_="ANB").ok().lines
    assert [(one["member"], one["what"], one["subject"]) for one in lines] == [
        ("TOM", "file", "vpa:V001"), ("TOM", "file", "vpa:V001"), ("TOM", "backup", None), ("TOM", "export", None),
        ("TOM", "report", "vpa:V001"),
    ]  # fmt: skip
    assert set(lines[0]) == {"at", "member", "account", "what", "subject"}
    assert len(told.cli("access", "list", "--of", "vpa:V001", "--since", "2025-11-06", as_="KIM").ok().lines) == 1
    assert told.cli("access", "list", "--member", "KIM", as_="KIM").ok().lines == []
    assert codes(told.cli("access", "list")) == ["role_manager P-06"]


def test_whose_period_has_passed_p_05(office: World) -> None:
    """Proposals by the team's own periods; nothing goes by itself."""
    assert office.cli("person", "due").ok().lines == []
    Vpa.update(gone=True).where(Vpa.id == "V002").execute()
    Customer.update(last_booking=dt.date(2015, 1, 2)).execute()
    Day.create(date=dt.date(2023, 1, 2), sealed_by="TOM", sealed_at=lay.moment("2023-01-02T14:00"))
    assert [one["subject"] for one in office.cli("person", "due").ok().lines] == ["customer:K001", "day:2023-01-02"]
    office.cli("setting", "set", "keep_gone_months", "12", as_="ANB").ok()
    found = office.cli("person", "due").ok().lines
    assert (found[0]["subject"], found[0]["since"]) == ("vpa:V002", "2024-01-08")
    lay.confirmation()
    assert [one["subject"] for one in office.cli("person", "due").ok().lines] == ["vpa:V002", "day:2023-01-02"]
    assert Vpa.get_by_id("V002").name == "Jonas Äpfel"
