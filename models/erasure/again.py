"""Erasures outlive a restore: what was erased here, or stands in a file, is done again in what was restored (P-04)."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.admin.backup import Watcher
from models.erasure.mentions import mentions
from models.erasure.rows import GONE, find
from models.erasure.wiping import wipe
from models.ground.errors import AlreadyDoneError, UsageError
from models.ground.os_errors import explain_file
from models.tables.history import Stamp, append
from models.tables.people import Customer, Member, Vpa
from models.tables.person import SUBJECTS, Erasure


@dataclass(frozen=True)
class Erased:
    """A person who was erased, and the mentions that went too; ids alone."""

    subject: str
    also: tuple[str, ...] = ()


def erased_here() -> list[Erased]:
    """Everybody who is erased in this database, by subject."""
    found: dict[str, set[str]] = {}
    for kind, model in (("vpa", Vpa), ("customer", Customer), ("member", Member)):
        rows: Any = model.select(model._meta.primary_key).where(model.name == GONE).tuples()
        found |= {f"{kind}:{key}": set() for (key,) in rows}
    for row in Erasure.select().where(Erasure.state == "done"):
        found.setdefault(row.subject, set()).update(row.also)
    return [Erased(subject, tuple(sorted(also))) for subject, also in sorted(found.items())]


def write_erasures(path: Path) -> int:
    """Write who was erased here into a new file, for a restore elsewhere; how many."""
    found = erased_here()
    lines = [json.dumps({"subject": one.subject, "also": one.also}, ensure_ascii=False) for one in found]
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except FileExistsError as error:
        raise AlreadyDoneError(f"„{path}“ gibt es schon. Nimm einen neuen Namen.") from error
    except OSError as error:
        raise UsageError(f"„{path}“ lässt sich nicht schreiben. {explain_file(error)}") from error
    return len(found)


def read_erasures(path: Path) -> list[Erased]:
    """What `write_erasures` has written. Raises `UsageError` for anything else."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"„{path}“ lässt sich nicht lesen. Nimm eine Datei von `erasures export`.") from error
    return [_read(path, line) for line in lines if line.strip()]


def _read(path: Path, line: str) -> Erased:
    try:
        found = json.loads(line)
        subject, also = found["subject"], tuple(found.get("also", ()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"„{path}“ ist keine Datei von `erasures export`.") from error
    if not isinstance(subject, str) or subject.partition(":")[0] not in SUBJECTS:
        raise UsageError(f"„{path}“ ist keine Datei von `erasures export`.")
    return Erased(subject, tuple(str(one) for one in also))


class ErasingAgain(Watcher):
    """Erases again while a restore is not committed yet."""

    def __init__(self, stamp: Stamp, wanted: Iterable[Erased]) -> None:
        self.stamp = stamp
        self.wanted = list(wanted)
        self.erased: list[str] = []
        """Who was there again."""

    def done(self) -> None:
        """Empty everybody who is back, and remember those who are not, for the next restore."""
        for one in self.wanted:
            also: list[str] = []
            person = find(one.subject)
            if person is not None and person.name != GONE:
                also = list(self._still_naming(one))
                wiped = wipe(one.subject, also)
                self.erased.append(one.subject)
                append(self._stamp(), action="erasures.again", subject=one.subject, command=str(uuid.uuid4()),
                       changes=[], extra=wiped.evidence())  # fmt: skip
            self._remember(one, also)

    def _stamp(self) -> Stamp:
        known = Member.find(self.stamp.member) if self.stamp.member else None
        return Stamp(self.stamp.at, known.kuerzel if known else None, self.stamp.account)

    @staticmethod
    def _still_naming(one: Erased) -> Iterator[str]:
        there = {mention.name for mention in mentions(one.subject)} if one.also else set()
        yield from (name for name in one.also if name in there)

    def _remember(self, one: Erased, also: list[str]) -> None:
        Erasure.update(state="done", reason=GONE).where(
            Erasure.subject == one.subject, Erasure.state == "requested"
        ).execute()
        if Erasure.select().where(Erasure.subject == one.subject, Erasure.state == "done").exists():
            return
        newest = Erasure.select(Erasure.id).order_by(Erasure.id.desc()).first()  # its sequence is set afterwards
        by = self._stamp().member or ""
        Erasure.create(
            id=newest.id + 1 if newest else 1, subject=one.subject, requested_at=self.stamp.at, requested_by=by,
            reason=GONE, state="done", done_at=self.stamp.at, done_by=by, also=also or list(one.also), cleaned=True,
        )  # fmt: skip
