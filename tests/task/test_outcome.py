"""Declining, releasing, booking, complaining, asking for support (CONTRACT §8), on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from models.action.base import Action
from models.action.undo import redo, undo
from models.ground.errors import AlreadyDoneError, ConflictError, NotFoundError
from models.playbook.refusals import RefusedError
from models.tables.entry import Entry
from models.tables.history import History
from models.tables.people import Member
from models.tables.reminder import Reminder
from models.tables.task import Message, Note, Task
from models.task.actions import BookAddOn, Complain, DeclineTask, ReleaseTask, SupportTask, WriteMessage
from models.task.queries import gates
from tests.support import task as make
from tests.support.world import World

DECLINE = DeclineTask(id="T1", text="Leider ohne Antwort.\nWir schließen die Aufgabe.", why_impossible="Liste fehlt")
BOOK = BookAddOn(
    id="T1", addon="shift", option="feste Schicht", schedule="Mo–Fr 9–10 Uhr", minimum="1 Stunde", notice="2 Wochen"
)


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """The team, two VPAs, a customer; ANN acts."""
    make.people()
    world.me = "ANN"


def refused(world: World, action: Action, **how: Any) -> list[tuple[str, str]]:
    """Code and rule of what stands against it; all of them stops."""
    with pytest.raises(RefusedError) as caught:
        world.run(action, **how)
    assert {o.weight for o in caught.value.obstacles} == {"stop"}
    return [(o.code, o.rule) for o in caught.value.obstacles]


def entries(file: str = "oteam") -> list[Entry]:
    """What stands in the customer's file."""
    query = Entry.select().where(Entry.subject == "customer:K1", Entry.file == file, Entry.withdrawn_at.is_null())
    return list(query.order_by(Entry.id))


# decline


def test_t14_t16_a_decline_tells_the_customer_and_leaves_the_entry(world: World) -> None:
    """T-14, T-16, A-25: in one transaction, into the O-Team Kundenakte."""
    make.task()
    make.reminded_twice()
    made = world.run(DECLINE, now="2025-10-28T09:00")
    assert made["state"] == "abgelehnt"
    last = made["messages"][-1]
    assert (last["from"], last["text"]) == ("at", DECLINE.text)
    (entry,) = entries()
    assert (entry.file, entry.kind, entry.link, entry.author) == ("oteam", "task_declined", make.LINK, "ANN")
    assert "Liste fehlt" in entry.situation
    assert entry.tags


@pytest.mark.parametrize(("now", "open_"), [("2025-10-27T23:59", False), ("2025-10-28T00:00", True)])
def test_t14_by_berlin_dates(world: World, now: str, open_: bool) -> None:
    make.task()
    make.reminded_twice()
    if open_:
        world.run(DECLINE, now=now)
    else:
        assert refused(world, DECLINE, now=now) == [("reminders_missing", "T-14")]


def test_t14_without_a_question_that_alone_is_said(world: World) -> None:
    make.task()
    make.message("2025-10-22T10:00", "at", "Bitte antworten", ["erinnerung"])
    assert refused(world, DECLINE) == [("question_missing", "T-14")]


def test_t01_every_task_is_a_contract_of_its_own(world: World) -> None:
    """T-01: what was asked and reminded on one task says nothing about another of the same customer."""
    make.task()
    make.task("T2")
    make.reminded_twice("T2")
    assert refused(world, DECLINE) == [("question_missing", "T-14")]
    make.message("2025-11-04T10:00", "kunde", "Zur ersten Aufgabe: ja.", key="T1")
    assert world.run(DeclineTask(id="T2", text="Leider", why_impossible="Liste fehlt"))["state"] == "abgelehnt"
    assert Task.get_by_id("T1").state == "forwarded"


def test_t14_any_message_of_the_customer_starts_anew(world: World) -> None:
    make.task()
    make.reminded_twice()
    make.message("2025-10-27T10:00", "kunde", "Ich melde mich.")
    assert refused(world, DECLINE) == [("reminders_missing", "T-14")]


