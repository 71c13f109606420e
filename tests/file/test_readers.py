"""Who reads which file (CONTRACT §7, A-28, K-02); search and history follow."""

from __future__ import annotations

import pytest

from tests.support import office as lay
from tests.support.world import World

READS = {
    "ANB": {"oteam", "vpa_kunde", "vpa_akte"},
    "TOM": {"oteam", "vpa_kunde", "vpa_akte"},
    "KIM": {"oteam", "vpa_kunde"},
    "SAL": {"oteam", "vpa_kunde"},
    "BUD": set(),
}
WHERE = {"oteam": ["--customer", "K001"], "vpa_kunde": ["--customer", "K001"], "vpa_akte": ["--vpa", "V001"]}


@pytest.fixture
def files(office: World) -> World:
    """One entry in each file, written through the one door."""
    for file, where in WHERE.items():
        more = [] if file == "vpa_akte" else ["--file", file]
        entry = ["--kind", "other", "--situation", f"Losung {file.replace('_', '')}", "--tag", "x"]
        office.cli("file", "log", *where, *more, *entry, as_="TOM").ok()
    return office


@pytest.mark.parametrize("file", WHERE)
@pytest.mark.parametrize("kuerzel", READS)
def test_show_by_role(files: World, kuerzel: str, file: str) -> None:
    result = files.cli("file", "show", *WHERE[file], "--file", file, as_=kuerzel)
    if file in READS[kuerzel]:
        assert [entry["file"] for entry in result.ok().lines] == [file]
    else:
        assert (result.exit_code, result.codes) == (3, ["role_reader"])
        assert result.json["error"]["obstacles"][0]["rule"] == "A-28"
        assert "Losung" not in result.stdout


def test_without_file_all_that_may_be_read(files: World) -> None:
    """K-02: the black file and the green one have the same readers here; VPAs do not use this program."""
    assert [e["file"] for e in files.cli("file", "show", "--customer", "K001", as_="SAL").ok().lines] == [
        "oteam",
        "vpa_kunde",
    ]
    assert files.cli("file", "show", "--vpa", "V001", as_="SAL").codes == ["role_reader"]
    assert files.cli("file", "show", "--customer", "K001", as_="BUD").codes == ["role_reader"]
    files.me = None
    assert files.cli("file", "show", "--customer", "K001").codes == ["role_reader"]


@pytest.mark.parametrize("kuerzel", READS)
def test_search_follows(files: World, kuerzel: str) -> None:
    result = files.cli("file", "search", "losung", as_=kuerzel)
    if READS[kuerzel]:
        assert {entry["file"] for entry in result.ok().lines} == READS[kuerzel]
    else:
        assert result.codes == ["role_reader"]
    found = files.cli("search", "losung", as_=kuerzel)
    assert found.stdout.count('"type": "entry"') == len(READS[kuerzel])


@pytest.mark.parametrize("kuerzel", [*READS, None])
def test_history_follows(files: World, kuerzel: str | None) -> None:
    files.me = kuerzel
    files.cli("undo", as_="TOM").ok()
    rows = files.cli("history").ok()
    told = {file for file in WHERE if f"Losung {file.replace('_', '')}" in rows.stdout}
    assert told == (READS[kuerzel] if kuerzel else set())
    assert [line["action"] for line in rows.lines] == ["init", "file.log", "file.log", "file.log", "undo"]
    for number, file in enumerate(WHERE, start=1):
        (row, *_) = files.cli("history", "--of", f"entry:{number}").ok().lines
        assert (row["after"] is None) is (file not in (READS[kuerzel] if kuerzel else set()))


def test_an_entry_written_with_something_else_follows_too(office: World) -> None:
    """The entry that closes a Case stands beside it in the history, for those who may read it."""
    lay.case()
    office.cli("case", "resolve", "1", "--measure", "checked", "--log", "Losung im Case").ok()
    assert "Losung im Case" in office.cli("history", as_="ANB").stdout
    for kuerzel in ("KIM", "SAL", "BUD"):
        row = office.cli("history", "--of", "case:1", as_=kuerzel).ok().lines[0]
        assert "Losung" not in str(row)
        assert row["after"]["state"] == "resolved"
        assert row["after"]["also"] == [{"subject": "entry:1", "before": None, "after": None}]
