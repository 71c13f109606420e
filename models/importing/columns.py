"""The one table of columns: what an export may hold, how its cells are read and where they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from models.tables import people

Kind = Literal["id", "text", "choice", "yesno", "date", "day", "moment", "number", "list", "kind"]
"""`date` is strict; `day` also takes a moment and keeps its Berlin date; `kind` falls back to `other`."""

ABSENT = "\x1a"
"""Stands for the cell of a column that the export does not have; no cleaned cell holds control characters."""

SEPARATOR = people.SEPARATOR
"""Between the cells of a row in `exported`."""

Fault = tuple[str, str, str]
"""Column, code, German sentence."""


@dataclass(frozen=True)
class Column:
    """One column of one file."""

    name: str
    """As the header says it."""
    kind: Kind = "text"
    required: bool = False
    field: str = ""
    """Column of our own table, if it is kept in one."""
    choices: tuple[str, ...] = ()
    fold: Callable[[str], str] | None = None
    """How upper and lower case are made alike; None where they differ."""
    empty: str = ""
    """What an empty cell means."""
    refers: str = ""
    """File whose rows it names."""
    newest: bool = False
    """Whether its newest value says how new the export is (`older_export`)."""
    done: bool = False
    """Whether it tells of something done, which cannot lie far ahead (`implausible_date`)."""


@dataclass(frozen=True)
class Table:
    """One file and the table of ours that keeps it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Columns that name a row."""
    table: str
    """Our table."""
    key_fields: tuple[str, ...]
    """Its columns that answer to `key`."""
    defaults: dict[str, Any] = field(default_factory=dict)
    """What a new row has in columns that no export fills, as stored."""
    check: Callable[[dict[str, str]], Iterator[Fault]] | None = None
    """What holds between the cells of a row."""
    folded: str = ""
    """Column from which our column `folded` is made."""

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each column's cell stands in `exported`."""
        return {column.name: index for index, column in enumerate(self.columns)}

    @cached_property
    def references(self) -> tuple[Column, ...]:
        """Columns that name rows of other files."""
        return tuple(column for column in self.columns if column.refers)

    @cached_property
    def staged(self) -> tuple[str, ...]:
        """Columns that the staging table holds apart: keys and references."""
        return tuple(dict.fromkeys((*self.key, *(column.name for column in self.references))))

    def cells(self, exported: str) -> dict[str, str]:
        """The cells of a row by column name."""
        cells = exported.split(SEPARATOR)
        cells += [ABSENT] * (len(self.place) - len(cells))  # kept before the last columns were known
        return dict(zip(self.place, cells, strict=True))


def _ends_after_start(cells: dict[str, str]) -> Iterator[Fault]:
    """The end may not lie before the start."""
    start, end = cells["von"], cells["bis"]
    if start and end and ABSENT not in (start, end) and end < start:
        yield "bis", "bad_value", f"Das Ende {end} liegt vor dem Beginn {start}."


def _one_subject(cells: dict[str, str]) -> Iterator[Fault]:
    """An entry stands in the file of one customer or of one VPA, and in a file that this one has."""
    customer, vpa = (cells[name].replace(ABSENT, "") for name in ("kunden_id", "vpa_id"))
    about_vpa = cells["datei"] == "vpa_akte"
    if customer and vpa:
        wrong = "kunden_id" if about_vpa else "vpa_id"
        yield wrong, "bad_value", "Ein Eintrag gehört zu einem Kunden oder zu einem VPA, nicht zu beiden."
    elif not customer and not vpa:
        lacking = "vpa_id" if about_vpa else "kunden_id"
        yield lacking, "missing_value", "Der Eintrag braucht einen Kunden oder einen VPA."
    elif cells["datei"] not in ("", ABSENT) and about_vpa != bool(vpa):
        yield "datei", "bad_value", "Die VPA-Akte gehört zu einem VPA, die beiden Kundenakten zu einem Kunden."


_STATES = ("angebot", "bucher", "prio", "aktiv", "inaktiv")
_TASK_STATES = ("offen", "forwarded", "umfrage", "vergeben", "abgelehnt", "erledigt")

VPAS = Table(
    "vpas",
    (
        Column("vpa_id", "id", True, "id"),
        Column("name", "text", True, "name"),
        Column("klasse", "choice", True, "klasse", ("A", "B", "C", "D", "N"), str.upper),
        Column("start", "date", True, "start"),
        Column("rising_star", "yesno", False, "rising_star"),
        Column("onboarding_call", "day", False, "onboarding_call"),
        Column("teilzeit", "yesno", False, "part_time", empty="nein"),
        Column("mobile_app", "yesno", False, "mobile_app"),
        Column("aktiv", "yesno", True, "active"),
        Column("letzte_aktivitaet", "moment", False, "last_activity", newest=True, done=True),
        Column("neukunden", "yesno", True, "new_customers"),
        Column("auftraege", "yesno", True, "orders"),
        Column("bereiche", "list", False, "areas"),
        Column("buddy", "text", False, "buddy"),
        Column("weg", "yesno"),
    ),
    ("vpa_id",), "vpa", ("id",),
    {"version": 1, "gone": False, "part_time": False, "areas": "[]"},
    folded="name",
)  # fmt: skip

