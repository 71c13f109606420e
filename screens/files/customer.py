"""The detail of a customer: status, VPA, changes, both files."""

from __future__ import annotations

from models.action.work import Session
from models.care.assignment.sources import sales_texts
from models.questions.people_pages import customer_facts
from models.shared.entry_rules import may_read
from models.tables.people import Customer
from screens.detail.detail import Detail, Section
from screens.detail.vpa import customer_lines, entry_lines, open_section
from screens.words import joined


def customer_detail(session: Session, key: str) -> Detail | None:
    """Read in a thread with a connection; None where the customer is unknown."""
    work = session.work()
    if work.find(Customer, key) is None:
        return None
    facts = customer_facts(work, key)
    customer = facts.customer
    wizard = (Section("Wizard/KA-Infos", tuple(customer.wizard.splitlines())),) if customer.wizard else ()
    told = tuple(line for text in sales_texts(key)[:2] for line in text.splitlines()) if facts.vpa is None else ()
    sales = (Section("Vorabinfos von Sales", told),) if told and may_read(work.member, "oteam") else ()
    return Detail(
        title=customer.name,
        aside=customer.id,
        facts=customer_lines(facts, work.today),
        before=(*sales, *wizard),
        entries_title="Zuletzt in beiden Akten (■ O-Team intern, ▲ VPA)",
        entries=entry_lines(facts.entries, work.today),
        after=(open_section(facts.open, work.today),),
        copy=joined([customer.name, customer.id, facts.vpa.name if facts.vpa else ""]),
        copied="Kunde",
    )
