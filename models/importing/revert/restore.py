"""Putting rows back as they were before an import, all at once inside the database (X-04)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from models.action.work import Work
from models.database.fields import BaseModel
from models.importing.journal import NAMED, NUMBERED, TWIN, name_of
from models.importing.revert.worked import Brought, Key, Verdict, Worked
from models.importing.sql import BATCH, MANY, Sql
from models.tables.case import Case
from models.tables.entry import Entry
from models.tables.flag import Flag
from models.tables.people import Absence, Assignment, Customer, Import, Vpa
from models.tables.reminder import Reminder
from models.tables.task import Message, Task

NEVER = frozenset({"id", "version", "made_by", "merged_into"})
"""Columns that no import writes."""

FIXED: Mapping[type[BaseModel], frozenset[str]] = {
    Message: frozenset({"task"}),
    Task: frozenset({
        "checklist", "tags_checked", "released_at", "released_by", "offered_at", "offered_by", "declined_at", "steps",
    }),
}  # fmt: skip
"""By table: what else of it no import writes, or nobody may."""

WRITTEN: Mapping[type[BaseModel], tuple[str, ...]] = {
    Case: ("findings", "facts", "before", "after", "changed_on", "workable_from", "vpa_name", "vpa_folded"),
    Flag: ("vpa_name", "vpa_folded"),
    Entry: ("exported", "withdrawn_at"),
}
"""By table: of those that members work on, the columns that an import writes."""

CHILDREN_FIRST: tuple[type[BaseModel], ...] = (
    Message, Task, Assignment, Case, Flag, Reminder, Absence, Customer, Vpa,
)  # fmt: skip
"""Tables in the order in which rows may go."""


_SPAN = "place = ? AND key > ? AND key <= ?"
"""A piece of the journal."""


class Restorer:
    """One import, put back. Runs inside the transaction of the action."""

    def __init__(self, work: Work, sql: Sql, row: Import, worked: Worked, verdict: Verdict) -> None:
        self._work, self._sql, self._row = work, sql, row
        self._worked, self._verdict = worked, verdict
        self._brought = Brought(sql, row)

    def run(self) -> dict[str, int]:
        """Put everything back; how many rows went, by table."""
        self._outbox()
        self._by_hand()
        gone = {}
        for model in CHILDREN_FIRST:
            if count := self._remove(model):
                gone[name_of(model)] = count
        if count := self._withdraw():
            gone["entry"] = count
        for model in (*NAMED, *NUMBERED):
            if model is not Reminder:
                self._restore(model)
        self._sql.run("DELETE FROM earlier")
        return gone

    # What members have worked on

    def _by_hand(self) -> None:
        """Rows that stay, and rows of which only some columns go back; the journal forgets them."""
        for key in sorted(self._verdict.changed):
            was, table = self._brought.was(key) or {}, key[0]
            model = next(model for model in (*NAMED, *NUMBERED) if name_of(model) == table)
            names = [name for name in _columns(model) if name in was and name not in self._worked.touched.get(key, ())]
            if model not in (Case, Flag) and names:
                self._put(model, key, {name: was[name] for name in names})
            self._forget(key)
        for key in sorted(self._verdict.kept):
            model = next(model for model in (*NAMED, *NUMBERED) if name_of(model) == key[0])
            if "exported" in model._meta.fields:
                self._put(model, key, {"exported": None})
            self._forget(key)

    def _put(self, model: type[BaseModel], key: Key, values: Mapping[str, Any]) -> None:
        sets = ", ".join(f'"{name}" = ?' for name in values)
        more = ", version = version + 1" if "version" in model._meta.fields else ""
        one: Any = int(key[1]) if model in NUMBERED else key[1]
        plain = [_as_stored(model, name, value) for name, value in values.items()]
        self._sql.run(f'UPDATE "{key[0]}" SET {sets}{more} WHERE id = ?', (*plain, one))

    def _forget(self, key: Key) -> None:
        self._sql.run("DELETE FROM earlier WHERE place = ? AND key = ?", key)

    # Everything else

    def _kept(self, table: str) -> list[str]:
        return [name for kind, name in self._verdict.kept if kind == table]

    def _remove(self, model: type[BaseModel]) -> int:
        """Take away what it brought; one by one where the history speaks of it."""
        table = name_of(model)
        count = 0
        for kind, name in sorted(self._worked.spoken):
            if kind == table and (kind, name) not in self._verdict.kept and self._brought.has((kind, name)):
                found = self._work.find(model, name)
                if found is not None:
                    self._work.delete(found)
                    count += 1
        for which, values in self._pieces(model):
            count += self._sql.run(f'DELETE FROM "{table}" WHERE {which}', values)
        if model is Flag:  # raised since about somebody who goes
            brought = "SELECT key FROM earlier WHERE place = 'vpa' AND was IS NULL"
            count += self._sql.run(
                f"DELETE FROM flag WHERE id > ? AND vpa IN ({brought})", (self._brought.span(table)[1],)
            )
        return count

    def _pieces(self, model: type[BaseModel]) -> Iterator[tuple[str, list[Any]]]:
        """Conditions for what it brought and nobody keeps, piece by piece: what a statement has touched is kept in
        memory until it ends.
        """
        table = name_of(model)
        if model in NAMED:
            for first, last in self._spans(table, "IS NULL"):
                yield f"id IN (SELECT key FROM earlier WHERE {_SPAN} AND was IS NULL)", [table, first, last]
            return
        start, end = self._brought.span(table)
        kept = [int(name) for name in self._kept(table)]
        but = "".join(f" AND id NOT IN ({', '.join('?' * len(part))})" for part in _parts(kept))
        for at in range(start, end, BATCH):
            yield f"id > ? AND id <= ?{but}", [at, min(at + BATCH, end), *kept]

    def _spans(self, table: str, was: str) -> Iterator[tuple[str, str]]:
        """The keys of a table in the journal, cut into pieces: behind the first, up to the second."""
        last = ""
        query = f"SELECT key FROM earlier WHERE place = ? AND key > ? AND was {was} ORDER BY key"
        while True:
            found = self._sql.rows(f"{query} LIMIT 1 OFFSET {BATCH - 1}", (table, last))
            if not found:
                final = f"SELECT MAX(key) FROM earlier WHERE place = ? AND key > ? AND was {was}"
                end = self._sql.value(final, (table, last))
                if end is not None:
                    yield last, end
                return
            yield last, found[0][0]
            last = found[0][0]

    def _withdraw(self) -> int:
        """Entries stay, withdrawn (K-04); an export that has them again shows them again."""
        count, moment = 0, self._sql.moment
        for which, values in self._pieces(Entry):
            count += self._sql.run(
                f"UPDATE entry SET withdrawn_at = {moment}, exported = NULL WHERE {which} AND platform_id IS NOT NULL",
                (Entry.withdrawn_at.db_value(self._work.now), *values),
            )
        return count

    def _restore(self, model: type[BaseModel]) -> None:
        """Put back what it changed."""
        for first, last in self._spans(name_of(model), "IS NOT NULL"):
            self._restore_piece(model, first, last)

    def _restore_piece(self, model: type[BaseModel], first: str, last: str) -> None:
        table, names = name_of(model), _columns(model)
        more = ", version = t.version + 1" if "version" in model._meta.fields else ""
        if self._sql.is_postgres:
            sets = ", ".join(f'"{name}" = r."{name}"' for name in names)
            key = "t.id" if model in NAMED else "CAST(t.id AS TEXT)"
            self._sql.run(
                f'UPDATE "{table}" t SET {sets}{more} FROM earlier e, '
                f'LATERAL jsonb_populate_record(NULL::"{table}", e.was::jsonb) r '
                f"WHERE {_SPAN} AND e.was IS NOT NULL AND e.key = {key}",
                (table, first, last),
            )
            return
        sets = ", ".join(f"\"{name}\" = json_extract(e.was, '$.{name}')" for name in names)
        key = "e.key" if model in NAMED else "CAST(e.key AS INTEGER)"
        self._sql.run(
            f'UPDATE "{table}" AS t SET {sets}{more} FROM earlier e '
            f"WHERE {_SPAN} AND e.was IS NOT NULL AND t.id = {key}",
            (table, first, last),
        )

    def _outbox(self) -> None:
        """What it has ticked off is open again, and what it recognised is not known again (X-01, X-02)."""
        at, me = Import.at.db_value(self._row.at), self._work.me
        carried = f"state = 'carried' AND how = 'import' AND done_at = {self._sql.moment}"
        for who in (me, None):  # nobody takes another's signature away but by signing over it
            state = "" if who else ", state = 'open', how = NULL, done_at = NULL, version = version + 1"
            self._sql.run(f"UPDATE outbox SET done_by = ?{state} WHERE {carried}", (who, at))
        self._sql.run(f"DELETE FROM twin WHERE at = {self._sql.moment}", (at,))
        self._sql.run(
            "UPDATE twin SET exported = (SELECT e.was FROM earlier e WHERE e.place = ? AND e.key = file || ':' || own) "
            "WHERE EXISTS (SELECT 1 FROM earlier e WHERE e.place = ? AND e.key = file || ':' || own)",
            (TWIN, TWIN),
        )


def _columns(model: type[BaseModel]) -> list[str]:
    """The columns that an import writes."""
    if model in WRITTEN:
        return list(WRITTEN[model])
    fixed = NEVER | FIXED.get(model, frozenset())
    return [name for field in model._meta.sorted_fields if (name := str(field.column_name)) not in fixed]


def _as_stored(model: type[BaseModel], name: str, value: Any) -> Any:
    """A value of the journal as the driver takes it."""
    field = next(field for field in model._meta.sorted_fields if field.column_name == name)
    return bool(value) if field.field_type == "BOOL" and value is not None else value


def _parts(values: Collection[int]) -> list[list[int]]:
    every = list(values)
    return [every[at : at + MANY] for at in range(0, len(every), MANY)]
