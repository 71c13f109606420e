"""Options that several reading commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import click

from models.ground import clock
from models.ground.errors import NotFoundError, UsageError
from tui.cli.context import Invocation


def limit_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """What every list takes: `--limit N`, at most so many lines; `--format` and `--out`, as a table for elsewhere."""
    for option in (
        click.option("--out", callback=_out, expose_value=False, metavar="DATEI", help="Mit --format: neue Datei."),
        click.option("--format", callback=_form, expose_value=False, metavar="csv|xlsx|json", help="Als Tabelle."),
        click.option("--limit", callback=_limit, metavar="N", help="Höchstens so viele Zeilen."),
    ):
        function = option(function)
    return function


def _form(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    choice("--format", value, ("csv", "xlsx", "json"))
    Invocation.current().list_format = value


def _out(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    Invocation.current().list_file = Path(value) if value else None


def _limit(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    if not (value.isascii() and value.isdigit()) or len(value) > 9:
        raise UsageError("--limit braucht eine ganze Zahl.")
    return int(value)


def choice(option: str, value: str | None, allowed: Collection[str]) -> None:
    """Refuse a value that is not in the list, as wrong usage."""
    if value is not None and value not in allowed:
        raise UsageError(f"{option}: „{value}“ gibt es nicht. Möglich ist: {', '.join(allowed)}.")


def day(option: str, text: str | None, today: dt.date) -> dt.date | None:
    """A date given as an option, as people say it, or None."""
    if text is None:
        return None
    try:
        return clock.spoken_date(text, today)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error


def moment(option: str, text: str | None, now: dt.datetime) -> dt.datetime | None:
    """A moment given as an option, exactly or as people say it, or None."""
    if text is None:
        return None
    try:
        return clock.spoken_moment(text, now)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error


def known(what: str, row: object) -> None:
    """Refuse an unknown id."""
    if row is None:
        raise NotFoundError(f"{what} gibt es nicht.")
