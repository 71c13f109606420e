"""Click in German: help headings, and what is wrong with a command line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from tui.cli.completion import Offering, for_param, rows_of

UNDECODED = re.compile("[\udc80-\udcff]")
"""What Python makes of an argument's bytes that are no UTF-8."""

NO_UTF8 = (
    "Was du geschrieben hast, ist nicht in UTF-8: Umlaute kämen verstümmelt an. "
    "Stell dein Terminal oder Skript auf UTF-8, dann noch einmal."
)


def in_german(error: click.ClickException) -> str:
    """What Click complains about, as a German sentence with a way out."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return f"Es fehlt ein Befehl. {_help_of(error)}"
    if isinstance(error, click.NoSuchOption):
        meant = _meant(error.option_name, _options(error))
        return f"Die Option {error.option_name} gibt es nicht.{meant} {_help_of(error)}"
    if isinstance(error, click.MissingParameter):
        name = _name_of(error.param) if error.param is not None else "ein Wert"
        return f"Es fehlt: {name}. {_help_of(error)}"
    if isinstance(error, click.BadOptionUsage):
        wants = "braucht einen Wert" if "requires" in error.message else "nimmt keinen Wert"
        return f"Die Option {error.option_name} {wants}. {_help_of(error)}"
    if isinstance(error, click.BadParameter):
        name = _name_of(error.param) if error.param is not None else "Der Wert"
        return f"{name}: Dieser Wert passt nicht.{_range_of(error.param)} {_help_of(error)}"
    if isinstance(error, UnknownCommandError):
        return f"Den Befehl „{error.name}“ gibt es nicht.{_meant(error.name, _commands(error))} {_help_of(error)}"
    if "extra argument" in error.message:
        return f"Das ist mehr, als dieser Befehl nimmt. {_help_of(error)}"
    return f"Diese Eingabe passt nicht. {_help_of(error)}"


def _range_of(param: click.Parameter | None) -> str:
    """From where to where a number may go."""
    kind = param.type if param is not None else None
    if not isinstance(kind, click.IntRange | click.FloatRange) or kind.min is None or kind.max is None:
        return ""
    least = f"{kind.min:g}".replace(".", ",")
    return f" Möglich ist {least} bis {kind.max:.0f}."


def _meant(given: str, known: Sequence[str]) -> str:
    """What was meant, where something like it exists."""
    near = difflib.get_close_matches(given, known, n=1) or [one for one in known if given and one.startswith(given)]
    return f" Meintest du „{near[0]}“?" if near else ""


def _options(error: click.UsageError) -> list[str]:
    if error.ctx is None:
        return []
    params = error.ctx.command.get_params(error.ctx)
    return [opt for param in params if not getattr(param, "hidden", False) for opt in param.opts if opt[:2] == "--"]


def _commands(error: click.UsageError) -> list[str]:
    command = error.ctx.command if error.ctx is not None else None
    return command.list_commands(error.ctx) if isinstance(command, click.Group) and error.ctx else []


def _name_of(param: click.Parameter) -> str:
    """An option as it is typed, an argument as the help calls it."""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def _help_of(error: click.ClickException) -> str:
    ctx = getattr(error, "ctx", None)
    return f"`{ctx.command_path if ctx else 'schicht'} --help` zeigt, was möglich ist."


class UnknownCommandError(click.UsageError):
    """A command that does not exist."""

    def __init__(self, name: str, ctx: click.Context | None) -> None:
        super().__init__(name, ctx)
        self.name = name


class Global(click.Option):
    """An option that every command has."""


class _German(click.Command):
    """Help with German headings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for param in self.params:  # what Tab offers follows from the name, unless it is said
            if type(param.type) is click.types.StringParamType:
                param.type = for_param(param)
        self.params += global_options()

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help` and `-h`, explained in German."""
        return Global(
            ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
            help="Zeigt diese Hilfe.",
        )  # fmt: skip

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line."""
        pieces = [piece.replace("[OPTIONS]", "[OPTIONEN]") for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Aufruf: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's own options, then those that may stand anywhere."""
        params = self.get_params(ctx)
        for heading, wanted in (("Optionen", False), ("Bei jedem Befehl", True)):
            named = (param for param in params if isinstance(param, click.Option))
            chosen = (param for param in named if isinstance(param, Global) is wanted)
            records = [record for param in chosen if (record := record_of(param, ctx)) is not None]
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)

    def invoke(self, ctx: click.Context) -> Any:
        """Texts arrive cleaned as in the import (CONTRACT §12); paths stay as they are."""
        ctx.params = {name: cleaned(value) for name, value in ctx.params.items()}
        return super().invoke(ctx)


def cleaned(value: Any) -> Any:
    """Without control characters, where it is text or texts. Raises `UsageError` for text that is no UTF-8."""
    from models.ground.text import clean_input

    if isinstance(value, tuple):
        return tuple(cleaned(one) for one in value)
    if not isinstance(value, str):
        return value
    if UNDECODED.search(value):
        from models.ground.errors import UsageError

        raise UsageError(NO_UTF8)
    return clean_input(value)


class GermanCommand(_German):
    """A command that takes the global options too (CONTRACT §1)."""


class GermanGroup(_German, click.Group):
    """A group of commands; without one of them it shows its help."""

    command_class = GermanCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "BEFEHL …")
        super().__init__(*args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        super().format_options(ctx, formatter)
        with formatter.section("Befehle"):
            formatter.write_dl(list(self.short_helps().items()))

    def short_helps(self) -> dict[str, str]:
        """Name and sentence of each command."""
        return {name: command.get_short_help_str(100) for name, command in self.commands.items()}

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands by their names, none of them imported, then options."""
        names = [
            CompletionItem(name, help=text) for name, text in self.short_helps().items() if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """An unknown command is told in German."""
        command = self.get_command(ctx, args[0])
        if command is None:
            raise UnknownCommandError(args[0], ctx)
        return args[0], command, args[1:]


def record_of(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    """An option and what it means, with all that it takes where that stands nowhere else."""
    record = param.get_help_record(ctx)
    if record is None or not isinstance(param.type, Offering) or param.metavar:
        return record
    unsaid = [code for code in param.type.possible(ctx) if code not in record[1]]
    return (record[0], f"{record[1]} Möglich: {', '.join(unsaid)}.") if unsaid else record


def _store(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    from tui.cli.context import Invocation

    if value is not None and value is not False:
        setattr(Invocation.current(), f"given_{param.name}", cleaned(value))


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    from tui.cli.streams import print_plain

    if value and not ctx.resilient_parsing:
        print_plain(ctx.get_help())
        ctx.exit()


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    from tui.cli import VERSION
    from tui.cli.streams import print_plain

    if value and not ctx.resilient_parsing:
        print_plain(f"schicht {VERSION}")
        ctx.exit()


def global_options() -> list[click.Parameter]:
    """The options that may stand before and after the command."""
    shared: dict[str, Any] = {"expose_value": False, "callback": _store}
    return [
        Global(
            ["db", "--db"],
            metavar="URL",
            help="Datenbank: Dateipfad, sqlite:///pfad (sqlite:////pfad: von ganz oben) oder postgresql://…",
            **shared,
        ),
        Global(
            ["member", "--as"], metavar="KÜRZEL", help="Wer handelt.", type=Offering(offer=rows_of("member")), **shared
        ),
        Global(["now", "--now"], metavar="MOMENT", help="Zeitpunkt, nur im Sandkasten.", **shared),
        Global(["json", "--json"], is_flag=True, help="Ausgabe für Programme.", **shared),
        Global(
            ["--version"], is_flag=True, is_eager=True, help="Zeigt die Version.", **{**shared, "callback": _version}
        ),
    ]
