"""A database that cannot be used is exit 5 with a sentence; `init` is safe from several machines (CONTRACT §§1, 2)."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from peewee import PeeweeException

from models.admin import schema
from models.database.causes import explain
from models.database.store import SCHEMA, is_unusable
from models.tables.registry import tables
from tests.support.postgres import Server, ordinary_user
from tests.support.program import Result, in_process
from tests.support.race import together
from tests.support.terminal import ROOT
from tests.support.world import World

COMMANDS: list[list[str]] = [
    ["check"],
    ["case", "list"],
    ["history"],
    ["member", "add", "A", "B"],
    ["doctor"],
    ["undo"],
]


def check_unusable(result: Result, *words: str) -> None:
    """Exit 5 with these words, and nothing that only a programmer understands."""
    assert result.exit_code == 5, result
    error = result.json["error"]
    assert error["code"] == "database"
    for word in words:
        assert word in error["message"]
    assert "Error" not in error["message"]


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_a_missing_file_is_named_with_the_way_out(tmp_path: Path, args: list[str]) -> None:
    url = str(tmp_path / "neu" / "fehlt.db")
    check_unusable(in_process(["--db", url, "--json", *args]), "fehlt.db", "schicht init")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_an_empty_database_is_sent_to_init(empty_url: str, args: list[str]) -> None:
    if "://" not in empty_url:
        Path(empty_url).touch()
    result = in_process(["--db", empty_url, "--json", *args])
    check_unusable(result, "schicht init")
    if args == ["doctor"]:
        assert result.json["schema"] == 0


@pytest.mark.parametrize("args", [*COMMANDS, ["init"], ["restore", "x"]], ids=" ".join)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_garbage_a_folder_and_a_path_that_cannot_be(world: World, tmp_path: Path, args: list[str]) -> None:
    (garbage := tmp_path / "garbage.db").write_bytes(b"Das ist keine Datenbank. " * 400)
    backup = tmp_path / "sicherung.db"
    shutil.copyfile(world.url, backup)
    args = [str(backup) if arg == "x" else arg for arg in args]
    check_unusable(in_process(["--db", str(garbage), "--json", *args]))
    check_unusable(in_process(["--db", str(tmp_path), "--json", *args]), "Ordner")
    check_unusable(in_process(["--db", str(tmp_path / ("x" * 5000)), "--json", *args]))
    check_unusable(in_process(["--db", str(garbage / "darin.db"), "--json", *args]))
    assert garbage.read_bytes() == b"Das ist keine Datenbank. " * 400


def test_a_damaged_file_is_told_from_a_fault_of_ours(world: World) -> None:
    if world.engine != "sqlite":
        return
    world.store.db.close()
    data = bytearray(Path(world.url).read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    Path(world.url).write_bytes(data)
    check_unusable(in_process(["--db", world.url, "--json", "history"]), "beschädigt")


@pytest.mark.parametrize(
    "url", ["postgresql://127.0.0.1:1/x", "postgresql:///x?host=/nirgends", "postgres://nirgends.invalid/x"]
)
@pytest.mark.parametrize("args", [*COMMANDS, ["init"]], ids=" ".join)
def test_a_server_that_is_not_there(url: str, args: list[str]) -> None:
    check_unusable(in_process(["--db", url, "--json", *args]), "nicht erreichbar")


def test_several_hosts_are_tried(postgres_server: Server, postgres_template: str) -> None:
    good = postgres_server.url(postgres_template)
    url = good.replace("@/", "@127.0.0.1:1,/").replace("?host=", "?host=127.0.0.1,").replace("127.0.0.1:1,/", "/")
    assert in_process(["--db", f"{url}&port=1,5432", "--json", "doctor"]).ok().json["engine"] == "postgres"


def test_no_answer_holds_a_password(postgres_server: Server) -> None:
    result = in_process(["--db", "postgresql://anna:geheim@127.0.0.1:1/x", "--json", "check"])
    check_unusable(result, "x@127.0.0.1:1")
    assert "geheim" not in result.stdout + result.stderr


def test_a_server_that_only_reads(world: World, request: pytest.FixtureRequest) -> None:
    """A standby, or a database set read-only: reading works, writing is exit 5."""
    if world.engine != "postgres":
        return
    server: Server = request.getfixturevalue("postgres_server")
    name = world.url.partition("@/")[2].partition("?")[0]
    server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert world.cli("member", "list").ok().lines == []
    check_unusable(world.cli("member", "add", "ANB", "Anna"), "schreibgeschützt")


def test_a_server_that_does_not_let_us_in(world: World, request: pytest.FixtureRequest) -> None:
    if world.engine != "postgres":
        return
    server: Server = request.getfixturevalue("postgres_server")
    server.execute("DO $$ BEGIN CREATE ROLE gast LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    url = world.url.replace("schicht@", "gast@")
    check_unusable(in_process(["--db", url, "--json", "member", "list"]), "Zugang")


def as_ordinary_user(args: list[str]) -> Result:
    """The command line as somebody whom file permissions bind; forked, because root's Python may be root's alone."""
    user = ordinary_user()
    if user is None:
        return in_process(args)
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        result = in_process(args)
        os.write(writing, json.dumps([result.exit_code, result.stdout, result.stderr]).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        return Result(*json.load(answer))


def test_a_file_that_may_only_be_read(world: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    if world.engine != "sqlite":
        return
    world.cli("member", "add", "ANB", "Anna").ok()
    world.store.db.close()
    folder = tmp_path_factory.mktemp("nur-lesen")
    for part in (folder, *folder.parents[:2]):
        part.chmod(0o755)
    shutil.copyfile(world.url, folder / "schicht.db")
    (folder / "schicht.db").chmod(0o444)
    folder.chmod(0o555)
    url = ["--db", str(folder / "schicht.db"), "--json"]
    check_unusable(as_ordinary_user([*url, "--as", "ANB", "member", "add", "TOM", "Tom"]))
    (folder / "schicht.db").chmod(0o000)
    check_unusable(as_ordinary_user([*url, "member", "list"]))
    folder.chmod(0o000)
    check_unusable(as_ordinary_user([*url, "member", "list"]))
    check_unusable(as_ordinary_user([*url, "init"]))
    folder.chmod(0o755)


def test_a_newer_schema_refuses_an_old_program(world: World, tmp_path: Path) -> None:
    """Whatever the command: nothing is read, nothing written, the sentence says what to do."""
    world.cli("backup", str(tmp_path / "gut.db")).ok()
    world.store.db.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('0999_spaeter', '2030-01-01')")
    commands = [*COMMANDS, ["init"], ["init", "--dry-run"], ["backup", str(tmp_path / "b.db")]]
    commands += [["restore", str(tmp_path / "gut.db"), "--replace"], ["restore", str(tmp_path / "gut.db")]]
    for args in commands:
        result = in_process(["--db", world.url, "--json", *args])
        check_unusable(result, "neuer als dieses Programm")
        if args == ["doctor"]:
            assert (result.json["schema"], result.json["schema_expected"]) == (999, SCHEMA)
    assert not (tmp_path / "b.db").exists()


def test_an_older_schema_is_sent_to_init(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "SCHEMA", SCHEMA + 1)
    for args in (["check"], ["history"], ["member", "add", "A", "B"]):
        check_unusable(in_process(["--db", world.url, "--json", *args]), "älteren", "schicht init")


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    url = str(tmp_path / "fremd.db")
    with sqlite3.connect(url) as other:
        other.execute("CREATE TABLE fotos (id INTEGER)")
    other.close()
    before = Path(url).read_bytes()
    for args in (["init"], ["init", "--dry-run"]):
        check_unusable(in_process(["--db", url, "--json", *args]), "anderen Programm")
    check_unusable(in_process(["--db", url, "--json", "check"]))
    assert Path(url).read_bytes()[100:] == before[100:]


def test_init_says_what_it_did_and_is_safe_to_repeat(empty_url: str) -> None:
    said = [in_process(["--db", empty_url, "--json", "init", *more]).ok().json for more in (["--dry-run"], [], [])]
    assert [answer["changed"] for answer in said] == [True, True, False]
    assert [answer.get("dry_run") for answer in said] == [True, None, None]
    assert in_process(["--db", empty_url, "--json", "init", "--dry-run"]).json["changed"] is False
    assert len(in_process(["--db", empty_url, "--json", "history"]).lines) == 1


def test_init_tells_a_new_database_from_one_that_was_brought_up(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ist angelegt" in in_process(["--db", empty_url, "init"]).ok().stdout
    monkeypatch.setattr("tui.cli.admin.initialise", lambda *args, **how: True)  # a migration was run
    assert "neuesten Stand" in in_process(["--db", empty_url, "init"]).ok().stdout


def test_a_dry_run_of_init_makes_no_file(tmp_path: Path) -> None:
    in_process(["--db", str(tmp_path / "a" / "neu.db"), "init", "--dry-run", "--sandbox"]).ok()
    assert list(tmp_path.iterdir()) == []


def test_three_processes_init_at_once(empty_url: str) -> None:
    """One makes it, the others find it made; nobody fails."""
    answers = together([["--db", empty_url, "--json", "init"]] * 3)
    assert [answer.exit_code for answer in answers] == [0, 0, 0], answers
    assert sorted(answer.json["changed"] for answer in answers) == [False, False, True]
    rows = in_process(["--db", empty_url, "--json", "history"]).lines
    assert [row["action"] for row in rows] == ["init"]
    in_process(["--db", empty_url, "--json", "history", "verify"]).ok()


NEXT = """
def up(migrator, db):
    import time
    db.execute_sql("ALTER TABLE look ADD COLUMN mood TEXT")
    time.sleep(0.2)
