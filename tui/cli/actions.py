"""Commands made from Actions: options from their fields, one verdict for each id."""

from __future__ import annotations

import importlib
import uuid
from typing import Any

import click

from models.action.args import Arg, args_of, from_texts, option_of
from models.action.base import CATALOGUE, Action
from models.action.command import Command
from models.action.run import Outcome, run
from models.ground.errors import SchichtError, UsageError
from models.playbook.refusals import RefusedError
from tui.cli.completion import codes_of, for_arg
from tui.cli.context import Invocation
from tui.cli.german import GermanCommand, GermanGroup


def add_actions(group: GermanGroup, noun: str, *modules: str) -> None:
    """Give a group a command for every Action of its noun, found in these modules."""
    for module in modules:
        importlib.import_module(module)
    for code, action in CATALOGUE.items():
        if code.startswith(f"{noun}."):
            group.add_command(command_of(action, code.partition(".")[2]))


def command_of(action: type[Action], name: str) -> GermanCommand:
    """The command of one Action."""
    params: list[click.Parameter] = [_parameter(field, spec, action.bulk) for field, spec in args_of(action).items()]
    params += [
        click.Option(["despite", "--despite"], metavar="GRUND", help="Übergeht Warnungen; der Grund steht im Verlauf."),
        click.Option(["dry_run", "--dry-run"], is_flag=True, help="Nur prüfen, nichts ändern."),
        click.Option(["command_id", "--command-id"], hidden=True),
    ]

    def perform(despite: str | None, dry_run: bool, command_id: str | None, **given: Any) -> None:
        _perform(action, given, despite, dry_run, command_id)

    return GermanCommand(name, params=params, callback=perform, help=action.help, short_help=action.help)


def _parameter(field: str, spec: Arg, bulk: bool) -> click.Parameter:
    if spec.positional:
        many = bulk and spec.kind == "id"
        return click.Argument([field], metavar=f"{spec.label}{'…' if many else ''}", nargs=-1 if many else 1,
                              required=spec.required, type=for_arg(spec, field))  # fmt: skip
    decls = [field, f"--{option_of(field, spec)}"]
    if spec.kind == "flag":
        return click.Option(decls, is_flag=True, help=_help(spec))
    metavar = "|".join(spec.values) or METAVARS.get(spec.kind)
    return click.Option(decls, multiple=spec.many, metavar=metavar, help=_help(spec), type=for_arg(spec, field))


METAVARS = {
    "date": "DATUM", "moment": "ZEITPUNKT", "due": "DATUM", "member": "KÜRZEL", "vpa": "VPA", "customer": "KUNDE",
    "yes_no": "yes|no",
}  # fmt: skip
"""What the help calls a value, by the kind of its field."""


def _help(spec: Arg) -> str:
    return f"{spec.label}. {spec.help}".strip()


def _perform(action: type[Action], given: dict[str, Any], despite: str | None, dry_run: bool, key: str | None) -> None:
    invocation = Invocation.current()
    command = command_with(key)
    if not action.bulk:
        _one(action, given, despite, dry_run, command)
        return
    ids = given.pop("id")
    now = invocation.session().clock.now()
    from_texts(action, {**given, "id": ids[0]}, now)  # wrong usage is told once, not for each id
    for step, one in enumerate(ids):
        try:
            _one(action, {**given, "id": one}, despite, dry_run, Command(command.id, step))
        except SchichtError as error:
            status = invocation.fail(error, _key(one) if action.several or len(ids) > 1 else None)
            invocation.status = invocation.status or status


def command_with(key: str | None) -> Command:
    """The command's identity: the given UUID, or a new one. Raises `UsageError` for what is none."""
    if key is None:
        return Command()
    try:
        return Command(str(uuid.UUID(key)))
    except ValueError as error:
        raise UsageError("--command-id braucht eine UUID.") from error


def _key(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else text


def _one(action: type[Action], given: dict[str, Any], despite: str | None, dry_run: bool, command: Command) -> None:
    invocation = Invocation.current()
    session = invocation.session()
    values = from_texts(action, given, session.clock.now())
    try:
        outcome = run(session, action(**values), despite=despite, dry_run=dry_run, command=command)
    except RefusedError as refused:
        refused.message += _possible(action, values)
        raise
    invocation.emit(outcome.show(), sentence(action, outcome))


def _possible(action: type[Action], values: dict[str, Any]) -> str:
    """What an option takes that was given something else: it is refused by its obstacle (CONTRACT §1), which does not
    list what there is.
    """
    told = ""
    for field, spec in args_of(action).items():
        given = values.get(field) or ()
        if spec.kind != "choice" or not given:
            continue
        codes = [code for code, _ in codes_of(spec.choices, spec.values)(click.get_current_context())]
        if not set(given if spec.many else (given,)) <= {*codes}:
            told += f" Möglich für --{option_of(field, spec)}: {', '.join(dict.fromkeys(codes))}."
    return told


def sentence(action: type[Action], outcome: Outcome) -> str:
    """What was done, for a person."""
    done = f"{action.done}: {outcome.result.title}" if outcome.result.title else action.done
    probe = "Nur geprüft, nichts geändert. " if outcome.dry_run else ""
    hints = "".join(f"\nHinweis ({hint.rule}): {hint.message}" for hint in outcome.hints)
    told = "".join(f"\nIm Ausgang: schicht outbox show {key}" for key in outcome.told)
    return f"{probe}{done} ({outcome.result.subject}){hints}{told}"
