"""Twenty kills of the leader while four write and one looks on: `make test-long`, or fewer with SCHICHT_KILLS=3."""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from models.action.run import run
from models.action.work import Session
from models.database.store import open_store
from models.ground.clock import FixedClock, parse_moment
from tests.support.cluster import Cluster, Node, running, until, versions
from tests.support.kills import lay_cases
from tests.support.outage import Said, Told, Writer, entry, faults
from tests.support.program import in_new_process
from tests.support.watch import Watch
from tests.support.world import WEDNESDAY, World, prepare

KILLS = int(os.environ.get("SCHICHT_KILLS", "20"))
SEED = int(os.environ.get("SCHICHT_SEED", "7"))
WRITERS = 4
BACK_TO_WRITING, ANSWER = 10.0, 0.2
"""Seconds after a promotion until everybody writes again, and until a key is answered (issue 5 §4)."""

OURS = re.compile(r"(?:statement|execute [^:]*): .*\b(?:FROM|INTO|UPDATE) \"")
"""A line of the server's log about something that Schicht has read or written."""


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """Three servers with an office."""
    with running() as cluster:
        leader = cluster.whole()
        leader.ask("CREATE DATABASE team")
        prepare(cluster.url("team"))
        store = open_store(cluster.url("team"))
        with store.connected():
            lay_cases(World(store.url, "postgres", store), 30)
        run_as(cluster, "ANB", "der Bildschirm hat etwas zum Zurücknehmen")
        yield cluster


def run_as(cluster: Cluster, member: str, text: str) -> None:
    """One write in this process."""
    session = Session(open_store(cluster.url("team")), FixedClock(parse_moment(WEDNESDAY)), member, "test")
    with session.store.connected():
        run(session, entry(text))


@dataclass
class Figures:
    """What one run has measured, in seconds."""

    promoted: list[float] = field(default_factory=list)
    """From the kill to the promotion: Patroni's time, not ours."""
    writing: list[float] = field(default_factory=list)
    """From the promotion to the first acknowledged write, for each writer."""
    screen: list[float] = field(default_factory=list)
    """From the promotion to the first deed on the screen."""
    old_asked: int = 0
    """Statements of Schicht on an old leader that came back."""
    killed: list[float] = field(default_factory=list)
    """Monotonic time of each kill."""

    def tell(self, said: list[Said], watch: Watch) -> None:
        """Print it."""
        told, asked = Counter(one.told for one in said), Counter(one.told for one in said if one.asked)
        keys = [took for _, took in watch.answers]
        late = [
            f"{took:.2f} s ({self._since_kill(when):.1f} nach dem Kill)"
            for when, took in watch.answers
            if took > ANSWER
        ]
        load = os.getloadavg()[0]
        print(f"\n{versions()}, Zufallsstart {SEED}, {KILLS} Kills, Last {load:.1f} auf {os.cpu_count()} Kernen")
        print(
            f"Schreiben: {told['saved']} gespeichert, {told['not saved']} nicht, {told['unknown']} unbekannt; ", end=""
        )
        print(f"COMMIT ohne Antwort: {asked.total()}, davon nach Rückfrage {asked['saved']} gespeichert")
        print(f"Kill bis Beförderung: {_range(self.promoted)}; danach schreiben alle nach {_range(self.writing)}")
        print(f"Bildschirm schreibt nach {_range(self.screen)}; „antwortet nicht“ stand da {watch.away:.0f} s")
        print(
            f"Tasten: {len(keys)}, Median {_ms(keys, 0.5)}, 99 % {_ms(keys, 0.99)}, höchstens {_ms(keys, 1)}, ", end=""
        )
        print(f"über 200 ms: {len(late)} {', '.join(late)}; Anweisungen an alte Leiter: {self.old_asked}")

    def _since_kill(self, moment: float) -> float:
        return min((moment - killed for killed in self.killed if killed <= moment), default=-1.0)


def _range(seconds: list[float]) -> str:
    return f"{min(seconds):.1f} bis {max(seconds):.1f} s" if seconds else "nie"


def _ms(seconds: list[float], share: float) -> str:
    return f"{sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)] * 1000:.0f} ms"


