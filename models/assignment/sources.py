"""What is known of a customer before an assignment: Wizard and Sales (K-05, K-24)."""

from __future__ import annotations

from models.file.table import Entry
from models.people import Customer

SOURCES = ("wizard", "sales")


def sources_with_something(customer: Customer) -> list[str]:
    """The sources that hold something about this customer, in their order."""
    there = {"wizard": bool((customer.wizard or "").strip()), "sales": has_sales_entry(customer.id)}
    return [source for source in SOURCES if there[source]]


def has_sales_entry(customer: str) -> bool:
    """Whether Sales has left an entry in the O-Team Kundenakte."""
    query = Entry.select(Entry.id).where(
        Entry.subject == f"customer:{customer}",
        Entry.file == "oteam",
        Entry.origin == "sales",
        Entry.withdrawn_at.is_null(),
    )
    return bool(query.exists())
