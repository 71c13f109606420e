"""Taking the files that raise no Cases: customers, assignments, tasks, messages, entries."""

from __future__ import annotations

from typing import Any

from models.database.fields import MomentField
from models.ground.text import words
from models.importing.columns import ABSENT, AKTEN, AUFGABEN, NACHRICHTEN, SEPARATOR, ZUORDNUNGEN, Table
from models.importing.comparing import Difference, count, differences, listed, plain, write
from models.importing.context import Taking
from models.importing.known_again import changed_twins, passed_over, recognise_assignments, update_message
from models.importing.profiles.filling import begin_assignments
from models.importing.recognise import ENTRIES, MESSAGES, recognise
from models.shared.upkeep import UPKEEP, first_check, upkeep_reason
from models.tables.entry import Entry
from models.tables.person import Restriction

_ENTRY_COLUMNS = (
    "file", "subject", "kind", "situation", "link", "response", "next_steps", "tags", "author", "account",
    "created_at", "corrects", "origin", "folded", "platform_id", "exported",
)  # fmt: skip


def take_plain(taking: Taking, table: Table, unless: str = "") -> None:
    """Bring one of our tables up to its file; what was changed here stays unless the export changed it too."""
    for batch in differences(taking, table, unless=unless):
        for difference in batch:
            count(taking, difference)
        write(taking, table, batch, plain)


def take_tasks(taking: Taking) -> None:
    """Bring tasks up to their file, and note which arrived in Forwarded; what a baseline brings was there before."""

    def arrival(difference: Difference) -> dict[str, Any]:
        came = "status" in difference.changed and difference.new["status"] == "forwarded"
        arrived = came and not taking.baseline and not (difference.there and difference.extra[0] == "forwarded")
        return {"forwarded_at": taking.now if arrived else None} if arrived or not difference.there else {}

    for batch in differences(taking, AUFGABEN, ("state",)):
        for difference in batch:
            count(taking, difference)
        write(taking, AUFGABEN, batch, arrival)


def take_messages(taking: Taking) -> None:
    """Take the chats; what was written here and comes back is known again (X-02)."""
    recognise(taking, MESSAGES)
    for own, difference in changed_twins(taking, NACHRICHTEN):
        update_message(taking, NACHRICHTEN, own, difference)
    take_plain(taking, NACHRICHTEN, passed_over(NACHRICHTEN))


def take_entries(taking: Taking) -> None:
    """Take entries. They are never changed (K-04): one that the platform changed becomes a new version."""
    recognise(taking, ENTRIES)
    versions = [
        _version(taking, difference, int(own)) for own, difference in changed_twins(taking, AKTEN) if difference.changed
    ]
    taking.sql.insert("entry", _ENTRY_COLUMNS, show_again(taking, versions))
    for batch in differences(taking, AKTEN, ("id",), unless=passed_over(AKTEN)):
        new: list[tuple[Any, ...]] = []
        seen: list[tuple[str, Any]] = []
        for difference in batch:
            count(taking, difference, as_new=difference.old is None)  # one that is shown again is new again
            if difference.old is None:
                new.append(_entry(difference, None, difference.new["eintrag_id"], difference.exported))
                continue
            original = difference.extra[0]
            seen.append((difference.exported, original))
            if difference.changed:
                new.append(_version(taking, difference, original))
        taking.sql.insert("entry", _ENTRY_COLUMNS, show_again(taking, new))
        taking.sql.many("UPDATE entry SET exported = ? WHERE id = ?", seen)


def _version(taking: Taking, difference: Difference, original: int) -> Any:
    """What the platform says now of an entry; also a version is the platform's: its `zeit` decides whether it counts
    for R-04.
    """
    corrected = _newest_version(taking, original)
    return _entry(difference, corrected, f"{difference.new['eintrag_id']}{SEPARATOR}{corrected}", None)


