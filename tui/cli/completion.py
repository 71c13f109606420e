"""What Tab offers at the command line: codes, Kürzel and ids, each with what it stands for.

Nothing here may fail or speak: whatever goes wrong, Tab offers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from models.action.args import Arg

MOST = 200
"""Values that are offered; more nobody reads."""

Offer = Iterable[tuple[str, str]]
"""Values, and what they stand for."""


class Offering(click.types.StringParamType):
    """Text whose usual values are known."""

    def __init__(
        self, codes: Sequence[str] = (), offer: Callable[[click.Context], Offer] | None = None, group: str = ""
    ) -> None:
        """`group` of the playbook has the labels of the codes; without codes all of its own are meant."""
        self._codes, self._group = tuple(codes), group
        labelled = codes_of(group, codes) if group else lambda ctx: ((code, "") for code in codes)
        self._offer = offer or labelled

    def possible(self, ctx: click.Context) -> list[str]:
        """All that may be given, where it is a list of codes; else empty."""
        return list(dict.fromkeys(code for code, _ in self._offer(ctx))) if self._codes or self._group else []

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Those that begin like this, whatever the case."""
        from models.ground.text import clean_output

        try:
            with_help = [(value, clean_output(text)) for value, text in self._offer(ctx)]
        except Exception:  # noqa: BLE001  # no database, no rights, no members: nothing is offered
            return []
        begun = incomplete.casefold()
        fitting = [one for one in with_help if one[0].casefold().startswith(begun)]
        return [CompletionItem(value, help=" ".join(text.split()) or None) for value, text in fitting[:MOST]]


def codes_of(group: str, values: Sequence[str] = ()) -> Callable[[click.Context], Offer]:
    """The codes of a group of the playbook with their labels; `entry`: of all files."""

    def offer(ctx: click.Context) -> Offer:
        from models.playbook import playbook

        kinds = playbook().kinds
        groups = [name for name in kinds if name.startswith("entry_")] if group == "entry" else [group]
        labels = {code: str(kind) for name in groups for code, kind in kinds.get(name, {}).items()}
        return ((code, labels.get(code, "")) for code in values or labels)

    return offer


def rows_of(noun: str) -> Callable[[click.Context], Offer]:
    """The rows of a noun that are open or present, with their names."""

    def offer(ctx: click.Context) -> Offer:
        from models.admin.schema import check_schema
        from tui.cli.context import Invocation

        check_schema(Invocation.current().store())
        return [(str(key), str(title or "")) for key, title in ROWS[noun]().limit(5000).tuples()]

    return offer


def _members() -> Any:
    from models.tables.people import Member

    return Member.select(Member.kuerzel, Member.name).where(Member.left_on.is_null()).order_by(Member.key)


def _vpas() -> Any:
    from models.tables.people import Vpa

    return Vpa.select(Vpa.id, Vpa.name).order_by(Vpa.id)


def _customers() -> Any:
    from models.tables.people import Customer

    return Customer.select(Customer.id, Customer.name).order_by(Customer.id)


def _cases() -> Any:
    from models.tables.case import Case

    return Case.select(Case.id, Case.vpa_name).where(Case.state == "open").order_by(Case.id)


def _reminders() -> Any:
    from models.tables.reminder import Reminder

    return Reminder.select(Reminder.id, Reminder.subject).where(Reminder.state == "open").order_by(Reminder.id)


def _flags() -> Any:
    from models.tables.flag import Flag

    return Flag.select(Flag.id, Flag.vpa_name).where(Flag.state == "open").order_by(Flag.id)


def _tasks() -> Any:
    from models.tables.task import Task

    return Task.select(Task.id, Task.title).order_by(Task.id)


def _handovers() -> Any:
    from models.tables.handover import Handover

    return Handover.select(Handover.id, Handover.customer).order_by(Handover.id)


def _absences() -> Any:
    from models.tables.people import Absence

    return Absence.select(Absence.id, Absence.vpa).where(~Absence.withdrawn).order_by(Absence.id)


def _outbox() -> Any:
    from models.tables.outbox import Outbox

    return Outbox.select(Outbox.id, Outbox.subject).where(Outbox.state == "open").order_by(Outbox.id)


ROWS: dict[str, Callable[[], Any]] = {
    "member": _members, "vpa": _vpas, "customer": _customers, "case": _cases, "reminder": _reminders,
    "journey": _flags, "task": _tasks, "handover": _handovers, "absence": _absences, "outbox": _outbox,
}  # fmt: skip
"""Nouns whose rows can be named on the command line."""

NAMED = {
    "member": "member", "kuerzel": "member", "vpa": "vpa", "successor": "vpa", "customer": "customer", "task": "task",
}  # fmt: skip
"""Parameters that name one of these, whatever the command."""


def by_place(name: str) -> Callable[[click.Context], Offer]:
    """What a parameter offers by its name and the command it belongs to; nothing where a member has the word."""

    def offer(ctx: click.Context) -> Offer:
        noun = ctx.parent.info_name if ctx.parent is not None else None
        if name in NAMED:
            return rows_of(NAMED[name])(ctx)
        if name == "id" and noun in ROWS:
            return rows_of(str(noun))(ctx)
        known = {("setting", "key"): _settings, ("template", "code"): _templates}.get((str(noun), name))
        return known(ctx) if known else ()

    return offer


def for_param(param: click.Parameter) -> Offering:
    """What any other parameter offers, by how the help names its values or by its own name."""
    if param.metavar and "|" in param.metavar:
        return Offering(param.metavar.split("|"))
    if param.name in DATES:
        return Offering(offer=lambda ctx: DAYS)
    return Offering(offer=by_place(param.name or ""))


def for_arg(spec: Arg, name: str) -> Offering:
    """What the field of an Action offers."""
    if spec.kind == "choice":
        return Offering(spec.values, group=spec.choices)
    if spec.kind == "yes_no":
        return Offering(("yes", "no"))
    if spec.kind in ("date", "moment", "due"):
        return Offering(offer=lambda ctx: DAYS)
    if spec.kind in ROWS:
        return Offering(offer=rows_of(spec.kind))
    return Offering(offer=by_place(name))


DATES = ("since", "until", "date", "day")
"""Parameters that are a day, whatever the command."""

DAYS = (("heute", ""), ("morgen", ""), ("gestern", ""), ("+7", "in einer Woche"), ("mo", "nächster Montag"))
"""Ways to say a day."""


def _settings(ctx: click.Context) -> Offer:
    from models.playbook import playbook

    return ((key, setting.label) for key, setting in playbook().settings.items())


def _templates(ctx: click.Context) -> Offer:
    from models.playbook import playbook

    return ((code, template.label) for code, template in playbook().templates.items())
