"""The one door (DESIGN): a repeated command, a version that is no longer true, several at once."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from typing import Any

import pytest

from models.action import run as door
from models.action.args import args_of, from_texts, option_of, parse, to_texts
from models.action.base import CATALOGUE
from models.action.catalogue import load_all
from models.action.command import Command
from models.action.run import check
from models.action.work import BIGGEST_ID, whole_number
from models.admin.verify import verify
from models.case.actions import ContactCase, ResolveCase
from models.database.fields import proxy
from models.file.actions import LogEntry
from models.ground.errors import AlreadyDoneError, ConflictError, NotFoundError, UsageError
from models.playbook.refusals import RefusedError
from models.tables.entry import Entry
from models.tables.people import Member
from tests.support import office as lay
from tests.support.race import together
from tests.support.terminal import ROOT
from tests.support.world import World

LOG = LogEntry(vpa="V001", kind="other", situation="Einmal", tag=("x",))
KEY = "00000000-0000-4000-8000-000000000001"


def test_a_repeated_command_does_nothing_twice(office: World) -> None:
    """DESIGN law 8: the answer is the object as it is, in its `show` shape."""
    first = office.run(LOG, command=Command(KEY))
    first.pop("hints")
    assert office.run(LOG, command=Command(KEY)) == first
    assert Entry.select().count() == 1
    args = ["file", "log", "--vpa", "V001", "--kind", "other", "--situation", "Einmal", "--tag", "x", "--command-id"]
    assert office.cli(*args, KEY).ok().json["id"] == first["id"]
    assert office.cli(*args, KEY.replace("-", "").upper()).ok().json["id"] == first["id"]
    assert Entry.select().count() == 1


def test_a_command_with_the_same_id_and_other_words_is_told_so(office: World) -> None:
    office.run(LOG, command=Command(KEY))
    for action, as_ in ((dataclasses.replace(LOG, situation="Anders"), "TOM"), (LOG, "ANB")):
        with pytest.raises(AlreadyDoneError):
            office.run(action, command=Command(KEY), as_=as_)
    assert Entry.select().count() == 1


def test_a_repeated_bulk_goes_on_where_it_stopped(office: World) -> None:
    for vpa in ("V001", "V002"):
        lay.case(vpa=vpa)
    args = ["case", "resolve", "1", "2", "--measure", "checked", "--command-id", KEY]
    office.run(ResolveCase(id="1", measure="checked"), command=Command(KEY, 0))
    assert [line["state"] for line in office.cli(*args).ok().lines] == ["resolved", "resolved"]
    assert [line["state"] for line in office.cli(*args).ok().lines] == ["resolved", "resolved"]
    assert verify() == 3


def test_a_member_or_setting_answers_a_repeat_too(office: World) -> None:
    commands = [["member", "add", "NEU", "Nora Neu"], ["setting", "set", "long_days", "20"], ["day", "close"]]
    for number, args in enumerate(commands, start=2):
        key = KEY[:-1] + str(number)
        first = office.cli(*args, "--command-id", key, as_="ANB").ok().json
        first.pop("hints", None)
        assert office.cli(*args, "--command-id", key, as_="ANB").ok().json == first


def test_a_refusal_leaves_the_id_free(office: World) -> None:
    with pytest.raises(RefusedError):
        office.run(dataclasses.replace(LOG, tag=()), command=Command(KEY))
    office.run(LOG, command=Command(KEY))
    assert Entry.select().count() == 1


def test_a_save_that_saw_an_older_version_is_told_who_was_first(office: World) -> None:
    """DESIGN law 7."""
    lay.case()
    seen = office.cli("case", "show", "1").ok()
    assert seen.json["state"] == "open"
    office.run(ContactCase(id="1", note="x"), as_="ANB")
    with pytest.raises(ConflictError) as caught:
        office.run(ResolveCase(id="1", measure="checked", seen=1))
    assert "ANB" in caught.value.message
    assert "Kontakt festhalten" in caught.value.message
    office.run(ResolveCase(id="1", measure="checked", seen=2))


def test_forty_cases_and_eight_processes_give_one_winner_each(office: World) -> None:
    """Issue 2, section 3: the others learn who was first."""
    with office.store.db.atomic():
        for number in range(20):
            lay.vpa(f"W{number}", f"Wer {number}")
            lay.case(vpa=f"W{number}")
            lay.case(kind="class", vpa=f"W{number}")
    ids = [str(number) for number in range(1, 41)]
    commands = [
        [
            "--db",
            office.url,
            "--now",
            office.now,
            "--json",
            "--as",
            kuerzel,
            "case",
            "resolve",
            *order,
            "--measure",
            "checked",
        ]
        for kuerzel in ("TOM", "ANB", "KIM", "SAL")
        for order in (ids, ids[::-1])
    ]
    answers = together(commands)
    winners: dict[int, int] = {}
    for answer in answers:
        assert answer.exit_code in (0, 6)
        for line in answer.lines:
            if "error" in line:
                assert line["error"]["code"] == "already_done"
                assert any(kuerzel in line["error"]["message"] for kuerzel in lay.ROLES)
            else:
                winners[line["id"]] = winners.get(line["id"], 0) + 1
    assert winners == dict.fromkeys(range(1, 41), 1)
    assert verify() == 41


def test_two_who_add_the_same_kuerzel(office: World) -> None:
    args = ["--db", office.url, "--json", "--as", "ANB", "member", "add"]
    answers = together([[*args, kuerzel, "Wer"] for kuerzel in ("NEU", "neu", "Neu")])
    assert sorted(answer.exit_code for answer in answers) == [0, 6, 6]
    assert Member.select().where(Member.key == "neu").count() == 1


def test_nothing_is_half_done_when_an_action_fails_in_the_middle(
    office: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay.case()
    before = lay.content()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("mitten darin")

    monkeypatch.setattr(door, "record", fail)
    result = office.cli("case", "resolve", "1", "--measure", "checked", "--log", "x")
    assert (result.exit_code, result.json["error"]["code"]) == (1, "defect")
    assert "mitten darin" not in result.stdout
    assert lay.content() == before


def test_who_leaves_while_the_screen_is_open_acts_no_more(office: World) -> None:
    session = office.session("TOM")
    office.cli("member", "leave", "TOM", as_="ANB").ok()
    with pytest.raises(NotFoundError):
        door.run(session, LOG)
    with pytest.raises(NotFoundError):
        check(session, LOG)
    assert Entry.select().count() == 0


def test_asking_changes_nothing(office: World) -> None:
    """„Es fehlt noch“ asks at every key."""
    before = lay.content()
    verdict = check(
        office.session("TOM"), dataclasses.replace(LOG, vpa=None, customer="K001", file="vpa_kunde", tag=())
    )
    assert [obstacle.code for obstacle in verdict.obstacles] == ["tag_missing"]
    assert [hint.rule for hint in verdict.hints] == ["K-10"]
    named = check(office.session("TOM"), dataclasses.replace(LOG, vpa=None, customer="K001", file="vpa_kunde",
                                                             situation="Klasse B"))  # fmt: skip
    assert [obstacle.code for obstacle in named.obstacles] == ["class_named"]
    assert lay.content() == before


# Fields


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7), ("0", 0), (str(BIGGEST_ID), BIGGEST_ID), (str(BIGGEST_ID + 1), None), ("07", None), ("", None),
        ("-1", None), ("1.0", None), ("٣", None), ("1 ", None), ("9" * 5000, None),
    ],
)  # fmt: skip
def test_an_id_has_one_form(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_every_field_survives_the_way_into_the_history_and_back() -> None:
    """Redo reads its action from there."""
    load_all()
    given = {
        "text": "ein  Wort", "long": " Zwei\nZeilen ", "date": "2025-11-05", "moment": "2025-10-26T02:30+01:00",
        "due": "2025-11-06T08:00", "member": "TOM", "vpa": "V001", "customer": "K001", "id": "7", "yes_no": "yes",
    }  # fmt: skip
    seen = 0
    for code, action in CATALOGUE.items():
        texts = {}
        for name, spec in args_of(action).items():
            if not spec.kept:  # left out of the history, so nothing that can be done again may need it
                assert not action.undoable, code
                continue
            value = spec.values[0] if spec.values else given.get(spec.kind, "x")
            texts[name] = True if spec.kind == "flag" else [value, value] if spec.many else value
        if any(spec.required and not spec.kept for spec in args_of(action).values()):
            continue  # where a file is to lie is nobody's business later: such an action is never done again
        first = action(**from_texts(action, texts))
        assert action(**from_texts(action, to_texts(first))) == first, code
        seen += 1
    assert seen > 30


def test_blank_is_left_out_and_required_is_asked_for() -> None:
    action = CATALOGUE["member.away"]
    with pytest.raises(UsageError, match="--from"):
        from_texts(action, {"kuerzel": "TOM", "reason": "sick", "start": " ", "end": "2025-11-05"})
    spec = args_of(ResolveCase)["note"]
    assert (parse(spec, " \n"), parse(spec, "\x07")) == (None, None)
    assert option_of("log_kind", args_of(ResolveCase)["log_kind"]) == "log-kind"


def test_every_action_speaks_german_and_has_its_place() -> None:
    load_all()
    for code, action in CATALOGUE.items():
        noun, _, verb = code.partition(".")
        assert noun, code
        assert verb or noun == "assign", code
        assert action.label, code
        assert action.done, code
        assert action.help.endswith("."), code
        for name, spec in args_of(action).items():
            assert spec.label, (code, name)


def test_a_lost_server_changes_nothing_and_is_told(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection dies between what was written and the commit: exit 5, and the transaction never was."""
    if office.engine == "sqlite":
        return
    before = lay.content()
    record = door.record

    def then_die(*args: Any, **how: Any) -> Any:
        row = record(*args, **how)
        (pid,) = proxy.obj.execute_sql("SELECT pg_backend_pid()").fetchone()
        office.store.db.execute_sql("SELECT pg_terminate_backend(%s)", (pid,))
        return row

    monkeypatch.setattr(door, "record", then_die)
    result = office.cli("file", "log", "--vpa", "V001", "--kind", "other", "--situation", "x", "--tag", "y")
    assert (result.exit_code, result.json["error"]["code"]) == (5, "database")
    assert "nicht erreichbar" in result.json["error"]["message"]
    assert lay.content() == before


def test_a_writer_without_a_pause_lets_others_in(office: World) -> None:
    """Not only when it happens to look away at the right moment."""
    if office.engine == "postgres":
        return
    program = (
        "import sys, time\nfrom models.database.store import connect, open_store\n"
        "store = open_store(sys.argv[1]); connect(store); print('ready', flush=True)\n"
        "while True:\n    with store.transaction():\n        time.sleep(0.01)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    args = [sys.executable, "-c", program, office.url]
    busy = subprocess.Popen(args, stdout=subprocess.PIPE, env=env)
    try:
        assert busy.stdout is not None
        assert busy.stdout.readline() == b"ready\n"
        for _ in range(5):
            office.run(LOG)
    finally:
        busy.kill()
        busy.communicate()
    assert Entry.select().count() == 5
