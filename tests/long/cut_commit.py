"""The wire cut two hundred times in the middle of COMMIT, at random places: `make test-long`."""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from unittest import mock

import psycopg
import pytest

from models.action import certainty
from models.action.work import Session
from models.database.store import open_store
from models.ground.clock import FixedClock, parse_moment
from tests.support import office as lay
from tests.support.cut import Cut, Wire
from tests.support.outage import Diary, faults, write
from tests.support.postgres import Server
from tests.support.world import WEDNESDAY, World

CUTS = int(os.environ.get("SCHICHT_CUTS", "200"))
SEED = int(os.environ.get("SCHICHT_SEED", "11"))


@pytest.fixture
def engine() -> str:
    """Only a server can be lost on the way."""
    return "postgres"


@pytest.fixture
def wire(world: World, postgres_server: Server) -> Iterator[Wire]:
    """The way to the test's database."""
    lay.settle(world)
    wire = Wire(postgres_server)
    yield wire
    wire.close()


def cut_often(wire: Wire, world: World) -> tuple[Session, Diary, Counter[str]]:
    """Write so often, cut in every COMMIT; what was told, and what came of each place."""
    name = world.url.partition("?")[0].rpartition("/")[2]
    session = Session(open_store(wire.url(name)), FixedClock(parse_moment(WEDNESDAY)), "TOM", "test")
    chance, diary, how = random.Random(SEED), Diary(), Counter[str]()
    for number in range(CUTS):
        wire.cut = Cut.somewhere(chance)
        place = wire.cut.place
        told = write(session, diary, f"Nummer {number}")
        how[f"{place}: {told}"] += 1
    assert wire.broken == CUTS
    return session, diary, how


@pytest.mark.slow
def test_cuts_in_commit(wire: Wire, world: World) -> None:
    """Each is found out, and what was said is true."""
    session, diary, how = cut_often(wire, world)
    server = world.store.db.execute_sql("SHOW server_version").fetchone()[0].split()[0]
    print(f"\nPostgreSQL {server}, psycopg {psycopg.__version__}, Python {sys.version.split()[0]}, Zufallsstart {SEED}")
    told = f"{diary.count('saved')} gespeichert, {diary.count('not saved')} nicht, {diary.count('unknown')} unbekannt"
    print(f"{CUTS} Schnitte: {told}")
    print("; ".join(f"{what} {times}" for what, times in sorted(how.items())))
    assert faults(session.store, diary.told) == []
    assert diary.count("unknown") == 0, "there is always somebody to ask"


@pytest.mark.slow
def test_cuts_in_commit_without_asking(wire: Wire, world: World) -> None:
    """The control: a COMMIT that went out counts as saved."""
    with mock.patch.object(certainty, "_is_saved", return_value=True):
        session, diary, _ = cut_often(wire, world)
    lost = [fault for fault in faults(session.store, diary.told) if fault.startswith("lost")]
    print(f"\nKontrolle, ungefragt bestätigt: {len(lost)} verlorene gefunden")
    assert lost


@pytest.mark.slow
def test_cuts_in_commit_with_blind_retries(wire: Wire, world: World) -> None:
    """The control of the other side: whoever repeats under a new command id writes twice."""
    with mock.patch.object(certainty, "_is_saved", return_value=False):  # everything lost counts as not saved
        session, diary, _ = cut_often(wire, world)
    for text in [text for text, told in diary.told.items() if told == "not saved"]:
        write(session, Diary(), text)
    doubled = [fault for fault in faults(session.store, diary.told) if fault.startswith("doubled")]
    print(f"\nKontrolle, blind wiederholt: {len(doubled)} doppelte gefunden")
    assert doubled
