"""Questions about tasks."""

from __future__ import annotations

from typing import Any

from peewee import fn

from models.action.subjects import shows
from models.action.work import Work
from models.ground.errors import AlreadyDoneError
from models.tables.task import OPEN_STATES, Note, Task
from models.task.base import OnTask, gated_actions
from models.task.chat import messages_of, notes_of


def list_tasks(state: str = "open", customer: str | None = None, vpa: str | None = None) -> Any:
    """Tasks by id, as a query; `open` are those neither declined nor done, `all` is every one."""
    query = Task.select().order_by(Task.id)
    if state == "open":
        query = query.where(Task.state.in_(OPEN_STATES))
    elif state != "all":
        query = query.where(Task.state == state)
    if customer is not None:
        query = query.where(Task.customer == customer)
    return query.where(Task.vpa == vpa) if vpa is not None else query


@shows("task")
def show_task(work: Work, task: Task) -> dict[str, Any]:
    """The long shape of CONTRACT §8: key data, delegation, checklist, chat, notes, every gate."""
    return {
        **task.show(),
        "delegation": task.delegation,
        "checklist": task.judged,
        "tags_checked": task.tags_checked,
        "messages": [message.show() for message in messages_of(task)],
        "notes": [note.show() for note in notes_of(task)],
        "gates": gates(work, task),
    }


def gates(work: Work, task: Task) -> dict[str, list[dict[str, Any]]]:
    """For each main action what it would meet right now, if nothing were given with it: `{"offer": [{"code", "rule",
    "weight", "message"}], …}`. Empty: open. What is over says `already_done`.
    """
    return {kind.code.partition(".")[2]: _gate(work, task, kind(id=str(task.id))) for kind in gated_actions()}


def _gate(work: Work, task: Task, action: OnTask) -> list[dict[str, Any]]:
    if done := action.settled(task):
        return [{"code": AlreadyDoneError.code, "rule": "", "weight": "stop", "message": done}]
    return [obstacle.as_json() for obstacle in action.obstacles(work, task)]


def returns_of(vpa: str) -> int:
    """How often a task went back to this VPA with gaps (F-06)."""
    return int(Note.select().where(Note.vpa == vpa, Note.kind == "return").count())


def delegations_of(vpa: str) -> dict[str, int]:
    """How often this VPA delegated, by reason; they count in the next task distribution (F-11)."""
    query: Any = Task.select(Task.delegation_reason, fn.COUNT(Task.id)).where(Task.delegated_by == vpa)
    return {reason or "": count for reason, count in query.group_by(Task.delegation_reason).tuples()}
