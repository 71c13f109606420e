"""A full disk, one that is only read, and files that are their owner's alone (issue 10 §6, trials 23 and 24)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from models.admin import schema
from models.admin.schema import initialise
from models.database.store import SCHEMA, open_store
from models.ground.errors import DatabaseUnusableError
from screens.main.failures import sentence_for
from tests.support import office as lay
from tests.support.postgres import Server, ordinary_user
from tests.support.program import Result, in_process
from tests.support.world import World

FULL = "Der Datenträger ist voll"


@pytest.fixture
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    """Makes a small disk of its own; where none may be mounted, these tests cannot be had."""
    made: list[Path] = []

    def mount(size: str) -> Path:
        folder = tmp_path_factory.mktemp("disk")
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("no disk may be mounted here")
        made.append(folder)
        return folder

    yield mount
    for folder in made:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> None:
    """Leave not one block."""
    with suppress(OSError), (folder / "voll").open("ab", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)


def check_full(result: Result) -> None:
    """Exit 5, the cause, and nothing about networks."""
    assert result.exit_code == 5, result
    message = result.json["error"]["message"]
    assert FULL in message
    assert not re.search("Netz|erreichbar", message)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_file_on_a_full_disk(world: World, disk: Callable[[str], Path], tmp_path: Path) -> None:
    folder = disk("1500k")
    world.cli("member", "add", "ANN", "Anna").ok()
    world.store.db.close()
    shutil.copyfile(world.url, folder / "team.db")
    url = ["--db", str(folder / "team.db"), "--json", "--as", "ANN"]
    fill(folder)
    for args in (["doctor"], ["member", "set", "ANN", "--name", "Bea"], ["backup", str(folder / "b.db")], ["check"]):
        check_full(in_process([*url, *args]))
    check_full(in_process(["--db", world.url, "--json", "backup", str(folder / "b.db")]))
    check_full(in_process(["--db", str(folder / "neu.db"), "--json", "init"]))
    assert {path.name for path in folder.iterdir()} <= {"team.db", "voll", "team.db-wal", "team.db-shm", "neu.db"}
    (folder / "voll").unlink()
    assert in_process([*url, "member", "list"]).ok().json["name"] == "Anna"
    in_process([*url, "member", "set", "ANN", "--name", "Bea"]).ok()
    in_process([*url, "history", "verify"]).ok()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_file_on_a_disk_that_is_only_read(world: World, disk: Callable[[str], Path]) -> None:
    folder = disk("2m")
    world.cli("member", "add", "ANN", "Anna").ok()
    world.store.db.close()
    shutil.copyfile(world.url, folder / "team.db")
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    url = ["--db", str(folder / "team.db"), "--json", "--as", "ANN"]
    refused = in_process([*url, "member", "set", "ANN", "--name", "Bea"])
    assert refused.exit_code == 5
    assert "schreibgeschützt" in refused.json["error"]["message"]
    nowhere = in_process(["--db", world.url, "--json", "backup", str(folder / "b.db")])
    assert nowhere.exit_code == 2
    assert "nur lesen" in nowhere.json["error"]["message"]


def test_a_server_on_a_full_disk(postgres_server: Server, disk: Callable[[str], Path]) -> None:
    folder = disk("24m")
    (folder / "pg").mkdir()
    for path in (folder, *folder.parents[:3]):
        path.chmod(path.stat().st_mode | 0o055)
    if user := ordinary_user():
        os.chown(folder / "pg", user.pw_uid, user.pw_gid)
    postgres_server.execute(f"CREATE TABLESPACE klein LOCATION '{folder / 'pg'}'")
    try:
        postgres_server.execute("CREATE DATABASE eng TEMPLATE template0 TABLESPACE klein")
        url = ["--db", postgres_server.url("eng"), "--json"]
        in_process([*url, "init", "--sandbox"]).ok()
        in_process([*url, "member", "add", "ANN", "Anna"]).ok()
        fill(folder)
        failed = None
        for number in range(400):
            told = in_process([*url, "--as", "ANN", "setting", "set", "shared_accounts", f"{number}{'x' * 3000}"])
            if told.exit_code:
                failed = told
                break
        assert failed is not None
        check_full(failed)
        (folder / "voll").unlink()
        in_process([*url, "history", "verify"]).ok()
    finally:
        postgres_server.execute("DROP DATABASE IF EXISTS eng WITH (FORCE)")
        postgres_server.execute("DROP TABLESPACE klein")


def test_a_form_says_the_same(world: World) -> None:
    assert FULL in sentence_for(world.session(), psycopg.errors.DiskFull("could not extend file"))


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Whatever is made is for everybody, unless somebody sees to it."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_new_files_are_their_owners_alone(office: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trial 24: whatever writes one, what lies beside a database, and the copy before a migration."""
    folder = tmp_path / "neu"
    made = folder / "a.db"
    lay.entry("vpa_kunde", "customer:K001", "Mag kurze Mails")
    in_process(["--db", str(made), "init", "--sandbox"]).ok()
    office.cli("backup", str(folder / "b.db")).ok()
    in_process(["--db", str(folder / "c.db"), "restore", str(folder / "b.db")]).ok()
    in_process(["move", "--from", office.url, "--to", str(folder / "d.db"), "--as", "TOM"]).ok()
    office.cli("file", "export", "K001", "--out", str(folder / "e.md")).ok()
    store = open_store(str(made))
    monkeypatch.setattr(schema, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(schema, "_migrate", lambda *_: False)
    from models.tables.history import Stamp

    with suppress(DatabaseUnusableError):
        initialise(store, Stamp(office.session().clock.now(), None, "konto"))
    store.db.close()
    names = {path.name for path in folder.iterdir()}
    assert {"a.db", "b.db", "c.db", "d.db", f"a.db.vor-schema-{SCHEMA + 1}"} <= names
    for path in [*folder.iterdir(), *(Path.home().rglob("*.log"))]:
        assert path.stat().st_mode & 0o077 == 0, path
