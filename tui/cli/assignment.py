"""`schicht assign`, `schicht watchlist …`, `schicht template …`."""

from __future__ import annotations

from pathlib import Path

import click

from models.care.assignment.actions import AssignVpa
from models.care.letters.fitting import templates_for
from models.care.letters.templates import fill_for, list_templates
from models.care.watchlist.risk import watchlist
from models.ground.errors import UsageError
from models.playbook.own import read_own
from models.playbook.writing import export_templates
from tui.cli.actions import add_actions, command_of
from tui.cli.context import Invocation
from tui.cli.german import GermanGroup
from tui.cli.options import limit_option
from tui.settings import templates_folder

assign_command = command_of(AssignVpa, "assign")


@click.group(
    "watchlist",
    cls=GermanGroup,
    invoke_without_command=True,
    help="Kunden, deren VPA Kundenakte nicht gepflegt ist, die gefährdetsten zuerst.",
)
@limit_option
@click.pass_context
def watchlist_command(ctx: click.Context, limit: int | None) -> None:
    """List the customers, unless one of the commands below was asked for."""
    if ctx.invoked_subcommand is None:
        invocation = Invocation.current()
        rows = (watched.show() for watched in watchlist(invocation.work()))
        invocation.emit_all(rows, ("customer", "vpa", "last_entry", "weeks", "risk", "reasons"), limit)


add_actions(watchlist_command, "watchlist", "models.care.assignment.actions")

template_command = GermanGroup("template", help="Chatvorlagen ansehen und füllen.")


@template_command.command("list", help="Zeigt die Chatvorlagen.")
@click.option("--for", "subject", metavar="ANLASS", help="Nur was dazu passt, das Nächstliegende zuerst.")
@limit_option
def list_command(subject: str | None, limit: int | None) -> None:
    """List templates."""
    invocation = Invocation.current()
    rows = templates_for(invocation.work(), subject) if subject else list_templates()
    invocation.emit_all(rows, ("code", "label", "reader", "subjects"), limit)


@template_command.command("fill", help="Füllt eine Chatvorlage; was nicht bekannt ist, bleibt als […] stehen.")
@click.argument("code")
@click.option("--for", "subject", required=True, metavar="ANLASS", help="Zum Beispiel customer:K001 oder handover:2.")
def fill_command(code: str, subject: str) -> None:
    """Fill one template."""
    invocation = Invocation.current()
    filled = fill_for(invocation.work(), code, subject)
    invocation.emit(filled, filled["text"])


@template_command.command("export", help="Schreibt die mitgelieferten Chatvorlagen als Dateien, die ihr ändern könnt.")
@click.argument("folder", metavar="ORDNER", type=click.Path(path_type=Path))
def export_command(folder: Path) -> None:
    """Write the editable files."""
    files = export_templates(folder)
    names = "\n".join(f"  {file}" for file in files)
    way = f"Damit sie gelten: SCHICHT_TEMPLATES={folder.absolute()}, oder templates in deinen Einstellungen."
    Invocation.current().emit({"files": [str(file) for file in files]}, f"Geschrieben:\n{names}\n{way}")


@template_command.command("check", help="Prüft eure Chatvorlagen: Datei, Zeile und was nicht stimmt.")
@click.argument("folder", metavar="[ORDNER]", required=False, type=click.Path(path_type=Path))
def check_command(folder: Path | None) -> None:
    """Check the team's templates, those in use or those in a folder."""
    chosen = folder or templates_folder()
    if chosen is None:
        raise UsageError("Ihr habt keine eigenen Chatvorlagen. `schicht template export ORDNER` schreibt welche.")
    count = len(read_own(chosen).templates)
    Invocation.current().emit({"folder": str(chosen), "templates": count}, f"In Ordnung: {chosen}, {count} Vorlagen.")
