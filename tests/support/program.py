"""The command line from within: run in this process or as one of its own, against a test's database."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

from tests.support.terminal import ROOT, SCHICHT


@dataclass(frozen=True)
class Result:
    """What a command answered."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The single object on standard output; AssertionError where it is none."""
        lines = self.lines
        assert len(lines) == 1, f"one JSON object expected, got:\n{self.stdout}{self.stderr}"
        return lines[0]

    @property
    def lines(self) -> list[Any]:
        """The JSON Lines on standard output."""
        return [json.loads(line) for line in self.stdout.splitlines() if line.strip()]

    @property
    def codes(self) -> list[str]:
        """Codes of the obstacles of a refusal, in their order; empty where nothing was refused."""
        error = self.json.get("error", {}) if self.stdout.strip() else {}
        return [obstacle["code"] for obstacle in error.get("obstacles", [])]

    def ok(self) -> Result:
        """Itself, after making sure that the command was done."""
        assert self.exit_code == 0, f"exit {self.exit_code}:\n{self.stdout}{self.stderr}"
        return self


def in_process(args: Sequence[str], stdin: str = "") -> Result:
    """Run the program's `main` in this process, as its entry point would."""
    from tui.main import main

    out, err = _captured(), _captured()
    status: object = 0
    streams = contextlib.ExitStack()
    with streams:
        streams.enter_context(contextlib.redirect_stdout(out))
        streams.enter_context(contextlib.redirect_stderr(err))
        streams.enter_context(mock.patch.object(sys, "stdin", io.StringIO(stdin)))
        try:
            status = main(list(args))
        except SystemExit as leaving:
            status = leaving.code
    if isinstance(status, str):
        return Result(1, _text(out), _text(err) + status)
    return Result(int(status or 0) if isinstance(status, int) else 0, _text(out), _text(err))


def in_new_process(
    args: Sequence[str], stdin: str = "", env: Mapping[str, str] | None = None, timeout: float = 60
) -> Result:
    """Run the program as a process of its own, without a terminal."""
    done = subprocess.run(
        [*SCHICHT, *args],
        input=stdin.encode(),
        capture_output=True,
        check=False,
        timeout=timeout,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **(env or {})},
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextlib.contextmanager
def started(args: Sequence[str], env: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the program that runs beside the test; killed at the end if it still does."""
    process = subprocess.Popen(
        [*SCHICHT, *args],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **(env or {})},
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _captured() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    data: bytes = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return data.decode()
