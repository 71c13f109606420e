"""Chat, tags, internal notes and the Starterkit check, on both engines (CONTRACT §8)."""

from __future__ import annotations

from typing import Any

import pytest

from models.ground import clock
from models.ground.errors import NotFoundError, UsageError
from models.playbook.refusals import RefusedError
from models.tables.task import ITEMS, Message, Note, Task
from models.task.actions import CheckTask, CorrectTags, NoteTask, WriteMessage
from models.task.queries import show_task
from tests.support import task as make
from tests.support.world import World


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """The team, two VPAs, a customer; ANN acts."""
    make.people()
    world.me = "ANN"


def refused(world: World, action: Any, **how: Any) -> list[tuple[str, str, str]]:
    """Code, rule and weight of what stands against it."""
    with pytest.raises(RefusedError) as caught:
        world.run(action, **how)
    return [(o.code, o.rule, o.weight) for o in caught.value.obstacles]


def shown(world: World, key: str = "T1") -> dict[str, Any]:
    """`task show`."""
    work = world.session().work()
    return show_task(work, work.get(Task, key, "Die Aufgabe"))


# task message


def test_t02_a_message_is_recorded_with_its_tags(world: World) -> None:
    """T-02: the task is documented in its chat, word for word."""
    make.task()
    made = world.run(WriteMessage(id="T1", sender="at", text=" Welche\nMessen? ", tag=("rueckfrage", "rueckfrage")))
    assert list(made) == ["id", "task", "at", "from", "text", "tags"]
    assert (made["task"], made["from"], made["text"]) == ("T1", "at", " Welche\nMessen? ")
    assert made["tags"] == ["rueckfrage"]
    assert shown(world)["messages"] == [made]


def test_ids_of_our_messages_are_no_platform_ids_and_keep_their_order(world: World) -> None:
    make.task()
    make.message("2025-11-05T14:00", "kunde", "Guten Tag")
    texts = ["eins", "zwei", "drei"]
    made = [world.run(WriteMessage(id="T1", sender="vpa", text=text)) for text in texts]
    assert len({one["id"] for one in made} | {"N1"}) == 4
    assert all(one["id"].startswith("schicht-") for one in made)
    assert [one["text"] for one in shown(world)["messages"]] == ["Guten Tag", *texts]


def test_t07_our_message_on_a_neukunde_task_is_tagged(world: World) -> None:
    make.task(new_customer=True)
    assert refused(world, WriteMessage(id="T1", sender="at", text="Guten Tag")) == [("tag_missing", "T-07", "stop")]
    world.run(WriteMessage(id="T1", sender="at", text="Guten Tag", tag=("sonstiges",)))
    world.run(WriteMessage(id="T1", sender="kunde", text="Danke"))
    world.run(WriteMessage(id="T1", sender="vpa", text="Gern"))
    make.task("T2")
    world.run(WriteMessage(id="T2", sender="at", text="Guten Tag"))


@pytest.mark.parametrize("sender", ["at", "vpa", "kunde"])
def test_t07_an_unknown_tag_is_none(world: World, sender: str) -> None:
    make.task()
    action = WriteMessage(id="T1", sender=sender, text="Guten Tag", tag=("rueckfrage", "wichtig"))
    assert refused(world, action) == [("tag_missing", "T-07", "stop")]


def test_d32_k23_our_message_names_no_class_and_holds_no_placeholder(world: World) -> None:
    make.task(new_customer=True)
    text = "Für [kunde] nur Klasse A"
    assert refused(world, WriteMessage(id="T1", sender="at", text=text)) == [
        ("tag_missing", "T-07", "stop"), ("class_named", "D-32", "stop"), ("placeholder_left", "K-23", "stop")
    ]  # fmt: skip
    world.run(WriteMessage(id="T1", sender="kunde", text=text))
    world.run(WriteMessage(id="T1", sender="vpa", text=text))


def test_t17_t18_hints_never_stop(world: World) -> None:
    make.task()
    make.message("2025-11-04T09:00", "kunde", "Bis wann ist es fertig?")
    template = (
        "Guten Tag Frau Berg,\n\nzu Ihrer Aufgabe „Messeliste“ fehlt uns noch Ihre Antwort: Welche Messen?\n\n"
        "Eine kurze Nachricht genügt, dann machen wir weiter.\n\nFreundliche Grüße\nAnna Arndt"
    )
    made = world.run(WriteMessage(id="T1", sender="at", text=template))
    assert [hint["rule"] for hint in made["hints"]] == ["T-17", "T-18"]
    assert "hints" not in world.run(WriteMessage(id="T1", sender="at", text="Am Freitag, wie besprochen."))


def test_an_unknown_task_is_not_found(world: World) -> None:
    with pytest.raises(NotFoundError):
        world.run(WriteMessage(id="T9", sender="at", text="Guten Tag"))


# task tag


