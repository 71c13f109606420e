"""Ids of what is made here: H1, H2, … (CONTRACT §13)."""

from __future__ import annotations

import re
from itertools import count
from typing import Any, TypeVar

from models.action.work import Work, table
from models.ground.errors import AlreadyDoneError, NotFoundError
from models.importing.by_hand import read_cells
from models.importing.columns import Table
from models.tables.history import History
from models.tables.people import Customer, Platform, Vpa

P = TypeVar("P", Vpa, Customer)

OURS = re.compile(r"H[1-9]\d*")


def new_id(work: Work, model: type[Any], of: Table, given: str | None, what: str) -> str:
    """The id that was given, as an export would have it, or the next free one; `AlreadyDoneError` for one in use."""
    if not given:
        return _next_free(model)
    key = read_cells(of, {of.key[0]: given})[of.key[0]]
    if (row := work.find(model, key)) is not None:
        raise AlreadyDoneError(f"{what} „{key}“ gibt es schon: {getattr(row, 'name', None) or row.title}.")
    return key


def standing(work: Work, model: type[P], key: str, what: str) -> P:
    """The VPA or customer with this id; `NotFoundError` for an unknown one and for one that is merged into another."""
    row = work.get(model, key, what)
    if row.merged_into is not None:
        raise NotFoundError(f"{row.id} ist derselbe Eintrag wie {row.merged_into}: Nimm diese Id.")
    return row


def _next_free(model: type[Platform]) -> str:
    """The first that neither is in use nor was: the history would speak of two things by one name."""
    kind = table(model)
    key: Any = model._meta.primary_key
    rows: Any = model.select(key).where(key >= "H", key < "I").tuples()
    used = {name for (name,) in rows if OURS.fullmatch(name)}
    said: Any = History.select(History.subject).where(History.subject >= f"{kind}:H", History.subject < f"{kind}:I")
    used |= {subject.partition(":")[2] for (subject,) in said.distinct().tuples()}
    return next(name for name in (f"H{number}" for number in count(1)) if name not in used)
