"""What a release is made of is written down, and written down rightly."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path

from release.dist import misfit
from release.licences import LIST
from release.manual import manual
from release.pictures import FOLDER, IMPORTING, SCENES, TABS
from release.pictures import main as draw
from release.tree import HASHES, ROOT
from tui.cli import VERSION
from tui.cli.commands import COMMANDS

UNITS = ROOT / "release" / "systemd"


def plain(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(path: Path) -> dict[str, str]:
    """Name and version of each line that pins something."""
    found = re.findall(r"^([\w.-]+)==([\w.]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {plain(name): version for name, version in found}


def test_everything_installed_has_its_hashes_and_the_version_that_was_tested() -> None:
    hashed, tested = pins(HASHES), pins(ROOT / "constraints.txt")
    assert len(hashed) > 10
    assert {name: tested.get(name) for name in hashed} == hashed
    blocks = re.split(r"^(?=[\w.-]+==)", HASHES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert [block.partition(" ")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_every_dependency_is_among_the_hashes() -> None:
    """Also after somebody has added one: `make hashes` makes the file anew."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = (*project["dependencies"], *project["optional-dependencies"]["postgres"])
    assert {plain(re.split(r"[\[<>=!;\s]", line)[0]) for line in wanted} - set(pins(HASHES)) == set()


def test_every_installed_package_stands_in_the_list_of_licences() -> None:
    rows = re.findall(r"^\| (\S+) \| (\d[\w.]*) \| (.+) \|$", LIST.read_text(encoding="utf-8"), re.MULTILINE)
    assert {plain(name): version for name, version, _ in rows} == pins(HASHES)


def test_the_manual_page_names_every_command() -> None:
    page = manual(dt.date(2026, 3, 2))
    assert f'.TH SCHICHT 1 "2026-03-02" "Schicht {VERSION}"' in page
    named = set(re.findall(r'^\.SS "schicht (\w+)', page, re.MULTILINE))
    assert named == set(COMMANDS)
    assert "\\-\\-db URL" in page
    assert [line for line in page.splitlines() if line.startswith(".") and not re.match(r"\.[A-Z]{1,2}\b", line)] == []


def test_services_read_only_settings_that_are_there() -> None:
    told = set(re.findall(r"^(SCHICHT_\w+)=", (UNITS / "dienst.env").read_text(encoding="utf-8"), re.MULTILINE))
    units = [path.read_text(encoding="utf-8") for path in UNITS.glob("*.service")]
    assert len(units) == 2
    assert {name for text in units for name in re.findall(r"\$\{?(SCHICHT_\w+)", text)} <= told
    assert all("EnvironmentFile=/etc/schicht/dienst.env" in text for text in units)


def test_a_picture_of_each_tab_comes_from_the_demo(tmp_path: Path) -> None:
    draw(tmp_path)
    drawn = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    kept = {path.name for path in FOLDER.iterdir()} - {"haus.svg"}  # that one is drawn by `make rules`
    assert set(drawn) == {f"{name}.svg" for name in (*TABS.values(), *SCENES, *IMPORTING)} == kept
    assert len(set(drawn.values())) == len(TABS) + len(SCENES) + len(IMPORTING)
    headed = {name: text for name, text in drawn.items() if name != "zuordnung.svg"}  # that fills the screen
    assert all("SANDKASTEN" in text for text in headed.values())
    assert all("font-face" not in text and "/tmp" not in text for text in drawn.values())


def test_a_tag_of_another_version_is_refused() -> None:
    assert misfit([]) is None
    assert misfit([f"v{VERSION}"]) is None
    assert VERSION in str(misfit(["v9.9.9"]))


def test_links_between_the_pages_lead_somewhere() -> None:
    pages = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!\w+:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert len(pages) > 8
    assert broken == []