def test_t14_an_answer_in_the_minute_of_the_question_counts_by_order(world: World) -> None:
    make.task()
    for sender, tag in (("kunde", ()), ("at", ("rueckfrage",))):
        world.run(WriteMessage(id="T1", sender=sender, text="Hallo", tag=tag), now="2025-10-20T10:00")
    for day in ("22", "24"):
        world.run(WriteMessage(id="T1", sender="at", text="Hallo?", tag=("erinnerung",)), now=f"2025-10-{day}T10:00")
    assert world.run(DECLINE, now="2025-10-28T10:00", dry_run=True)["state"] == "abgelehnt"
    world.run(WriteMessage(id="T1", sender="kunde", text="Doch!"), now="2025-10-24T10:00")
    assert refused(world, DECLINE, now="2025-10-28T10:00") == [("reminders_missing", "T-14")]


def test_everything_missing_is_listed_in_the_order_of_the_table(world: World) -> None:
    make.task(hours=None, link=None)
    make.message("2025-10-22T10:00", "at", "Welche?", ["rueckfrage"])
    assert refused(world, DeclineTask(id="T1")) == [
        ("text_missing", "T-14"),
        ("reason_missing", "T-14"),
        ("reminders_missing", "T-14"),
        ("release_missing", "T-15"),
        ("link_missing", "T-16"),
    ]


@pytest.mark.parametrize("field", ["text", "why_impossible"])
def test_d32_k23_every_field_of_a_decline_is_read_by_a_vpa(world: World, field: str) -> None:
    make.task()
    make.reminded_twice()
    given: dict[str, Any] = {"text": "Leider nein", "why_impossible": "Liste fehlt", field: "Nur für Klasse B, XY"}
    assert refused(world, DeclineTask(id="T1", **given)) == [("class_named", "D-32"), ("placeholder_left", "K-23")]
    assert History.select().where(History.action == "task.decline", History.route == "refused").count() == 1


@pytest.mark.parametrize(("hours", "needed"), [(9.5, False), (10.0, False), (10.25, True), (40.0, True), (None, True)])
def test_t15_over_ten_hours_only_with_a_release(world: World, hours: float | None, needed: bool) -> None:
    """T-15, A-20: exactly ten are free, an unknown number is not."""
    make.task(hours=hours)
    make.reminded_twice()
    if needed:
        assert refused(world, DECLINE) == [("release_missing", "T-15")]
        assert refused(world, ReleaseTask(id="T1")) == [("role_approver", "T-15")]
        assert refused(world, ReleaseTask(id="T1"), as_="VIO") == [("role_approver", "T-15")]
        world.run(ReleaseTask(id="T1"), as_="FRE")
        with pytest.raises(AlreadyDoneError):
            world.run(ReleaseTask(id="T1"), as_="FRE")
    assert world.run(DECLINE)["state"] == "abgelehnt"


def test_t15_the_limit_is_a_setting(world: World) -> None:
    from models.tables.setting import Setting

    make.task(hours=6.0)
    make.reminded_twice()
    Setting.create(key="decline_hours", value="5")
    assert refused(world, DECLINE) == [("release_missing", "T-15")]


def test_what_is_declined_already_is_done_before_any_obstacle(world: World) -> None:
    make.task(state="abgelehnt", link=None, hours=None)
    for action in (DeclineTask(id="T1"), ReleaseTask(id="T1")):
        with pytest.raises(AlreadyDoneError):
            world.run(action)
    assert world.cli("task", "decline", "T1").exit_code == 6


def test_a_decline_is_undone_as_a_whole_and_comes_back(world: World) -> None:
    make.task()
    make.reminded_twice()
    world.run(DECLINE)
    undo(world.session())
    assert Task.get_by_id("T1").state == "forwarded"
    assert Message.select().count() == 3
    assert entries() == []
    redo(world.session())
    assert Task.get_by_id("T1").state == "abgelehnt"
    assert len(entries()) == 1
    assert Message.select().count() == 4


def test_nobody_takes_the_release_or_a_reminder_from_under_a_decline(world: World) -> None:
    make.task(hours=20.0)
    make.message("2025-10-20T10:00", "at", "Welche?", ["rueckfrage"])
    for day in ("22", "24"):
        message = WriteMessage(id="T1", sender="at", text="Bitte antworten", tag=("erinnerung",))
        world.run(message, as_="TOM", now=f"2025-10-{day}T10:00")
    world.run(ReleaseTask(id="T1"), as_="FRE")
    world.run(DECLINE)
    for colleague in ("TOM", "FRE"):
        with pytest.raises(ConflictError):
            undo(world.session(colleague))


