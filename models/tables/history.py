"""The audit trail: append-only, hash-chained, and the memory from which undo and redo work."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import BooleanField, IntegerField, SqliteDatabase, TextField

from models.database import rows
from models.database.fields import CANONICAL, BaseModel, JsonField, MomentField, proxy
from models.database.live import announce

ERASURES = ("vpa.erase", "customer.erase", "member.erase", "erasures.confirm", "erasures.again")
"""The actions that may empty earlier rows of the history (A-28)."""


class Change(NamedTuple):
    """One row written: its stored values before (None: inserted) and after (None: deleted), changed columns only."""

    table: str
    key: Any
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    was: str | None = None
    """Mark of the whole row before; undo and redo go by these."""
    now: str | None = None
    """Mark of the whole row after."""


class History(BaseModel):
    """One thing that was done: who, from which account, when, and every row it changed."""

    id = IntegerField(primary_key=True)
    at = MomentField()
    member = TextField(null=True)
    """Kürzel; null for what the program does by itself."""
    account = TextField()
    """The operating-system account beside it."""
    action = TextField()
    subject = TextField(null=True, index=True)
    command = TextField()
    """UUID of the command; all rows of a bulk share it."""
    step = IntegerField(default=0)
    """Place in the bulk."""
    route = TextField(default="do")
    """`do`, `undo`, `redo`, `auto` or `refused`."""
    target = IntegerField(null=True, index=True)
    """For undo and redo: the `do` row they take back or bring again."""
    undoable = BooleanField(default=False)
    changes = JsonField()
    """List of `Change`s in the order of writing."""
    args = JsonField(null=True)
    """The fields of the action as texts: redo asks the rules again with them."""
    extra = JsonField(null=True)
    """What else is evidence: the reason behind `--despite`, codes of a refusal, counts of an import."""
    hash = TextField()

    class Meta:
        indexes = ((("command", "step"), True), (("member", "id"), False))

    def sealed_values(self) -> list[Any]:
        """What the hash covers: every column but the hash itself, in a fixed order and as it is stored."""
        return as_stored(field.db_value(getattr(self, field.name)) for field in sealed_fields())

    def changed(self) -> list[Change]:
        """The changes, typed."""
        return [Change(*change) for change in self.changes]


def sealed_fields() -> list[Any]:
    """The columns that the hash covers."""
    return [field for field in History._meta.sorted_fields if field.name != "hash"]


class HistoryHead(BaseModel):
    """Where the chain ends; its own seal shows whether rows were cut off."""

    id = IntegerField(primary_key=True)
    last = IntegerField()
    """Id of the newest row; ids have no gaps."""
    hash = TextField()
    seal = TextField()

    def expected_seal(self) -> str:
        """What `seal` must be."""
        return digest("head", [self.last, self.hash])


def digest(previous: str, values: list[Any]) -> str:
    """The hash of what comes behind `previous`."""
    return hashlib.sha256(f"{previous}\n{CANONICAL.encode(values)}".encode()).hexdigest()


@dataclass(frozen=True)
class Stamp:
    """Who does something, from where, and when."""

    at: dt.datetime
    member: str | None
    account: str


def lock_head() -> None:
    """Lock the end of the chain until commit: writers queue up here, so the chain never forks."""
    db: Any = proxy.obj
    if not isinstance(db, SqliteDatabase):  # that one has locked the whole file by then
        db.execute_sql("SELECT history_lock()")


def append(stamp: Stamp, **columns: Any) -> History:
    """Write the next row of the chain; must run inside the transaction of what it records.

    A server stamps and seals it by itself (`audit_append` in migration 0004): with the login that asks as account, and
    the server's time, unless the owner asks.
    """
    row = History(at=stamp.at, member=stamp.member, account=stamp.account, **columns)
    if isinstance(proxy.obj, SqliteDatabase):
        seal(row)
    else:
        _hand_in(row)
    announce()
    return row


def seal(row: History) -> None:
    """Put the row behind the end of the chain, and the end behind it."""
    head = rows.first(HistoryHead, "id = ?", 1)
    assert head is not None
    row.id = head.last + 1
    row.hash = digest(head.hash, row.sealed_values())
    rows.insert(row)
    head.last, head.hash = row.id, row.hash
    head.seal = head.expected_seal()
    rows.update(head, ("last", "hash", "seal"))


def _hand_in(row: History) -> None:
    """Through the door of the server, which numbers it."""
    db: Any = proxy.obj
    fields = [field for field in sealed_fields() if field.name != "id"]
    names, marks = ", ".join(field.name for field in fields), ", ".join(["%s"] * len(fields))
    values = [field.db_value(getattr(row, field.name)) for field in fields]
    row.id = db.execute_sql(f"INSERT INTO audit ({names}) VALUES ({marks}) RETURNING id", values).fetchone()[0]


def start_chain() -> None:
    """Put down the end of an empty chain; once, when the database is made."""
    head = HistoryHead(id=1, last=0, hash="")
    head.seal = head.expected_seal()
    head.save(force_insert=True)


def seal_of_redacted(row_hash: str, values: list[Any]) -> str:
    """Seals what erasing a person has left of a row, together with the hash it had before."""
    return digest(row_hash, ["redacted", *values])


def redactions() -> dict[int, str]:
    """The rows that erasing a person has emptied (A-28), with the seals of what is left of them."""
    erased: Any = History.select(History.extra).where(History.action.in_(ERASURES)).order_by(History.id)
    found: dict[int, str] = {}
    for (extra,) in erased.tuples():
        found.update((int(key), seal) for key, seal in (extra or {}).get("redacted", {}).items())
    return found


def as_stored(values: Iterable[Any]) -> list[Any]:
    """A row's values in the one form in which both engines' drivers can be compared, and sealed."""
    moment = MomentField()

    def plain(value: Any) -> Any:
        if isinstance(value, dt.datetime):
            return moment.db_value(value)
        if isinstance(value, bool):
            return int(value)
        return repr(value) if isinstance(value, bytes) else value  # bytes: nobody sealed those

    return [plain(value) for value in values]


def latest_by(subject: str) -> History | None:
    """The newest row about a subject: who was first, when a save comes too late."""
    found: History | None = History.select().where(History.subject == subject).order_by(History.id.desc()).first()
    return found
