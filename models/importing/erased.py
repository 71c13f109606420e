"""Rows of persons who were erased here: an export that still has them is passed over at that place (CONTRACT §21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.ground.text import name_key
from models.importing.columns import ABSENT, AKTEN, AUFGABEN, KUNDEN, SEPARATOR, VPAS, Column, Table
from models.importing.context import Taking
from models.importing.sql import MANY, Sql
from models.importing.staging import Stage, staging
from models.tables.people import ERASED

DELEGATION = ("delegiert_von", "delegations_grund", "delegations_kommentar")
"""Cells that tell of the VPA who delegated a task."""

AS_ERASED = (name_key(ERASED), ERASED)
"""Folded name and name of who was erased."""

_SUBJECTS = {VPAS.name: "vpa", KUNDEN.name: "customer"}


def pass_over(taking: Taking) -> None:
    """Drop what is about an erased person from the staged export and count it; a task of somebody else only loses the
    erased VPA.
    """
    gone = {table.name: _erased(taking.sql, table) for table in (VPAS, KUNDEN)}
    if not any(gone.values()) and not taking.sql.rows("SELECT 1 FROM member WHERE name = ?", (ERASED,)):
        return
    _unname(taking, gone)
    gone[AUFGABEN.name] = _tasks(taking, gone[KUNDEN.name])
    for table in taking.stage.tables:
        for column, owner in _owners(table):
            if table is AUFGABEN and not column.required:
                _loosen(taking.sql, column.name, gone[owner])
            else:
                _drop(taking, table, column.name, owner, gone[owner])


def _unname(taking: Taking, gone: dict[str, list[str]]) -> None:
    """Empty the cells of other rows that name an erased person: the author of an entry, the Buddy of a VPA.

    Their names are known from this very export: nothing here remembers them.
    """
    names = [name for table in (VPAS, KUNDEN) for name in _names(taking, table, gone[table.name])]
    members = [key for (key,) in taking.sql.rows("SELECT kuerzel FROM member WHERE name = ?", (ERASED,))]
    for table, column, wanted, instead in ((AKTEN, "verfasser", names, ERASED), (VPAS, "buddy", names + members, "")):
        for name in dict.fromkeys(wanted if taking.stage.has(table) else ()):
            found = taking.sql.rows(f"SELECT pos, exported FROM {staging(table)} WHERE exported LIKE ?", (f"%{name}%",))
            named = [(pos, exported) for pos, exported in found if table.cells(exported)[column] == name]
            loose = [(_with(table, exported, column, instead), pos) for pos, exported in named]
            taking.sql.many(f"UPDATE {staging(table)} SET exported = ? WHERE pos = ?", loose)


def _names(taking: Taking, table: Table, keys: Sequence[str]) -> Iterator[str]:
    if taking.stage.has(table):
        key = table.columns[0].name
        for (exported,) in taking.sql.rows_in(f'SELECT exported FROM {staging(table)} WHERE "{key}" IN (?*)', keys):
            yield table.cells(exported)["name"]


def _with(table: Table, exported: str, column: str, value: str) -> str:
    cells = table.cells(exported)
    cells[column] = value
    return SEPARATOR.join(cells.values())


def _erased(sql: Sql, table: Table) -> list[str]:
    return [key for (key,) in sql.rows(f'SELECT id FROM "{table.table}" WHERE folded = ? AND name = ?', AS_ERASED)]


def _tasks(taking: Taking, customers: Sequence[str]) -> list[str]:
    """Tasks of erased customers, known and in this export: their chats are passed over too."""
    found = taking.sql.rows_in("SELECT id FROM task WHERE customer IN (?*)", customers)
    if taking.stage.has(AUFGABEN):
        found += taking.sql.rows_in(f"SELECT aufgabe_id FROM {staging(AUFGABEN)} WHERE kunden_id IN (?*)", customers)
    return list(dict.fromkeys(key for (key,) in found))


def _owners(table: Table) -> Iterator[tuple[Column, str]]:
    """The columns that say whose a row is, each with the file that it names."""
    if table.name in _SUBJECTS:
        yield table.columns[0], table.name
    yield from ((column, column.refers) for column in table.references)


def _drop(taking: Taking, table: Table, column: str, owner: str, keys: Sequence[str]) -> None:
    sql, name = taking.sql, staging(table)
    for source, key, count in sql.rows_in(
        f'SELECT source, "{column}", COUNT(*) FROM {name} WHERE "{column}" IN (?*) GROUP BY source, "{column}"', keys
    ):
        taking.erased[source] = taking.erased.get(source, 0) + count
        if owner in _SUBJECTS:
            taking.still_there.add(f"{_SUBJECTS[owner]}:{key}")
    for part in _parts(keys):
        sql.run(f'DELETE FROM {name} WHERE "{column}" IN ({",".join("?" * len(part))})', part)


def _loosen(sql: Sql, column: str, keys: Sequence[str]) -> None:
    """Empty the cells that name an erased VPA."""
    name, cleared = staging(AUFGABEN), DELEGATION if column in DELEGATION else (column,)
    rows = sql.rows_in(f'SELECT pos, exported FROM {name} WHERE "{column}" IN (?*)', keys)
    loose = [(_without(exported, cleared), pos) for pos, exported in rows]
    sql.many(f"UPDATE {name} SET exported = ?, \"{column}\" = '' WHERE pos = ?", loose)


def _without(exported: str, names: Sequence[str]) -> str:
    cells = AUFGABEN.cells(exported)
    cells.update({name: "" for name in names if cells[name] != ABSENT})
    return SEPARATOR.join(cells.values())


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(keys), MANY):
        yield keys[at : at + MANY]


def counted(stage: Stage, rows: dict[int, int], table: Table) -> int:
    """How many of these rows, by number of their source, are of one file."""
    return sum(count for number, count in rows.items() if stage.sources[number].table is table)
