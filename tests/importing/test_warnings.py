"""What speaks against an import, passed with a reason: half a file, a second baseline, the future, other ids (X-05)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import pytest

from models.ground.errors import UsageError
from models.importing.importer import preview
from models.playbook.refusals import RefusedError
from models.tables.case import Case
from models.tables.history import History
from models.tables.people import Absence, Import, Vpa
from models.tables.setting import Setting
from tests.importing.support import Exports, Row, absence, row, vpa

NOW = "2025-11-05T14:00"
MONDAY = "2025-12-01"


def vpas(*numbers: int) -> list[Row]:
    """So many different ones."""
    return [vpa(vpa_id=f"V{n:03}", name=f"Nr {n:03}") for n in numbers]


def against(exports: Exports, *, baseline: bool = False, partial: bool = False, **tables: Any) -> list[str]:
    """What speaks against this export, by code; makes sure that it changed nothing and that a reason passes it."""
    path = exports.folder(**tables)
    how: dict[str, Any] = {"baseline": baseline, "partial": partial}
    told = [o.code for o in preview(exports.world.session(), [path], **how)["warnings"]]
    before = (History.select().count(), Import.select().count(), gone())
    with pytest.raises(RefusedError) if told else nullcontext() as caught:
        exports.take_paths(path, **how, dry_run=True)
    if caught is not None:
        assert [o.code for o in caught.value.obstacles] == told
        assert {(o.rule, o.weight) for o in caught.value.obstacles} <= {("X-05", "warn"), ("D-01", "warn")}
        with pytest.raises(RefusedError):
            exports.take_paths(path, **how, despite=" \u200b\u00a0")
    exports.take_paths(path, **how, despite="So gewollt", dry_run=True)
    assert (History.select().count(), Import.select().count(), gone()) == before
    return told


def gone() -> list[str]:
    """Who is gone."""
    return [one.id for one in Vpa.select().where(Vpa.gone).order_by(Vpa.id)]


# Half a file


@pytest.mark.parametrize(
    ("known", "left", "warned"),
    [(10, 5, True), (10, 6, False), (30, 25, False), (25, 20, False), (24, 19, True), (5, 0, True), (4, 0, False)],
)
def test_more_than_a_fifth_and_at_least_five_x_05(exports: Exports, known: int, left: int, warned: bool) -> None:
    """X-05: of the VPAs that were not gone; exactly 20 % are not more than 20 %, four are never many."""
    exports.take(vpas=vpas(*range(known)))
    assert against(exports, vpas=vpas(*range(left))) == (["many_gone"] if warned else [])


def test_those_who_were_gone_before_do_not_count_x_05(exports: Exports) -> None:
    exports.take(vpas=vpas(*range(30)))
    exports.take(vpas=vpas(*range(10)), despite="Wir sind kleiner geworden")
    assert len(gone()) == 20
    assert against(exports, vpas=vpas(*range(6))) == []
    assert against(exports, vpas=vpas(*range(5))) == ["many_gone"]


def test_new_ones_do_not_make_up_for_those_who_go_x_05(exports: Exports) -> None:
    exports.take(vpas=vpas(*range(10)))
    assert against(exports, vpas=vpas(*range(100, 200))) == ["many_gone"]


def test_the_share_is_the_teams_x_05(exports: Exports) -> None:
    exports.take(vpas=vpas(*range(10)))
    Setting.create(key="gone_share", value="50")
    assert against(exports, vpas=vpas(*range(5))) == []
    assert against(exports, vpas=vpas(*range(4))) == ["many_gone"]


def test_without_the_file_nobody_goes_x_05(exports: Exports) -> None:
    exports.take(vpas=vpas(*range(10)))
    assert against(exports, kunden=[row("kunden")]) == []


def test_an_older_export_makes_nobody_gone_x_05_d_01(exports: Exports) -> None:
    new = [{**one, "letzte_aktivitaet": "2025-11-05T10:00"} for one in vpas(*range(10))]
    exports.take(vpas=new)
    assert against(exports, vpas=[{**new[0], "letzte_aktivitaet": "2025-11-04T10:00"}]) == ["older_export"]


def test_the_answer_counts_what_goes_and_the_reason_is_kept_x_05(exports: Exports) -> None:
    """`--dry-run` says it too; the preview names them."""
    tables: dict[str, Any] = {
        "vpas": vpas(*range(9)),
        "abwesenheiten": [
            absence(vpa_id="V003"),
            absence(vpa_id="V003", abwesenheit_id="A2", von="2025-12-08", bis="2025-12-08"),
        ],
    }
    exports.take(**tables)
    path = exports.folder(vpas=vpas(0, 1, 2), abwesenheiten=[])
    looked = preview(exports.world.session(), [path])
    assert (looked["gone"], looked["withdrawn"]) == (6, 2)
    assert looked["vpas"] == [f"Nr {n:03}" for n in range(3, 9)]
    assert looked["absences"][0] == ("Nr 003", "2025-12-01", "2025-12-05")
    dry = exports.take_paths(path, despite="Wir sind weniger", dry_run=True)
    assert (dry["gone"], dry["withdrawn"], gone()) == (6, 2, [])
    answer = exports.take_paths(path, despite="Wir sind weniger")
    assert (answer["gone"], answer["withdrawn"], len(gone())) == (6, 2, 6)
    extra = History.select().order_by(History.id.desc()).get().extra
    assert (extra["despite"], extra["passed"], extra["gone"]) == ("Wir sind weniger", ["many_gone"], 6)
    again = exports.take_paths(path)
    assert (again["gone"], again["withdrawn"]) == (0, 0)


def test_a_part_takes_nothing_away_x_05(exports: Exports) -> None:
    """`partial`: neither gone nor withdrawn by missing; who is in it is taken as ever, and who was gone comes back."""
    exports.take(vpas=vpas(*range(10)), abwesenheiten=[absence(vpa_id="V003")])
    exports.take(vpas=vpas(*range(9)), abwesenheiten=[absence(vpa_id="V003")])
    assert gone() == ["V009"]
    part: dict[str, Any] = {"vpas": [*vpas(9), vpa(vpa_id="V000", name="Nr 000", klasse="A")], "abwesenheiten": []}
    assert against(exports, partial=True, **part) == []
    answer = exports.take_paths(exports.folder(**part), partial=True)
    assert (answer["gone"], answer["withdrawn"], answer["cases"]) == (0, 0, 1)
    assert gone() == []
    assert not Absence.get().withdrawn
    assert [case.findings for case in Case.select().where(Case.kind == "class")] == [["better"]]
    assert History.select().order_by(History.id.desc()).get().extra["partial"] is True


def test_the_command_refuses_and_takes_a_part_x_05(exports: Exports) -> None:
    exports.take(vpas=vpas(*range(10)))
    path = str(exports.folder(vpas=[]))
    refused = exports.world.cli("import", path)
    assert refused.exit_code == 3
    (obstacle,) = refused.json["error"]["obstacles"]
    assert (obstacle["code"], obstacle["rule"], obstacle["weight"]) == ("many_gone", "X-05", "warn")
    assert exports.world.cli("import", path, "--partial").ok().json["gone"] == 0
    told = exports.world.cli("import", path, "--despite", "Neues Team", "--dry-run", json=False).ok().stdout
    assert "10 VPAs wären weg" in told
    told = exports.world.cli("import", path, "--despite", "Neues Team", json=False).ok().stdout
    assert "10 VPAs sind weg" in told


# A second baseline


def test_a_baseline_on_a_database_in_use_x_05(exports: Exports) -> None:
    """Twice at the beginning is harmless: nothing has been told yet."""
    assert against(exports, baseline=True, vpas=vpas(1)) == []
    exports.take(baseline=True, vpas=vpas(1))
    assert against(exports, baseline=True, vpas=vpas(1, 2)) == []
    exports.take(vpas=vpas(1, 2))
    assert against(exports, baseline=True, vpas=vpas(1, 2)) == ["baseline_again"]
    assert against(exports, baseline=False, vpas=vpas(1, 2)) == []


def test_all_that_speaks_against_it_is_told_together_x_05(exports: Exports) -> None:
    exports.take(vpas=vpas(*range(10)))
    far = [{**vpas(77)[0], "letzte_aktivitaet": "2099-01-01T00:00"}]
    assert against(exports, baseline=True, vpas=far) == ["many_gone", "baseline_again", "implausible_date"]


# The future

DONE = [
    ("vpas", "letzte_aktivitaet", "T08:00"), ("abwesenheiten", "eingetragen_am", ""), ("akten", "zeit", "T08:00"),
    ("nachrichten", "zeit", "T08:00"), ("kunden", "letzte_buchung", ""), ("kunden", "vpa_akte_gepflegt_am", ""),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "time"), DONE)
def test_what_was_done_cannot_lie_far_ahead_x_05(exports: Exports, table: str, column: str, time: str) -> None:
    """Two days are a clock that goes wrong, more are a mistake: told with file, line and column."""
    needed = {"vpas": vpas(1), "kunden": [row("kunden")], "aufgaben": [row("aufgaben")]}

    def tables(day: str) -> dict[str, Any]:
        good = row(table, **_ids(table, 1))
        return {**needed, table: [good, row(table, **{**_ids(table, 2), column: f"{day}{time}"})]}

    assert against(exports, **tables("2025-11-07")) == []
    assert against(exports, **tables("2025-11-09")) == ["implausible_date"]
    with pytest.raises(RefusedError) as refusal:
        exports.take(**tables("2052-11-25"))
    assert f"{table}.csv, Zeile 3, {column}: Mo 25.11.2052" in refusal.value.message


def _ids(table: str, number: int) -> Row:
    keys = {
        "vpas": {"vpa_id": f"V00{number}"}, "abwesenheiten": {"abwesenheit_id": f"A{number}", "vpa_id": "V001"},
        "akten": {"eintrag_id": f"E{number}"}, "nachrichten": {"nachricht_id": f"M{number}"},
        "kunden": {"kunden_id": f"K{number}"},
    }  # fmt: skip
    return dict(keys[table])


def test_a_planned_day_may_lie_ahead_x_05(exports: Exports) -> None:
    """The control: absences, deadlines, an Onboarding-Call and a start are plans."""
    assert against(
        exports, vpas=[vpa(vpa_id="V001", start="2026-05-01", onboarding_call="2026-05-02")], kunden=[row("kunden")],
        aufgaben=[row("aufgaben", deadline="2030-01-01")],
        abwesenheiten=[absence(vpa_id="V001", von="2027-01-01", bis="2027-01-02")],
        zuordnungen=[row("zuordnungen", vpa_id="V001", von="2026-06-01", bis="2027-01-01")],
    ) == []  # fmt: skip


def test_such_a_moment_does_not_move_the_mark_x_05_d_01(exports: Exports) -> None:
    """Trial 11: one slip of the year, and every real export afterwards was older."""
    mad = [{**vpas(1)[0], "letzte_aktivitaet": "2052-11-25"}, {**vpas(2)[0], "letzte_aktivitaet": "2025-11-04"}]
    exports.take(vpas=mad, despite="Steht so auf der Plattform")
    assert Import.get().newest["letzte_aktivitaet"].startswith("2025-11-03 23:00")
    next_day = [{**one, "letzte_aktivitaet": "2025-11-05T09:00"} for one in vpas(1, 2)]
    assert against(exports, vpas=next_day) == []


# Ids that a spreadsheet mangled


@pytest.mark.parametrize(
    ("known", "now"),
    [
        (["0017", "0018", "0119"], ["17", "18", "119"]),
        (["V001", "V002", "V013"], ["1", "2", "13"]),
        (["V001", "V002", "V013"], ["001", "002", "013"]),
        (["DE-77", "DE-78"], ["77", "78", "79"]),
        (["1234567890123456789", "1234567890123456111"], ["1234567890123460000"]),
        (["1234567890123456789", "2234567890123456111"], ["1,23457E+18", "2,23457E+18"]),
        (["4512345678901234"], ["4.51235E+15"]),
    ],
)
def test_ids_that_lost_zeros_prefix_or_digits_x_05(exports: Exports, known: Sequence[str], now: Sequence[str]) -> None:
    exports.take(vpas=[vpa(vpa_id=key) for key in known])
    assert "id_changed" in against(exports, vpas=[vpa(vpa_id=key) for key in now])
    exports.take(kunden=[row("kunden", kunden_id=f"K{key}") for key in known])
    assert against(exports, kunden=[row("kunden", kunden_id=f"K{key}") for key in known]) == []


@pytest.mark.parametrize(
    ("known", "now"),
    [
        (["V001", "V002"], ["V003"]),
        (["V001", "V002"], ["V001", "2", "3"]),
        (["V001", "V002"], ["W001", "W002"]),
        (["V001", "V002"], ["77", "78"]),
        (["17", "18"], ["0017"]),
        ([], ["1", "2"]),
    ],
)
def test_new_ids_are_no_mangled_ones_x_05(exports: Exports, known: Sequence[str], now: Sequence[str]) -> None:
    """The control: one known id among them, other letters, other numbers, nothing known."""
    exports.take(vpas=[vpa(vpa_id=key) for key in known])
    assert against(exports, vpas=[vpa(vpa_id=key) for key in now]) == []


def test_the_refusal_names_an_id_and_what_it_was_x_05(exports: Exports) -> None:
    exports.take(kunden=[row("kunden", kunden_id=f"K0{n}") for n in range(10, 14)])
    with pytest.raises(RefusedError) as refusal:
        exports.take(kunden=[row("kunden", kunden_id=str(n)) for n in range(10, 14)])
    assert "kunden: 10 statt K010" in refusal.value.message


# The zone of the file


def test_moments_of_a_file_in_utc(exports: Exports) -> None:
    """`timezone`: every moment without offset, also in a day column; one with an offset stays."""
    rows = [
        vpa(vpa_id="V001", letzte_aktivitaet="2025-11-05T09:00", onboarding_call="2025-03-30T02:30"),
        vpa(vpa_id="V002", letzte_aktivitaet="2025-11-05T09:00+01:00", onboarding_call="2025-03-30T23:30"),
        vpa(vpa_id="V003", letzte_aktivitaet="2025-03-30 02:30"),
    ]
    exports.take_paths(exports.folder(vpas=rows), timezone="UTC")
    told = [
        (one.last_activity.to_iso8601_string()[:16], str(one.onboarding_call)) for one in Vpa.select().order_by(Vpa.id)
    ]
    assert told == [
        ("2025-11-05T09:00", "2025-03-30"), ("2025-11-05T08:00", "2025-03-31"), ("2025-03-30T02:30", "None"),
    ]  # fmt: skip


def test_a_zone_that_is_none_is_wrong_usage(exports: Exports) -> None:
    with pytest.raises(UsageError, match="--timezone"):
        exports.take_paths(exports.folder(vpas=vpas(1)), timezone="Mars/Phobos")
    assert exports.world.cli("import", str(exports.folder(vpas=vpas(1))), "--timezone", "UTC").ok().json["files"]
