"""What is known of a customer before an assignment: Wizard and Sales (K-05, K-24)."""

from __future__ import annotations

from typing import Any

from models.tables.entry import Entry
from models.tables.people import Customer

SOURCES = ("wizard", "sales")


def sources_with_something(customer: Customer) -> list[str]:
    """The sources that hold something about this customer, in their order."""
    there = {"wizard": bool((customer.wizard or "").strip()), "sales": has_sales_entry(customer.id)}
    return [source for source in SOURCES if there[source]]


def has_sales_entry(customer: str) -> bool:
    """Whether the O-Team Kundenakte holds what Sales knows: an entry of theirs, or a `lead`, whoever wrote it down."""
    return bool(_sales_entries(customer).exists())


def sales_texts(customer: str) -> list[str]:
    """What is known from Sales about a customer, newest first."""
    query = _sales_entries(customer).order_by(Entry.created_at.desc(), Entry.id.desc())
    return [entry.situation for entry in query]


def _sales_entries(customer: str) -> Any:
    return Entry.select(Entry.id, Entry.situation).where(
        Entry.subject == f"customer:{customer}",
        Entry.file == "oteam",
        (Entry.origin == "sales") | (Entry.kind == "lead"),
        Entry.withdrawn_at.is_null(),
    )
