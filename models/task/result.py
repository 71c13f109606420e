"""What an action on a task leaves behind."""

from __future__ import annotations

from typing import Any

from models.action.base import Result
from models.action.work import Work
from models.tables.task import Task
from models.task.queries import show_task


def task_result(work: Work, task: Task, **more: Any) -> Result:
    """The task in its `show` shape, and what else there is to say."""
    return Result(f"task:{task.id}", {**show_task(work, task), **more}, task.title)