def _entry(difference: Difference, corrects: int | None, platform_id: str, exported: str | None) -> Any:
    """A row of `_ENTRY_COLUMNS`."""
    cell = {name: None if value in ("", ABSENT) else value for name, value in difference.new.items()}
    customer, vpa = cell["kunden_id"], cell["vpa_id"]
    tags = difference.new["tags"].replace(ABSENT, "").split("|")
    texts = (cell["situation"], cell["link"], cell["loesung"], cell["naechste_schritte"])
    return (
        cell["datei"], f"customer:{customer}" if customer else f"vpa:{vpa}", cell["art"] or "other", *texts,
        listed(difference.new["tags"]), cell["verfasser"], "", cell["zeit"], corrects, cell["von"] or "at",
        Entry.searchable(*texts, tags=tags), platform_id, exported,
    )  # fmt: skip


_PLACE = {name: place for place, name in enumerate(_ENTRY_COLUMNS)}
_TEXTS = ("situation", "link", "response", "next_steps", "tags")


def show_again(taking: Taking, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows that are to be written: an entry that stayed behind, withdrawn, when its import was taken back is the
    same entry (X-04). One that says something else now is shown again with a new version.
    """
    if not rows or not taking.has_withdrawn:
        return rows
    texts = ", ".join(_TEXTS)
    known = {
        key: (number, said)
        for key, number, *said in taking.sql.rows_in(
            f"SELECT platform_id, id, {texts} FROM entry WHERE platform_id IN (?*)",
            [_of(row, "platform_id") for row in rows],
        )
    }
    fresh, shown = [], []
    for row in rows:
        found = known.get(_of(row, "platform_id"))
        if found is None:
            fresh.append(row)
            continue
        number, said = found
        shown.append((_of(row, "exported"), number))
        if said != [_of(row, name) for name in _TEXTS]:
            key = f"{_of(row, 'platform_id')}{SEPARATOR}{taking.now}"
            version = {"corrects": number, "platform_id": key, "exported": None}
            fresh.append(tuple(version.get(name, value) for name, value in zip(_ENTRY_COLUMNS, row, strict=True)))
    taking.sql.many("UPDATE entry SET withdrawn_at = NULL, exported = ? WHERE id = ?", shown)
    return fresh


def _of(row: tuple[Any, ...], name: str) -> Any:
    return row[_PLACE[name]]


def _newest_version(taking: Taking, entry: int) -> int:
    """The end of the chain of corrections."""
    query = "SELECT MAX(id) FROM entry WHERE corrects = ? AND withdrawn_at IS NULL"
    while (later := taking.sql.value(query, (entry,))) is not None:
        entry = later
    return entry


def take_assignments(taking: Taking) -> list[tuple[str, str]]:
    """Take assignments; the customers whose present one is new, each with what its check says (K-25)."""
    begin_assignments(taking)
    before = taking.sql.value("SELECT COALESCE(MAX(id), 0) FROM assignment")
    recognise_assignments(taking)
    take_plain(taking, ZUORDNUNGEN)
    lasting = '({0}."end" IS NULL OR {0}."end" >= ?)'
    rows = taking.sql.rows(
        "SELECT a.customer, v.name FROM assignment a JOIN vpa v ON v.id = a.vpa "
        f"WHERE a.id > ? AND a.exported IS NOT NULL AND {lasting.format('a')} "
        f"AND NOT EXISTS (SELECT 1 FROM assignment b WHERE b.customer = a.customer AND {lasting.format('b')} "
        "AND (b.start > a.start OR (b.start = a.start AND b.id > a.id))) ORDER BY a.id",
        (before, taking.today, taking.today),
    )
    return [(customer, upkeep_reason(name)) for customer, name in rows]


def set_upkeep(taking: Taking, customers: list[tuple[str, str]]) -> None:
    """A Reminder for the importing member to look whether the VPA Kundenakte is kept (K-25)."""
    work, restricted = taking.work, Restriction.keys("customer")
    newest = taking.sql.value("SELECT COALESCE(MAX(id), 0) FROM entry")
    columns = (
        "version", "subject", "kind", "due", "reason", "owner", "original_owner", "owners", "created_by", "created_at",
        "after_entry", "state", "folded",
    )  # fmt: skip
    who, moment = work.me, MomentField().db_value(first_check(work))
    rows = [
        (1, f"customer:{customer}", UPKEEP, moment, reason, who, who, "[]", who, taking.now, newest, "open",
         " ".join(words(reason)))
        for customer, reason in customers
        if customer not in restricted
    ]  # fmt: skip
    taking.sql.insert("reminder", columns, rows)
