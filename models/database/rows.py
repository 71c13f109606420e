"""Single rows by statements that are made once: making one takes Peewee longer than running it takes the database."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from peewee import SqliteDatabase

from models.database.fields import BaseModel, proxy

M = TypeVar("M", bound=BaseModel)


def first(model: type[M], condition: str, *values: Any, lock: bool = False) -> M | None:
    """A row that answers to `condition`, in which `?` stands for values as they are stored; None where none does.

    With `lock` nobody else may write it until the end of the transaction.
    """
    on_sqlite = isinstance(proxy.obj, SqliteDatabase)  # that one locks the whole file anyway
    statement = _select(model, condition, proxy.param, lock and not on_sqlite)
    found = proxy.execute_sql(statement, values).fetchone()
    if found is None:
        return None
    row = model(__no_default__=True)
    fields = model._meta.sorted_fields
    row.__data__.update({f.name: f.python_value(value) for f, value in zip(fields, found, strict=True)})
    return row


def insert(row: BaseModel) -> None:
    """Write a new row; it gets its id where the database gives one."""
    fields = [f for f in row._meta.sorted_fields if f.name in row.__data__]
    key: Any = row._meta.primary_key
    numbered = key.auto_increment and key.name not in row.__data__
    statement = _insert(type(row), tuple(f.column_name for f in fields), proxy.param)
    values = [f.db_value(row.__data__[f.name]) for f in fields]
    if not numbered:
        proxy.execute_sql(statement, values)
    elif isinstance(proxy.obj, SqliteDatabase):
        row.__data__[key.name] = proxy.execute_sql(statement, values).lastrowid
    else:
        (row.__data__[key.name],) = proxy.execute_sql(f"{statement} RETURNING {key.column_name}", values).fetchone()


def update(row: BaseModel, names: Iterable[str], version: int | None = None) -> bool:
    """Write these columns of a row, if it still has this `version`; whether it was there."""
    meta: Any = row._meta
    fields = [meta.fields[name] for name in names]
    columns = tuple(f.column_name for f in fields)
    values = [f.db_value(row.__data__[f.name]) for f in (*fields, meta.primary_key)]
    statement = _update(type(row), columns, version is not None, proxy.param)
    if version is not None:
        values.append(version)
    return bool(proxy.execute_sql(statement, values).rowcount == 1)


@cache
def _select(model: type[BaseModel], condition: str, param: str, lock: bool) -> str:
    columns = ", ".join(f'"{f.column_name}"' for f in model._meta.sorted_fields)
    statement = f'SELECT {columns} FROM "{model._meta.table_name}" WHERE {condition} LIMIT 1'
    return statement.replace("?", param) + (" FOR UPDATE" if lock else "")


@cache
def _insert(model: type[BaseModel], columns: tuple[str, ...], param: str) -> str:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join([param] * len(columns))
    return f'INSERT INTO "{model._meta.table_name}" ({names}) VALUES ({marks})'


@cache
def _update(model: type[BaseModel], columns: tuple[str, ...], versioned: bool, param: str) -> str:
    sets = ", ".join(f'"{name}" = {param}' for name in columns)
    key: Any = model._meta.primary_key
    condition = f'"{key.column_name}" = {param}' + (f" AND version = {param}" if versioned else "")
    return f'UPDATE "{model._meta.table_name}" SET {sets} WHERE {condition}'
