"""Putting a profile together: what is open, what is not ours, and what would come of it (X-03)."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.importing.profiles.actions import SetProfile
from models.importing.profiles.suggest.draft import Draft
from models.importing.profiles.suggest.suggestion import suggest
from models.tables.people import Vpa
from tests.importing.support import Exports

TABLE = (
    "Assistent-Nr.;Nachname;Vorname;Einstufung;Eintritt;Status;Merkmal\n"
    "P1;Muster;Mira;A;01/31/2020;Online;x\n"
    "P2;Beispiel;Ida;B;02/03/2021;Sabbatical;y\n"
    ";Summe;2;;;;\n"
    "P3;Dritte;Eva;Z;05/04/2022;Sabbatical;z\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "leute.csv"
    made.write_text(TABLE, encoding="utf-8")
    return made


@pytest.fixture
def draft(exports: Exports, path: Path) -> Draft:
    return Draft.of(suggest(exports.world.session(), path))


def test_x_03_what_is_open_is_named_and_counted_and_saved_when_nothing_is(
    exports: Exports, draft: Draft, path: Path
) -> None:
    assert (draft.table.name, draft.open) == ("vpas", ["neukunden", "auftraege"])
    assert draft.untranslated == [("klasse", "Z"), ("aktiv", "Sabbatical")]
    assert len(draft.faults()) == 2
    for ours in draft.open:
        draft.fix(ours, "=ja")
    assert [(f.column, f.count) for f in draft.trial().faults] == [("klasse", 1), ("aktiv", 2)]
    draft.translate("aktiv", "sabbatical", "nein")
    draft.translate("klasse", "Z", "D")
    trial = draft.trial()
    assert (draft.open, draft.untranslated, draft.faults(), trial.faults) == ([], [], [], ())
    assert (trial.looked_at, trial.skipped) == (3, 1)
    shown = dict(zip(trial.columns, trial.rows[2], strict=True))
    assert shown == {
        "vpa_id": "P3", "name": "Eva Dritte", "klasse": "D", "start": "2022-05-04", "aktiv": "nein", "neukunden": "ja",
        "auftraege": "ja",
    }  # fmt: skip
    exports.world.run(SetProfile(toml=draft.toml()))
    assert exports.take_paths(path)["files"][0]["rows"] == 3
    assert [v.active for v in Vpa.select().order_by(Vpa.id)] == [True, False, False]


def test_a_column_is_assigned_anew_and_a_table_guessed_anew(exports: Exports, draft: Draft) -> None:
    assert draft.of_theirs("Nachname") == "name"
    draft.assign("Merkmal", "buddy")
    assert draft.of_theirs("Merkmal") == "buddy"
    draft.assign("Merkmal", None)
    draft.assign("Einstufung", None)
    assert (draft.of_theirs("Merkmal"), draft.open) == (None, ["klasse", "neukunden", "auftraege"])
    draft.assign("Status", "klasse")
    assert draft.open == ["aktiv", "neukunden", "auftraege"]
    draft.pass_over(None)
    assert draft.trial().skipped == 0
    draft.become("kunden")
    assert "name" in draft.columns


def test_dates_are_shown_as_they_are_read(exports: Exports, draft: Draft) -> None:
    assert draft.formats == {"start": "MM/DD/YYYY"}
    assert draft.as_read("start", "01/31/2020") == "2020-01-31"
    assert "MM/DD/YYYY" in draft.fitting_formats("start")
    draft.read_dates("start", "")
    assert draft.as_read("start", "01/31/2020").startswith("?")
