"""Writing an entry: alone, or together with what it is the evidence of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.action.args import arg
from models.action.base import Action
from models.action.work import Work
from models.ground.errors import UsageError
from models.playbook.refusals import Obstacle
from models.shared.entry_rules import CUSTOMER_FILES, READERS, entry_obstacles
from models.tables.entry import Entry
from models.tables.people import MANAGERS


def write_entry(
    work: Work,
    *,
    file: str,
    subject: str,
    kind: str,
    situation: str,
    tags: Sequence[str],
    link: str | None = None,
    response: str | None = None,
    next_steps: str | None = None,
    corrects: int | None = None,
) -> Entry:
    """The new entry of the acting member, written now."""
    return work.insert(
        Entry,
        file=file,
        subject=subject,
        kind=kind,
        situation=situation,
        link=link,
        response=response,
        next_steps=next_steps,
        tags=list(tags),
        author=work.me,
        account=work.session.account,
        created_at=work.now,
        corrects=corrects,
        origin=origin_of(work),
        folded=Entry.searchable(situation, link, response, next_steps, tags=tags),
    )


def origin_of(work: Work) -> str:
    """`sales` for who is of Sales alone (K-05), else `at`: the platform's VPAs do not write here."""
    return "sales" if work.has_role("sales") and not work.has_role("at", *MANAGERS) else "at"


def log_presets(kind: str, tag: str) -> dict[str, Any]:
    """What a form fills in of the entry that belongs to a deed, so that it is seen before it is written."""
    return {"log_kind": kind, "log_tag": (tag,)} if kind else {}


@dataclass(frozen=True, kw_only=True)
class WithLog(Action):
    """An action that can write its file entry at once (`--log`)."""

    log: str | None = arg("Akteneintrag", "long", help="Situation für die Akte; schreibt den Eintrag gleich mit.")
    log_kind: str | None = arg("Art des Eintrags", "choice", choices="entry")
    log_tag: tuple[str, ...] = arg("Tags", many=True, separated=True)
    log_file: str | None = arg("Akte", "choice", choices="file", values=CUSTOMER_FILES)

    def reader(self, field: str) -> str:
        """An entry for the green file is read by VPAs."""
        return "vpa" if field in ("log", "log_tag") and self.log_file == "vpa_kunde" else super().reader(field)

    def file_of(self, subject: str) -> str:
        """Which file the entry goes into; a customer has two, so it must be said."""
        if subject.startswith("vpa:"):
            return "vpa_akte"
        if self.log_file not in CUSTOMER_FILES:
            raise UsageError("Sag mit --log-file, in welche Akte: oteam oder vpa_kunde.")
        return self.log_file

    def log_obstacles(self, work: Work, subject: str, kind: str, tag: str) -> Iterator[Obstacle]:
        """What the entry lacks; nothing where none is wanted. `kind` and `tag` are preset."""
        if self.log_file not in (None, *READERS):
            raise UsageError(f"--log-file: „{self.log_file}“ ist keine Akte. Möglich ist: {', '.join(CUSTOMER_FILES)}.")
        if self.log:
            yield from entry_obstacles(
                work,
                file=self.file_of(subject),
                subject=subject,
                kind=self.log_kind or kind,
                situation=self.log,
                link=None,
                tags=self.log_tag or (tag,),
            )

    def write_log(self, work: Work, subject: str, kind: str, tag: str) -> Entry | None:
        """Write the entry, if one is wanted."""
        if not self.log:
            return None
        return write_entry(
            work,
            file=self.file_of(subject),
            subject=subject,
            kind=self.log_kind or kind,
            situation=self.log,
            tags=self.log_tag or (tag,),
        )
