"""The Auskunft: everything about a person, written into a folder or a .zip (P-01)."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Result
from models.action.work import Work
from models.ground.errors import AlreadyDoneError, UsageError
from models.ground.os_errors import explain_file
from models.persons.access import note
from models.persons.actions import OnAnybody
from models.persons.content import as_markdown, content_of
from models.persons.whom import READERS, Person
from models.playbook.refusals import Obstacle


@dataclass(frozen=True, kw_only=True)
class Report(OnAnybody):
    """A person is told what is held about them, at once and whole (P-01)."""

    code: ClassVar[str] = "person.report"
    label: ClassVar[str] = "Auskunft erteilen"
    done: ClassVar[str] = "Auskunft geschrieben"
    help: ClassVar[str] = "Schreibt alles über eine Person in einen neuen Ordner oder ein .zip."

    request: str | None = arg("Anfrage", "long", help="Wann und wie die Person gefragt hat.")
    out: str = arg("Ordner oder .zip", kept=False, required=True)
    trace: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """Filled while performing: what the history keeps of it."""

    def obstacles(self, work: Work, target: Person) -> Iterator[Obstacle]:
        """A recorded request, and somebody who may read all of it."""
        if not self.request:
            yield Obstacle("request_missing", "P-01")
        if not work.has_role(*READERS[target.kind]):
            yield Obstacle("role_reader", "P-01")

    def perform(self, work: Work, target: Person) -> Result:
        """Collect and write; the history keeps request, counts and hash, not the content."""
        content = content_of(work, target, self.request or "")
        files = {
            "auskunft.json": json.dumps(content, ensure_ascii=False, indent=2, default=str).encode(),
            "auskunft.md": as_markdown(content).encode(),
        }
        counts = {table: len(rows) for table, rows in content["data"].items()}
        counts["history"] = len(content["history"])
        told = {"counts": counts, "sha256": hashlib.sha256(files["auskunft.json"]).hexdigest()}
        self.trace.update(told)
        path = Path(self.out)
        if path.exists():
            raise AlreadyDoneError(f"„{path}“ gibt es schon. Nimm einen neuen Namen.")
        if not work.trial:
            note(work, "report", target.subject)
            write(path, files)
        shown = {"subject": target.subject, "files": list(files), **told, "mentions": len(content["mentions"])}
        return Result(target.subject, shown, target.name)

    def evidence(self) -> dict[str, Any]:
        """How much of what, and the hash of `auskunft.json`."""
        return self.trace


def write(path: Path, files: dict[str, bytes]) -> None:
    """A new folder or .zip, for its owner only. Raises `UsageError` where it cannot be written."""
    try:
        if path.suffix.lower() == ".zip":
            number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            with os.fdopen(number, "w+b") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in files.items():
                    archive.writestr(name, data)
            return
        path.mkdir(mode=0o700)
        for name, data in files.items():
            with os.fdopen(os.open(path / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as part:
                part.write(data)
    except OSError as error:
        raise UsageError(f"„{path}“ lässt sich nicht schreiben. {explain_file(error)}") from error