def test_t14_redo_of_a_decline_asks_the_clock_again(world: World) -> None:
    make.task()
    make.reminded_twice()
    world.run(DECLINE)
    undo(world.session())
    make.message("2025-11-05T13:00", "kunde", "Ich bin wieder da.")
    with pytest.raises(RefusedError):
        redo(world.session())
    assert Task.get_by_id("T1").state == "forwarded"


# book


def test_t10_t12_t13_a_booking_is_confirmation_tag_and_entry(world: World) -> None:
    """T-10, T-12, T-13, A-25: all three or nothing."""
    make.task()
    made = world.run(BOOK)
    (message,) = made["messages"]
    assert (message["from"], message["tags"]) == ("at", ["aufgabenbeschreibung"])
    for text in (BOOK.option, BOOK.schedule, BOOK.minimum, BOOK.notice):
        assert text is not None
        assert text in message["text"]
    (entry,) = entries()
    assert (entry.file, entry.kind, entry.link) == ("oteam", "booking", make.LINK)
    assert entry.situation == "Buchung Add-On feste Schicht: feste Schicht"
    undo(world.session())
    assert (Message.select().count(), entries()) == (0, [])


def test_t11_all_four_parts_and_the_link(world: World) -> None:
    make.task(link=None)
    assert refused(world, BookAddOn(id="T1", addon="package")) == [
        ("option_missing", "T-11"),
        ("schedule_missing", "T-11"),
        ("minimum_missing", "T-11"),
        ("notice_missing", "T-11"),
        ("link_missing", "T-13"),
    ]
    assert Message.select().count() == 0


@pytest.mark.parametrize("field", ["option", "schedule", "minimum", "notice"])
def test_t11_d32_each_part_alone(world: World, field: str) -> None:
    make.task()
    given = {name: getattr(BOOK, name) for name in BookAddOn.PARTS}
    assert refused(world, BookAddOn(id="T1", addon="shift", **{**given, field: None})) == [(f"{field}_missing", "T-11")]
    named = BookAddOn(id="T1", addon="shift", **{**given, field: "wie Klasse A"})
    assert refused(world, named) == [("class_named", "D-32")]
    literal = f" {field}:\n\t*[a]* & 'x' "
    made = world.run(BookAddOn(id="T1", addon="shift", **{**given, field: literal}))
    assert literal in made["messages"][-1]["text"]


def test_t11_the_options_come_first_as_a_hint(world: World) -> None:
    make.task()
    assert [hint["rule"] for hint in world.run(BOOK, dry_run=True)["hints"]] == ["T-11"]
    make.message("2025-11-03T09:00", "at", "Diese Optionen gibt es", ["buchung"])
    assert "hints" not in world.run(BOOK)


def test_the_add_on_is_one_of_four(world: World) -> None:
    make.task()
    args = ("--option", "a", "--schedule", "b", "--minimum", "c", "--notice", "d")
    for addon in ("shift", "phone_system", "phone_factor", "package"):
        world.cli("task", "book", "T1", "--addon", addon, *args).ok()
    assert len(entries()) == 4
    assert world.cli("task", "book", "T1", *args).exit_code == 2
    assert world.cli("task", "book", "T1", "--addon", "fax", *args).exit_code == 2


# complain


def test_t25_a_complaint_tells_the_vpa_and_leaves_the_entry(world: World) -> None:
    make.task()
    made = world.run(Complain(id="T1", reason="Ergebnis zu spät", next_steps="Gespräch am Freitag"))
    (note,) = made["notes"]
    assert (note["kind"], note["vpa"]) == ("complaint", "V1")
    assert "Ergebnis zu spät" in note["text"]
    assert "Gespräch am Freitag" in note["text"]
    (entry,) = entries()
    assert (entry.kind, entry.situation, entry.next_steps) == ("complaint", "Ergebnis zu spät", "Gespräch am Freitag")
    assert entry.link == make.LINK
    undo(world.session())
    assert (Note.select().count(), entries()) == (0, [])


def test_t25_reason_and_next_steps(world: World) -> None:
    make.task()
    assert refused(world, Complain(id="T1")) == [("reason_missing", "T-25"), ("next_steps_missing", "T-25")]
    assert refused(world, Complain(id="T1", reason="zu spät")) == [("next_steps_missing", "T-25")]
    action = Complain(id="T1", reason="Rising Star zu langsam", next_steps="[schritte]")
    assert refused(world, action) == [("class_named", "D-32"), ("placeholder_left", "K-23")]