@pytest.mark.slow
def test_kills_of_the_leader(cluster: Cluster) -> None:
    """No acknowledged write lost, none doubled, nothing from a leader of yesterday; the screen answers throughout."""
    chance, figures = random.Random(SEED), Figures()
    writers = [Writer(cluster.url("team"), f"Schreiber {number}") for number in range(WRITERS)]
    watch = Watch(cluster.url("team"), "ANB", WEDNESDAY)
    watch.start()
    for number in range(KILLS):
        _kill(cluster, chance, writers, watch, figures, number)
    cluster.whole()
    for writer in writers:
        writer.stop()
    watch.stop()
    said = [one for writer in writers for one in writer.said]
    figures.tell(said, watch)
    assert faults(open_store(cluster.url("team")), {one.text: one.told for one in said}) == []
    assert figures.old_asked == 0
    assert len(figures.writing) == KILLS * WRITERS
    assert len(figures.screen) == KILLS
    assert max(figures.writing + figures.screen) < BACK_TO_WRITING
    assert max(took for _, took in watch.answers) < ANSWER


def _kill(
    cluster: Cluster, chance: random.Random, writers: list[Writer], watch: Watch, figures: Figures, number: int
) -> None:
    """One kill, until everybody writes again and the old leader follows the new one."""
    old = cluster.whole()
    line = old.timeline
    time.sleep(chance.uniform(0.5, 2.0))
    machine, killed = chance.random() < 0.75, time.monotonic()
    figures.killed.append(killed)
    old.kill(machine)
    promoted = until(lambda: any(node.timeline > line for node in cluster.nodes), 90, "Niemand übernimmt.")
    figures.promoted.append(promoted - killed)
    key, toast = (("u", "Rückgängig:"), ("ctrl+y", "Wiederholt:"))[number % 2]
    if (done := watch.do(key, toast, 60)) is not None:
        figures.screen.append(done - promoted)
    else:
        print(f"\nDer Bildschirm schreibt nicht wieder:\n{watch.terminal.text}")
    until(lambda: all(writer.saved_after(promoted) for writer in writers), 60, "Jemand schreibt nicht wieder.")
    figures.writing += [(writer.saved_after(promoted) or 0) - promoted for writer in writers]
    if machine:
        figures.old_asked += _come_back(cluster, old)
        cluster.boot(old)


def _come_back(cluster: Cluster, old: Node) -> int:
    """The old leader is there again, first in the address, and says read-write; how much Schicht has asked of it.

    Writers and screen go on meanwhile, and a new program reads and writes.
    """
    before = len(cluster.log(old))
    cluster.start_alone(old)
    url = cluster.url("team", first=old)
    given = ["--db", url, "--as", "TOM", "--now", WEDNESDAY, "--json"]
    what = ["--vpa", "V001", "--kind", "other", "--situation", f"neu {time.monotonic()}", "--tag", "x"]
    written = in_new_process([*given, "file", "log", *what])
    read = in_new_process([*given, "history", "--limit", "1"])
    cluster.stop_alone(old)
    written.ok()
    read.ok()
    return len(OURS.findall(cluster.log(old)[before:]))


# Controls: what must be found out


@pytest.mark.slow
def test_whoever_acknowledges_before_commit_is_found_out(cluster: Cluster) -> None:
    """Four writers that say saved at once; one kill is enough."""
    writers = [Writer(cluster.url("team"), f"Eilig {number}", eager=True) for number in range(WRITERS)]
    old = cluster.whole()
    line = old.timeline
    until(lambda: all(len(writer.said) > 5 for writer in writers), 30, "Niemand schreibt.")
    old.kill(machine=False)
    until(lambda: any(node.timeline > line for node in cluster.nodes), 90, "Niemand übernimmt.")
    cluster.whole()
    for writer in writers:
        writer.stop()
    told: dict[str, Told] = {one.text: one.told for writer in writers for one in writer.said}
    lost = [fault for fault in faults(open_store(cluster.url("team")), told) if fault.startswith("lost")]
    print(f"\nKontrolle, vor COMMIT bestätigt: {len(lost)} verlorene gefunden")
    assert lost


@pytest.mark.slow
def test_without_the_timeline_an_old_leader_is_asked(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One that knows no timeline takes the first that says read-write."""
    old = cluster.whole()
    line = old.timeline
    old.kill(machine=True)
    until(lambda: any(node.timeline > line for node in cluster.nodes), 90, "Niemand übernimmt.")
    run_as(cluster, "TOM", "der Neue ist bekannt")
    assert _come_back(cluster, old) == 0
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "forgetful"))
    before = len(cluster.log(old))
    cluster.start_alone(old)
    given = ["--db", cluster.url("team", first=old), "--as", "TOM", "--now", WEDNESDAY, "--json"]
    in_new_process([*given, "history", "--limit", "1"]).ok()
    cluster.stop_alone(old)
    asked = len(OURS.findall(cluster.log(old)[before:]))
    print(f"\nKontrolle, ohne gemerkte Zeitlinie: {asked} Anweisungen an den alten Leiter")
    assert asked
