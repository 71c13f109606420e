"""Why the operating system refuses a file, in German."""

from __future__ import annotations

import errno

REASONS = {
    errno.ENOENT: "den Ordner oder die Datei gibt es nicht",
    errno.EACCES: "dort fehlt dir das Recht dazu",
    errno.EPERM: "dort fehlt dir das Recht dazu",
    errno.EISDIR: "das ist ein Ordner",
    errno.ENOTDIR: "ein Teil des Pfads ist kein Ordner",
    errno.ENOSPC: "der Platz reicht nicht",
    errno.EROFS: "dort lässt sich nur lesen",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.EEXIST: "das gibt es schon",
}

FULL = "Der Datenträger ist voll. Schaff Platz und versuch es noch einmal; es ist nichts halb geschrieben."


def why_not(error: Exception) -> str:
    """Half a sentence for a bracket; also where the error has no number, as with a name that no system takes."""
    number = getattr(error, "errno", None)
    return "kein gültiger Name" if number is None else REASONS.get(number, "das Betriebssystem verweigert es")


def is_full(error: OSError) -> bool:
    """Whether the operating system has no room left."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def explain_file(error: OSError, otherwise: str = "Prüfe Pfad und Rechte.") -> str:
    """Why a file could not be written, as a sentence."""
    if is_full(error):
        return FULL
    if error.errno == errno.EROFS:
        return "Der Datenträger lässt sich nur lesen. Nimm einen anderen Ort."
    if error.errno in (errno.EACCES, errno.EPERM):
        return "Dein Konto darf dort nicht schreiben. Nimm einen anderen Ort oder lass dir Rechte geben."
    return otherwise
