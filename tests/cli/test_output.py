"""What leaves the program acts on no terminal; what comes in is cleaned (CONTRACT §§1, 12, DESIGN law 6)."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import office as lay
from tests.support.program import in_process
from tests.support.terminal import ROOT, SCHICHT
from tests.support.world import World
from tui.cli import COMMANDS
from tui.cli.output import plain, title

EVIL = "A\x1b[2J\x07B\x9b31mC\u202eD\u2066E\u200bF\u2028G\ufeffH\x7fI\x00J\u200dK"
"""ESC, BEL, C1, bidi, zero width, line separator, byte order mark, DEL, NUL, and a joiner that may stay."""
ACTS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


def evil(world: World) -> str:
    """As the engine can hold it; PostgreSQL takes no NUL."""
    return EVIL if world.engine == "sqlite" else EVIL.replace("\x00", "")


def test_nothing_from_the_database_reaches_the_terminal_raw(office: World) -> None:
    lay.vpa("V666", evil(office))
    lay.case(vpa="V666", vpa_name=evil(office), vpa_folded="x")
    lay.entry("vpa_akte", "vpa:V666", evil(office))
    lay.reminder(subject="vpa:V666", reason=evil(office) + "\nzweite Zeile\tmit Tab")
    for args in (
        ["vpa", "list"], ["vpa", "show", "V666"], ["case", "list"], ["case", "show", "1"], ["reminder", "list"],
        ["reminder", "show", "1"], ["file", "show", "--vpa", "V666"], ["history"],
    ):  # fmt: skip
        for with_json in (True, False):
            result = office.cli(*args, json=with_json).ok()
            assert not ACTS.search(result.stdout), (args, with_json)
    assert "ABCDEFGH" in office.cli("case", "list", json=False).stdout.replace("[2J", "").replace("31m", "")
    assert "I" in office.cli("vpa", "show", "V666").json["name"]


def test_json_escapes_what_a_terminal_would_take(office: World) -> None:
    lay.vpa("V666", "A\x1b[2JB\x9bC\x7fD")
    shown = office.cli("vpa", "show", "V666")
    assert r"A\u001b[2JB\u009bC\u007fD" in shown.stdout
    assert shown.json["name"] == "A\x1b[2JB\x9bC\x7fD"


def test_a_table_has_one_line_for_each_row(office: World) -> None:
    lay.reminder(reason="eins\nzwei\tdrei")
    lines = office.cli("reminder", "list", json=False).stdout.splitlines()
    assert len(lines) == 2
    assert "eins zwei drei" in lines[1]
    assert "TOM" in lines[1]


def test_a_message_is_cleaned_too(office: World) -> None:
    for json_ in (True, False):
        result = office.cli("case", "show", "1\x1b[2J\u202e", json=json_)
        assert result.exit_code == 2
        assert not ACTS.search(result.stdout + result.stderr)
        wrong = office.cli("case", "list", "--st\x1b[2Jate", json=json_)
        assert wrong.exit_code == 2
        assert not ACTS.search(wrong.stdout + wrong.stderr)


def test_control_characters_in_arguments_are_dropped_not_refused(office: World) -> None:
    given = "Ruf\x07 an\x1b[1m:\r\n\tdanach\x9b \u202eEnde"
    entry = (
        office.cli("file", "log", "--vpa", "V001", "--kind", "other", "--situation", given, "--tag", "a\x00b").ok().json
    )
    assert entry["situation"] == "Ruf an[1m:\n\tdanach Ende"
    assert entry["tags"] == ["ab"]
    assert office.cli("vpa", "show", "V0\x0701").json["id"] == "V001"
    assert office.cli("case", "list", "--vpa", "V001\x07").ok().lines == []
    assert office.cli("day", "close", "--despite", "\x07", now=lay.MORNING).exit_code == 3


def test_arguments_that_are_no_utf_8_are_wrong_usage(office: World) -> None:
    """Trial 17: an umlaut in another encoding must not be lost in silence, wherever it stands."""
    set_ = ("reminder", "set", "--vpa", "V001", "--due", "2025-11-27", "--reason")
    for args in (
        (*set_, "Gr\udcf6\udcdfe"), ("case", "list", "--vpa", "V001\udcff"), ("search", "a", "\udcfc"),
        ("case", "show", "1\udcff"), ("day", "close", "--despite", "\udcff"), ("--as", "\udcc4NN", "check"),
        ("file", "log", "--vpa", "V001", "--kind", "other", "--situation", "x", "--tag", "a", "--tag", "\udcfc"),
    ):  # fmt: skip
        result = office.cli(*args)
        assert (result.exit_code, result.json["error"]["code"]) == (2, "usage"), args
        assert "UTF-8" in result.json["error"]["message"]
    assert office.cli("reminder", "list").lines == []


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX"])
@pytest.mark.parametrize("engine", ["sqlite"])
def test_bytes_of_windows_1252_in_every_locale(office: World, locale: str) -> None:
    """As a shell hands them over; a path of such bytes is a path all the same."""
    odd = os.fsencode(office.url).replace(b"schicht.db", b"gr\xf6\xdfe")
    os.mkdir(odd)  # noqa: PTH102  # bytes
    with open(odd + b"/kunden.csv", "w") as file:  # noqa: PTH123
        file.write("kunden_id;name;status\nK9;Neu;aktiv\n")
    told = subprocess.run(
        [*SCHICHT, "--db", office.url, "--now", office.now, "--as", "TOM", "reminder", "set", "--vpa", "V001", "--due",
         "2025-11-27", "--reason", b"Gr\xf6\xdfe"],
        capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": locale},
    )  # fmt: skip
    assert told.returncode == 2, told
    assert "UTF-8" in told.stderr.decode()
    for command, path, status in (("import", odd, 0), ("backup", odd + b".db", 2)):
        done = subprocess.run(
            [*SCHICHT, "--db", office.url, "--as", "TOM", command, path],
            capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": locale},
        )  # fmt: skip
        assert done.returncode == status, done


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")  # noqa: PTH110
@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_answer_that_cannot_be_written(office: World, tmp_path: Path) -> None:
    """Trial 19: the deed is done and says so; an incomplete list is no success. No tracebacks, no 120."""

    def into_full(*args: str) -> tuple[int, str]:
        with open("/dev/full", "w") as full:  # noqa: PTH123
            told = subprocess.run(
                [*SCHICHT, "--db", office.url, "--now", office.now, "--as", "TOM", *args],
                stdout=full, stderr=subprocess.PIPE, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
        return told.returncode, told.stderr.decode()

    set_ = ("reminder", "set", "--vpa", "V001", "--due", "2025-11-27", "--reason", "Nachfragen")
    for json_ in ((), ("--json",)):
        status, said = into_full(*json_, *set_)
        assert status == 0
        assert "Es ist getan" in said
        assert "Datenträger ist voll" in said
        assert "noch einmal" not in said
        assert said.count("\n") == 1
        out = tmp_path / f"sicht{len(json_)}.md"
        status, said = into_full(*json_, "file", "export", "K001", "--out", str(out))
        assert (status, "Es ist getan" in said, out.exists()) == (0, True, True)
        for args in (("reminder", "list"), ("case", "show", "1"), ("--help",), (*set_, "--dry-run")):
            status, said = into_full(*json_, *args)
            assert status in (1, 2), (args, status)
            assert "Traceback" not in said
            assert "getan" not in said
            assert "hätte nicht passieren" not in said
    assert len(office.cli("reminder", "list").lines) == 2


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("home", [None, "", "/dev/null/x", "/etc/passwd"])
def test_a_user_without_a_home(office: World, home: str | None) -> None:
    """Trial 18: the user's own folders are optional."""
    script = (
        "import os, sys; os.environ.clear(); "
        f"home = {home!r}; home is None or os.environ.update(HOME=home); "
        "import pwd; pwd.getpwuid = lambda uid: {}[uid]; "
        "from tui.main import main; sys.exit(main(sys.argv[1:]))"
    )
    for args in (["--json", "check"], ["doctor"], ["template", "list"], ["member", "list"]):
        told = subprocess.run(
            [sys.executable, "-c", script, "--db", office.url, *args], capture_output=True, check=False, cwd=ROOT
        )
        assert told.returncode == 0, told
        assert b"Traceback" not in told.stderr
    told = subprocess.run([sys.executable, "-c", script, "check"], capture_output=True, check=False, cwd=ROOT)
    assert told.returncode in (2, 5), told
    assert b"Traceback" not in told.stderr
    assert office.cli("check", as_="T\x00OM").json["member"] == "TOM"


