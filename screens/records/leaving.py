"""What a VPA who left has left behind: handed on one by one, or marked and together (S-04)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session
from models.case.left_pages import Left, left_by
from models.records.offers import for_customer, for_task, hand_on_customer, hand_on_task
from screens.tab.deeds import log_entry
from screens.tab.listed import Listed
from screens.tab.tab import Deed, Tab, View, offered
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Row, RowId
from screens.words import day_word, short

if TYPE_CHECKING:
    from models.records.offers import Offer
    from screens.detail.detail import Detail


class LeavingTab(Tab):
    """Customers and open tasks of one VPA."""

    code = "leaving"
    number = 0
    title = "Weitergeben"
    columns: ClassVar = (
        Column("what", "was", 8, sortable=False),
        Column("name", "Kunde/Aufgabe", 15, flex=3, most=44, sortable=False),
        Column("customer", "Kunde", 12, flex=2, most=30, priority=2, sortable=False),
        Column("state", "Stand", 10, priority=1, sortable=False),
        Column("deadline", "Deadline", 9, priority=3, sortable=False),
    )
    views: ClassVar[Mapping[str, str]] = {"all": "was noch an diesem VPA hängt"}
    main = "Weitergeben"
    foot = ("main", "mark", "file", "more")

    def __init__(self, vpa: str) -> None:
        self.vpa = vpa
        self.name = vpa

    def source(self, session: Session, view: View) -> Any:
        return _Rows(session, self.vpa)

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        kind, _, key = str(row_id).partition(":")
        if kind == "customer":
            from screens.files.customer import customer_detail

            return customer_detail(session, key)
        from screens.tasks.detail import task_detail

        return task_detail(session, key)

    def subjects(self, row: Row) -> tuple[str, ...]:
        return (str(row.id),)

    def deed(self, verb: str, row: Row) -> Deed | str:
        left: Left = row.data
        if verb == "main":
            return offered(_hand_on(left))
        if verb == "file":
            return f"show:customer:{left.customer}"
        if verb == "log":
            return log_entry(f"customer:{left.customer}", left.customer_name)
        return "Hier gibst du weiter, was der VPA hinterlässt: e einzeln, mit der Leertaste markiert zusammen."

    def offers(self, row: Row) -> Sequence[Offer]:
        left: Left = row.data
        if left.kind == "customer":
            return for_customer(left.key, left.name)
        return for_task(left.key, left.name, left.customer)

    def new(self) -> Deed | str:
        return "Hier kommt nichts dazu. e gibt die Zeile weiter, Esc geht zurück."

    def nothing(self, imported: str) -> str:
        return "Alles ist weitergegeben: kein Kunde und keine offene Aufgabe hängt mehr an diesem VPA. Esc geht zurück."


def _hand_on(left: Left) -> Offer:
    if left.kind == "customer":
        return hand_on_customer(left.key, left.name)
    return hand_on_task(left.key, left.name, left.customer)


class _Rows:
    """Few rows, read anew at every look."""

    def __init__(self, session: Session, vpa: str) -> None:
        self._session, self._vpa = session, vpa

    def _listed(self) -> Listed:
        with self._session.store.connected():
            work = self._session.work()
            return Listed([_row(left, work.today) for left in left_by(self._vpa, work.today)])

    def page(self, anchor: Any, direction: Any, limit: int) -> Any:
        """A slice of what is there."""
        return self._listed().page(anchor, direction, limit)

    def count(self) -> int:
        """All of them."""
        return self._listed().count()

    def locate(self, row_id: RowId) -> Any:
        """Its place."""
        return self._listed().locate(row_id)

    def every(self, most: int) -> list[Row]:
        """All of them, for a bulk."""
        return self._listed().every(most)


def _row(left: Left, today: Any) -> Row:
    customer = left.kind == "customer"
    state = short("customer_status" if customer else "task_state", left.state)
    deadline = day_word(left.deadline, today) if left.deadline else ""
    cells = ("Kunde" if customer else "Aufgabe", left.name, "" if customer else left.customer_name, state, deadline)
    return Row(f"{left.kind}:{left.key}", cells, None, "", left)
