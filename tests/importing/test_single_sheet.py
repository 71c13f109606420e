"""A workbook named like a table, whose one sheet still has the name its program gave it."""

from __future__ import annotations

from typing import Any

from models.tables.people import Vpa
from tests.importing.support import Exports
from tests.importing.test_problems import GOOD, HEAD, ONE_ENGINE
from tests.importing.workbook import write_workbook

ROWS: list[list[Any]] = [HEAD.split(";"), GOOD.split(";")]


@ONE_ENGINE
def test_the_only_sheet_may_have_any_name(exports: Exports) -> None:
    answer = exports.take_paths(write_workbook(exports.folder() / "VPAs.xlsx", {"Tabelle1": ROWS}))
    assert [(f["file"], f["rows"]) for f in answer["files"]] == [("vpas", 1)]
    assert Vpa.select().count() == 1


@ONE_ENGINE
def test_of_several_sheets_only_known_names_count(exports: Exports) -> None:
    sheets: dict[str, list[list[Any]] | str] = {"Tabelle1": ROWS, "vpas": ROWS}
    answer = exports.take_paths(write_workbook(exports.folder() / "vpas.xlsx", sheets))
    assert answer["ignored"] == ["vpas.xlsx:Tabelle1"]