KUNDEN = Table(
    "kunden",
    (
        Column("kunden_id", "id", True, "id"),
        Column("name", "text", True, "name"),
        Column("klasse", "choice", False, "klasse", ("A", "B", "C", "D"), str.upper),
        Column("status", "choice", True, "status", _STATES, str.lower),
        Column("muster", "choice", False, "pattern", ("laufend", "einzeln")),
        Column("letzte_buchung", "day", False, "last_booking", done=True),
        Column("wizard", "text", False, "wizard"),
        Column("vpa_akte_gepflegt_am", "day", False, "kept_on", done=True),
        Column("vpa_akte_gepflegt_von", "choice", False, "kept_by", ("vpa", "at")),
    ),
    ("kunden_id",), "customer", ("id",), {"version": 1}, folded="name",
)  # fmt: skip

ZUORDNUNGEN = Table(
    "zuordnungen",
    (
        Column("kunden_id", "id", True, "customer", refers="kunden"),
        Column("vpa_id", "id", True, "vpa", refers="vpas"),
        Column("von", "date", True, "start"),
        Column("bis", "date", False, "end"),
        Column("grund", "text", False, "reason"),
    ),
    ("kunden_id", "vpa_id", "von"), "assignment", ("customer", "vpa", "start"), {"version": 1}, _ends_after_start,
)  # fmt: skip

ABWESENHEITEN = Table(
    "abwesenheiten",
    (
        Column("abwesenheit_id", "id", True, "id"),
        Column("vpa_id", "id", True, "vpa", refers="vpas"),
        Column("von", "date", True, "start"),
        Column("bis", "date", True, "end"),
        Column("eingetragen_am", "day", True, "entered_on", newest=True, done=True),
    ),
    ("abwesenheit_id",), "absence", ("id",),
    {"version": 1, "withdrawn": False, "pending": True}, _ends_after_start,
)  # fmt: skip

AUFGABEN = Table(
    "aufgaben",
    (
        Column("aufgabe_id", "id", True, "id"),
        Column("kunden_id", "id", True, "customer", refers="kunden"),
        Column("vpa_id", "id", False, "vpa", refers="vpas"),
        Column("titel", "text", True, "title"),
        Column("stunden", "number", False, "hours"),
        Column("deadline", "day", False, "deadline"),
        Column("status", "choice", True, "state", _TASK_STATES, str.lower),
        Column("link", "text", False, "link"),
        Column("neukunde", "yesno", False, "new_customer", empty="nein"),
        Column("delegiert_von", "id", False, "delegated_by", refers="vpas"),
        Column("delegations_grund", "choice", False, "delegation_reason", ("kompetenz", "zeit")),
        Column("delegations_kommentar", "text", False, "delegation_comment"),
    ),
    ("aufgabe_id",), "task", ("id",),
    {"version": 1, "checklist": "{}", "tags_checked": False, "new_customer": False}, folded="titel",
)  # fmt: skip

AKTEN = Table(
    "akten",
    (
        Column("eintrag_id", "id", True),
        Column("kunden_id", "id", refers="kunden"),
        Column("vpa_id", "id", refers="vpas"),
        Column("datei", "choice", True, choices=("oteam", "vpa_kunde", "vpa_akte")),
        Column("zeit", "moment", True, done=True),
        Column("verfasser", "text", True),
        Column("von", "choice", choices=("at", "vpa", "sales")),
        Column("art", "kind"),
        Column("situation", "text", True),
        Column("loesung", "text"),
        Column("naechste_schritte", "text"),
        Column("link", "text"),
        Column("tags", "list"),
    ),
    ("eintrag_id",), "entry", ("platform_id",), check=_one_subject,
)  # fmt: skip

NACHRICHTEN = Table(
    "nachrichten",
    (
        Column("nachricht_id", "id", True, "id"),
        Column("aufgabe_id", "id", True, "task", refers="aufgaben"),
        Column("zeit", "moment", True, "at", newest=True, done=True),
        Column("von", "choice", True, "sender", ("kunde", "vpa", "at")),
        Column("text", "text", True, "text"),
        Column("tags", "list", False, "tags"),
    ),
    ("nachricht_id",), "message", ("id",), {"version": 1, "tags": "[]"},
)  # fmt: skip

TABLES = {table.name: table for table in (VPAS, KUNDEN, ZUORDNUNGEN, ABWESENHEITEN, AUFGABEN, AKTEN, NACHRICHTEN)}
"""Every file by its name, in the order in which they are taken: those named by others first."""