def test_t08_tags_are_corrected(world: World) -> None:
    make.task()
    message = make.message("2025-11-04T09:00", "vpa", "Erledigt", ["sonstiges"])
    made = world.run(CorrectTags(id=message.id, tag=("ergebnis", "deadline", "ergebnis")))
    assert made["tags"] == ["ergebnis", "deadline"]
    assert (made["id"], made["task"], made["text"]) == ("N1", "T1", "Erledigt")


@pytest.mark.parametrize("tags", [(), ("wichtig",), ("ergebnis", "Ergebnis")])
def test_t08_no_tag_or_an_unknown_one_is_refused(world: World, tags: tuple[str, ...]) -> None:
    make.task()
    make.message("2025-11-04T09:00", "vpa", "Erledigt", ["sonstiges"])
    assert refused(world, CorrectTags(id="N1", tag=tags)) == [("tag_missing", "T-08", "stop")]
    with pytest.raises(NotFoundError):
        world.run(CorrectTags(id="N7", tag=("ergebnis",)))


# task note


def test_t20_a_note_stands_in_show_but_not_in_the_chat(world: World) -> None:
    """T-20: read by VPA and AT, not by the customer."""
    make.task()
    made = world.run(NoteTask(id="T1", text="Der Kunde ist neu im Team, bitte freundlich."))
    (note,) = made["notes"]
    assert (note["author"], note["text"]) == ("ANN", "Der Kunde ist neu im Team, bitte freundlich.")
    assert made["messages"] == []
    assert NoteTask(id="T1").reader("text") == "note"


@pytest.mark.parametrize(
    "text",
    ["Der Preis ist hoch", "das BUDGET reicht", "neue Deadline", "drei Stunden mehr", "Umfang wächst", "andere Preise",
     "Stundenpaket", "Mindestpreis", "zwei Umfänge"],
)  # fmt: skip
def test_t21_contract_content_in_a_note_needs_a_reason(world: World, text: str) -> None:
    make.task()
    assert refused(world, NoteTask(id="T1", text=text)) == [("contract_content", "T-21", "warn")]
    world.run(NoteTask(id="T1", text=text), despite="steht schon im Chat")
    assert Note.select().count() == 1


@pytest.mark.parametrize(
    ("state", "offered", "described", "asked"),
    [
        ("umfrage", "2025-11-03T10:00", ["2025-11-01T09:00", "2025-11-04T09:00"], False),
        ("umfrage", "2025-11-03T10:00", ["2025-11-04T09:00"], False),
        ("umfrage", "2025-11-03T10:00", ["2025-11-01T09:00", "2025-11-02T09:00"], True),
        ("umfrage", "2025-11-03T10:00", [], True),
        ("umfrage", None, ["2025-11-01T09:00", "2025-11-02T09:00"], False),
        ("umfrage", None, ["2025-11-01T09:00"], True),
        ("vergeben", "2025-11-03T10:00", ["2025-11-01T09:00", "2025-11-04T09:00"], True),
    ],
)
def test_t21_what_changed_since_the_umfrage_belongs_into_a_note_t24(
    world: World, state: str, offered: str | None, described: list[str], asked: bool
) -> None:
    make.task(state=state, offered_at=clock.parse_moment(offered) if offered else None)
    for at in described:
        make.message(at, "at", "Die Beschreibung", ["aufgabenbeschreibung"])
    note = NoteTask(id="T1", text="Es sind jetzt drei Stunden mehr")
    if asked:
        assert refused(world, note) == [("contract_content", "T-21", "warn")]
    else:
        world.run(note)


@pytest.mark.parametrize(
    "text", ["eine umfangreiche Suche", "hat stundenlang gewartet", "Reise nach Bremen", "Kunde inaktiv"]
)
def test_t21_other_words_are_free(world: World, text: str) -> None:
    """T-21 warns of contract words only."""
    make.task()
    assert world.run(NoteTask(id="T1", text=text))["notes"][0]["text"] == text


def test_d32_a_note_names_no_class_whatever_the_reason(world: World) -> None:
    make.task()
    action = NoteTask(id="T1", text="B-Kunde, Preis XY")
    found = [
        ("class_named", "D-32", "stop"),
        ("placeholder_left", "K-23", "stop"),
        ("contract_content", "T-21", "warn"),
    ]
    assert refused(world, action) == found
    assert refused(world, action, despite="doch") == found


def test_t22_t23_notes_are_no_chat_and_watched_only_in_forwarded(world: World) -> None:
    make.task()
    make.task("T2", state="vergeben")
    inside = world.run(NoteTask(id="T1", text="Bitte auf Englisch."))
    assert "hints" not in inside
    assert inside["notes"][0]["watched"] is True
    outside = world.run(NoteTask(id="T2", text="Kannst du das?"))
    assert [hint["rule"] for hint in outside["hints"]] == ["T-22", "T-23"]
    assert outside["notes"][0]["watched"] is False


# task check


