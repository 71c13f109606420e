"""What a tab is: where its rows come from, what stands behind a row, and what each key does to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from models.action.work import Session, Work
from models.database.keyset import Anchor, Listing
from screens.widgets.window_columns import Column
from screens.widgets.window_source import Direction, Page, Row, RowId

if TYPE_CHECKING:
    from models.records.offers import Offer
    from screens.detail.detail import Detail

FIRST_ROWS = 60
"""Rows read before the first frame: more than a screen shows."""

VERBS = ("main", "log", "remind", "contact", "postpone", "take", "file")
"""What keys do to a row of any list."""

WHO = "who"
"""Instead of a deed: first whom it is about, then what has changed."""

Made = list[tuple[Anchor, tuple[Any, ...]]]
"""Rows as a listing reads them."""


@dataclass(frozen=True)
class View:
    """What a list shows just now."""

    name: str
    """Code of the view, such as `mine`."""
    text: str = ""
    """What is typed into the filter."""
    sort: str = ""
    """Key of the column sorted by; empty: the tab's own order."""
    descending: bool = False

    @property
    def order(self) -> tuple[str, bool] | None:
        """As the list widget wants it."""
        return (self.sort, self.descending) if self.sort else None


@dataclass(frozen=True)
class Deed:
    """What a key will do: an action, what of it is known, and what a form asks."""

    code: str
    """The action's code, such as `case.resolve`."""
    title: str
    """What the form says it will do, naming the VPA or customer."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Fields that are fixed, not asked."""
    preset: Mapping[str, Any] = field(default_factory=dict)
    """Fields that are filled in and can be changed."""
    ids: tuple[Any, ...] = ()
    """With several: the same for each of these, every one with its own verdict."""
    seen: int | None = None
    """Version of the row that was looked at (DESIGN law 7)."""
    key: str = "id"
    """The field that names the thing: several are done together by it."""
    at_once: bool = False
    """Whether there is nothing to ask."""
    about: str = ""
    """VPA or customer, `vpa:…` or `customer:…`, for the choices that depend on it."""
    kind: str = ""
    """Kind of the Case or stage of the flag, for the choices that depend on it."""
    green: bool = False
    """Whether every text is read by VPAs (correcting an entry of the VPA Kundenakte)."""
    subjects: tuple[str, ...] = ()
    """The rows it is done to, such as `case:12`: while its form is open, others see who works on them."""


def offered(offer: Offer) -> Deed:
    """What the models offer, as a deed."""
    return Deed(offer.code, offer.title, offer.values, offer.preset, about=offer.about, key=offer.key)


def correction(name: str, about: str, entry: int, parts: Mapping[str, Any]) -> Deed:
    """The form that corrects an entry, filled with what stands there."""
    given = {key: parts[key] for key in ("kind", "situation", "link", "response", "next_steps") if parts[key]}
    preset = {**given, "tag": tuple(parts["tags"]), "entry_file": parts["file"]}
    green = parts["file"] == "vpa_kunde"
    return Deed("file.correct", f"Eintrag berichtigen: {name}", {"id": str(entry)}, preset, about=about, green=green)


@dataclass(frozen=True)
class Question:
    """What a small form asks before a list shows something else; nothing is saved."""

    title: str
    label: str
    given: str
    """What stands in the field at first."""
    meaning: Callable[[str], str]
    """What a text means, in words; ValueError with a German sentence where it means nothing."""


