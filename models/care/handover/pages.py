"""Pages of the VPA-Wechsel list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from models.database.keyset import Listing, Part, begins_word
from models.ground.text import words
from models.tables.handover import CLOSED, Handover
from models.tables.people import Customer, Vpa

VIEWS = {
    "running": "laufende",
    "to_decide": "Freigabe erbeten",
    "released": "freigegeben",
    "over": "abgeschlossen",
}
"""What members look for, by code."""

STATES = {"to_decide": ("proposed",), "released": ("approved", "informed"), "over": CLOSED}


@dataclass(frozen=True)
class HandoverLine:
    """One request as a list shows it."""

    id: int
    version: int
    state: str
    opened_at: dt.datetime
    opened_by: str
    reason_kind: str | None
    questions: list[dict[str, Any]]
    talks: list[dict[str, Any]]
    measures: list[dict[str, Any]]
    informed_on: dt.date | None
    training_wanted: bool | None
    training_done_on: dt.date | None
    customer: str
    customer_name: str
    vpa: str | None
    vpa_name: str | None


def handover_listing(view: str = "running", text: str = "", sort: str = "since", descending: bool = False) -> Listing:
    """The requests of a view that match what was typed, oldest first unless sorted otherwise."""
    query = (
        Handover.select(
            Handover.id, Handover.version, Handover.state, Handover.opened_at, Handover.opened_by, Handover.reason_kind,
            Handover.questions, Handover.talks, Handover.measures, Handover.informed_on, Handover.training_wanted,
            Handover.training_done_on, Handover.customer, Customer.name, Handover.vpa, Vpa.name,
        )
        .join(Customer)
        .switch(Handover)
        .join(Vpa, JOIN.LEFT_OUTER, on=(Handover.vpa == Vpa.id))
    )  # fmt: skip
    where = [Handover.state.in_(STATES[view]) if view in STATES else Handover.state.not_in(CLOSED)]
    where += [begins_word(Customer.folded, word) | begins_word(Vpa.folded, word) for word in words(text)]
    orders = {
        "since": (Handover.opened_at, Handover.id),
        "customer": (Customer.folded, Handover.id),
        "state": (Handover.state, Handover.opened_at, Handover.id),
    }
    counted = None if text else Handover.select()
    return Listing(query, Handover.id, [Part(tuple(where), orders[sort], descending)], counted)