def test_t05_t06_the_check_is_kept_and_grows(world: World) -> None:
    make.task(checklist={}, tags_checked=False)
    assert shown(world)["checklist"] == dict.fromkeys(ITEMS)
    first = world.run(CheckTask(id="T1", item=("instruction=present", "examples=missing", "examples=not_needed")))
    assert first["checklist"] == {**dict.fromkeys(ITEMS), "instruction": "present", "examples": "not_needed"}
    assert first["tags_checked"] is False
    second = world.run(CheckTask(id="T1", item=("lists=missing",), tags_checked=True))
    assert second["checklist"]["instruction"] == "present"
    assert second["checklist"]["lists"] == "missing"
    assert second["tags_checked"] is True
    assert [hint["rule"] for hint in second["hints"]] == ["T-05"]
    third = world.run(CheckTask(id="T1", item=("lists=present",)))
    assert third["tags_checked"] is True


def test_t05_an_instruction_is_always_needed(world: World) -> None:
    """T-05, A-18: the only point that nobody can do without."""
    make.task(checklist={})
    action = CheckTask(id="T1", item=("instruction=not_needed", "guides=present"))
    assert refused(world, action) == [("instruction_missing", "T-05", "stop")]
    assert shown(world)["checklist"]["guides"] is None
    world.run(CheckTask(id="T1", item=("instruction=missing",)))


def test_a_check_of_nothing_is_wrong_usage(world: World) -> None:
    make.task()
    with pytest.raises(UsageError):
        world.run(CheckTask(id="T1"))


# The command line


def test_the_chat_by_command_line(world: World) -> None:
    """T-09: only the messages with one tag."""
    make.task(new_customer=True)
    assert world.cli("task", "message", "T1", "--from", "at", "--text", "Hallo").codes == ["tag_missing"]
    done = world.cli("task", "message", "T1", "--from", "at", "--text", "Welche?", "--tag", "rueckfrage").ok().json
    world.cli("task", "tag", done["id"], "--tag", "erinnerung", "--tag", "sonstiges").ok()
    world.cli("task", "message", "T1", "--from", "kunde", "--text", "Alle").ok()
    assert [m["text"] for m in world.cli("task", "messages", "T1").ok().lines] == ["Welche?", "Alle"]
    (tagged,) = world.cli("task", "messages", "T1", "--tag", "erinnerung").ok().lines
    assert tagged["tags"] == ["erinnerung", "sonstiges"]
    assert set(tagged) == {"id", "task", "at", "from", "text", "tags"}
    assert world.cli("task", "messages", "T1", "--tag", "rueckfrage").ok().lines == []


@pytest.mark.parametrize(
    "args",
    [
        ("message", "T1", "--from", "chef", "--text", "Hallo"),
        ("message", "T1", "--text", "Hallo"),
        ("message", "T1", "--from", "at"),
        ("message", "T1", "--from", "at", "--text", "  "),
        ("note", "T1"),
        ("messages", "T1", "--tag", "wichtig"),
        ("messages", "T9"),
        ("list", "--state", "weg"),
        ("list", "--vpa", "V9"),
        ("show", "T9"),
        ("check", "T1", "--item", "instruction=da"),
        ("check", "T1", "--item", "wetter=present"),
        ("check", "T1"),
    ],
)
def test_wrong_usage(world: World, args: tuple[str, ...]) -> None:
    make.task()
    assert world.cli("task", *args).exit_code == 2


def test_t09_lists_and_shapes_by_command_line(world: World) -> None:
    """T-09: tasks and chat can be filtered."""
    make.customer("K2", "Praxis Winter", None)
    make.task("T1")
    make.task("T2", state="erledigt")
    make.task("T3", state="offen", customer="K2", vpa=None)
    make.task("T4", state="abgelehnt", vpa="V2")

    def listed(*args: str) -> list[str]:
        return [one["id"] for one in world.cli("task", "list", *args).ok().lines]

    assert listed() == ["T1", "T3"]
    assert listed("--state", "all") == ["T1", "T2", "T3", "T4"]
    assert listed("--state", "erledigt") == ["T2"]
    assert listed("--customer", "K2") == ["T3"]
    assert listed("--vpa", "V1") == ["T1"]
    assert listed("--limit", "1") == ["T1"]
    short = {"id", "title", "customer", "vpa", "state", "hours", "deadline", "link"}
    assert set(world.cli("task", "list").lines[0]) == short
    long = short | {"checklist", "tags_checked", "messages", "notes", "gates", "delegation"}
    assert set(world.cli("task", "show", "T1").ok().json) == long


def test_a_repeated_command_writes_once(world: World) -> None:
    make.task()
    for _ in range(2):
        args = (
            "message",
            "T1",
            "--from",
            "at",
            "--text",
            "Hallo",
            "--command-id",
            "4c2d5b1e-0000-4000-8000-000000000001",
        )
        world.cli("task", *args).ok()
    assert Message.select().count() == 1
