"""A server that dies under a writer: what was saved, what was not, and what nobody can know (issue 5 §4)."""

from __future__ import annotations

import _thread
import contextlib
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import quote

import pytest

from models.action import certainty
from models.action import run as door
from models.action.command import Command
from models.action.run import run
from models.action.undo import undo
from models.action.work import Session
from models.database import server as server_module
from models.database.server import Server as Team
from models.database.server import Timelines
from models.database.store import Store, open_store
from models.ground.clock import FixedClock, parse_moment
from models.ground.errors import DatabaseUnusableError, OutcomeUnknownError
from tests.support import office as lay
from tests.support.cluster import DYNAMIC
from tests.support.cut import PLACES, Cut, Wire
from tests.support.outage import Diary, entry, faults, write
from tests.support.postgres import USER, Home, Server, ordinary_user, start
from tests.support.program import in_process
from tests.support.terminal import ROOT
from tests.support.world import WEDNESDAY, World, prepare


@pytest.fixture
def engine() -> str:
    """Only a server can be lost on the way."""
    return "postgres"


@pytest.fixture
def wire(world: World, postgres_server: Server) -> Iterator[Wire]:
    """The way to the test's database, which can break."""
    lay.settle(world)
    wire = Wire(postgres_server)
    yield wire
    wire.close()


def at(url: str) -> Session:
    """TOM, who works on this database."""
    return Session(open_store(url), FixedClock(parse_moment(WEDNESDAY)), "TOM", "test")


@pytest.fixture
def far(wire: Wire, world: World) -> Session:
    """TOM at the other end of the wire."""
    return at(wire.url(world.url.partition("?")[0].rpartition("/")[2]))


def cut_everywhere(wire: Wire, far: Session) -> Diary:
    """One write for each place where the wire can break."""
    diary = Diary()
    for place in PLACES:
        wire.cut = Cut(place, length=7)
        write(far, diary, f"Draht gerissen: {place}")
    assert wire.broken == len(PLACES)
    return diary


def test_a_wire_cut_in_commit_is_found_out(wire: Wire, far: Session) -> None:
    """Schicht asks for the command when somebody answers again: saved or not, and both are true."""
    diary = cut_everywhere(wire, far)
    assert faults(far.store, diary.told) == []
    told = {text.rpartition(": ")[2]: word for text, word in diary.told.items()}
    assert (told["before"], told["inside"], told["answered"], told["half answered"]) == (
        "not saved", "not saved", "saved", "saved",
    )  # fmt: skip
    assert diary.count("unknown") == 0


def test_without_asking_a_write_is_lost(wire: Wire, far: Session) -> None:
    """The control: whoever takes a COMMIT that went out for a saved one is found out."""
    with mock.patch.object(certainty, "_is_saved", return_value=True):
        diary = cut_everywhere(wire, far)
    assert [fault for fault in faults(far.store, diary.told) if fault.startswith("lost")]


