"""„Was geschah mit meinen Fällen“ as a list with detail: what a member finds when they are back (R-05)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session
from models.ground import clock
from models.shift.digest.digest import Thing, digest
from models.shift.digest.last_absence import Away, last_away
from models.tables.history import HistoryHead
from models.tables.people import Leave
from screens.digest.words import event_word, newest_word, state_word, thing_word, way_word
from screens.tab.deeds import log_entry, remind
from screens.tab.listed import Listed
from screens.tab.tab import Deed, Tab, TabSource, View
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Direction, Page, Row, RowId
from screens.words import day_word, moment_word

if TYPE_CHECKING:
    import datetime as dt

    from screens.detail.detail import Detail


class DigestTab(Tab):
    """One row for each Reminder, Case and other thing; first what is still with a stand-in."""

    code = "digest"
    number = 0
    title = "Was geschah mit meinen Fällen"
    columns: ClassVar = (
        Column("at", "zuletzt", 9, sortable=False),
        Column("name", "VPA/Kunde", 12, flex=2, most=28, sortable=False),
        Column("event", "was geschah", 16, flex=3, sortable=False),
        Column("holder", "bei", 7, priority=1, sortable=False),
    )
    views: ClassVar[Mapping[str, str]] = {"all": "alles", "away": "noch in Vertretung"}
    main = "Öffnen"
    foot: ClassVar[tuple[str, ...]] = ("take", "mark", "log", "remind", "file")

    def __init__(self) -> None:
        self.away: Away | None = None
        """The absence it is about, once it has been read."""
        self._things: dict[str, Thing] = {}

    def read(self, session: Session) -> dict[str, Thing]:
        """Everything, by subject; in a thread, with a connection."""
        from models.action.catalogue import load_all

        load_all()
        work = session.work()
        self.away = last_away(work, work.me)
        self._things = {thing.subject: thing for thing in digest(work, work.me, self.away)}
        return self._things

    def source(self, session: Session, view: View) -> TabSource:
        named, text = self.view_in(view)
        return DigestSource(self, session, named == "away", text)

    def row(self, thing: Thing, me: str, today: dt.date) -> Row:
        """How a thing looks."""
        at = day_word(clock.day_of(thing.newest), today) if thing.newest else ""
        holder = "" if thing.holder is None else "dir" if thing.holder == me else thing.holder
        if thing.way == "take":
            holder += " weg"
        style = "" if thing.way or thing.state in ("open", "") else "muted"
        cells = (
            at,
            (thing.name, "strong" if thing.way else ""),
            newest_word(thing),
            (holder, "due" if thing.way else ""),
        )
        return Row(thing.subject, cells, style=style, data=thing)

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        from screens.cases.detail import case_detail
        from screens.detail.detail import Detail, Section
        from screens.reminders.detail import reminder_detail

        thing = self._things.get(str(row_id))
        if thing is None:
            return None
        today = session.work().today
        kind, _, key = thing.subject.partition(":")
        reading = {"reminder": reminder_detail, "case": case_detail}.get(kind)
        found = reading(session, int(key)) if reading else None
        base = found or Detail(title=thing.name, copy=thing.name, copied="Name")
        lines = tuple(f"{moment_word(event.at, today)}  {event_word(event)}" for event in thing.events)
        head = (Section(thing_word(thing), tuple(line for line in (state_word(thing), way_word(thing)) if line)),)
        told = (Section("Während du weg warst", lines, "list"),) if lines else ()
        return replace(base, before=(*head, *told, *base.before[:1]), points=(), after=())

    def deed(self, verb: str, row: Row) -> Deed | str:
        thing: Thing = row.data
        if verb in ("file", "main"):
            return f"show:{thing.belongs_to}"
        if verb == "log":
            return log_entry(thing.belongs_to, thing.name)
        if verb == "remind":
            return remind(thing.belongs_to, thing.name)
        if verb == "take":
            return self._back(thing)
        return "Hier nimmt z zurück, was in Vertretung ist, o öffnet die Akte."

    def _back(self, thing: Thing) -> Deed | str:
        """To whom it belongs, where that can be done from here."""
        if thing.way not in ("take", "take_reason", "give_back"):
            return way_word(thing) or "Hier ist nichts zurückzunehmen oder zurückzugeben."
        code, said = (
            ("reminder.give-back", "zurückgeben") if thing.way == "give_back" else ("reminder.take", "zurücknehmen")
        )
        fixed = {"id": thing.subject.partition(":")[2]}
        return Deed(code, f"Reminder {said}: {thing.name}", fixed, seen=thing.version, about=thing.belongs_to,
                    at_once=thing.way != "take_reason")  # fmt: skip

    def verb_at(self, verb: str, row: Row | None) -> str:
        if verb != "take" or row is None:
            return ""
        return {"give_back": "Zurückgeben", "ask": "Wie zurück?"}.get(row.data.way, "Zurücknehmen")

    def new(self) -> Deed | str:
        return "Neues machst du auf den Reitern."

    def nothing(self, imported: str) -> str:
        return "Nichts ist geschehen, während du weg warst, und nichts liegt in Vertretung."


class DigestSource(TabSource):
    """The things of a view; read again when somebody has done something since."""

    def __init__(self, tab: DigestTab, session: Session, back_only: bool, text: str) -> None:
        super().__init__(session, lambda work: tab.listing(work, tab.start()), tab.rows)
        self._tab, self._back_only, self._text = tab, back_only, text
        self._known: tuple[Any, Listed] | None = None

    def page(self, anchor: Any, direction: Direction, limit: int) -> Page:
        """Some of them."""
        return self._listed().page(anchor, direction, limit)

    def count(self) -> int | None:
        """All of them."""
        return self._listed().count()

    def locate(self, row_id: RowId) -> Any:
        """The place of one."""
        return self._listed().locate(row_id)

    def every(self, most: int) -> list[Row]:
        """All of them, for a bulk."""
        return self._listed().every(most)

    def _listed(self) -> Listed:
        from models.ground.text import matches

        with self._session.store.connected():
            work = self._session.work()
            state = (HistoryHead.select(HistoryHead.last).scalar(), Leave.select().count(), work.today)
            if self._known is None or self._known[0] != state:
                things = [
                    thing
                    for thing in self._tab.read(self._session).values()
                    if (thing.way or not self._back_only)
                    and matches(self._text, f"{thing.name} {thing_word(thing)} {newest_word(thing)}")
                ]
                self._known = (state, Listed([self._tab.row(thing, work.me, work.today) for thing in things]))
            return self._known[1]
