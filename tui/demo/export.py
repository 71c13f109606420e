"""Two platform exports for `make demo`, a day apart, the same at every start (CONTRACT §3)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from tui.demo.customers import Customer, charge_rows, customer_row, make_customers
from tui.demo.days import Days
from tui.demo.people import absence_rows, make_vpas
from tui.demo.records import record_rows
from tui.demo.rows import Export, Row, moment, write
from tui.demo.tasks import make_tasks, message_rows


def write_exports(folder: Path, today: date, now: datetime) -> tuple[Path, Path]:
    """Write yesterday's and today's export below `folder` and return both folders.

    `now` is a moment of `today`, Berlin wall time; nothing in the exports is later. Import the first with `--baseline`
    and the clock on yesterday (so that those who enter a stage today raise a flag), the second as it is.
    """
    before, after = make_exports(today, now)
    return write(folder / "gestern", before), write(folder / "heute", after)


def make_exports(today: date, now: datetime) -> tuple[Export, Export]:
    """Both exports as rows."""
    days = Days(today, now)
    vpas = make_vpas(days)
    customers = make_customers(vpas, today)
    tasks = make_tasks(customers, days)
    absent_before, absent_after = absence_rows(vpas, today)
    clients = [customer_row(customer, today) for customer in customers]
    charges = list(charge_rows(customers))
    fresh = {customer.customer_id for customer in customers if customer.fresh}
    entries = record_rows(vpas, customers, tasks, days)
    messages = message_rows(tasks)
    before: Export = {
        "vpas": [vpa.before for vpa in vpas if vpa.before],
        "kunden": [row for row in clients if row["kunden_id"] not in fresh],
        "zuordnungen": [row for row in charges if row["kunden_id"] not in fresh],
        "abwesenheiten": absent_before,
        "aufgaben": [task.before for task in tasks if task.before],
        "akten": _until_export(entries, days),
        "nachrichten": _until_export(messages, days),
    }
    after: Export = {
        "vpas": [vpa.after for vpa in vpas if vpa.after],
        "kunden": [_moved_on(row, customer, today) for row, customer in zip(clients, customers, strict=True)],
        "zuordnungen": charges,
        "abwesenheiten": absent_after,
        "aufgaben": [task.after for task in tasks],
        "akten": entries,
        "nachrichten": messages,
    }
    return before, after


def _until_export(rows: list[Row], days: Days) -> list[Row]:
    """Those that yesterday's export already held."""
    last = moment(days.export)
    return [row for row in rows if row["zeit"] <= last]


def _moved_on(row: Row, customer: Customer, today: date) -> Row:
    """A customer a day later: some booked today, a few of the new ones became bookers."""
    number = int(customer.customer_id[1:])
    if customer.status in ("aktiv", "prio") and number % 25 == 0:
        return row | {"letzte_buchung": today.isoformat()}
    if customer.status == "angebot" and customer.vpa and not customer.fresh and number % 9 == 0:
        return row | {"status": "bucher", "letzte_buchung": today.isoformat()}
    return row