"""
MIGRATE = """
import sys
from pathlib import Path
import models.database.store, models.admin.schema
models.admin.schema.MIGRATIONS = Path(sys.argv.pop(1))
models.admin.schema.SCHEMA += 1
from tui.main import main
print("ready", flush=True)
sys.stdin.readline()
sys.exit(main(sys.argv[1:]))
"""


def test_three_processes_on_an_old_schema_at_once(world: World, tmp_path: Path) -> None:
    """DESIGN law 5: one migrates, all come up; SQLite keeps a copy from before, the triggers survive."""
    world.cli("member", "add", "ANB", "Anna").ok()
    folder = tmp_path / "migrations"
    folder.mkdir()
    for path in schema.MIGRATIONS.glob("0*.py"):
        shutil.copyfile(path, folder / path.name)
    (folder / f"{SCHEMA + 1:04d}_mood.py").write_text(NEXT)
    args = [sys.executable, "-c", MIGRATE, str(folder), "--db", world.url, "--json", "init"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    runners = [subprocess.Popen(args, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=env) for _ in range(3)]
    for runner in runners:
        assert runner.stdout is not None
        assert runner.stdout.readline() == "ready\n"
    answers = [runner.communicate("go\n", timeout=60) for runner in runners]
    assert [runner.returncode for runner in runners] == [0, 0, 0], answers
    assert sum('"changed": true' in out for out, _ in answers) == 1
    world.store.db.execute_sql("SELECT mood FROM look")
    actions = [row.action for row in _history()]
    assert actions == ["init", "member.add", "init"]
    copies = list(Path(world.url).parent.glob("*vor-schema*")) if world.engine == "sqlite" else []
    assert [copy.name for copy in copies] == (
        [f"schicht.db.vor-schema-{SCHEMA + 1}"] if world.engine == "sqlite" else []
    )
    from models.admin.triggers import missing_triggers

    assert missing_triggers(world.store.db) == []


def _history() -> Any:
    from models.tables.history import History

    return History.select().order_by(History.id)


def test_what_the_laws_ask_of_sqlite_is_on(world: World) -> None:
    """DESIGN law 4."""
    if world.engine == "sqlite":
        pragmas = {name: world.store.db.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in
                   ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")}  # fmt: skip
        assert pragmas.pop("journal_mode") in ("wal", "delete")
        assert pragmas == {"synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "busy_timeout": 5000}
    else:
        assert world.store.db.in_transaction() is False


def test_the_schema_is_what_the_models_say(world: World) -> None:
    """DESIGN law 5: the migrations lead exactly to the tables of the models."""
    for model in tables():
        there = {column.name: column for column in world.store.db.get_columns(model._meta.table_name)}
        wanted = {field.column_name: field for field in model._meta.sorted_fields}
        assert set(there) == set(wanted)
        for name, field in wanted.items():
            assert there[name].null == field.null or field.primary_key, f"{model.__name__}.{name}"


def test_errors_of_ours_are_no_trouble_of_the_database(world: World) -> None:
    for sql, unusable in (("SELECT * FROM nirgends", False), ("SELECT nichts FROM member", False), ("SELEC 1", False)):
        with pytest.raises(PeeweeException) as caught:
            world.store.db.execute_sql(sql)
        assert is_unusable(caught.value) is unusable
    assert not is_unusable(ValueError("read-only"))
    assert is_unusable(sqlite3.OperationalError("database is locked"))
    assert "belegt" in explain(world.store, sqlite3.OperationalError("database is locked"))


OLD_LIBRARY = """
import sys
sys.modules["pysqlite3"] = None
import sqlite3
from tui.main import main
url = ["--db", sys.argv[1], "--json"]
log = ["file", "log", "--vpa", "V1", "--kind", "other", "--situation", "x", "--tag", "y"]
for args in (["init"], ["member", "add", "ANB", "Anna"], ["--as", "ANB", "import", sys.argv[2]],
             ["--as", "ANB", *log], ["--as", "ANB", "undo"], ["search", "müller"], ["history", "verify"], ["doctor"]):
    assert main([*url, *args]) == 0, args
