"""What the next shift should watch: decline clocks, absences that begin, inactive VPAs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from peewee import SQL, Value, fn

from models.action.work import Work
from models.ground import clock
from models.shared.inactivity import contact_light
from models.tables.case import Case
from models.tables.people import Absence, Assignment, Customer, Leave, Vpa
from models.tables.reminder import Reminder
from models.tables.task import OPEN_STATES, Message, Task
from models.task.chat import clock_of
from models.task.inbox import has_tag

MOST = 500
"""Rows of a kind that are looked at, the oldest first."""


def declines(work: Work) -> list[dict[str, Any]]:
    """Open tasks whose customer was asked and has not answered: what comes next, and from when (T-14)."""
    asked = fn.EXISTS(Message.select(SQL("1")).where(Message.task == Task.id, has_tag("rueckfrage")))
    query = Task.select(Task, Customer).join(Customer).where(Task.state.in_(OPEN_STATES), asked)
    tasks = list(query.order_by(Task.id).limit(MOST))
    chats: dict[str, list[Message]] = defaultdict(list)
    for message in (
        Message.select().where(Message.task.in_([task.id for task in tasks])).order_by(Message.at, Message.id)
    ):
        chats[message.task_id].append(message)
    found = []
    for task in tasks:
        ticking = clock_of(work, chats[task.id])
        if ticking.step in ("remind", "wait", "ready"):
            found.append({
                "task": task.id, "title": task.title, "customer": task.customer_id, "name": task.customer.name,
                "step": ticking.step, "remind_from": ticking.next_reminder_from, "decline_from": ticking.decline_from,
            })  # fmt: skip
    return sorted(found, key=lambda one: (one["remind_from"] or one["decline_from"], one["task"]))


def absences(work: Work) -> list[dict[str, Any]]:
    """VPAs who are away from tomorrow, or from the days before the next working day, and their customers' Reminders
    that fall due by the end of it.
    """
    about = Value("customer:").concat(Customer.id)
    query: Any = (
        Absence.select(
            Absence.id, Vpa.id, Vpa.name, Absence.start, Absence.end,
            Reminder.id, Reminder.subject, Customer.name, Reminder.due, Reminder.owner,
        )
        .join(Vpa)
        .join(Assignment, on=(Assignment.vpa == Vpa.id))
        .join(Customer)
        .join(Reminder, on=(Reminder.subject == about))
        .where(~Absence.withdrawn, *_soon(work, Absence), Reminder.state == "open")
        .where(Assignment.end.is_null() | (Assignment.end >= Absence.start))
        .order_by(Absence.start, Absence.id, Reminder.due, Reminder.id)
    )  # fmt: skip
    found: dict[str, dict[str, Any]] = {}
    for key, vpa, name, start, end, *reminder in query.tuples():
        shown = dict(zip(("id", "subject", "name", "due", "owner"), reminder, strict=True))
        if clock.day_of(shown["due"]) <= end:
            absence = {"vpa": vpa, "name": name, "start": start, "end": end, "reminders": []}
            found.setdefault(key, absence)["reminders"].append(shown)
    return list(found.values())


def leaves(work: Work) -> list[dict[str, Any]]:
    """Members who are away from then, with the number of their Reminders that fall due meanwhile (R-05)."""
    found = []
    for leave in Leave.select().where(*_soon(work, Leave)).order_by(Leave.start, Leave.id):
        until = clock.start_of_day(leave.end + dt.timedelta(days=1))
        due = Reminder.select().where(Reminder.owner == leave.member_id, Reminder.state == "open", Reminder.due < until)
        if count := due.count():
            member = {"member": leave.member_id, "start": leave.start, "end": leave.end}
            found.append({**member, "reminders": count})
    return found


def inactive(work: Work) -> list[dict[str, Any]]:
    """Inactive VPAs who may not be written to yet, or only after a look: the light is red or amber (D-40 to D-45)."""
    query = Case.select().where(Case.state == "open", Case.kind == "inactive").order_by(Case.opened_at, Case.id)
    found = []
    for case in query.limit(MOST):
        light = contact_light(work, case)
        if light.answer != "ja":
            rules = list(dict.fromkeys(obstacle.rule for obstacle in light.obstacles))
            about = {"case": case.id, "vpa": case.vpa_id, "name": case.vpa_name}
            found.append({**about, "light": light.answer, "from": light.green_from, "rules": rules})
    return found


def _soon(work: Work, model: Any) -> tuple[Any, ...]:
    """Begins after today, at the latest on the next working day: nobody reports on a weekend."""
    return model.start > work.today, model.start <= work.workdays.add_workdays(work.today, 1)
