"""Whatever the bytes are, an export is read or refused with problems: no crash, and no line is lost."""

from __future__ import annotations

import csv
import io
import json
import random
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ground.errors import BadDataError
from models.importing.columns import KUNDEN
from models.importing.csvs import read_csv, split_record
from models.importing.finder import Finder
from models.importing.problems import Problems
from models.importing.source import Source
from models.importing.staging import _records
from models.importing.texts import look_at
from tests.importing.support import vpa
from tests.importing.test_problems import GOOD, HEAD
from tests.importing.workbook import write_workbook

CELL = st.text(st.sampled_from(list('ab ä";,\t\n\r')), max_size=6)


def source(data: bytes, form: str = "csv") -> Source:
    """A file of these bytes."""
    return Source(KUNDEN, f"kunden.{form}", form, lambda: io.BytesIO(data), len(data))


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(";,\t"))
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        [["kunden_id", "name", "status"], *rows]
    )
    file, problems = source(out.getvalue().encode()), Problems()
    look = look_at(file, problems)
    assert look is not None
    records = read_csv(file, look, problems)
    assert records is not None
    assert [row for _, row in records.rows] == [row for row in rows if any(cell.strip() for cell in row)]
    assert problems.count == 0


@given(st.lists(CELL, min_size=1, max_size=5), st.sampled_from(";,\t"))
def test_a_record_of_any_size_is_split_as_csv_would(cells: list[str], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(cells)
    assert split_record(out.getvalue(), delimiter) == cells


@given(st.lists(st.text(st.sampled_from(list('ab;"\n')), max_size=12), max_size=8))
def test_after_any_fault_the_last_line_is_still_read(lines: list[str]) -> None:
    """The line is alone on its own: unless an open quote before it has swallowed it, which is a problem then."""
    text = "\n".join(["kunden_id;name;status", *lines, "K1;Eins;aktiv", ""])
    file, problems = source(text.encode()), Problems()
    look = look_at(file, problems)
    assert look is not None
    records = read_csv(file, look, problems)
    assert records is not None
    read = list(records.rows)
    total = text.count("\n")
    assert all(1 < line <= total for line, _ in read)
    assert [line for line, _ in read] == sorted({line for line, _ in read})
    assert (total, ["K1", "Eins", "aktiv"]) in read or problems.count or any("K1;Eins" in "".join(r) for _, r in read)


@given(st.binary(max_size=300), st.sampled_from(["csv", "json"]))
def test_any_bytes_are_read_or_refused(data: bytes, form: str) -> None:
    problems = Problems()
    records = _records(source(data, form), problems)
    assert (records is None) == (problems.count > 0)
    if records is not None:
        assert all(len(row) >= 1 for _, row in records.rows)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '[{"a":' * 50_000, '[{"a": ' + "[" * 100_000 + "]" * 100_000 + "}]", "[1" + "0" * 5_000 + "]"],
)
def test_json_of_any_depth_and_size_is_refused(text: str) -> None:
    problems = Problems()
    assert _records(source(text.encode(), "json"), problems) is None
    with pytest.raises(BadDataError) as caught:
        problems.raise_if_any()
    assert [problem.line for problem in caught.value.problems] == [1]


def test_damaged_workbooks_and_archives_are_read_or_refused(tmp_path: Path) -> None:
    good = write_workbook(tmp_path / "gut.xlsx", {"vpas": [HEAD.split(";"), GOOD.split(";")]}).read_bytes()
    rng = random.Random(1)
    path = tmp_path / "export.xlsx"
    refused = 0
    for _ in range(300):
        data = bytearray(good)
        for _ in range(rng.randint(1, 6)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path.write_bytes(data[: rng.choice([len(data), rng.randrange(len(data))])])
        problems = Problems()
        with ExitStack() as files:
            for found in Finder(problems, files).find([path]).sources:
                records = _records(found, problems)
                assert records is None or len(list(records.rows)) < 10
        refused += problems.count > 0
    assert 50 < refused <= 300


def test_numbers_of_any_length_in_json(tmp_path: Path) -> None:
    row = json.dumps(vpa(vpa_id=1)).replace('"vpa_id": 1', '"vpa_id": ' + "9" * 10_000)
    problems = Problems()
    records = _records(source(f"[{row}]".encode(), "json"), problems)
    assert records is not None
    assert next(records.rows)[1][records.header.index("vpa_id")] == "9" * 10_000
