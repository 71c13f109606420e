"""Our tables in the platform's own format (CONTRACT §3): one query each, read in pages, cells made by the database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from models.database.fields import MomentField
from models.importing.columns import TABLES

PAGE = 5_000
"""Rows read at a time."""


@dataclass(frozen=True)
class Spelling:
    """How an engine writes what the format wants as text; `{0}` stands for a column."""

    moment: str
    day: str
    text: str


SQLITE = Spelling("REPLACE(REPLACE({0}, ' ', 'T'), '.000000', '')", "{0}", "CAST({0} AS TEXT)")
POSTGRES = Spelling(
    "REPLACE(to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || '+00:00', '.000000', '')",
    "to_char({0}, 'YYYY-MM-DD')",
    "CAST({0} AS TEXT)",
)


@dataclass(frozen=True)
class Extract:
    """Where the rows of a file come from."""

    source: str
    """Table and condition, with `t` as its name."""
    cells: dict[str, str]
    """By column of the format: `kind expression`; kinds are `text`, `day`, `moment`, `yesno`, `number`, `list`."""
    key: str = "id"
    since: str = ""
    """Column by which `--since` chooses; empty for facts, which are always whole."""


_PERSON = (
    "text CASE WHEN t.subject LIKE 'customer:%' THEN substr(t.subject, 10) END",
    "text CASE WHEN t.subject LIKE 'vpa:%' THEN substr(t.subject, 5) END",
)
_TWIN = "(SELECT w.platform_id FROM twin w WHERE w.file = '{0}' AND w.own = CAST(t.id AS TEXT))"
_OWN_ENTRY = "CASE WHEN t.platform_id IS NULL OR t.exported IS NULL THEN 'schicht-' || t.id ELSE t.platform_id END"

EXTRACTS: dict[str, Extract] = {
    "vpas": Extract("vpa t WHERE t.merged_into IS NULL", {
        "vpa_id": "text t.id", "name": "text t.name", "klasse": "text t.klasse", "start": "day t.start",
        "rising_star": "yesno t.rising_star", "onboarding_call": "day t.onboarding_call",
        "teilzeit": "yesno t.part_time", "mobile_app": "yesno t.mobile_app", "aktiv": "yesno t.active",
        "letzte_aktivitaet": "moment t.last_activity", "neukunden": "yesno t.new_customers",
        "auftraege": "yesno t.orders", "bereiche": "list t.areas", "buddy": "text t.buddy", "weg": "yesno t.gone",
    }),
    "kunden": Extract("customer t WHERE t.merged_into IS NULL", {
        "kunden_id": "text t.id", "name": "text t.name", "klasse": "text t.klasse", "status": "text t.status",
        "muster": "text t.pattern", "letzte_buchung": "day t.last_booking", "wizard": "text t.wizard",
        "vpa_akte_gepflegt_am": "day t.kept_on", "vpa_akte_gepflegt_von": "text t.kept_by",
    }),
    "zuordnungen": Extract('assignment t WHERE (t."end" IS NULL OR t."end" >= t.start)', {
        "kunden_id": "text t.customer", "vpa_id": "text t.vpa", "von": "day t.start", "bis": 'day t."end"',
        "grund": "text t.reason",
    }),
    "abwesenheiten": Extract("absence t WHERE NOT t.withdrawn", {
        "abwesenheit_id": "text t.id", "vpa_id": "text t.vpa", "von": "day t.start", "bis": 'day t."end"',
        "eingetragen_am": "day t.entered_on",
    }),
    "aufgaben": Extract("task t WHERE 1 = 1", {
        "aufgabe_id": "text t.id", "kunden_id": "text t.customer", "vpa_id": "text t.vpa", "titel": "text t.title",
        "stunden": "number t.hours", "deadline": "day t.deadline", "status": "text t.state", "link": "text t.link",
        "neukunde": "yesno t.new_customer", "delegiert_von": "text t.delegated_by",
        "delegations_grund": "text t.delegation_reason", "delegations_kommentar": "text t.delegation_comment",
    }),
    "akten": Extract("entry t WHERE t.withdrawn_at IS NULL", {
        "eintrag_id": f"text COALESCE({_TWIN.format('akten')}, {_OWN_ENTRY})",
        "kunden_id": _PERSON[0], "vpa_id": _PERSON[1], "datei": "text t.file", "zeit": "moment t.created_at",
        "verfasser": "text t.author", "von": "text t.origin", "art": "text t.kind", "situation": "text t.situation",
        "loesung": "text t.response", "naechste_schritte": "text t.next_steps", "link": "text t.link",
        "tags": "list t.tags",
    }, since="created_at"),
    "nachrichten": Extract("message t WHERE 1 = 1", {
        "nachricht_id": f"text COALESCE({_TWIN.format('nachrichten')}, t.id)", "aufgabe_id": "text t.task",
        "zeit": "moment t.at", "von": "text t.sender", "text": "text t.text", "tags": "list t.tags",
    }, since="at"),
}  # fmt: skip
"""By file, in the order in which an import takes them."""


class Platform:
    """Reads our tables as files of the platform."""

    def __init__(self, db: Any, *, on_sqlite: bool, since: Any = None) -> None:
        self._db, self._spelling = db, SQLITE if on_sqlite else POSTGRES
        self._param = "?" if on_sqlite else "%s"
        self._since = since

    def header(self, file: str) -> list[str]:
        """The columns of a file, in the contract's order."""
        return [column.name for column in TABLES[file].columns]

    def count(self, file: str) -> int:
        """How many rows there are to come."""
        extract, values = EXTRACTS[file], self._bound(EXTRACTS[file])
        since = f" AND t.{extract.since} >= {self._param}" if values else ""
        query = f"SELECT COUNT(*) FROM {self._own(extract.source)}{since}"
        return int(self._db.execute_sql(query, values).fetchone()[0])

    def _bound(self, extract: Extract) -> list[Any]:
        """The moment by which rows are chosen, where they are."""
        return [MomentField().db_value(self._since)] if self._since is not None and extract.since else []

    def pages(self, file: str, only: str = "") -> Iterator[list[Sequence[str]]]:
        """The rows of a file, some thousands at a time; `only` is a further condition on `t`."""
        extract = EXTRACTS[file]
        shown = [self._cell(extract.cells[name]) for name in self.header(file)]
        query = self._query(extract, shown, only)
        lists = [at for at, name in enumerate(self.header(file)) if extract.cells[name].startswith("list ")]
        last: Any = None
        first = True
        while first or last is not None:
            bound: list[Any] = [] if last is None else [last]
            asked = query.format(later=self._later(extract, last))
            rows = self._db.execute_sql(asked, [*self._bound(extract), *bound]).fetchall()
            first, last = False, rows[-1][-1] if len(rows) == PAGE else None
            yield _listed([row[:-1] for row in rows], lists)

    def _later(self, extract: Extract, last: Any) -> str:
        return "" if last is None else f"AND t.{extract.key} > {self._param}"

    def _query(self, extract: Extract, shown: list[str], only: str) -> str:
        since = f"AND t.{extract.since} >= {self._param}" if self._since is not None and extract.since else ""
        return (
            self._own(f"SELECT {', '.join(shown)}, t.{extract.key} FROM {extract.source} {only} {since}")
            + f" {{later}} ORDER BY t.{extract.key} LIMIT {PAGE}"
        )

    def _own(self, statement: str) -> str:
        """psycopg takes a lone % for the beginning of a place."""
        return statement if self._param == "?" else statement.replace(":%'", ":%%'")

    def _cell(self, said: str) -> str:
        kind, _, column = said.partition(" ")
        if kind == "yesno":
            return f"CASE WHEN {column} THEN 'ja' WHEN NOT {column} THEN 'nein' ELSE '' END"
        form = {"day": self._spelling.day, "moment": self._spelling.moment}.get(kind, "{0}").format(column)
        if kind == "list":
            form = f"NULLIF({column}, '[]')"
        if kind == "number":
            form = _one_reading(f"REPLACE({self._spelling.text.format(column)}, '.', ',')")
        return f"COALESCE({form}, '')"


def _one_reading(number: str) -> str:
    """A number that no reader takes for thousands: `1,125` becomes `1,1250`."""
    likes = " OR ".join(f"{number} LIKE '{'_' * digits},___'" for digits in (1, 2, 3))
    return f"CASE WHEN {likes} THEN {number} || '0' ELSE {number} END"


def _listed(rows: list[Sequence[str]], lists: list[int]) -> list[Sequence[str]]:
    """The rows with lists as the format writes them; mostly there is nothing in them."""
    for at in lists:
        if any(row[at] for row in rows):
            rows = [(*row[:at], _joined(row[at]), *row[at + 1 :]) for row in rows]
    return rows


@lru_cache(maxsize=10_000)
def _joined(text: str) -> str:
    return "|".join(json.loads(text)) if text else ""
