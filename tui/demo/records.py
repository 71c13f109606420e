"""The file entries of the demo: two years of O-Team Kundenakte, VPA Kundenakte and VPA-Akte."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from tui.demo.customers import Charge, Customer
from tui.demo.days import Days
from tui.demo.people import Vpa
from tui.demo.phrases_oteam import OTEAM
from tui.demo.phrases_vpa import ABOUT, GREEN
from tui.demo.rows import Row, moment, weekday_before
from tui.demo.tasks import Task
from tui.demo.texts import Block, blocks, slots

COUNT = 4_000
"""Entries in today's export."""
LATELY = 30
"""How many of them are newer than yesterday's export."""
YEARS = 729
"""How many days back the oldest one lies at most."""
_AUTHORS = ("ANN", "ANN", "ANN", "TOM", "TOM", "TOM", "LIA", "LIA", "LIA", "BEN", "KIM")
"""The last one, a customer manager, does not write in the VPA-Akte (A-28)."""
_SALES = ("JOS", "RIA")
_ON_FACTS = {"lead", "vpa_change"}
"""Kinds that only follow from a fact: a new customer, a new VPA."""


def record_rows(vpas: list[Vpa], customers: list[Customer], tasks: list[Task], days: Days) -> list[Row]:
    """All entries by time, with their ids: first those that a fact asks for, then as many others as are missing."""
    rng = Random(4000)
    rows = [*_sales_rows(customers, days, rng), *_change_rows(customers, days, rng), *_task_rows(tasks, days, rng)]
    missing = COUNT - len(rows)
    about = missing // 5
    rows += _vpa_rows(vpas, about, days, rng)
    rows += _customer_rows(customers, tasks, missing - about, days, rng)
    rows.sort(key=lambda row: row["zeit"])
    return [{"eintrag_id": f"E{number:05d}"} | row for number, row in enumerate(rows, 1)]


def _entry(file: str, block: Block, when: datetime, author: str, words: dict[str, str]) -> Row:
    """An entry still without id and subject."""
    return {
        "datei": file,
        "zeit": moment(when),
        "verfasser": author,
        "von": block.origin,
        "art": block.kind,
        "situation": block.situation.format_map(words),
        "loesung": block.response.format_map(words),
        "naechste_schritte": block.next_steps.format_map(words),
        "tags": block.tags,
    }


def _words(customer: Customer, vpa: Vpa | None, rng: Random) -> dict[str, str]:
    """The slots of a text about `customer`."""
    return slots(customer.contact, customer.area, vpa.spoken if vpa else "die neue VPA", rng)


def _hour(day: date, rng: Random) -> datetime:
    """A moment of office work on `day`, on the Friday before where that is a weekend."""
    return datetime.combine(weekday_before(day), time(rng.randrange(8, 18), rng.randrange(60)))


def _sales_rows(customers: list[Customer], days: Days, rng: Random) -> Iterator[Row]:
    """First talks of Sales, some days before the first assignment (K-05)."""
    leads = [block for block in blocks(OTEAM) if block.kind == "lead"]
    for customer in customers:
        block, ago, wanted = rng.choice(leads), rng.randrange(2, 12), rng.random() < 0.45
        known = (days.today - customer.charges[0].first).days if customer.charges else ago
        words, author, when = _words(customer, None, rng), rng.choice(_SALES), _hour(days.day(known + ago), rng)
        if wanted and known + ago < YEARS and not customer.fresh:
            yield {"kunden_id": customer.customer_id} | _entry("oteam", block, when, author, words)


def _change_rows(customers: list[Customer], days: Days, rng: Random) -> Iterator[Row]:
    """The reasons of every VPA-Wechsel of the two years (K-08)."""
    changes = [block for block in blocks(OTEAM) if block.kind == "vpa_change"]
    for customer in customers:
        for charge in customer.charges[1:]:
            block, words, author = rng.choice(changes), _words(customer, charge.vpa, rng), rng.choice(_AUTHORS)
            when = _hour(charge.first - timedelta(days=1), rng)
            if (days.today - charge.first).days < YEARS:
                yield {"kunden_id": customer.customer_id} | _entry("oteam", block, when, author, words)