def test_t25_nobody_to_tell_is_a_hint(world: World) -> None:
    make.task(vpa=None)
    made = world.run(Complain(id="T1", reason="zu spät", next_steps="Gespräch"))
    assert [hint["rule"] for hint in made["hints"]] == ["T-25"]


# support


def test_f13_a_growing_customer_becomes_a_reminder_for_a_manager(world: World) -> None:
    make.task()
    made = world.run(SupportTask(id="T1", text="Doppelt so viele Messen, ein TA wäre gut"))
    (reminder,) = Reminder.select()
    assert (reminder.owner, reminder.subject, reminder.about) == ("VIO", "customer:K1", "task:T1")
    assert reminder.reason == "Doppelt so viele Messen, ein TA wäre gut"
    assert reminder.due == world.session().work().now
    assert made["reminder"]["id"] == reminder.id
    undo(world.session())
    assert Reminder.select().count() == 0


def test_f13_support_says_what_is_needed_and_needs_a_manager(world: World) -> None:
    make.task()
    assert refused(world, SupportTask(id="T1")) == [("text_missing", "F-13")]
    Member.delete().where(Member.kuerzel == "VIO").execute()
    with pytest.raises(NotFoundError):
        world.run(SupportTask(id="T1", text="mehr"))


# gates


def test_gates_say_what_each_action_would_meet(world: World) -> None:
    make.delegated(hours=20.0, tags_checked=False)
    found = world.cli("task", "show", "T1").ok().json["gates"]
    codes = {action: [one["code"] for one in gate] for action, gate in found.items()}
    assert codes == {
        "offer": ["tags_unchecked"],
        "return": ["gap_missing"],
        "assign": ["tags_unchecked"],
        "release": ["role_approver"],
        "decline": ["text_missing", "reason_missing", "question_missing", "release_missing"],
        "book": ["option_missing", "schedule_missing", "minimum_missing", "notice_missing"],
        "complain": ["reason_missing", "next_steps_missing"],
        "support": ["text_missing"],
    }
    assert set(found["offer"][0]) == {"code", "rule", "weight", "message"}
    assert gates(world.session("FRE").work(), Task.get_by_id("T1"))["release"] == []


def test_gates_can_be_read_without_a_member(world: World) -> None:
    make.task()
    world.me = None
    assert world.cli("task", "show", "T1").ok().json["gates"]["offer"] == []


def test_a_dry_run_changes_nothing(world: World) -> None:
    make.task()
    make.reminded_twice()
    for action in (DECLINE, BOOK, Complain(id="T1", reason="a", next_steps="b"), SupportTask(id="T1", text="c")):
        assert world.run(action, dry_run=True)["dry_run"] is True
    assert (Message.select().count(), Note.select().count(), entries()) == (3, 0, [])
    assert (Reminder.select().count(), Task.get_by_id("T1").state) == (0, "forwarded")


@pytest.mark.parametrize("command", ["message", "note", "offer", "return", "decline", "support"])
def test_r02_nobody_acts_without_a_kuerzel(world: World, command: str) -> None:
    make.task()
    world.me = None
    given = {"message": ("--from", "at", "--text", "Hallo"), "note": ("--text", "Hallo")}.get(command, ())
    assert world.cli("task", command, "T1", *given).codes == ["kuerzel_missing"]


# what a VPA may read


@pytest.mark.parametrize(
    ("args", "own"),
    [
        (("decline", "--text", "Klasse B, XY"), ["reason_missing", "question_missing", "release_missing"]),
        (("book", "--addon", "shift", "--option", "Klasse B, XY"),
         ["schedule_missing", "minimum_missing", "notice_missing"]),
        (("complain", "--reason", "Klasse B, XY"), ["next_steps_missing"]),
        (("return", "--gap", "Klasse B, XY"), ["not_forwarded"]),
        (("note", "--text", "Klasse B, XY, Preis"), ["contract_content"]),
    ],
)  # fmt: skip
def test_d32_k23_stand_before_what_the_tasks_own_table_asks(
    world: World, args: tuple[str, ...], own: list[str]
) -> None:
    """CONTRACT §1: in the order of the tables, and that of the files comes before that of the tasks."""
    make.task(hours=None, state="vergeben")
    answer = world.cli("task", args[0], "T1", *args[1:])
    assert answer.codes == ["class_named", "placeholder_left", *own]
