"""Aufgaben of a real export: worked here, exported again (CONTRACT §3 and §8), on both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.importing.importer import take
from tests.support import task as make
from tests.support.world import World

FILES = {
    "vpas": "vpa_id;name;klasse;start;aktiv;neukunden;auftraege\nV1;Mira Keller;B;2024-01-08;ja;ja;ja\n"
    "V2;Can Demir;C;2024-01-08;ja;ja;ja\n",
    "kunden": "kunden_id;name;status\nK1;Bäckerei Sommer;aktiv\n",
    "zuordnungen": "kunden_id;vpa_id;von\nK1;V1;2025-01-02\n",
    "aufgaben": "aufgabe_id;kunden_id;vpa_id;titel;stunden;status;link;neukunde;delegiert_von;delegations_grund;"
    "delegations_kommentar\n"
    "T1;K1;V1;Messeliste;12,5;forwarded;https://plattform.example/t1;ja;V1;kompetenz;zu schwer\n",
    "nachrichten": "nachricht_id;aufgabe_id;zeit;von;text;tags\n"
    "M1;T1;20.10.2025 09:00;kunde;Bitte 20 Messen;aufgabenbeschreibung\n"
    "M2;T1;20.10.2025 10:00;vpa;Das Team sucht;weiterleitung|sonstiges\n",
}


def export(folder: Path, **changed: str) -> Path:
    """Write the export, some files changed; its path."""
    folder.mkdir(exist_ok=True)
    for name, text in {**FILES, **changed}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def imported(world: World, tmp_path: Path) -> None:
    """The team, and the first export; ANN acts."""
    make.team()
    world.me = "ANN"
    take(world.session(), [export(tmp_path / "export")])


def shown(world: World) -> dict[str, Any]:
    """`task show T1`."""
    found: dict[str, Any] = world.cli("task", "show", "T1").ok().json
    return found


def test_f01_an_exported_task_is_worked_and_stays_so_through_the_next_export(world: World, tmp_path: Path) -> None:
    assert [one["code"] for one in shown(world)["gates"]["offer"]] == ["information_missing", "tags_unchecked"]
    items = [part for item in make.COMPLETE for part in ("--item", f"{item}=present")]
    world.cli("task", "check", "T1", *items, "--tags-checked").ok()
    ours = world.cli("task", "message", "T1", "--from", "at", "--text", "Wir suchen", "--tag", "sonstiges").ok().json
    world.cli("task", "offer", "T1").ok()
    assert world.cli("task", "offer", "T1").exit_code == 6
    take(world.session(), [export(tmp_path / "export")])
    later = shown(world)
    assert (later["state"], later["tags_checked"], later["checklist"]) == ("umfrage", True, make.COMPLETE)
    assert [m["id"] for m in later["messages"]] == ["M1", "M2", ours["id"]]
    assert world.cli("undo").ok().json["state"] == "forwarded"


def test_t08_corrected_tags_stay_until_the_platforms_own_change(world: World, tmp_path: Path) -> None:
    world.cli("task", "tag", "M2", "--tag", "deadline").ok()
    take(world.session(), [export(tmp_path / "export")])
    assert shown(world)["messages"][1]["tags"] == ["deadline"]
    retagged = FILES["nachrichten"].replace("weiterleitung|sonstiges", "weiterleitung")
    take(world.session(), [export(tmp_path / "export", nachrichten=retagged)])
    assert shown(world)["messages"][1]["tags"] == ["weiterleitung"]


def test_f06_a_task_delegated_again_can_be_returned_again(world: World, tmp_path: Path) -> None:
    world.cli("task", "return", "T1", "--gap", "Zugang zur Liste").ok()
    assert world.cli("task", "return", "T1", "--gap", "Zugang zur Liste").exit_code == 6
    for state in ("offen", "forwarded"):
        changed = FILES["aufgaben"].replace(";forwarded;", f";{state};")
        take(world.session(), [export(tmp_path / "export", aufgaben=changed)])
    world.cli("task", "return", "T1", "--gap", "Noch immer der Zugang").ok()
    assert world.cli("vpa", "show", "V1").ok().json["returns"] == 2


def test_t07_t15_facts_of_the_export_count(world: World) -> None:
    assert world.cli("task", "message", "T1", "--from", "at", "--text", "Guten Tag").codes == ["tag_missing"]
    codes = world.cli("task", "decline", "T1", "--text", "Leider", "--why-impossible", "Liste").codes
    assert codes == ["question_missing", "release_missing"]


def test_a_person_reads_words_not_codes(world: World) -> None:
    world.cli("task", "note", "T1", "--text", "Bitte freundlich\x1b[31m.").ok()
    text = world.cli("task", "show", "T1", json=False).ok().stdout
    for words in ("Messeliste (T1) · Forwarded", "Stunden: 12,5", "VPA [Weiterleitung, Sonstiges]", "nicht beurteilt",
                  "Liest: VPA + AT, nicht Kunde", "Zur Bewerbung ausschreiben",
                  "○ Vollständige Angaben nach Starterkit (F-03): Prüf"):  # fmt: skip
        assert words in text
    assert "\x1b" not in text
    assert "information_missing" not in text