def _task_rows(tasks: list[Task], days: Days, rng: Random) -> Iterator[Row]:
    """Bookings and declined tasks with their link (T-13, T-16)."""
    texts = {
        "booked@3": (
            "booking",
            "Add-On|feste Schicht",
            "Buchung Add-On feste Schicht: Montag bis Freitag, feste Uhrzeit.",
        ),
        "declined@22": ("task_declined", "abgelehnt", "Aufgabe abgelehnt: auf zwei Erinnerungen kam keine Antwort."),
    }
    for task in tasks:
        for message, step in zip(task.messages, task.plot.steps, strict=True):
            if step in texts:
                kind, tags, situation = texts[step]
                block = Block(kind, "at", tags, situation, f"{task.after['titel']}: im Aufgabenchat mitgeteilt.", "")
                when = datetime.fromisoformat(message["zeit"]) + timedelta(minutes=20)
                row = _entry("oteam", block, when, rng.choice(_AUTHORS), {})
                yield {"kunden_id": task.customer.customer_id, "link": task.after["link"]} | row


def _vpa_rows(vpas: list[Vpa], count: int, days: Days, rng: Random) -> Iterator[Row]:
    """Entries about VPAs since their start."""
    about = blocks(ABOUT)
    known = [vpa for vpa in vpas if not vpa.part.marks & {"new", "gone"}]
    for number in range(count):
        vpa, block = rng.choice(known), rng.choice(about)
        span = min((days.today - vpa.start).days, YEARS)
        when = _hour(days.day(1 + int((span - 1) * rng.random())), rng)
        if number < LATELY // 4:
            when = days.lately(0.1 + 0.8 * number / LATELY)
        words = slots("das Team", rng.choice(vpa.areas), vpa.spoken.split(" ")[0], rng)
        yield {"vpa_id": vpa.vpa_id} | _entry("vpa_akte", block, when, rng.choice(_AUTHORS[:-1]), words)


def _customer_rows(customers: list[Customer], tasks: list[Task], count: int, days: Days, rng: Random) -> Iterator[Row]:
    """Entries of both Kundenakten, about some customers many, written while their VPA was in charge."""
    kinds = {"oteam": [block for block in blocks(OTEAM) if block.kind not in _ON_FACTS], "vpa_kunde": blocks(GREEN)}
    served = [customer for customer in customers if customer.charges and not customer.fresh]
    busy = list(accumulate(1 + 9 * rng.random() ** 4 for _ in served))
    links = {task.customer.customer_id: task.after["link"] for task in tasks}
    while count:
        customer = rng.choices(served, cum_weights=busy)[0]
        file = rng.choice(("oteam", "oteam", "oteam", "vpa_kunde", "vpa_kunde"))
        block, charge = rng.choice(kinds[file]), customer.charges[-1 if rng.random() < 0.8 else 0]
        words, author = _words(customer, charge.vpa, rng), rng.choice(_AUTHORS)
        when = _in_charge(customer, charge, block, days, rng)
        if count <= LATELY * 3 // 4 and not (customer.stale and block.origin == "vpa"):
            when, charge = days.lately(0.1 + 0.8 * count / LATELY), customer.charges[-1]
        if when is not None:
            count -= 1
            author = charge.vpa.spoken if block.origin == "vpa" else author
            link = links.get(customer.customer_id, "") if count % 3 == 0 else ""
            row = _entry(file, block, when, author, words)
            yield {"kunden_id": customer.customer_id, "link": link} | row


def _in_charge(customer: Customer, charge: Charge, block: Block, days: Days, rng: Random) -> datetime | None:
    """A moment within the assignment; None where it is too long ago or the VPA of a stale file would write."""
    oldest = min((days.today - charge.first).days, YEARS)
    newest = (days.today - charge.last).days if charge.last else 1
    if customer.stale and block.origin == "vpa":
        newest = max(newest, 60)
    drawn = rng.random()
    if oldest < newest:
        return None
    return _hour(days.day(newest + int((oldest - newest + 1) * drawn)), rng)