def test_a_blank_text_is_none(office: World) -> None:
    result = office.cli("file", "log", "--vpa", "V001", "--kind", "other", "--situation", " \x07\n ", "--tag", "\x1b")
    assert result.codes == ["situation_missing", "tag_missing"]


def test_a_megabyte_of_text_goes_in_and_comes_out(office: World) -> None:
    from models.file.actions import LogEntry

    text = "Übergabe mit Anhang. " * 50_000
    entry = office.run(LogEntry(vpa="V001", kind="other", situation=text, tag=("lang",)))
    assert [hint["rule"] for hint in entry["hints"]] == ["K-10"]
    assert office.cli("file", "show", "--vpa", "V001").lines[0]["situation"] == text


def test_moments_and_dates_have_the_contracts_form(office: World) -> None:
    lay.reminder(due="2025-07-01T08:00")
    shown = office.cli("reminder", "show", "1").json
    assert shown["due"] == "2025-07-01T08:00:00+02:00"
    assert office.cli("customer", "show", "K001").json["vpa_since"] == "2025-01-02"


def test_people_read_german(office: World) -> None:
    lay.reminder(due="2025-07-01T08:00")
    shown = office.cli("reminder", "show", "1", json=False).stdout
    assert "Di 01.07.2025 08:00" in shown
    assert "überfällig" in shown
    for key in ("own_due", "vpa_name", "changes_12_months", "sealed_by", "original_owner"):
        assert title(key) != key
    assert [plain(value) for value in (None, True, [], ["a", 1], {"from": None})] == ["–", "ja", "–", "a, 1", "–"]
    assert office.cli("case", "list", json=False).stdout == "Nichts da.\n"


