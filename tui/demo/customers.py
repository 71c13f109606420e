"""The customers of the demo and who looked after them when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tui.demo.names import AREAS, contact_name, customer_names
from tui.demo.people import Vpa
from tui.demo.rows import Row

COUNT = 900
"""Customers in today's export."""
FRESH = 3
"""The last ones of these are first seen today."""
_STATUS = ["aktiv"] * 50 + ["bucher"] * 18 + ["prio"] * 8 + ["angebot"] * 9 + ["inaktiv"] * 15
_CHANGES = [1] * 14 + [2] * 4 + [3] + [4]
_REASONS = (
    "Bedarf hat sich geändert",
    "Ausfall der bisherigen VPA",
    "Elternzeit der bisherigen VPA",
    "Umfang nicht mehr zu leisten",
    "Wunsch des Kunden",
    "Zusammenarbeit trotz Maßnahmen schwierig",
)
_INDUSTRY_WISHES = ("feste Ansprechperson", "kurze Wege", "nur E-Mail", "Rückruf am Nachmittag", "wöchentliches Update")


@dataclass(frozen=True, slots=True)
class Charge:
    """One assignment: a VPA looks after a customer from a day on."""

    vpa: Vpa
    first: date
    last: date | None
    """Last day, None while it goes on."""


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer of the demo."""

    customer_id: str
    """The platform's id, `K0123`."""
    name: str
    contact: str
    """The person to talk to: 'Frau Köster'."""
    area: str
    """What the customer mostly needs done."""
    status: str
    """As in the export: angebot, bucher, prio, aktiv, inaktiv."""
    stale: bool
    """Whether the VPA has not kept the green file for two months (Watchlist)."""
    charges: tuple[Charge, ...]
    """Oldest first; empty for one still without a VPA."""

    @property
    def vpa(self) -> Vpa | None:
        """Who looks after the customer now."""
        return self.charges[-1].vpa if self.charges and self.charges[-1].last is None else None

    @property
    def fresh(self) -> bool:
        """Whether the customer is first seen in today's export."""
        return int(self.customer_id[1:]) > COUNT - FRESH


def make_customers(vpas: list[Vpa], today: date) -> list[Customer]:
    """All customers with their assignments; who they are does not depend on the day."""
    rng = Random(77)
    names = customer_names(COUNT, Random(12))
    takers = rng.choices(vpas, [vpa.load for vpa in vpas], k=COUNT)
    veterans = [vpa for vpa in vpas if (today - vpa.start).days > 900 and vpa.part.before.get("aktiv") != "nein"]
    return [
        _customer(number, name, taker, veterans, today)
        for number, (name, taker) in enumerate(zip(names, takers, strict=True), 1)
    ]


def _customer(number: int, name: str, taker: Vpa, veterans: list[Vpa], today: date) -> Customer:
    """One customer out of a seed of its own."""
    rng = Random(5000 + number)
    fresh = number > COUNT - FRESH
    status = "angebot" if fresh else rng.choice(_STATUS)
    unassigned = status == "angebot" and rng.random() < 0.4 and not fresh
    contact = contact_name(name, rng)
    area = rng.choice(taker.areas if rng.random() < 0.8 else AREAS)
    stale = rng.random() < 0.14
    if fresh:
        charges: tuple[Charge, ...] = (Charge(taker, today, None),)
    elif unassigned:
        charges = ()
    else:
        charges = _charges(taker, veterans, status, today, rng)
    return Customer(f"K{number:04d}", name, contact, area, status, stale, charges)


def _charges(taker: Vpa, veterans: list[Vpa], status: str, today: date, rng: Random) -> tuple[Charge, ...]:
    """The chain of assignments that ends with `taker`, ended for half of the inactive customers."""
    tenure = (today - taker.start).days
    back = rng.randrange(3, max(5, min(tenure - 4, 60 if status == "angebot" else 900)))
    first = today - timedelta(days=min(back, tenure))
    ended = status == "inaktiv" and rng.random() < 0.5 and back > 200
    chain = [Charge(taker, first, today - timedelta(days=rng.randrange(20, 150)) if ended else None)]
    for _ in range(1 if status == "angebot" else rng.choice(_CHANGES) - 1):
        earlier = first - timedelta(days=rng.randrange(25, 240))
        vpa = rng.choice(veterans)
        if vpa is chain[0].vpa or (today - earlier).days > 890:
            continue
        chain.insert(0, Charge(vpa, earlier, first - timedelta(days=1)))
        first = earlier
    return tuple(chain)


def customer_row(customer: Customer, today: date) -> Row:
    """The customer as the export of `today` holds it."""
    rng = Random(customer.customer_id)
    quiet = rng.randrange(95, 500) if customer.status == "inaktiv" else rng.randrange(1, 55)
    kept = rng.randrange(58, 260) if customer.stale else rng.randrange(2, 50)
    since = (today - customer.charges[-1].first).days if customer.charges else 0
    by_at = rng.random() < 0.08
    row = {
        "kunden_id": customer.customer_id,
        "name": customer.name,
        "klasse": rng.choice("AABBBBCCCCCDD") if rng.random() < 0.85 else "",
        "status": customer.status,
        "muster": rng.choice(("laufend", "laufend", "einzeln")) if customer.status != "bucher" else "einzeln",
        "letzte_buchung": "" if customer.status == "angebot" else (today - timedelta(days=quiet)).isoformat(),
        "wizard": _wizard(customer, rng) if rng.random() < 0.6 else "",
    }
    if customer.vpa and 0 < kept < since and rng.random() < 0.94:
        row["vpa_akte_gepflegt_am"] = (today - timedelta(days=kept)).isoformat()
        row["vpa_akte_gepflegt_von"] = "at" if by_at else "vpa"
    return row


def _wizard(customer: Customer, rng: Random) -> str:
    """What the customer entered in the Wizard when registering."""
    hours = rng.choice((2, 3, 5, 5, 8, 10, 15, 20))
    return f"Bedarf: {customer.area}, etwa {hours} h im Monat; wünscht: {rng.choice(_INDUSTRY_WISHES)}"


def charge_rows(customers: list[Customer]) -> Iterator[Row]:
    """All assignments, the reason on those that followed another one."""
    for customer in customers:
        rng = Random(customer.customer_id)
        for place, charge in enumerate(customer.charges):
            yield {
                "kunden_id": customer.customer_id,
                "vpa_id": charge.vpa.vpa_id,
                "von": charge.first.isoformat(),
                "bis": charge.last.isoformat() if charge.last else "",
                "grund": rng.choice(_REASONS) if place else "Neukunde",
            }