connection = sqlite3.connect(sys.argv[1])
print(connection.execute("PRAGMA journal_mode").fetchone()[0], sqlite3.sqlite_version, file=sys.stderr)
"""


def test_the_sqlite_that_comes_with_python_will_do(tmp_path: Path) -> None:
    """DESIGN law 4: where no newer wheel exists; in a journal mode that this library keeps whole."""
    export = tmp_path / "vpas.csv"
    export.write_text(
        "vpa_id;name;klasse;start;aktiv;neukunden;auftraege\nV1;Müller-Lüdenscheidt, B.;B;2024-01-01;ja;ja;ja\n"
    )
    args = [sys.executable, "-c", OLD_LIBRARY, str(tmp_path / "alt.db"), str(export)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(args, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    mode, version = done.stderr.split()
    sound = tuple(map(int, version.split("."))) >= (3, 51, 3) or version in ("3.44.6", "3.50.7")
    assert mode == ("wal" if sound else "delete")
    assert '"V1"' in done.stdout


def test_a_busy_database_is_told_after_a_while(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five seconds in earnest; reading goes on meanwhile."""
    if world.engine != "sqlite":
        return
    monkeypatch.setattr("models.database.store.BUSY_TIMEOUT", 0.2)
    with world.store.db.atomic():
        other = in_process(["--db", world.url, "--json", "member", "add", "ANB", "Anna"])
        listed = in_process(["--db", world.url, "--json", "member", "list"])
        world._take_back()
    check_unusable(other, "belegt")
    assert listed.exit_code == 0


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_busy_machine_gives_nobody_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five seconds may pass in which a process hardly gets to ask; what counts is that it has asked often enough."""
    from peewee import sqlite3  # type: ignore[attr-defined]  # the library that the store uses

    hours = itertools.count(step=3600)
    monkeypatch.setattr("models.database.store.time", mock.Mock(monotonic=lambda: next(hours)))
    other = sqlite3.connect(world.url, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.1, other.rollback).start()
    with world.store.transaction():
        assert not other.in_transaction
    other.close()