def _process(args: list[str], **how: object) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([*SCHICHT, *args], env=env, **how)  # type: ignore[call-overload, no-any-return]


def test_a_reader_who_leaves_stops_a_list_quietly(office: World) -> None:
    """`schicht … | head -1`: no traceback, exit 0."""
    for _ in range(400):
        lay.reminder(reason="x" * 500)
    process = _process(
        ["--db", office.url, "--json", "reminder", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert json.loads(process.stdout.readline())["id"] == 1
    process.stdout.close()
    assert process.wait(30) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_a_reader_who_leaves_does_not_stop_a_bulk_halfway(office: World) -> None:
    for kind in ("schedule", "class"):
        for vpa in ("V001", "V002"):
            lay.case(kind=kind, vpa=vpa)
    reading, writing = os.pipe()
    os.close(reading)
    args = ["--db", office.url, "--as", "TOM", "--json", "case", "resolve", "1", "2", "3", "4", "--measure", "checked"]
    process = _process(args, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert process.communicate(timeout=30)[1] == b""
    assert process.returncode == 0
    assert office.cli("case", "list").lines == []


def test_without_any_standard_output_it_still_works(office: World) -> None:
    program = "import os, sys; os.close(1); os.close(2); os.execvp(sys.argv[1], sys.argv[1:])"
    args = [sys.executable, "-c", program, *SCHICHT, "--db", office.url, "--as", "TOM", "check"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(args, env=env, check=False).returncode == 0


def test_an_ascii_locale_does_not_matter(office: World) -> None:
    env = {"PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONUTF8": "0", "PATH": os.environ["PATH"]}
    args = [*SCHICHT, "--db", office.url, "customer", "show", "K001"]
    done = subprocess.run(args, env=env, capture_output=True, check=False)
    assert "Bäckerei Sommer" in done.stdout.decode()


@pytest.mark.parametrize("args", [[], ["--json"], ["demo"]])
def test_without_a_terminal_the_screen_says_so_and_exits_2(args: list[str]) -> None:
    result = in_process(args)
    assert result.exit_code == 2
    assert "Terminal" in result.stdout + result.stderr
    assert ("error" in result.stdout) is ("--json" in args)


@pytest.mark.parametrize("closed", ["stdin", "stdout"])
def test_one_end_of_a_terminal_is_not_enough(closed: str) -> None:
    main, end = pty.openpty()
    ends = {"stdin": end, "stdout": end, closed: subprocess.DEVNULL}
    process = _process([], stderr=subprocess.PIPE, **ends)
    os.close(end)
    assert b"Terminal" in process.communicate(timeout=30)[1]
    assert process.returncode == 2
    os.close(main)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_german_help(name: str) -> None:
    result = in_process([name, "--help"])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Aufruf: schicht {name}")
    for english in ("Usage", "Options", "Commands", "Show this", "[OPTIONS]", "required", "ARGS"):
        assert english not in result.stdout


def test_every_subcommand_has_help_too() -> None:
    import click

    from tui.cli import root

    seen = 0
    for name in COMMANDS:
        group = root.get_command(click.Context(root), name)
        for sub in getattr(group, "commands", {}):
            result = in_process([name, sub, "--help"])
            assert result.exit_code == 0, (name, sub)
            assert result.stdout.startswith(f"Aufruf: schicht {name} {sub}")
            seen += 1
    assert seen > 40


@pytest.mark.parametrize("args", [["--version"], ["case", "--version"], ["case", "list", "--version"]])
def test_the_version_is_told_everywhere(args: list[str]) -> None:
    assert in_process(args).ok().stdout.startswith("schicht 0.")


@pytest.mark.parametrize("args", [["--help"], ["--version"]])
def test_help_loads_nothing_that_costs_time(args: list[str]) -> None:
    """Issue 2, section 5: at most eight times an empty Python. `make bench` takes the time, this says why it holds."""
    program = f"import sys\nfrom tui.main import main\nmain({args})\nprint(*sys.modules, file=sys.stderr)"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "click" in loaded
    costly = {"textual", "rich", "peewee", "pendulum", "psycopg", "holidays", "tomllib", "sqlite3", "asyncio"}
    assert costly & loaded == set()
