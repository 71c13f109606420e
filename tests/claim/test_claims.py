"""Who works on what: informs, locks nothing, ends by the database's own clock, leaves no trace (issue 5 §3)."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from models.action import claims as module
from models.action.claims import LIFE, RENEW, keep, others, release, take, tell
from models.action.work import Session
from models.admin.move import read_all
from models.admin.tally import Tally
from models.ground.clock import parse_moment
from models.tables.claim import Claim
from models.tables.history import HistoryHead
from tests.support import office as lay
from tests.support.world import World

LONG_AGO = parse_moment("2020-01-01T00:00")


@pytest.fixture
def office(world: World) -> World:
    """The team."""
    return lay.settle(world)


def seen_by(session: Session) -> dict[str, list[str]]:
    """Who works on what, by Kürzel."""
    return {subject: [one.member for one in found] for subject, found in others(session).items()}


def test_everybody_sees_everybody_else_whoever_came_first_before_the_rest(office: World) -> None:
    ann, tom, lia = (office.session(who) for who in ("ANB", "TOM", "LIA"))
    assert others(ann) == {}
    take(tom, ["case:1", "case:2"])
    Claim.update(since=Claim.select().first().since.subtract(seconds=90)).execute()
    take(ann, ["case:1", "case:3"])
    assert seen_by(lia) == {"case:1": ["TOM", "ANB"], "case:2": ["TOM"], "case:3": ["ANB"]}
    assert seen_by(tom) == {"case:1": ["ANB"], "case:3": ["ANB"]}, "one's own desk is no news"
    assert others(lia)["case:1"][0].since == lia.clock.now().subtract(seconds=90), "shown by the clock of whoever asks"
    assert release(tom) == 2
    assert seen_by(lia) == {"case:1": ["ANB"], "case:3": ["ANB"]}


def test_a_desk_keeps_what_its_form_is_about(office: World) -> None:
    """Opening, renewing, going on to another thing, closing: the last word is the newest."""
    tom, ann = office.session("TOM"), office.session("ANB")
    for wanted in (("case:1",), ("case:1",), ("case:2", "case:3"), ("case:3",), ()):
        tom.presence.wanted = wanted
        keep(tom)
        assert set(others(ann)) == set(wanted)
    assert Claim.select().count() == 0


def test_without_a_kuerzel_nobody_works(office: World) -> None:
    office.me = None
    take(office.session(), ["case:1"])
    take(office.session("ANB"), [])
    assert Claim.select().count() == 0


@pytest.mark.parametrize("renewed", [True, False], ids=["ours", "control"])
def test_a_claim_ends_by_itself_unless_it_is_renewed(
    office: World, renewed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock of the database: the terminal's own, which stands still here, has no say."""
    if not renewed:
        monkeypatch.setattr(module, "TAKE", f"{module.TAKE.partition('DO UPDATE')[0]} DO NOTHING")
    assert 3 * RENEW <= LIFE
    tom, ann = office.session("TOM"), office.session("ANB", "2025-11-06T03:00")
    take(tom, ["case:1"])
    began, until = Claim.get().since, Claim.get().until
    assert (until - began).total_seconds() == LIFE
    sooner = until - dt.timedelta(seconds=LIFE / 2)  # as after a while: the clock of the database stands still for 1 ms
    Claim.update(until=sooner).execute()
    take(tom, ["case:1"])
    assert Claim.get().since == began, "it began when it began"
    assert (Claim.get().until > sooner) is renewed
    Claim.update(until=LONG_AGO).execute()
    assert others(ann) == {}, "a session that died"
    take(tom, ["case:1"])
    assert (others(ann) != {}) is renewed
    assert (Claim.get().since > began) is renewed, "and begins anew where it had ended"
    Claim.update(until=LONG_AGO).execute()
    assert release(office.session("LIA")) == 1, "who leaves clears up after the dead"


def test_presence_is_no_data(office: World) -> None:
    """No history, no undo, no fingerprint, no version: two databases that differ in it are the same."""

    def state() -> tuple[object, ...]:
        tally = Tally()
        read_all(office.store.db, tally)
        return tally.hash, tally.rows, HistoryHead.get().last, lay.content()

    before = state()
    take(office.session("TOM"), ["case:1"])
    tell(office.session("TOM"))
    assert state() == before
    assert Claim.__doc__
    assert "no trace" in Claim.__doc__


def test_a_backup_takes_no_claims_along(office: World, tmp_path: Path) -> None:
    take(office.session("TOM"), ["case:1"])
    copy = tmp_path / "copy.db"
    office.cli("backup", str(copy)).ok()
    assert b"case:1" not in copy.read_bytes()
    office.cli("restore", str(copy), "--replace", as_="TOM").ok()
    assert Claim.select().count() == 0


def test_of_many_at_once_nobody_is_lost_and_nobody_waits_crosswise(office: World) -> None:
    """Six desks take the same twenty things at once, in different orders, several times."""
    subjects = [f"case:{number}" for number in range(20)]
    sessions = [office.session("TOM") for _ in range(6)]
    gate = threading.Barrier(len(sessions))

    def want(session: Session, order: list[str]) -> None:
        with office.store.connected():
            gate.wait()
            for subject in order:
                take(session, [subject])
            take(session, order)

    threads = [
        threading.Thread(target=want, args=(session, subjects[place:] + subjects[:place]))
        for place, session in enumerate(sessions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = others(office.session("LIA"))
    assert {subject: len(set(claimants)) for subject, claimants in found.items()} == dict.fromkeys(subjects, 6)
