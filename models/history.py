"""The audit trail: append-only, hash-chained, and the memory from which undo and redo work."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from peewee import BooleanField, IntegerField, SqliteDatabase, TextField

from models.base import BaseModel, JsonField, MomentField, proxy
from models.errors import HistoryBrokenError


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
        """What the hash covers: every column but the hash itself, in a fixed order and stored form."""
        moment = MomentField().db_value(self.at)
        return [
            self.id, moment, self.member, self.account, self.action, self.subject, self.command, self.step,
            self.route, self.target, bool(self.undoable), self.changes, self.args, self.extra,
        ]  # fmt: skip

    def show(self) -> dict[str, Any]:
        """The shape of CONTRACT §2: before and after of the subject, changed columns only."""
        before, after = self.subject_change()
        return {
            "id": self.id,
            "at": self.at,
            "member": self.member,
            "account": self.account,
            "action": self.action,
            "subject": self.subject,
            "before": before,
            "after": after if not self.extra else {**(after or {}), **self.extra},
            "command": self.command,
        }

    def subject_change(self) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """Before and after of the row the subject names, else of the first row that was changed."""
        kind, _, key = (self.subject or "").partition(":")
        changes = self.changed()
        named = [change for change in changes if change.table == kind and str(change.key) == key] or changes[:1]
        return (named[0].before, named[0].after) if named else (None, None)

    def changed(self) -> list[Change]:
        """The changes, typed."""
        return [Change(*change) for change in self.changes]


class HistoryHead(BaseModel):
    """Where the chain ends; its own seal shows whether rows were cut off."""

    id = IntegerField(primary_key=True)
    last = IntegerField()
    """Id of the newest row; ids have no gaps."""
    hash = TextField()
    seal = TextField()

    def expected_seal(self) -> str:
        """What `seal` must be."""
        return _digest("head", [self.last, self.hash])


def _digest(previous: str, values: list[Any]) -> str:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


@dataclass(frozen=True)
class Stamp:
    """Who does something, from where, and when."""

    at: dt.datetime
    member: str | None
    account: str


def lock_head() -> HistoryHead:
    """The end of the chain, locked until commit: writers queue up here, so the chain never forks."""
    query = HistoryHead.select()
    if not isinstance(proxy.obj, SqliteDatabase):  # SQLite has locked the whole file by then
        query = query.for_update()
    return cast(HistoryHead, query.get())


def append(stamp: Stamp, **columns: Any) -> History:
    """Write the next row of the chain; must run inside the transaction of what it records."""
    head = lock_head()
    row = History(id=head.last + 1, at=stamp.at, member=stamp.member, account=stamp.account, **columns)
    row.hash = _digest(head.hash, row.sealed_values())
    row.save(force_insert=True)
    head.last, head.hash = row.id, row.hash
    head.seal = head.expected_seal()
    head.save()
    return row


def start_chain() -> None:
    """Put down the end of an empty chain; once, when the database is made."""
    head = HistoryHead(id=1, last=0, hash="")
    head.seal = head.expected_seal()
    head.save(force_insert=True)


def verify() -> int:
    """Read the whole chain; the number of rows, or `HistoryBrokenError` naming the first place that is wrong."""
    heads = list(HistoryHead.select())
    if len(heads) != 1 or heads[0].seal != heads[0].expected_seal():
        raise HistoryBrokenError("Der Verlauf ist beschädigt: Sein Ende stimmt nicht.")
    previous, expected = "", 0
    for row in History.select().order_by(History.id).iterator():
        expected += 1
        if row.id != expected:
            raise HistoryBrokenError(f"Der Verlauf ist beschädigt: Zeile {expected} fehlt.")
        if row.hash != _digest(previous, row.sealed_values()):
            raise HistoryBrokenError(f"Der Verlauf ist beschädigt: Zeile {row.id} wurde verändert.")
        previous = row.hash
    if (expected, previous) != (heads[0].last, heads[0].hash) or not expected:
        raise HistoryBrokenError(f"Der Verlauf ist beschädigt: Nach Zeile {expected} ist er abgeschnitten.")
    return expected


def latest_by(subject: str) -> History | None:
    """The newest row about a subject: who was first, when a save comes too late."""
    return cast(
        "History | None", History.select().where(History.subject == subject).order_by(History.id.desc()).first()
    )
