"""The program as several processes that start at the same instant.

As a module it is one of them: it loads everything, says „ready“, waits for a line, then runs its command.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence

from tests.support.program import Result
from tests.support.terminal import ROOT


def together(commands: Sequence[Sequence[str]]) -> list[Result]:
    """Run all these command lines at once; their answers in the same order."""
    with contextlib.ExitStack() as stack:
        runners = [stack.enter_context(_runner(command)) for command in commands]
        for runner in runners:
            assert runner.stdout is not None
            assert runner.stdout.readline() == "ready\n"
        for runner in runners:
            assert runner.stdin is not None
            runner.stdin.write("go\n")
            runner.stdin.flush()
        answers = [runner.communicate(timeout=60) for runner in runners]
        return [Result(runner.returncode, *answer) for runner, answer in zip(runners, answers, strict=True)]


def _runner(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", __name__, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )


if __name__ == "__main__":
    import tui.cli.case  # noqa: F401  # loaded before the start
    from tui.main import main

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.exit(main(sys.argv[1:]))
