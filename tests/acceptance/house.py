"""One house of invented people, built by commands and exports alone; what every acceptance story starts from.

Nothing here looks into a table: the only way in is the command line, the only way to compare two states is `backup`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.support.program import Result
from tests.support.world import World

Row = dict[str, str]
Tables = Mapping[str, Iterable[Row]]

MONDAY = "2025-11-03T08:00"
"""The first export, taken as known (`--baseline`)."""
WEDNESDAY = "2025-11-05T09:00"
"""The second export: one Case of every sort, a flag of every stage."""

MEMBERS = {
    "ANN": "at", "TOM": "at", "KIM": "customer_manager", "FRE": "approver", "SAM": "sales", "BEN": "buddy",
    "WIM": "vpa_manager",
}  # fmt: skip
LINK = "https://plattform.example/aufgaben/T1"


def vpa(key: str, name: str, klasse: str = "B", start: str = "2020-01-08", **more: str) -> Row:
    """A row of `vpas` with every column."""
    return {
        "vpa_id": key, "name": name, "klasse": klasse, "start": start, "rising_star": "nein", "onboarding_call": "",
        "teilzeit": "nein", "mobile_app": "nein", "aktiv": "ja", "letzte_aktivitaet": "2025-11-01", "neukunden": "ja",
        "auftraege": "ja", "bereiche": "Recherche", "buddy": "", **more,
    }  # fmt: skip


def absence(key: str, of: str, first: str, last: str, entered: str) -> Row:
    """A row of `abwesenheiten`."""
    return {"abwesenheit_id": key, "vpa_id": of, "von": first, "bis": last, "eingetragen_am": entered}


def customer(key: str, name: str, **more: str) -> Row:
    """A row of `kunden` with every column."""
    return {
        "kunden_id": key, "name": name, "klasse": "", "status": "aktiv", "muster": "", "letzte_buchung": "",
        "wizard": "", "vpa_akte_gepflegt_am": "", "vpa_akte_gepflegt_von": "", **more,
    }  # fmt: skip


def in_charge(of: str, who: str, start: str, end: str = "", why: str = "") -> Row:
    """A row of `zuordnungen`."""
    return {"kunden_id": of, "vpa_id": who, "von": start, "bis": end, "grund": why}


def task(key: str, of: str, title: str, status: str = "forwarded", **more: str) -> Row:
    """A row of `aufgaben` with every column."""
    return {
        "aufgabe_id": key, "kunden_id": of, "vpa_id": "V1", "titel": title, "stunden": "", "deadline": "",
        "status": status, "link": f"https://plattform.example/aufgaben/{key}", "neukunde": "nein", "delegiert_von": "",
        "delegations_grund": "", "delegations_kommentar": "", **more,
    }  # fmt: skip


def entry(key: str, file: str, at: str, situation: str, **more: str) -> Row:
    """A row of `akten`."""
    return {
        "eintrag_id": key, "kunden_id": "", "vpa_id": "", "datei": file, "zeit": at, "verfasser": "Jemand", "von": "at",
        "art": "", "situation": situation, "loesung": "", "naechste_schritte": "", "link": "", "tags": "", **more,
    }  # fmt: skip


def message(key: str, of: str, at: str, who: str, text: str, tags: str = "") -> Row:
    """A row of `nachrichten`."""
    return {"nachricht_id": key, "aufgabe_id": of, "zeit": at, "von": who, "text": text, "tags": tags}


VPAS = (
    vpa("V1", "Mira Keller", "A", bereiche="Recherche|Grafik"),
    vpa("V2", "Nele Neuhaus", "N", "2025-11-05"),
    vpa("V3", "Ole Weber", "B"),
    vpa("V4", "Pia Teil", teilzeit="ja", mobile_app=""),
    vpa("V5", "Rolf Still"),
    vpa("V6", "Stella Hoch", "C"),
    vpa("V7", "Timo Lang"),
    vpa("V8", "Ute Oft"),
    vpa("V9", "Vera Kurz"),
    vpa("V10", "Drei Sechs", "B", "2025-08-05", onboarding_call="2025-08-01"),
    vpa("V11", "Sechs Neun", "C", "2025-05-05"),
    vpa("V12", "Neun Zwölf", "N", "2025-02-05"),
    vpa("V13", "Über Zwölf", "B", "2024-11-05"),
)
KNOWN_ABSENCES = (
    absence("A1", "V8", "2025-09-08", "2025-09-09", "2025-08-01"),
    absence("A2", "V8", "2025-10-06", "2025-10-07", "2025-08-01"),
)
NEW_ABSENCES = (
    absence("A3", "V7", "2025-12-01", "2025-12-22", "2025-11-04"),
    absence("A4", "V8", "2025-11-24", "2025-11-25", "2025-11-04"),
    absence("A5", "V9", "2025-11-06", "2025-11-07", "2025-11-05"),
    absence("A6", "V6", "2026-02-02", "2026-02-03", "2025-11-04"),
)
CUSTOMERS = (
    customer(
        "K1", "Bäckerei Sommer", klasse="B", muster="laufend", letzte_buchung="2025-10-20",
        wizard="Schreibt gern morgens.", vpa_akte_gepflegt_am="2025-08-01", vpa_akte_gepflegt_von="vpa",
    ),
    customer("K2", "Gärtnerei Winter", status="angebot"),
    customer("K3", "Druckhaus Herbst", vpa_akte_gepflegt_am="2025-10-30", vpa_akte_gepflegt_von="at"),
    customer("K4", "Kanzlei Frühling", status="bucher", muster="einzeln"),
)  # fmt: skip
ASSIGNMENTS = (
    in_charge("K1", "V3", "2023-05-01", "2024-12-31"),
    in_charge("K1", "V1", "2025-01-01"),
    in_charge("K2", "V1", "2025-10-01"),
    in_charge("K3", "V4", "2025-02-01"),
)
TASKS = (
    task("T1", "K1", "Messeliste pflegen", delegiert_von="V1", delegations_grund="zeit"),
    task("T2", "K2", "Flyer setzen", neukunde="ja", stunden="6,5"),
    task("T3", "K1", "Adressen suchen", "offen", stunden="12"),
    task("T4", "K1", "Reise buchen", "offen", stunden="10", deadline="2025-12-01"),
    task("T5", "K1", "Alt und erledigt", "erledigt"),
)
ENTRIES = (
    entry("E1", "oteam", "2025-10-01T10:00", "Erstes Gespräch am Telefon", kunden_id="K1", von="sales", art="lead"),
    entry("E2", "vpa_kunde", "2025-08-20T10:00", "Mag kurze Mails", kunden_id="K1", von="vpa", tags="Stil|Mail"),
    entry("E3", "vpa_akte", "2025-10-02T10:00", "Stammgespräch geführt", vpa_id="V1"),
)
MESSAGES = (
    message("M1", "T4", "2025-10-27T10:00", "at", "Welcher Bahnhof?", "rueckfrage"),
    message("M2", "T4", "2025-10-29T10:00", "at", "Erinnerung eins", "erinnerung"),
    message("M3", "T4", "2025-10-31T10:00", "at", "Erinnerung zwei", "erinnerung"),
)


def day_one() -> dict[str, Any]:
    """The first export."""
    return {
        "vpas": list(VPAS), "kunden": list(CUSTOMERS), "zuordnungen": list(ASSIGNMENTS),
        "abwesenheiten": list(KNOWN_ABSENCES), "aufgaben": list(TASKS), "akten": list(ENTRIES),
        "nachrichten": list(MESSAGES),
    }  # fmt: skip


CHANGES: Mapping[str, Row] = {
    "V1": {"auftraege": "nein", "letzte_aktivitaet": "2025-11-04"},
    "V2": {"neukunden": "nein"},
    "V3": {"klasse": "C"},
    "V4": {"aktiv": "nein"},
    "V5": {"aktiv": "nein"},
    "V6": {"klasse": "B", "rising_star": "ja"},
}


def vpas(**changes: Row) -> list[Row]:
    """The second day's `vpas`, with further changes by id."""
    return [{**row, **CHANGES.get(row["vpa_id"], {}), **changes.get(row["vpa_id"], {})} for row in VPAS]


