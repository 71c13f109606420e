"""What a driver or the operating system complains about, as a German sentence that names the cause and a way out.

Looked for in the words of the error, English and German ones: a refused connection carries no SQLSTATE, and a server
speaks the language of its `lc_messages`. No sentence repeats an address or a password.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.ground.errors import DatabaseUnusableError
from models.ground.os_errors import FULL

if TYPE_CHECKING:
    from models.database.store import Store

REPLACED = "{name} hat inzwischen ein anderer Server übernommen; auf dem alten liest und schreibt Schicht nichts."
ADMIN = "Wende dich an die Verwaltung der Datenbank."


@dataclass(frozen=True)
class Cause:
    """One kind of failure."""

    words: tuple[str, ...]
    """Any of these stands in what was said, in small letters; `a & b` means both."""
    sentence: str
    """`{name}` is the database."""
    away: bool = False
    """Whether it ends by itself, as while another server takes over: a member can wait for it."""

    def fits(self, text: str) -> bool:
        """Whether this is what was said."""
        return any(all(part in text for part in words.split(" & ")) for words in self.words)


PLACE = "{name} ist nicht erreichbar: "
"""How every sentence begins where nobody answered."""

DISK_FULL = Cause(
    ("disk is full", "no space left", "disk full", "kein speicherplatz", "quota exceeded", "diskfull"), FULL
)
READ_ONLY = Cause(
    ("readonly", "read-only"),
    "{name} ist schreibgeschützt. Prüfe die Rechte an der Datei und ihrem Ordner, den Datenträger oder den Server.",
)
VAGUE = (
    Cause(
        ("disk i/o error",),
        "{name}: Der Datenträger liest oder schreibt nicht richtig. Prüfe ihn, dann `schicht doctor`.",
    ),
    Cause(("unable to open",), "{name} lässt sich nicht öffnen. Prüfe Pfad und Rechte."),
)
"""What SQLite says where the disk knows more."""

CAUSES = (
    Cause(("old timeline",), REPLACED, away=True),
    Cause(
        ("session is read-only",),  # of several servers each answers, and none of them leads (libpq)
        PLACE + "Gerade nimmt keiner ihrer Server Änderungen an. Versuch es gleich noch einmal.",
        away=True,
    ),
    DISK_FULL,
    READ_ONLY,
    Cause(
        ("not a database", "malformed"),
        "{name} ist keine von Schicht oder beschädigt. `schicht restore` spielt eine Sicherung ein.",
    ),
    Cause(("database is locked", "table is locked"), "{name} ist gerade belegt. Versuch es gleich noch einmal."),
    *VAGUE,
    Cause(
        ("as that member", "somebody else's"),  # migration 0004 says this and the next
        "{name}: Deine Anmeldung gehört zu einem anderen Kürzel. Starte Schicht mit deinem eigenen.",
    ),
    Cause(
        ("is dated when it is written",),
        "{name}: Die Uhr dieses Rechners geht anders als die des Servers. Stell sie und versuch es noch einmal.",
    ),
    Cause(
        (
            "prepared statement",
            "vorbereitete anweisung",
            "unsupported startup parameter",
            "pooling mode",
            "pgbouncer",
            "query_wait_timeout",
        ),
        "{name}: Ein Verteiler (Pooler) steht zwischen Schicht und dem Server und kommt mit der Verbindung nicht "
        "zurecht. Nimm die direkte Adresse oder seinen Modus „session“ (docs/betrieb.md).",
    ),
    Cause(
        ("password authentication failed", "passwort-authentifizierung", "sasl authentication failed", "scram"),
        "{name}: Name oder Passwort stimmt nicht. Prüfe beides, das Passwort in ~/.pgpass (Rechte 0600).",
    ),
    Cause(
        ("no password supplied", "fe_sendauth", "kein passwort angegeben"),
        "{name} verlangt ein Passwort. Leg es in ~/.pgpass (Rechte 0600), nicht in die Adresse.",
    ),
    Cause(
        ("peer authentication failed", "ident authentication failed", "peer-authentifizierung"),
        "{name} glaubt diesem Konto des Rechners den Namen nicht (peer). Nenne in der Adresse den Namen deines Kontos.",
    ),
    Cause(
        ("no pg_hba.conf entry & no encryption", "pg_hba.conf & ssl off", "pg_hba.conf & keine verschlüsselung"),
        "{name} lässt diesen Rechner unverschlüsselt nicht herein. Verbinde mit TLS: sslmode=verify-full "
        f"in der Adresse. Hilft das nicht, fehlt die Zeile in pg_hba.conf. {ADMIN}",
    ),
    Cause(
        ("pg_hba.conf",),
        f"{{name}} lässt diesen Rechner mit diesem Namen nicht herein: In pg_hba.conf fehlt die Zeile. {ADMIN}",
    ),
    Cause(
        ("does not support ssl", "unterstützt kein ssl", "unterstützt ssl nicht"),
        f"{{name}}: Der Server verschlüsselt nicht, und die Adresse verlangt TLS. {ADMIN}",
    ),
    Cause(
        ("does not match host name", "certificate & expired", "zertifikat & abgelaufen"),
        "{name}: Das Zertifikat des Servers ist abgelaufen oder gilt für einen anderen Rechnernamen. "
        f"Nimm den Namen, der darin steht, sonst: {ADMIN}",
    ),
    Cause(
        ("root certificate file", "root.crt"),
        "{name}: Die Datei mit dem Zertifikat, dem du vertraust, fehlt oder lässt sich nicht lesen. "
        "Nenne sie mit sslrootcert=… in der Adresse.",
    ),
    Cause(
        ("certificate verify failed", "self-signed certificate", "self signed certificate"),
        "{name}: Das Zertifikat des Servers lässt sich nicht prüfen: abgelaufen, noch nicht gültig oder von jemand "
        f"anderem. Prüfe sslrootcert in der Adresse, sonst: {ADMIN}",
    ),
    Cause(
        (
            "valid client certificate",
            "client-zertifikat",
            "certificate authentication failed",
            "zertifikatauthentifizierung",
            "sslkey",
            "sslcert",
            "private key file",
        ),
        "{name} verlangt ein Zertifikat von dir. Nenne es mit sslcert=… und sslkey=… in der Adresse (Rechte 0600).",
    ),
    Cause(
        ("ssl error", "ssl connection has been closed", "tlsv1", "ssl-fehler"),
        f"{{name}}: Die verschlüsselte Verbindung (TLS) kommt nicht zustande. Prüfe sslmode in der Adresse. {ADMIN}",
    ),
    Cause(
        (
            "too many clients",
            "too many connections",
            "connection slots",
            "no more connections",
            "zu viele verbindungen",
            "verbindungen sind für",
            "bereits zu viele",
        ),
        "{name} hat keine Verbindung frei. Schließ ein Schicht, das du nicht brauchst, und versuch es gleich noch "
        "einmal.",
        away=True,
    ),
    Cause(
        ("database & does not exist", "no such database", "datenbank & existiert nicht"),
        "{name} gibt es auf dem Server nicht. Prüfe den Namen am Ende der Adresse; eine neue legt createdb an.",
    ),
    Cause(
        ("role & does not exist", "rolle & existiert nicht", "no such user"),
        f"{{name}}: Eine Anmeldung dieses Namens kennt der Server nicht. Prüfe den Namen in der Adresse. {ADMIN}",
    ),
    Cause(
        ("not permitted to log in", "keine berechtigung zum einloggen"),
        f"{{name}}: Mit diesem Namen darf sich niemand anmelden. {ADMIN}",
    ),
    Cause(
        ("permission denied for database", "keine berechtigung für datenbank"),
        f"{{name}}: Deine Anmeldung darf nicht in diese Datenbank; dein Zugang reicht nicht. {ADMIN}",
    ),
    Cause(
        ("permission denied", "must be owner", "nur für eigentümer", "keine berechtigung", "insufficientprivilege"),
        f"{{name}}: Dein Zugang darf das nicht. {ADMIN}",
    ),
    Cause(
        (
            "starting up",
            "shutting down",
            "cannotconnectnow",
            "adminshutdown",
            "recovery mode",
            "datenbanksystem startet",
            "datenbanksystem fährt",
            "wiederherstellungsmodus",
        ),
        PLACE + "Der Server startet gerade oder fährt herunter. Versuch es gleich noch einmal.",
        away=True,
    ),
    Cause(
        ("failed to resolve", "could not translate host name", "name or service not known", "nodename nor servname"),
        PLACE + "Den Rechner in der Adresse kennt hier niemand. Prüfe den Namen und das Netz.",
        away=True,
    ),
    Cause(
        ("connection refused", "verbindungsaufbau abgelehnt"),
        PLACE + "Der Rechner nimmt dort keine Verbindung an. Prüfe den Port und ob der Server läuft.",
        away=True,
    ),
    Cause(
        ("timeout expired", "timed out", "connection timeout"),
        PLACE + "Der Rechner antwortet nicht. Prüfe Adresse, Netz und Firewall (VPN?).",
        away=True,
    ),
    Cause(
        ("network is unreachable", "no route to host"),
        PLACE + "Zu diesem Rechner führt gerade kein Weg. Prüfe das Netz (VPN?).",
        away=True,
    ),
    Cause(
        ("on socket",),
        PLACE + "Auf diesem Rechner läuft kein solcher Server. Starte ihn oder nenne in der Adresse seinen Rechner.",
        away=True,
    ),
)
"""Every cause we know, the first that fits counts: of several servers the one with the clearest answer."""

OTHER = Cause(
    ("",), PLACE + "Die Verbindung kam nicht zustande oder riss ab. Prüfe Adresse, Netz und Zugang, dann versuch es "
    "noch einmal.", away=True,
)  # fmt: skip


def said(error: BaseException) -> str:
    """What an error says, in small letters, with the names of its kinds: those are the same in every language."""
    kinds = (type(one).__name__ for one in (error, error.__cause__, error.__context__) if one is not None)
    return f"{error} {' '.join(kinds)}".lower()


def cause_of(store: Store | None, error: BaseException) -> Cause:
    """The cause of what a driver said."""
    text = said(error)
    found = next((cause for cause in CAUSES if cause.fits(text)), OTHER)
    if found in VAGUE and store is not None and store.engine == "sqlite":  # SQLite's words for many things
        return _cause_by_disk(store) or found
    return found


def explain(store: Store | None, error: BaseException) -> str:
    """A German sentence with a way out for what a driver said; no address, no password."""
    name = f"Die Datenbank {store.label}" if store is not None else "Die Datenbank"
    return cause_of(store, error).sentence.format(name=name)


def unusable(store: Store | None, error: BaseException) -> DatabaseUnusableError:
    """The failure to raise for what a driver said."""
    return DatabaseUnusableError(explain(store, error), away=cause_of(store, error).away)


def _cause_by_disk(store: Store) -> Cause | None:
    """What the disk itself says about a file that does not open, or is not written."""
    from models.database.store import sqlite_path

    try:
        found = os.statvfs(sqlite_path(store.url).parent)
    except OSError:
        return None
    if found.f_flag & os.ST_RDONLY:
        return READ_ONLY
    return DISK_FULL if found.f_bavail * found.f_frsize < 65536 else None