class Tab:
    """One tab, without its widgets. Every reading method is called in a thread with a connection."""

    code: ClassVar[str]
    number: ClassVar[int]
    title: ClassVar[str]
    columns: ClassVar[Sequence[Column]]
    views: ClassVar[Mapping[str, str]]
    """Views by code, the first one shown at the start: it hides no due work."""
    main: ClassVar[str]
    """What `e` does, for the footer."""
    foot: ClassVar[tuple[str, ...]]
    """Verbs of the footer, the most important first."""
    sort: ClassVar[str] = ""
    """Column of the tab's own order, where it is one column's."""
    noun: ClassVar[str] = ""
    """What its rows are as subjects, such as `case`; empty: nobody claims them."""
    claimed: ClassVar[str] = ""
    """Column that names who works on a row, where there is one."""

    def listing(self, work: Work, view: View) -> Listing:
        """The rows of a view."""
        raise NotImplementedError

    def rows(self, work: Work, found: Made) -> list[Row]:
        """How they look."""
        raise NotImplementedError

    def detail(self, session: Session, row_id: RowId) -> Detail | None:
        """What stands behind a row; None where it has gone."""
        raise NotImplementedError

    def deed(self, verb: str, row: Row) -> Deed | str:
        """What a key does to a row, or a sentence why it does nothing."""
        raise NotImplementedError

    def deed_at(self, verb: str, row: Row) -> Deed | str:
        """The same, with the row it is done to."""
        deed = self.deed(verb, row)
        return replace(deed, subjects=self.subjects(row)) if isinstance(deed, Deed) else deed

    def subjects(self, row: Row) -> tuple[str, ...]:
        """The row as others see that somebody works on it; nothing where nobody would."""
        return (f"{self.noun}:{row.id}",) if self.noun else ()

    def aside(self, row: Row) -> Deed | None:
        """What `x` does at once instead of showing everything that can be done; None: nothing."""
        return None

    def deeds(self, row: Row) -> list[tuple[str, Deed | str]]:
        """All that can be done with a row, each with the verb of its key: first what only this list offers."""
        more = [replace(deed, subjects=self.subjects(row)) for deed in self.more(row)]
        found: list[tuple[str, Deed | str]] = [("", deed) for deed in more]
        known = {(deed.code, deed.title) for deed in more}
        for verb in VERBS:
            deed = self.deed_at(verb, row)
            if isinstance(deed, Deed) and (deed.code, deed.title) not in known:
                known.add((deed.code, deed.title))
                found.append((verb, deed))
            elif isinstance(deed, str) and deed.startswith("show:"):
                found.append((verb, deed))
        return [*found, *(("", offered(offer)) for offer in self.offers(row))]

    def offers(self, row: Row) -> Sequence[Offer]:
        """What may have changed about the VPA, customer or task that a row names."""
        return ()

    def new(self) -> Deed | str:
        """What `n` makes."""
        raise NotImplementedError

    def new_at(self, row: Row | None) -> Deed | list[Deed] | str:
        """What `n` makes with this row under the cursor; of several a member chooses."""
        return self.new()

    def main_at(self, row: Row | None) -> str:
        """What `e` does to this row, for the footer."""
        return self.main

    def verb_at(self, verb: str, row: Row | None) -> str:
        """What another key does to this row, for the footer; empty: what it always does."""
        return ""

    def remark(self, view: View, today: dt.date) -> str:
        """What the line above the list says besides the view's name and the number of rows."""
        return ""

    def filter_hint(self, view: View) -> str:
        """What the empty filter line suggests to type."""
        return "Filter: Name, Case … auch „meine“, „vertagt“"

    def question(self, view: View, today: dt.date) -> Question | None:
        """What is asked instead of opening the filter line; what is answered becomes the filter."""
        return None

    def columns_of(self, view: View) -> Sequence[Column]:
        """The columns of a view."""
        return self.columns

    def reading(self, row: Row) -> str:
        """What `l` opens to read at length, as `show:…`, or a sentence why nothing."""
        return "Alles dazu steht schon im Detail: Enter führt hinein."

    def more(self, row: Row) -> list[Deed]:
        """Everything else that can be done with a row."""
        return []

    def empty(self, view: View, imported: str) -> str:
        """What an empty list means and what to do next; `imported` says when the last import was."""
        if view.text:
            return f"Nichts passt zu „{view.text}“. Esc zeigt wieder alles."
        if view.name != self.first_view:
            return f"Unter „{self.views[view.name]}“ steht gerade nichts. m zeigt die nächste Ansicht."
        return self.nothing(imported)

    def nothing(self, imported: str) -> str:
        """What it means that there is nothing at all."""
        raise NotImplementedError

    @property
    def first_view(self) -> str:
        """The view at the start."""
        return next(iter(self.views))

    def start(self) -> View:
        """What the list shows at first."""
        return View(self.first_view, sort=self.sort)

    def source(self, session: Session, view: View) -> TabSource:
        """Where the list gets the rows of a view."""
        named, text = self.view_in(view)
        return TabSource(session, lambda work: self.listing(work, replace(view, name=named, text=text)), self.rows)

    def view_in(self, view: View) -> tuple[str, str]:
        """A view named in the filter counts as chosen: `meine`, `Vertretung`, `vertagt`."""
        from models.ground.text import fold

        rest = []
        name = view.name
        known = {fold(label): code for code, label in self.views.items()}
        for word in view.text.split():
            code = known.get(fold(word))
            if code is None:
                rest.append(word)
            else:
                name = code
        return name, " ".join(rest)


class TabSource:
    """Pages of a listing as the list widget wants them; each call opens and closes its connection (law 2)."""

    def __init__(
        self, session: Session, listing: Callable[[Work], Listing], rows: Callable[[Work, Made], list[Row]]
    ) -> None:
        self._session, self._listing, self._rows = session, listing, rows

    def page(self, anchor: Any, direction: Direction, limit: int) -> Page:
        """At most `limit` rows beside the anchor."""
        with self._session.store.connected():
            work = self._session.work()
            found = self._listing(work).page(anchor, direction, limit)
            return Page(self._rows(work, found.rows), found.has_more)

    def count(self) -> int | None:
        """Number of all rows."""
        with self._session.store.connected():
            return self._listing(self._session.work()).count()

    def locate(self, row_id: RowId) -> Any:
        """The anchor of a row."""
        with self._session.store.connected():
            return self._listing(self._session.work()).locate(row_id)

    def every(self, most: int) -> list[Row]:
        """All rows, for a bulk; at most so many."""
        rows: list[Row] = []
        page = self.page(None, "from", 500)
        while True:
            rows += page.rows
            if not page.has_more or len(rows) >= most:
                return rows[:most]
            page = self.page(page.rows[-1].place, "after", 500)
