"""Who works on what: informs, locks nothing, ends by the database's own clock, leaves no trace (issue 5 §3)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from models import claim as room
from models.claim import claims as module
from models.claim.claims import LIFE, RENEW, keep, others, release, take, tell
from models.claim.table import Claim
from models.clock import parse_moment
from models.history import HistoryHead
from models.move import read_all
from models.tally import Tally
from tests.support import office as lay
from tests.support.world import World

LONG_AGO = parse_moment("2020-01-01T00:00")


@pytest.fixture
def office(world: World) -> World:
    """The team."""
    return lay.settle(world)


def test_the_first_one_holds_it_and_everybody_else_sees_who(office: World) -> None:
    ann, tom, lia = (office.session(who) for who in ("ANB", "TOM", "LIA"))
    assert others(ann) == {}
    assert take(tom, ["case:1", "case:2"]) == 2
    assert take(ann, ["case:1"]) == 0, "it informs: nobody is kept from working"
    assert take(ann, ["case:3"]) == 1
    assert {subject: one.member for subject, one in others(lia).items()} == {
        "case:1": "TOM", "case:2": "TOM", "case:3": "ANB",
    }  # fmt: skip
    assert set(others(tom)) == {"case:3"}, "one's own desk is no news"
    assert others(lia)["case:1"].since == lia.clock.now(), "shown by the clock of whoever asks"
    assert release(tom) == 2
    assert set(others(lia)) == {"case:3"}
    assert take(ann, ["case:1", "case:3"]) == 2, "whoever is still there goes on with it"
    assert others(lia)["case:1"].member == "ANB"


def test_a_desk_keeps_what_its_form_is_about(office: World) -> None:
    """Opening, renewing, going on to another thing, closing: the last word is the newest."""
    tom, ann = office.session("TOM"), office.session("ANB")
    for wanted in (("case:1",), ("case:1",), ("case:2", "case:3"), ("case:3",)):
        tom.presence.wanted = wanted
        keep(tom)
        assert set(others(ann)) == set(wanted)
    ann.presence.wanted = ("case:3", "case:4")
    keep(ann)
    assert (ann.presence.held, tom.presence.held) == (1, 1)
    tom.presence.wanted = ()
    keep(tom)
    keep(ann)
    assert (ann.presence.held, tom.presence.held, others(ann)) == (2, 0, {})


def test_without_a_kuerzel_nobody_works(office: World) -> None:
    office.me = None
    assert take(office.session(), ["case:1"]) == 0
    assert take(office.session("ANB"), []) == 0
    assert Claim.select().count() == 0


def test_a_claim_ends_by_itself_and_is_renewed(office: World) -> None:
    """By the clock of the database: the terminal's own, which stands still here, has no say."""
    assert 3 * RENEW <= LIFE
    tom, ann = office.session("TOM"), office.session("ANB", "2025-11-06T03:00")
    take(tom, ["case:1"])
    began = Claim.get().since
    Claim.update(until=LONG_AGO).execute()
    assert others(ann) == {}, "a session that died"
    assert take(tom, ["case:1"]) == 1
    assert (Claim.get().since, set(others(ann))) == (began, {"case:1"}), "renewed: it began when it began"
    Claim.update(until=LONG_AGO).execute()
    assert take(ann, ["case:1"]) == 1, "what has ended is free"
    assert Claim.get().member == "ANB"
    assert Claim.get().since > began
    take(tom, ["case:2"])
    Claim.update(until=LONG_AGO).execute()
    assert release(office.session("LIA")) == 2, "who leaves clears up after the dead"


def test_presence_is_no_data(office: World) -> None:
    """No history, no undo, no fingerprint, no backup, no version: two databases that differ in it are the same."""

    def state() -> tuple[object, ...]:
        tally = Tally()
        read_all(office.store.db, tally)
        return tally.hash, tally.rows, HistoryHead.get().last, lay.content()

    before = state()
    take(office.session("TOM"), ["case:1"])
    tell(office.session("TOM"))
    assert state() == before
    assert room.__doc__
    assert "no trace" in room.__doc__


def test_a_backup_takes_no_claims_along(office: World, tmp_path: Path) -> None:
    take(office.session("TOM"), ["case:1"])
    copy = tmp_path / "copy.db"
    office.cli("backup", str(copy)).ok()
    assert b"case:1" not in copy.read_bytes()
    office.cli("restore", str(copy), "--replace", as_="TOM").ok()
    assert Claim.select().count() == 0


@pytest.mark.parametrize("careful", [True, False], ids=["ours", "control"])
def test_of_many_at_once_exactly_one_gets_it(office: World, careful: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six desks want the same twenty things. The control takes without asking: then several believe they hold one."""
    if not careful:
        monkeypatch.setattr(module, "TAKE", module.TAKE[: module.TAKE.rindex("WHERE")])
    subjects = [f"case:{number}" for number in range(20)]
    sessions = [office.session("TOM") for _ in range(6)]
    won: list[str] = []
    gate = threading.Barrier(len(sessions))

    def want(session: object, order: list[str]) -> None:
        with office.store.connected():
            gate.wait()
            won.extend(subject for subject in order if take(session, [subject]))  # type: ignore[arg-type]

    threads = [
        threading.Thread(target=want, args=(session, subjects[place:] + subjects[:place]))
        for place, session in enumerate(sessions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(won) == sorted(subjects)) is careful
    assert Claim.select().count() == 20
