"""The command line. Nothing of the team's data is imported before a command needs it: `--help` is quick."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import click

from tui.cli import VERSION
from tui.cli.german import GermanCommand, GermanGroup, in_german

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("admin", "Legt die Datenbank an oder bringt sie auf den neuen Stand."),
    "demo": ("demo", "Öffnet Schicht mit Beispieldaten; beim Verlassen bleibt nichts zurück."),
    "import": ("exports", "Übernimmt einen Export der Plattform."),
    "imports": ("imports", "Importe ansehen, den neuesten zurücknehmen."),
    "profile": ("profiles", "Profile: wie eigene Tabellen eingelesen werden."),
    "export": ("exports", "Schreibt alles im Format der Plattform und daneben."),
    "calendar": ("calendar", "Reminder, Termine und Deadlines als Kalender zum Abonnieren."),
    "check": ("shift", "Schichtcheck: was fällig, offen und neu ist."),
    "case": ("case", "Cases ansehen und erledigen."),
    "reminder": ("reminder", "Reminder setzen, verschieben, übernehmen, entfernen."),
    "journey": ("journey", "VPA-Journey: Neu-Flags ansehen und entfernen."),
    "file": ("file", "Akten lesen und schreiben."),
    "task": ("task", "Aufgaben prüfen, anbieten, zurückgeben, ablehnen."),
    "handover": ("handover", "VPA-Wechsel von der Anfrage bis zur Einarbeitung."),
    "assign": ("assignment", "Weist einem Kunden einen VPA zu."),
    "watchlist": ("assignment", "Kunden, deren VPA Kundenakte nicht gepflegt ist."),
    "template": ("assignment", "Chatvorlagen ansehen und füllen."),
    "vpa": ("people", "VPAs ansehen, anlegen, ändern oder löschen."),
    "absence": ("people", "Abwesenheiten der VPAs ansehen, eintragen und ändern."),
    "customer": ("people", "Kunden ansehen, anlegen, ändern oder löschen."),
    "outbox": ("outbox", "Der Ausgang: was die Plattform noch erfahren muss."),
    "person": ("person", "Rechte der Menschen: Auskunft, einschränken, aufbewahren, fällig."),
    "access": ("access", "Wer eine VPA-Akte geöffnet oder Daten mitgenommen hat."),
    "erasures": ("erasures", "Löschanträge ansehen, bestätigen, zurückziehen."),
    "search": ("search", "Sucht in VPAs, Kunden, Aufgaben und Akten."),
    "day": ("shift", "Tag abschließen und ansehen."),
    "shift": ("shift", "Schichtbericht für die Übergabe."),
    "history": ("history", "Der Verlauf: wer hat wann was getan."),
    "stats": ("stats", "Auswertung: wie die Arbeit läuft, je Woche, Mitglied, VPA oder Kunde."),
    "undo": ("history", "Macht deine letzte Aktion rückgängig."),
    "redo": ("history", "Wiederholt, was du rückgängig gemacht hast."),
    "member": ("member", "Mitglieder, ihre Rollen und Abwesenheiten."),
    "setting": ("member", "Einstellungen des Teams."),
    "backup": ("admin", "Sichert die Datenbank in eine Datei."),
    "restore": ("admin", "Spielt eine Sicherung ein."),
    "move": ("move", "Zieht um: von der Datei auf den Server und zurück."),
    "doctor": ("admin", "Prüft Programm und Datenbank."),
}
"""Every command: the module under `tui.cli` that holds it, and its help in one sentence."""


class Root(GermanGroup):
    """Finds a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        import importlib

        module = importlib.import_module(f"tui.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def short_helps(self) -> dict[str, str]:
        """Without importing any of them."""
        return {name: text for name, (_, text) in COMMANDS.items()}


@click.command(cls=Root, invoke_without_command=True)
@click.pass_context
def root(ctx: click.Context) -> None:
    """Schicht: die Arbeit des Admin-Teams, vom Export bis zum Abschluss des Tags. Ohne Befehl: der ganze Bildschirm."""
    if ctx.invoked_subcommand is None:
        from tui.cli.screen import open_screen

        ctx.exit(open_screen())


def run(args: list[str]) -> int:
    """Run a command line; the exit status."""
    speak_utf8()
    from tui.cli.context import Invocation

    invocation = Invocation.start(args)
    try:
        status = root.main(args, prog_name="schicht", standalone_mode=False)
        return status if isinstance(status, int) else invocation.status
    except click.ClickException as error:
        from models.ground.errors import UsageError

        return invocation.fail(UsageError(in_german(error)))
    except (KeyboardInterrupt, click.Abort):
        return 130
    except Exception as error:  # noqa: BLE001  # the outermost door: everything becomes a sentence and a status
        from tui.cli.streams import AnswerLostError

        if isinstance(error, AnswerLostError):
            return invocation.unanswered(error)
        return invocation.fail_with(error)
    finally:
        invocation.close()
        _flush()


def _flush() -> None:
    """Whatever waits to be written fails here and not in the interpreter's shutdown, which would end with 120."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def speak_utf8() -> None:
    """Whatever the locale; a stream that was closed from the start swallows what is said."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # for good
        with contextlib.suppress(AttributeError, ValueError):
            getattr(sys, name).reconfigure(encoding="utf-8", errors="replace")


__all__ = ["COMMANDS", "VERSION", "GermanCommand", "root", "run"]
