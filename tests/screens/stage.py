"""A small team with a few Cases, Reminders, flags and entries, and the full screen on top of it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, key_to_character
from textual.pilot import Pilot

from models.action.work import Session
from models.database.store import Store, open_store
from models.ground import clock
from models.ground.clock import FixedClock, parse_moment
from models.ground.text import fold
from screens.form.form import FormScreen
from screens.widgets.window_list import WindowList
from tests.support.rest import at_rest, drained
from tui.app.app import SchichtApp
from tui.app.start import make_app
from tui.settings import UserSettings

NOW = "2025-11-05T14:00"
"""A Wednesday afternoon."""


@dataclass
class Stage:
    """One test's database and who looks at it."""

    path: Path
    store: Store

    def session(self, me: str | None = "ANN", now: str = NOW) -> Session:
        """Who works when."""
        return Session(self.store, FixedClock(parse_moment(now)), me, "test-account")

    def one(self, model: Any, key: Any) -> Any:
        """A row as it stands in the database now."""
        with self.store.connected():
            return model.get_by_id(key)

    def count(self, model: Any, *where: Any) -> int:
        """How many rows."""
        with self.store.connected():
            return int((model.select().where(*where) if where else model.select()).count())

    @asynccontextmanager
    async def screen(
        self,
        size: tuple[int, int] = (120, 40),
        me: str | None = "ANN",
        now: str = NOW,
        settings: UserSettings | None = None,
    ) -> AsyncIterator[Player]:
        """The full screen, at rest; it waits for a pause in what is done as if its member were very quick."""
        with mock.patch.object(WindowList, "REST", 0.01), mock.patch.object(FormScreen, "PATIENCE", 0.01):
            app = make_app(self.session(me, now), settings)
            async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
                player = Player(app, pilot)
                await player.rest()
                yield player


@dataclass
class Player:
    """A member at the keyboard."""

    app: SchichtApp
    pilot: Pilot[int]

    async def rest(self) -> None:
        """Wait until nothing is on its way any more."""
        await at_rest(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys, each answered before the next."""
        for key in keys:
            await self._send(key, key_to_character(REPLACED_KEYS.get(key, key)))
            await self.rest()

    async def type(self, text: str) -> None:
        """Type a text at one go: what waits for the last letter waits only once."""
        for char in text:
            await self._send(_character_to_key(char), char)
        await self.rest()

    async def _send(self, key: str, char: str | None) -> None:
        """A key as the terminal's driver hands it over; it has found its widget afterwards."""
        driver = self.app._driver
        assert driver is not None
        driver.send_message(Key(key, char))
        await drained()
        while self.app._ticket:
            await asyncio.sleep(0.001)
            await drained()

    @property
    def lines(self) -> list[str]:
        """The lines on the screen."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def told(self) -> list[str]:
        """All toasts so far."""
        return [text for _, _, text in self.app.messages]


def fill(store: Store) -> None:
    """Members, VPAs, customers, four Cases of four kinds, three Reminders, two flags, two entries."""
    from models.tables.case import Case
    from models.tables.entry import Entry
    from models.tables.flag import Flag
    from models.tables.people import Assignment, Customer, Leave, Member, Vpa
    from models.tables.reminder import Reminder

    moment = parse_moment("2025-11-03T09:00")
    with store.connected(), store.db.atomic():
        for kuerzel, name, roles in (
            ("ANN", "Anna Vogt", ["at"]), ("BEN", "Ben Krull", ["at"]), ("TOM", "Tom Ahrens", ["at", "buddy"]),
            ("VMA", "Vera Manske", ["vpa_manager"]), ("SAL", "Sina Alt", ["sales"]),
        ):  # fmt: skip
            Member.create(kuerzel=kuerzel, key=kuerzel.casefold(), name=name, roles=roles)
        Leave.create(member="TOM", reason="vacation", start=dt.date(2025, 11, 1), end=dt.date(2025, 11, 14))
        for key, name, klasse, start in (
            ("V1", "Keller, Mira", "B", dt.date(2024, 9, 1)), ("V2", "Demir, Can", "C", dt.date(2025, 4, 20)),
            ("V3", "Müller, Ole", "N", dt.date(2025, 9, 20)), ("V4", "Sommer, Ida", "A", dt.date(2023, 1, 1)),
        ):  # fmt: skip
            Vpa.create(id=key, name=name, folded=fold(name), klasse=klasse, start=start, active=key != "V2",
                       new_customers=True, orders=True, mobile_app=key == "V2", part_time=False, areas=[])  # fmt: skip
        for key, name in (("K1", "Café Nordlicht"), ("K2", "Praxis Sonnenhof")):
            Customer.create(id=key, name=name, folded=fold(name), status="aktiv", pattern="laufend", klasse="B")
            Assignment.create(customer=key, vpa="V1", start=dt.date(2025, 3, 1))
        cases: tuple[dict[str, Any], ...] = (
            {"kind": "absence", "vpa": "V1", "findings": ["long"], "facts": {"days": 26, "starts_90_days": 1},
             "after": {"von": "2025-12-01", "bis": "2025-12-26", "eingetragen_am": "2025-11-03"}},
            {"kind": "inactive", "vpa": "V2", "findings": ["mobile_app"], "before": {"aktiv": True},
             "after": {"aktiv": False}, "workable_from": clock.parse_moment("2025-11-06T00:00")},
            {"kind": "schedule", "vpa": "V3", "findings": [], "before": {"auftraege": True},
             "after": {"auftraege": False}},
            {"kind": "class", "vpa": "V4", "findings": ["worse"], "before": {"klasse": "A"}, "after": {"klasse": "B"}},
        )  # fmt: skip
        names = {vpa.id: vpa.name for vpa in Vpa.select()}
        for place, case in enumerate(cases):
            name = names[case["vpa"]]
            Case.create(
                vpa_name=name,
                vpa_folded=fold(name),
                opened_at=moment.add(minutes=place),
                changed_on=moment.date(),
                **case,
            )
        for subject, owner, due in (
            ("vpa:V1", "ANN", "2025-11-04T00:00"),
            ("vpa:V2", "TOM", "2025-11-05T09:00"),
            ("customer:K1", "ANN", "2025-12-01T00:00"),
        ):
            Reminder.create(
                subject=subject,
                owner=owner,
                original_owner=owner,
                created_by=owner,
                created_at=moment,
                reason="Nachsehen, wie es steht",
                due=parse_moment(due),
                after_entry=2,
            )
        for vpa, stage in (("V3", "0-3"), ("V4", ">12")):
            Flag.create(
                vpa=vpa, vpa_name=names[vpa], vpa_folded=fold(names[vpa]), stage=stage, raised_on=dt.date(2025, 11, 3)
            )
        for file, subject in (("vpa_akte", "vpa:V1"), ("vpa_kunde", "customer:K1")):
            text = "War im Urlaub, die Kunden wussten Bescheid."
            Entry.create(file=file, subject=subject, kind="other", situation=text, tags=["Urlaub"], author="BEN",
                         account="", created_at=moment, folded=Entry.searchable(text, tags=["Urlaub"]))  # fmt: skip


def opened(path: Path) -> Store:
    """The database of a file."""
    return open_store(str(path))