def absences(*, without: str = "", **changes: Row) -> list[Row]:
    """The second day's `abwesenheiten`, with changes by id."""
    rows = [*KNOWN_ABSENCES, *NEW_ABSENCES]
    return [{**row, **changes.get(row["abwesenheit_id"], {})} for row in rows if row["abwesenheit_id"] != without]


def changed(rows: Iterable[Row], **changes: Row) -> list[Row]:
    """Rows of any file with changes by the id in the first column."""
    return [{**row, **changes.get(next(iter(row.values())), {})} for row in rows]


class House:
    """A world worked by commands only."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.folder = folder
        self._count = 0

    def run(self, *args: str, as_: str | None = None, now: str | None = None, json: bool = True) -> Result:
        """Run a command, whatever comes of it."""
        return self.world.cli(*args, as_=as_, now=now, json=json)

    def do(self, *args: str, as_: str | None = None, now: str | None = None) -> Any:
        """Run a command that must be done; its one object."""
        return self.run(*args, as_=as_, now=now).ok().json

    def rows(self, *args: str, as_: str | None = None, now: str | None = None) -> list[Any]:
        """The lines of a list."""
        return self.run(*args, as_=as_, now=now).ok().lines

    def wants(self, *args: str, as_: str | None = None, now: str | None = None) -> list[str]:
        """`code rule` of each obstacle of a refusal, in order."""
        result = self.run(*args, as_=as_, now=now)
        assert result.exit_code == 3, f"refusal expected, exit {result.exit_code}: {result.stdout}{result.stderr}"
        error = result.json["error"]
        assert error["code"] == "refused"
        return [f"{each['code']} {each['rule']}" for each in error["obstacles"]]

    def fails(self, *args: str, as_: str | None = None, now: str | None = None) -> tuple[int, str]:
        """Exit code and `error.code` of a failure."""
        result = self.run(*args, as_=as_, now=now)
        assert result.exit_code, f"failure expected: {result.stdout}"
        return result.exit_code, result.json["error"]["code"]

    def export(self, tables: Tables) -> Path:
        """A folder of CSVs."""
        self._count += 1
        folder = self.folder / f"export{self._count}"
        folder.mkdir(parents=True)
        for name, given in tables.items():
            rows = list(given)
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)), delimiter=";")
                writer.writeheader()
                writer.writerows(rows)
        return folder

    def take(self, now: str, *more: str, as_: str | None = None, **tables: Iterable[Row]) -> dict[str, Any]:
        """Take an export of these files; its answer. The clock of the story moves on to `now`."""
        self.world.now = now
        answer: dict[str, Any] = self.do("import", str(self.export(tables)), *more, as_=as_, now=now)
        return answer

    def case(self, kind: str, of: str, state: str = "open") -> dict[str, Any]:
        """The only Case of that kind of that VPA."""
        (found,) = self.rows("case", "list", "--kind", kind, "--vpa", of, "--state", state)
        shown: dict[str, Any] = found
        return shown

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the whole database, by `backup`, which writes a SQLite file on every engine."""
        from peewee import sqlite3  # type: ignore[attr-defined]

        self._count += 1
        path = self.folder / f"backup{self._count}.db"
        self.run("backup", str(path)).ok()
        connection = sqlite3.connect(path)
        try:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            # A backup of PostgreSQL notes when it was made itself; each notes that it was made (P-06).
            names = [name for name in names if name not in ("schema_migration", "access", "sqlite_sequence")]
            return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
        finally:
            connection.close()


def settle(house: House) -> None:
    """Members, the first export as known, the second with its Cases and flags."""
    house.world.now = MONDAY
    house.do("member", "add", "VIO", "Viola Vogt", "--role", "vpa_manager")
    for kuerzel, role in MEMBERS.items():
        house.do("member", "add", kuerzel, f"{kuerzel} Muster", "--role", role, as_="VIO")
    house.world.me = "ANN"
    house.take(MONDAY, "--baseline", **day_one())
    house.take(WEDNESDAY, vpas=vpas(), abwesenheiten=absences())
    house.world.now = "2025-11-05T14:00"
