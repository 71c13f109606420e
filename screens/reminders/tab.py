"""Tab 2: Reminder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.database.keyset import Listing
from models.ground import clock
from models.reminder.pages import VIEWS, ReminderLine, reminder_lines, reminder_listing
from screens.tab.deeds import log_entry, remind
from screens.tab.tab import Deed, Made, Tab, View
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row, RowId
from screens.words import first_line, moment_word

if TYPE_CHECKING:
    from models.records.offers import Offer
    from screens.detail.detail import Detail


class RemindersTab(Tab):
    """What was put off until a day: own due ones first, missed ones never drop out (R-01, R-10)."""

    code = "reminders"
    noun = "reminder"
    number = 2
    title = "Reminder"
    columns: ClassVar = (
        Column("due", "fällig", 15),
        Column("subject", "VPA/Kunde", 12, flex=2, most=30),
        Column("reason", "Grund", 12, flex=3, most=60, sortable=False),
        Column("owner", "bei", 7, priority=1),
    )
    views: ClassVar[Mapping[str, str]] = VIEWS
    main = "Entfernen"
    foot = ("main", "log", "postpone", "take", "mark", "filter")

    def listing(self, work: Work, view: View) -> Listing:
        return reminder_listing(work, view.name, view.text, view.sort, view.descending)

    def rows(self, work: Work, found: Made) -> list[Row]:
        lines = reminder_lines(work, [row for _, row in found])
        return [self._row(work, anchor, line) for (anchor, _), line in zip(found, lines, strict=True)]

    def _row(self, work: Work, anchor: Any, line: ReminderLine) -> Row:
        late = (work.today - clock.day_of(line.due)).days if line.state == "open" else 0
        when, style = moment_word(line.due, work.today), ""
        if late > 0:
            when, style = f"{late} T. überfällig", "overdue"
        elif line.state == "open" and line.due <= work.now:
            style = "due"
        owner = line.owner if line.state == "open" else line.done_by or ""
        by = f"{owner} weg" if line.owner_away and line.state == "open" else owner
        cells = ((when, style), (line.name, "strong" if line.mine and style else ""), first_line(line.reason), by)
        later = line.due > work.now or line.state != "open"
        return Row(line.id, cells, anchor, "muted" if later else "", line)

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        from screens.reminders.detail import reminder_detail

        return reminder_detail(session, int(row_id))

    def subjects(self, row: Row) -> tuple[str, ...]:
        about = row.data.about or ""
        worked_on = about.partition(":")[0] in ("case", "flag", "task", "handover")
        return (*super().subjects(row), *((about,) if worked_on else ()))

    def deed(self, verb: str, row: Row) -> Deed | str:
        line: ReminderLine = row.data
        name, about = line.name, line.subject
        if verb == "file":
            return f"show:{about}"
        if verb == "log":
            return log_entry(about, name)
        if verb == "remind":
            return remind(about, name)
        if verb == "contact":
            return "c hält den Kontakt zu einem Case fest. Hier entfernt e den Reminder, a schreibt in die Akte."
        if line.state != "open":
            return f"Dieser Reminder ist schon entfernt ({line.done_by or '?'})."
        fixed = {"id": str(line.id)}
        if verb == "main":
            return Deed("reminder.done", f"Reminder entfernen: {name}", fixed, seen=line.version, about=about,
                        kind=line.case_kind)  # fmt: skip
        if verb == "postpone":
            return Deed("reminder.postpone", f"Reminder verschieben: {name}", fixed, seen=line.version, about=about)
        if verb == "take":
            return self._take(line)
        return "Diese Taste tut auf einem Reminder nichts."

    def _take(self, line: ReminderLine) -> Deed:
        """Somebody else's: take over; taken: give back; one's own: hand over."""
        fixed, seen, about = {"id": str(line.id)}, line.version, line.subject
        if line.mine and line.owners:
            return Deed(
                "reminder.give-back", f"Reminder zurückgeben: {line.name}", fixed, seen=seen, about=about, at_once=True
            )
        if line.mine:
            return Deed("reminder.hand-over", f"Reminder abgeben: {line.name}", fixed, seen=seen, about=about)
        return Deed("reminder.take", f"Reminder übernehmen: {line.name}", fixed, seen=seen, about=about,
                    at_once=line.owner_away)  # fmt: skip

    def verb_at(self, verb: str, row: Row | None) -> str:
        if verb != "take" or row is None:
            return ""
        line: ReminderLine = row.data
        return ("Zurückgeben" if line.owners else "Abgeben") if line.mine else "Übernehmen"

    def offers(self, row: Row) -> Sequence[Offer]:
        from models.records.offers import for_customer, for_vpa

        kind, _, key = row.data.subject.partition(":")
        return for_vpa(key, row.data.name) if kind == "vpa" else for_customer(key, row.data.name)

    def new(self) -> Deed | str:
        return Deed("reminder.set", "Reminder setzen", preset={"due": "morgen"})

    def nothing(self, imported: str) -> str:
        return "Kein Reminder offen, auch nicht für später. n setzt einen, w legt auf jedem Reiter etwas vor."
