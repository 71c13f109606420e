"""A failure names its own cause and its own way out, without an address or a password (issues 10 §6, 16 §8)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from models.admin.gaps import UNVERIFIED
from models.database import server as leader
from models.database.causes import CAUSES, explain
from models.database.store import is_away, is_unusable
from tests.support.network import Network, networked
from tests.support.postgres import Server
from tests.support.program import in_process
from tests.support.world import World


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    """A server with passwords and TLS."""
    with networked() as one:
        yield one


def why(url: str) -> str:
    """The message of exit 5."""
    result = in_process(["--db", url, "--json", "check"])
    assert result.exit_code == 5, result
    message: str = result.json["error"]["message"]
    return message


def test_password_role_database_and_place(network: Network) -> None:
    assert "Name oder Passwort stimmt nicht" in why(network.url("anna:falsch"))
    assert "verlangt ein Passwort" in why(network.url("anna"))
    assert "Name oder Passwort" in why(network.url("fremd:x"))  # a server does not tell whom it knows
    assert "gibt es auf dem Server nicht" in why(network.url("offen", "fehlt"))
    assert "pg_hba.conf" in why(network.url("gruppe"))
    network.server.execute("ALTER ROLE offen NOLOGIN")
    assert "darf sich niemand anmelden" in why(network.url("offen"))
    network.server.execute("ALTER ROLE offen LOGIN")
    network.server.execute("DROP ROLE offen")
    assert "kennt der Server nicht" in why(network.url("offen"))
    network.server.execute("CREATE ROLE offen LOGIN")
    assert "ist noch leer" in why(network.url("anna:richtig"))


def test_tls_and_certificates(network: Network) -> None:
    trusted = f"?sslmode=verify-full&sslrootcert={network.certificate}"
    assert "TLS" in why(network.url("nurtls", more="?sslmode=disable"))
    assert "anderen Rechnernamen" in why(network.url("offen", more=trusted))
    assert "lässt sich nicht prüfen" in why(
        network.url("offen", "postgres", "localhost", trusted.replace("root.crt", "other.crt"))
    )
    missing = "?sslmode=verify-full&sslrootcert=/nirgends.crt"
    assert "sslrootcert" in why(network.url("offen", more=missing))
    assert "ist noch leer" in why(network.url("offen", host="localhost", more=trusted))
    network.encrypt("off")
    try:
        assert "verschlüsselt nicht" in why(network.url("offen", more="?sslmode=require"))
    finally:
        network.encrypt("on")


def test_no_connection_left(network: Network) -> None:
    network.server.execute("ALTER ROLE offen CONNECTION LIMIT 0")
    try:
        assert "keine Verbindung frei" in why(network.url("offen"))
    finally:
        network.server.execute("ALTER ROLE offen CONNECTION LIMIT -1")


def test_nobody_there() -> None:
    assert "kennt hier niemand" in why("postgresql://nirgends.invalid/x")
    assert "nimmt dort keine Verbindung an" in why("postgresql://127.0.0.1:1/x")
    assert "kein solcher Server" in why("postgresql:///x?host=/nirgends")


def test_an_address_that_is_none_is_wrong_usage() -> None:
    for url in (
        "postgresql://127.0.0.1:1/x?sslmode=quark",
        "postgresql://h/x?quark=1",
        "postgresql://127.0.0.1:eins/x",
    ):
        assert in_process(["--db", url, "--json", "check"]).exit_code == 2


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://anna:ge/heim@127.0.0.1:1/x",
        "postgresql://anna:geheim@heim@127.0.0.1:1/x",
        "postgresql://anna:geheim%@127.0.0.1:1/x",
        "postgresql://anna:geheim?heim@127.0.0.1:1/x",
        "postgresql://anna:geheim@127.0.0.1:1/x",
        "postgresql://127.0.0.1:1/x?user=anna&password=geheim",
        "postgresql://127.0.0.1:1/x?user=anna&password=a@geheim",
        "postgres:anna:geheim@127.0.0.1/x",
        "host=127.0.0.1 dbname=x password=geheim",
        "mysql://anna:geheim@127.0.0.1/x",
    ],
)
def test_no_password_in_any_message(url: str, tmp_path: Path) -> None:
    for args in (["check"], ["init"], ["doctor"], ["move", "--from", url, "--to", str(tmp_path / "x.db")]):
        for json in ([], ["--json"]):
            result = in_process(["--db", url, *json, *args])
            assert result.exit_code in (2, 5), (args, result)
            assert "heim" not in result.stdout + result.stderr, (args, result)
            assert "ge/" not in result.stdout + result.stderr


def test_a_password_on_the_command_line_is_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    told = in_process(["--db", "postgresql://anna:geheim@127.0.0.1:1/x", "check"])
    assert told.stderr.count("Prozessliste") == 1
    assert "Prozessliste" not in in_process(["--db", "postgresql://anna@127.0.0.1:1/x", "check"]).stderr
    monkeypatch.setenv("SCHICHT_DB", "postgresql://anna:geheim@127.0.0.1:1/x")
    assert "Prozessliste" not in in_process(["check"]).stderr


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ('FATAL:  Passwort-Authentifizierung für Benutzer »anna« fehlgeschlagen', "Passwort stimmt nicht"),
        ('FATAL:  Datenbank »x« existiert nicht', "gibt es auf dem Server nicht"),
        ('FATAL:  Rolle »x« existiert nicht', "kennt der Server nicht"),
        ("FATAL:  tut mir leid, schon zu viele Verbindungen", "keine Verbindung frei"),
        ("FATAL:  Rolle »x« hat keine Berechtigung zum Einloggen", "darf sich niemand anmelden"),
        ("FATAL:  zu viele Verbindungen für Datenbank »x«", "keine Verbindung frei"),
        ("FATAL:  die verbleibenden Verbindungen sind für Superuser reserviert", "keine Verbindung frei"),
        ("FATAL:  kein pg_hba.conf-Eintrag für Host »h«, Datenbank »x«, keine Verschlüsselung", "sslmode=verify-full"),
        ("FATAL:  Peer-Authentifizierung für Benutzer »anna« fehlgeschlagen", "(peer)"),
        ("FATAL:  das Datenbanksystem startet", "startet gerade"),
        ("FATAL:  das Datenbanksystem ist im Wiederherstellungsmodus", "startet gerade"),
        ("FATAL:  Verbindung erfordert ein gültiges Client-Zertifikat", "sslcert"),
        ("FATAL:  keine Berechtigung für Datenbank »x«", "darf nicht in diese Datenbank"),
        ("keine Berechtigung für Tabelle entry", "Dein Zugang darf das nicht"),
        ("INSERT kann nicht in einer Read-Only-Transaktion ausgeführt werden", "schreibgeschützt"),
        ("Auf dem Gerät ist kein Speicherplatz mehr verfügbar", "Datenträger ist voll"),
        ("vorbereitete Anweisung »_pg3_0« existiert bereits", "Pooler"),
        ("FATAL:  sorry, too many clients already", "keine Verbindung frei"),
        ("FATAL:  no more connections allowed (max_client_conn)", "keine Verbindung frei"),
        ("FATAL:  the database system is starting up", "startet gerade"),
        ("connection timeout expired", "antwortet nicht"),
        ("SSL error: certificate has expired", "abgelaufen"),
        ('prepared statement "_pg3_0" already exists', "Verteiler"),
        ("unsupported startup parameter: options", "Verteiler"),
        ("could not extend file: No space left on device", "Datenträger ist voll"),
        ("database or disk is full", "Datenträger ist voll"),
        ("attempt to write a readonly database", "schreibgeschützt"),
        ("server closed the connection unexpectedly", "riss ab"),
    ],
)  # fmt: skip
def test_what_was_said_and_what_a_member_reads(said: str, word: str) -> None:
    assert word in explain(None, psycopg.OperationalError(said))


def test_every_cause_has_a_way_out() -> None:
    """A sentence for what it is and one for what helps; none speaks of the network that is none of its business."""
    for cause in CAUSES:
        told = cause.sentence.format(name="X")
        assert told.endswith("."), told
        assert cause.away or "Netz" not in told or "Firewall" in told


def test_an_outage_is_waited_for_and_a_wrong_password_is_not(world: World) -> None:
    refused = psycopg.OperationalError("connection failed: Connection refused")
    wrong = psycopg.OperationalError("FATAL: password authentication failed")
    assert (is_unusable(refused), is_unusable(wrong)) == (True, True)
    assert is_away(world.store, refused) is (world.engine == "postgres")
    assert is_away(world.store, wrong) is False


@pytest.mark.parametrize(
    "setting",
    ["datestyle = 'German'", "datestyle = 'SQL, DMY'", "intervalstyle = 'iso_8601'", "client_encoding = 'LATIN1'",
     "standard_conforming_strings = off", "default_transaction_isolation = 'serializable'",
     "default_transaction_deferrable = on", "bytea_output = 'escape'", "extra_float_digits = -5",
     "timezone = 'Pacific/Kiritimati'", "transform_null_equals = on"],
)  # fmt: skip
@pytest.mark.parametrize("engine", ["postgres"])
def test_what_a_database_presets_changes_nothing(world: World, postgres_server: Server, setting: str) -> None:
    """Trial 21."""
    world.cli("member", "add", "ANN", "Änne „Łucja“").ok()
    name = world.url.partition("@/")[2].partition("?")[0]
    commands = (["member", "list"], ["history"], ["check"], ["setting", "list"])
    before = [world.cli(*args).ok().stdout for args in commands]
    postgres_server.execute(f"ALTER DATABASE {name} SET {setting}")
    try:
        assert [world.cli(*args).ok().stdout for args in commands] == before
        world.cli("member", "set", "ANN", "--name", "Änne Łucja", as_="ANN").ok()
        world.cli("history", "verify").ok()
    finally:
        postgres_server.execute(f"ALTER DATABASE {name} RESET ALL")


def test_a_database_that_cannot_hold_every_letter(postgres_server: Server) -> None:
    """Trial 22."""
    postgres_server.execute("CREATE DATABASE latein ENCODING LATIN1 TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    try:
        result = in_process(["--db", postgres_server.url("latein"), "--json", "init"])
        assert (result.exit_code, result.json["error"]["code"]) == (5, "database")
        assert "UTF8" in result.json["error"]["message"]
        assert "LATIN1" in result.json["error"]["message"]
    finally:
        postgres_server.execute("DROP DATABASE latein WITH (FORCE)")


@pytest.mark.parametrize("engine", ["postgres"])
def test_what_a_pooler_spoils_names_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trial 20: no bad address; and through one, nothing is kept on the server from one transaction to the next."""

    def spoilt(connection: psycopg.Connection[Any]) -> None:
        raise psycopg.errors.DuplicatePreparedStatement('prepared statement "_pg3_0" already exists')

    with world.store.connected() as db:
        assert db.connection().prepare_threshold == 5
    with monkeypatch.context() as patch:
        patch.setattr(leader, "_prepare", spoilt)
        assert "Pooler" in why(world.url)
    world.store.db.close()
    monkeypatch.setattr(leader, "RELIED_ON", leader.RELIED_ON.replace("pg_backend_pid()", "1"))
    with world.store.connected() as db:
        assert db.connection().prepare_threshold is None


@pytest.mark.parametrize("engine", ["postgres"])
def test_a_server_that_is_too_old(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leader, "OLDEST", 99)
    assert "Schicht braucht 99" in why(world.url)


def test_doctor_names_a_connection_that_nobody_vouches_for(network: Network) -> None:
    network.server.execute("CREATE DATABASE offen OWNER offen")
    url = network.url("offen", "offen", "localhost")
    in_process(["--db", url, "init"]).ok()
    assert UNVERIFIED not in in_process(["--db", url, "--json", "doctor"]).ok().json["unprotected"]  # this machine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leader, "HERE", ())
        assert UNVERIFIED in in_process(["--db", url, "--json", "doctor"]).ok().json["unprotected"]
        full = f"{url}?sslmode=verify-full&sslrootcert={network.certificate}"
        assert UNVERIFIED not in in_process(["--db", full, "--json", "doctor"]).ok().json["unprotected"]