def test_a_retry_without_the_command_id_doubles(wire: Wire, far: Session) -> None:
    """The control of the other side: the same command again does nothing twice, another one does."""
    wire.cut = Cut("answered")
    first = Command()
    with far.store.connected(), deaf(), pytest.raises(OutcomeUnknownError) as lost:
        run(far, entry("einmal"), command=first)
    assert lost.value.as_json()["command"] == first.id
    with far.store.connected():
        run(far, entry("einmal"), command=first)
        assert faults(far.store, {}) == []
        run(far, entry("einmal"), command=Command())
    assert faults(far.store, {}) == ["doubled: einmal"]


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Nobody answers any more."""
    with impatient(), mock.patch.object(certainty, "_ask", side_effect=DatabaseUnusableError("weg")):
        yield


@contextlib.contextmanager
def impatient() -> Iterator[None]:
    """Asks once and no more."""
    with mock.patch.object(certainty, "PATIENCE", 0.0), mock.patch.object(certainty, "PAUSE", 0.0):
        yield


def test_whoever_cannot_ask_is_told_that_it_is_unknown(wire: Wire, far: Session) -> None:
    """A write, an undo, and a command of the shell: never said to be saved, never to be lost."""
    diary = Diary()
    record = door.record
    write(far, diary, "vorher")

    def then_gone(*args: Any, **how: Any) -> Any:
        wire.down = True
        return record(*args, **how)

    with impatient(), mock.patch.object(door, "record", then_gone):
        wire.cut = Cut("answered")
        assert write(far, diary, "unterwegs") == "unknown"
    wire.down = False
    wire.cut = Cut("sent", delay=0.05)
    with deaf(), far.store.connected(), pytest.raises(OutcomeUnknownError, match="unbekannt"):
        undo(far)
    assert faults(far.store, diary.told) == []


def test_the_shell_names_the_command_to_repeat(wire: Wire, far: Session) -> None:
    """Exit 5, and the same command with its id does nothing twice."""
    told = ["file", "log", "--vpa", "V001", "--kind", "other", "--situation", "per Befehl", "--tag", "x"]
    given = ["--db", far.store.url, "--as", "TOM", "--now", WEDNESDAY]
    wire.cut = Cut("answered")
    with deaf():
        lost = in_process([*given, *told])
    assert lost.exit_code == 5
    repeat = re.search(r"--command-id (\S+):", lost.stderr)
    assert repeat is not None
    assert "unbekannt" in lost.stderr
    in_process([*given, *told, "--command-id", repeat[1]]).ok()
    assert faults(far.store, {"per Befehl": "saved"}) == []


def test_a_trial_is_never_in_doubt(wire: Wire, far: Session) -> None:
    wire.cut = Cut("answered")
    with far.store.connected(), pytest.raises(DatabaseUnusableError) as lost:
        run(far, entry("nur geprüft"), dry_run=True)
    assert not isinstance(lost.value, OutcomeUnknownError)


# A server of its own: it stops, waits for a standby that is not there, and is promoted


@pytest.fixture(scope="module")
def own() -> Iterator[tuple[Home, Server]]:
    """A server that may be treated badly, with an office in it."""
    home = Home()
    server = start(home.path)
    server.execute("CREATE DATABASE team")
    prepare(server.url("team"))
    store = open_store(server.url("team"))
    with store.connected():
        lay.settle(World(store.url, "postgres", store))
    yield home, server
    home.close()


def test_after_a_crash_the_same_program_works_on(own: tuple[Home, Server]) -> None:
    home, server = own
    session, diary = at(server.url("team")), Diary()
    with session.store.connected():
        run(session, entry("davor"))
        server.crash()
        start(home.path)
        assert write(session, diary, "auf der toten Verbindung") == "not saved"
    assert write(session, diary, "danach") == "saved"
    assert faults(session.store, diary.told) == []


@contextlib.contextmanager
def no_standby(server: Server) -> Iterator[Callable[[], None]]:
    """Every COMMIT waits for a standby that does not come; calling it lets them through."""

    def end() -> None:
        server.execute("ALTER SYSTEM RESET synchronous_standby_names")
        server.execute("SELECT pg_reload_conf()")

    server.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    server.execute("SELECT pg_reload_conf()")
    try:
        yield end
    finally:
        end()


@contextlib.contextmanager
def cancelling(server: Server) -> Iterator[None]:
    """Whoever waits for a standby is told to stop, as an administrator would; also between BEGIN and COMMIT."""
    over = threading.Event()
    sql = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"

    def cancel() -> None:
        while not over.wait(0.02):
            server.execute(sql)

    canceller = threading.Thread(target=cancel)
    canceller.start()
    yield
    over.set()
    canceller.join()


def test_a_cancelled_wait_for_the_standby_is_unknown(own: tuple[Home, Server]) -> None:
    """The server says COMMIT and warns: on disk here, perhaps nowhere else (WARNING 01000)."""
    session, diary = at(own[1].url("team")), Diary()
    with no_standby(own[1]) as end, cancelling(own[1]):
        with impatient():
            assert write(session, diary, "ohne Standby") == "unknown"
        with impatient(), mock.patch.object(server_module, "MAYBE", "none"):
            assert write(session, diary, "Warnung überhört") == "saved", "the control: COMMIT alone says so"
        threading.Timer(0.1, end).start()
        with mock.patch.object(certainty, "PAUSE", 0.01):
            assert write(session, diary, "Standby kommt wieder") == "saved"
    assert faults(session.store, diary.told) == []


def test_ctrl_c_while_it_is_being_saved_is_unknown_too(own: tuple[Home, Server]) -> None:
    """On the command line nobody has to wait for a standby; nor is anybody told that nothing was saved."""
    session, diary = at(own[1].url("team")), Diary()
    with no_standby(own[1]), impatient(), mock.patch.object(certainty, "ANSWER", 0.05):
        threading.Timer(0.3, _thread.interrupt_main).start()
        assert write(session, diary, "Ctrl+C") == "unknown"
    assert faults(session.store, diary.told) == []


def test_a_server_that_does_not_tell_is_taken_as_it_is(own: tuple[Home, Server]) -> None:
    """Hired servers hide what they run on."""
    _, server = own
    server.execute("CREATE ROLE guest LOGIN")
    server.execute("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC", "team")
    guest = open_store(server.url("team").replace(f"{USER}@", "guest@"))
    with guest.connected():
        assert guest.db.execute_sql("SELECT current_user").fetchone() == ("guest",)
    server.execute("GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC", "team")


def test_a_question_does_not_wait_for_ever(own: tuple[Home, Server]) -> None:
    """Nobody cancels for us: the question itself gives up, and the member is told."""
    session = at(own[1].url("team"))
    patient = mock.patch.object(certainty, "ANSWER", 0.05)
    with (
        no_standby(own[1]), session.store.connected(), patient, impatient(),
        pytest.raises(OutcomeUnknownError), certainty.certain(session, Command()),
    ):  # fmt: skip
        raise OutcomeUnknownError


@pytest.fixture
def old(own: tuple[Home, Server]) -> Iterator[Server]:
    """A copy of the server as it was; the server itself is promoted: another leader has taken over."""
    home, server = own
    home.path.joinpath("data", "standby.signal").touch()
    server.crash()
    copy = Home()
    shutil.copytree(home.path / "data", copy.path / "data")
    (copy.path / "data" / "standby.signal").unlink()
    if user := ordinary_user():
        for path in (copy.path / "data", *(copy.path / "data").rglob("*"), home.path / "data" / "standby.signal"):
            shutil.chown(path, user.pw_uid, user.pw_gid)
    yesterday = start(copy.path)
    start(home.path)
    server.execute("SELECT pg_promote()")
    yield yesterday
    copy.close()


def both(*servers: Server) -> str:
    """One address of several servers."""
    return f"postgresql://{USER}@/team?host={','.join(quote(str(server.home), safe='') for server in servers)}"


def where(store: Store) -> str:
    """The home of the server that answers."""
    with store.connected():
        return str(store.db.execute_sql("SHOW unix_socket_directories").fetchone()[0])


def test_a_leader_of_yesterday_is_never_used(own: tuple[Home, Server], old: Server) -> None:
    """It stands first in the address and says read-write; libpq alone would take it."""
    new = own[1]
    url = both(old, new)
    assert where(open_store(url)) == str(old.home), "nothing newer has been seen yet, and libpq takes the first"
    assert where(open_store(new.url("team"))) == str(new.home)
    store = open_store(url)  # as a new program: what the other has seen stands in the user's state folder
    assert where(store) == str(new.home)
    assert store.db.places[0] == (str(new.home), "5432"), "who answered last is asked first"
    alone = at(old.url("team"))
    with pytest.raises(DatabaseUnusableError, match="ein anderer Server übernommen"):
        where(alone.store)
    assert write(alone, Diary(), "an den alten") == "not saved"
    with mock.patch.object(Timelines, "admit", return_value=True):
        assert where(open_store(url)) == str(old.home), "the control: without the check the old one wins"


def test_timelines_are_remembered_by_cluster(tmp_path: Path) -> None:
    path = tmp_path / "state" / "timelines.json"
    seen = Timelines(path)
    assert seen.admit("7001", 1)
    assert not path.exists(), "nothing is lower than the first"
    assert seen.admit("7001", 5)
    assert not seen.admit("7001", 4)
    assert seen.admit("7002", 2), "another cluster counts for itself"
    again = Timelines(path)
    assert [again.admit("7001", 4), again.admit("7001", 5), again.admit("7001", 6)] == [False, True, True]
    path.write_text("[]")
    assert Timelines(path).admit("7001", 2)


def test_a_home_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    seen = Timelines(tmp_path / "state" / "timelines.json")
    assert [seen.admit("7001", 3), seen.admit("7001", 2)] == [True, False]


def test_an_address_of_several_servers_wants_the_leader_and_does_not_wait_long() -> None:
    several = Team("postgresql://ann@a,b:6000,c/team").connect_params
    assert (several["target_session_attrs"], several["connect_timeout"]) == ("read-write", 3)
    assert Team("postgresql://ann@a,b,c/team").places == [("a", "5432"), ("b", "5432"), ("c", "5432")]
    one = Team("postgresql://ann@a/team?keepalives_idle=60").connect_params
    assert "target_session_attrs" not in one
    assert "keepalives_idle" not in one
    asked = Team("postgresql://ann@a,b/team?target_session_attrs=any&connect_timeout=1").connect_params
    assert not {"target_session_attrs", "connect_timeout"} & set(asked)


def test_the_recipe_is_what_was_tested() -> None:
    """Every setting of the long test's cluster that decides who leads stands in docs/betrieb.md."""
    recipe = (ROOT / "docs" / "betrieb.md").read_text(encoding="utf-8")
    said = {line.strip() for line in recipe.splitlines()}
    plain = {name: value for name, value in DYNAMIC.items() if name not in ("postgresql", "maximum_lag_on_failover")}
    assert [name for name, value in plain.items() if f"{name}: {str(value).lower()}" not in said] == []
    assert 'parameters: {wal_log_hints: "on"}' in said
