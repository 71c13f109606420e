"""The tasks of the demo with their chats: every gate of CONTRACT §8 is met somewhere, and missed somewhere.

A line reads `COUNT STATUS word… : step@day…`. Words: `kompetenz` or `zeit` (the reason of a delegation), `silent`
(without comment), `neukunde`, `nolink`, `h=HOURS`, `age=DAYS`, `was=STATUS` (yesterday's). A step is a message of
`phrases_chat.py`, `@day` counted from the task's first day; `/who` and `#tag` differ from what is usual for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tui.demo.customers import Customer
from tui.demo.days import Days
from tui.demo.phrases_chat import COMMENTS, MESSAGES, TITLES
from tui.demo.rows import Row, moment, yes
from tui.demo.texts import slots

FORWARDED = """
5 forwarded kompetenz age=4 : describe@0 forward@1
1 forwarded kompetenz age=0 : describe@0 forward@0
3 forwarded kompetenz silent age=3 : describe@0 forward@1
3 forwarded kompetenz age=5 : describe@0 thanks@1
2 forwarded kompetenz silent age=2 : short@0
3 forwarded zeit age=6 : describe@0 deadline@1 no_later@2 forward@2
3 forwarded zeit age=4 : describe@0 forward@1
1 forwarded zeit silent age=3 : describe@0 ask@1
2 forwarded kompetenz age=5 : describe#sonstiges@0 forward#sonstiges@1
2 forwarded kompetenz age=7 was=offen : short@0 ask@1 forward@3
1 forwarded neukunde h=10 age=2 : describe@0 welcome@1
1 forwarded neukunde h=25 age=3 : describe@0 welcome@1
1 forwarded neukunde h= age=1 : short@0
"""
"""The inbox Forwarded: complete ones, and each gap of F-03, F-05, F-07, F-10, T-08 (T-15: 10 h, more, unknown)."""

DECLINE = """
1 offen h=6 age=22 : describe@0 ask@1 remind@8 remind@15
1 offen h=10 age=22 : describe@0 ask@1 remind@8 remind@15
1 offen h=18 age=22 : describe@0 ask@1 remind@8 remind@15
1 offen h= age=22 : short@0 ask@1 remind@8 remind@15
1 offen h=4 age=15 : describe@0 ask@1 remind@8 remind@14
1 offen h=5 age=15 : describe@0 ask@1 remind@8
1 offen h=3 age=5 : short@0 ask@1
1 offen h=7 age=22 : describe@0 ask@1 remind@8 remind@15 answer@20
1 offen h=8 age=15 : describe@0 ask@1 remind@1 remind@8
1 offen h=2 age=22 : describe@0 thanks@1 remind@8 remind@15
1 offen h=5 nolink age=22 : describe@0 ask@1 remind@8 remind@15
1 offen neukunde h=9 age=22 : describe@0 ask/at@1 remind/at@8 remind/at@15
1 offen neukunde h=14 age=15 : describe@0 ask/at@1 remind/at@8 remind/at@14
"""
"""The clock of T-14: ready, too early, only one, none, answered, too close, without question; T-15 and missing link."""

OTHERS = """
12 umfrage kompetenz age=6 : describe@0 forward@1 poll@2
6 umfrage zeit age=9 was=forwarded : describe@0 deadline@1 no_later@2 forward@2 poll@4
14 offen neukunde age=4 : describe@0 welcome@1
4 offen neukunde age=2 : short@0 welcome#@1
5 offen neukunde age=0 : describe@0
8 offen age=0 : describe@0
10 offen age=9 : describe@0 options@1 choose@2 booked@3 thanks@4
24 offen age=6 : describe@0 thanks@1 ask@2 answer@3
18 offen age=12 : describe@0 ask@1 answer@3 thanks@4
8 offen age=16 : describe@0 thanks@1 result@8 complaint@10
22 vergeben age=11 : describe@0 thanks@1 ask@3 answer@4
12 vergeben age=8 was=umfrage : describe@0 forward@1 poll@2 thanks/vpa@4
34 erledigt age=60 : describe@0 thanks@1 ask@2 answer@3 result@9 praise@10
40 erledigt age=200 : describe@0 thanks@1 result@7 praise@8
12 erledigt age=30 was=vergeben : describe@0 ask@1 answer@2 result@28
8 abgelehnt age=70 : describe@0 ask@1 remind@8 remind@15 declined@22
"""
"""All other tasks."""

_SENDER = {
    **dict.fromkeys(("describe", "short", "answer", "praise", "complaint", "no_later", "choose"), "kunde"),
    **dict.fromkeys(("options", "booked", "welcome", "poll", "declined"), "at"),
}
"""Message to who writes it; the VPA the others."""
_TAGS = {
    "describe": "aufgabenbeschreibung",
    "short": "",
    "ask": "rueckfrage",
    "remind": "erinnerung",
    "result": "ergebnis",
    "complaint": "beschwerde",
    "forward": "weiterleitung",
    "deadline": "deadline",
    "options": "buchung",
    "booked": "aufgabenbeschreibung|buchung",
}
"""Message to its usual tag; `sonstiges` for the others."""
_HOURS = ("1", "1,5", "2", "2,5", "3", "4", "5", "6", "8", "10", "12", "20", "")
LINK = "https://plattform.example/aufgaben/"
"""What the link of a task begins with."""


@dataclass(frozen=True, slots=True)
class Plot:
    """One line of the tables: how many such tasks, and what happens in them."""

    count: int
    status: str
    words: frozenset[str]
    options: dict[str, str]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the demo."""

    task_id: str
    customer: Customer
    plot: Plot
    before: Row | None
    """The row of yesterday's export, None for a task of today."""
    after: Row
    """The row of today's export."""
    messages: list[Row] = field(default_factory=list)
    """Its chat, oldest first, still without ids."""

    @property
    def area_vpa(self) -> str:
        """Name of the customer's VPA as one says it, or a word for none."""
        return self.customer.vpa.spoken if self.customer.vpa else "die neue VPA"


