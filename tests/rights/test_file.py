"""A file protects nothing by itself, but `history verify` finds whoever was at it with another program."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from models.admin import verify as history_verify
from tests.support import office as lay
from tests.support.program import Result, in_process
from tests.support.world import World

DATA = {
    "what an entry says": "UPDATE entry SET situation = 'anders' WHERE id = 1",
    "an entry goes": "DELETE FROM entry WHERE id = 1",
    "whose entry it is": "UPDATE entry SET author = 'KIM' WHERE id = 1",
    "when it was written": "UPDATE entry SET created_at = '2025-01-01 08:00:00.000000+00:00' WHERE id = 1",
    "which file it is in": "UPDATE entry SET file = 'vpa_kunde' WHERE id = 1",
    "an entry withdrawn": "UPDATE entry SET withdrawn_at = created_at WHERE id = 1",
    "an entry no longer withdrawn": "UPDATE entry SET withdrawn_at = NULL WHERE id = 2",
    "an entry under another id": "UPDATE entry SET id = 77 WHERE id = 1",
    "who removed the flag": "UPDATE flag SET removed_by = 'TOM'",
    "a flag open again": "UPDATE flag SET state = 'open', removed_at = NULL, removed_by = NULL",
    "when the VPA was contacted": "UPDATE flag SET details = '{}'",
    "who released a task": "UPDATE task SET released_by = 'TOM'",
    "whose Reminder it is": "UPDATE reminder SET owner = 'KIM' WHERE id = 1",
    "a Reminder not done": "UPDATE reminder SET state = 'open', done_at = NULL, done_by = NULL WHERE id = 1",
    "a Reminder goes": "DELETE FROM reminder WHERE id = 1",
    "a Reminder that was taken back": "INSERT INTO reminder SELECT 2, version, subject, about, kind, due, reason, "
    "folded, owner, original_owner, owners, created_by, created_at, after_entry, 'open', NULL, NULL, NULL, NULL, NULL, "
    "NULL, NULL, NULL FROM reminder WHERE id = 1",
    "somebody else's Case": "UPDATE \"case\" SET resolved_by = 'KIM'",
    "another measure": "UPDATE \"case\" SET measure = 'contacted'",
    "another role": "UPDATE member SET roles = '[\"vpa_manager\"]' WHERE kuerzel = 'NEU'",
    "another account": "UPDATE member SET login = 'wer' WHERE kuerzel = 'NEU'",
    "a setting": "UPDATE setting SET value = '99'",
    "who sealed the day": "UPDATE day SET sealed_by = 'KIM'",
    "the day not sealed": "DELETE FROM day",
    "nobody looked": "DELETE FROM look",
    "what the note said": "UPDATE note SET text = 'anders'",
}
"""Behind the history's back: its chain is whole."""

TRAIL = {
    "who": "UPDATE history SET member = 'KIM' WHERE id = 3",
    "when": "UPDATE history SET at = '2025-01-01 08:00:00.000000+00:00' WHERE id = 3",
    "what": "UPDATE history SET changes = '[]' WHERE id = 3",
    "a row goes": "DELETE FROM history WHERE id = 3",
    "two rows change places": "UPDATE history SET id = -3 WHERE id = 3; UPDATE history SET id = 3 WHERE id = 4; "
    "UPDATE history SET id = 4 WHERE id = -3",
    "the same row once more": "INSERT INTO history SELECT id + 100, at, member, account, action, subject, "
    "command || 'x', step, route, target, undoable, changes, args, extra, hash FROM history WHERE id = 3",
    "the end": "UPDATE history_head SET last = last - 1",
    "the tail and the end": "DELETE FROM history WHERE id > 5; UPDATE history_head SET last = 5, "
    "hash = (SELECT hash FROM history WHERE id = 5)",
}
"""In the history itself."""


