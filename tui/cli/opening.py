"""The shortest way to the full screen: without a command there is nothing for Click to read, so it is not imported."""

from __future__ import annotations

from collections.abc import Sequence

GLOBALS = {"--db": "given_db", "--as": "given_member", "--now": "given_now"}
"""Global options that the full screen knows, and where their values go."""


def only_globals(args: Sequence[str]) -> dict[str, str] | None:
    """The values of the global options if there is nothing else on the command line; None leaves it to Click."""
    values: dict[str, str] = {}
    rest = iter(args)
    for arg in rest:
        name, equals, value = arg.partition("=")
        if name not in GLOBALS:
            return None
        if not equals:
            value = next(rest, "-")
            if value.startswith("-"):
                return None
        values[GLOBALS[name]] = value
    return values


def open_at_once(args: Sequence[str], values: dict[str, str]) -> int:
    """Open the full screen; its exit status, or what went wrong on the way there as any command tells it."""
    import gc

    gc.disable()  # nothing made before the first frame is garbage; the main screen switches it on again
    from tui.app.thrift import spare_modules

    spare_modules()
    from tui.cli.context import Invocation

    invocation = Invocation.start(list(args))
    try:
        for name, value in values.items():
            setattr(invocation, name, _cleaned(value))
        from tui.cli.screen import open_screen

        return open_screen()
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  # the outermost door: everything becomes a sentence and a status
        from tui.cli.commands import speak_utf8

        speak_utf8()
        return invocation.fail_with(error)
    finally:
        invocation.close()


def _cleaned(value: str) -> str:
    """As any other argument; Click is only asked about what is not plain."""
    if value.isprintable():
        return value
    from tui.cli.german import cleaned

    return str(cleaned(value))