def plots() -> Iterator[Plot]:
    """The lines of the tables, read."""
    for line in f"{FORWARDED}{DECLINE}{OTHERS}".splitlines():
        if line:
            head, _, steps = line.partition(" : ")
            count, status, *words = head.split()
            options = dict(word.split("=") for word in words if "=" in word)
            yield Plot(int(count), status, frozenset(words), options, tuple(steps.split()))


def make_tasks(customers: list[Customer], days: Days) -> list[Task]:
    """All tasks, oldest plots first; which customer asks for what does not depend on the day."""
    rng = Random(909)
    served = [customer for customer in customers if customer.vpa and customer.status in ("aktiv", "bucher", "prio")]
    waiting = [customer for customer in customers if customer.status == "angebot" and not customer.fresh]
    rng.shuffle(served)
    tasks: list[Task] = []
    for plot in plots():
        for _ in range(plot.count):
            pool = waiting if "neukunde" in plot.words else served
            pool.append(pool.pop(0))
            tasks.append(_task(f"T{101 + len(tasks)}", plot, pool[-1], days))
    return tasks


def _task(task_id: str, plot: Plot, customer: Customer, days: Days) -> Task:
    """One task out of a seed of its own."""
    rng = Random(task_id)
    spread = {60: 40, 200: 300}.get(int(plot.options["age"]), 0)
    age = int(plot.options["age"]) + (rng.randrange(spread) if spread else 0)
    vpa_id = customer.vpa.vpa_id if customer.vpa and "neukunde" not in plot.words else ""
    reason = next(iter(plot.words & {"kompetenz", "zeit"}), "")
    comment = rng.choice(COMMENTS[reason]) if reason else ""
    row = {
        "aufgabe_id": task_id,
        "kunden_id": customer.customer_id,
        "vpa_id": "" if plot.status == "umfrage" else vpa_id,
        "titel": rng.choice(TITLES[customer.area]),
        "stunden": plot.options.get("h", rng.choice(_HOURS)),
        "deadline": days.day(age - rng.randrange(6, 30)).isoformat(),
        "status": plot.status,
        "link": "" if "nolink" in plot.words else LINK + task_id,
        "neukunde": yes("neukunde" in plot.words),
        "delegiert_von": vpa_id if reason else "",
        "delegations_grund": reason,
        "delegations_kommentar": "" if "silent" in plot.words else comment,
    }
    before = row | {"status": plot.options.get("was", plot.status)}
    task = Task(task_id, customer, plot, before if age else None, row)
    task.messages.extend(_messages(task, age, days, rng))
    return task


def _messages(task: Task, age: int, days: Days, rng: Random) -> Iterator[Row]:
    """The chat of one task; a message after today's morning is not yet there."""
    words = slots(task.customer.contact, task.customer.area, task.area_vpa, rng) | {"titel": task.after["titel"]}
    for place, step in enumerate(task.plot.steps):
        step, _, day = step.partition("@")
        step, hashed, tags = step.partition("#")
        name, _, who = step.partition("/")
        yield {
            "aufgabe_id": task.task_id,
            "zeit": moment(days.at(age - int(day), place, rng)),
            "von": who or _SENDER.get(name, "vpa"),
            "text": rng.choice(MESSAGES[name]).format_map(words),
            "tags": tags if hashed else _TAGS.get(name, "sonstiges"),
        }


def message_rows(tasks: list[Task]) -> list[Row]:
    """All messages by time, with their ids."""
    rows = sorted((row for task in tasks for row in task.messages), key=lambda row: row["zeit"])
    return [{"nachricht_id": f"N{number:05d}"} | row for number, row in enumerate(rows, 1)]