@pytest.fixture
def worked(office: World) -> Path:
    """A file in which something of everything was done."""
    lay.flag(stage=">12")
    lay.case("class")
    lay.task("T2", hours=20.0)
    log = ("file", "log", "--customer", "K001", "--file", "oteam", "--kind", "other", "--tag", "Info", "--situation")
    for command in (
        (*log, "Erstes"), (*log, "Zweites"), ("undo",),
        ("reminder", "set", "--customer", "K001", "--due", "2025-11-05", "--reason", "Nachsehen"),
        ("reminder", "set", "--customer", "K001", "--due", "2025-11-06", "--reason", "Zu viel"), ("undo",),
        ("reminder", "done", "1", "--outcome", "solved", "--log", "Gut", "--log-file", "oteam", "--log-tag", "Info"),
        ("case", "resolve", "1", "--measure", "checked"), ("task", "note", "T2", "--text", "Bald"), ("check",),
        ("day", "close", "--despite", "Übung"),
    ):  # fmt: skip
        office.cli(*command).ok()
    office.cli("member", "set", "BUD", "--role", "approver", as_="ANB").ok()
    office.cli("member", "add", "NEU", "Nina", "--login", "nina", as_="ANB").ok()
    office.cli("setting", "set", "long_days", "20", as_="ANB").ok()
    office.cli("journey", "remove", "1", "--contacted-on", "2025-11-04", as_="ANB").ok()
    office.cli("task", "release", "T2", as_="BUD").ok()
    office.cli("history", "verify").ok()
    office.store.db.close()
    return Path(office.url)


def verified(path: Path) -> Result:
    """What the program says of the file."""
    return in_process(["--db", str(path), "--json", "history", "verify"])


def tampered(original: Path, sql: str) -> Path:
    """A copy in which somebody was at work who knows what stands in the way."""
    path = original.with_name("tampered.db")
    shutil.copyfile(original, path)
    with sqlite3.connect(path) as other:
        for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f'DROP TRIGGER "{trigger}"')
        other.executescript(sql)
    other.close()
    return path


@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_manipulation_is_found(worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with the tables not held against the history, what was done behind its back goes unnoticed."""
    found = {what: verified(tampered(worked, sql)) for what, sql in {**DATA, **TRAIL}.items()}
    assert {what for what, told in found.items() if (told.exit_code, told.codes) != (3, ["history_broken"])} == set()
    assert verified(tampered(worked, "VACUUM")).exit_code == 0
    monkeypatch.setattr(history_verify, "check_rows", lambda *_: None)
    assert {what for what, sql in DATA.items() if verified(tampered(worked, sql)).exit_code} == set()


def recomputed(path: Path, forge: dict[int, str]) -> None:
    """Change who did these rows, and close the chain over it as the program would: the best forger there is."""
    with sqlite3.connect(path) as file:
        previous, last = "", 0
        for row in file.execute("SELECT * FROM history ORDER BY id").fetchall():
            values = list(row[:-1])
            values[2] = forge.get(values[0], values[2])
            text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            previous, last = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest(), values[0]
            file.execute("UPDATE history SET member = ?, hash = ? WHERE id = ?", (values[2], previous, values[0]))
        text = json.dumps([last, previous], separators=(",", ":"))
        seal = hashlib.sha256(f"head\n{text}".encode()).hexdigest()
        file.execute("UPDATE history_head SET last = ?, hash = ?, seal = ?", (last, previous, seal))
    file.close()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_a_file_alone_cannot_tell(worked: Path) -> None:
    """Who seals the whole chain anew is found where the tables tell of what is missing, and else by nothing in it."""
    short = tampered(worked, "DELETE FROM history WHERE id > 7")
    recomputed(short, {})
    assert verified(short).codes == ["history_broken"], "the tables know more than the history"
    forged = tampered(worked, "")
    recomputed(forged, {3: "KIM"})
    assert verified(forged).exit_code == 0, "docs/betrieb.md says so: only a copy kept elsewhere shows it"
