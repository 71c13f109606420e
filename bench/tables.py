"""A team's own table by a profile beside the same rows in our format, and taking either import back.

`python -m bench.tables [ROWS]`: seconds of processor and by the clock and memory of each, on SQLite files of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROFILE = """
name = "Bench"
file = "vpas"
headers = ["Nr.", "Stufe"]
[columns]
vpa_id = "Nr."
name = "{Nachname}, {Vorname}"
klasse = "Stufe"
start = "Eintritt"
aktiv = "Status"
neukunden = "=ja"
auftraege = "Neu"
letzte_aktivitaet = "Zuletzt"
[values.aktiv]
"online" = "ja"
"*" = "nein"
[values.auftraege]
"x" = "nein"
[formats]
start = "MM/DD/YYYY"
"""


def write_tables(folder: Path, rows: int) -> tuple[Path, Path]:
    """The same VPAs in our format and as a team might keep them."""
    ours, theirs = folder / "vpas.csv", folder / "liste.csv"
    with ours.open("w", encoding="utf-8") as own, theirs.open("w", encoding="utf-8") as other:
        own.write("vpa_id;name;klasse;start;aktiv;neukunden;auftraege;letzte_aktivitaet\n")
        other.write("Liste\n\nNr.;Nachname;Vorname;Stufe;Eintritt;Status;Neu;Zuletzt\n")
        for n in range(rows):
            year, month, day = f"20{n % 26:02}", f"{n % 12 + 1:02}", f"{n % 28 + 1:02}"
            seen, grade, on = f"2025-{n % 10 + 1:02}-{day}T{n % 24:02}:{n % 60:02}", "ABCDN"[n % 5], n % 7 > 0
            first, last = f"Vorname{n % 977}", f"Nachname{n}"
            active = "ja" if on else "nein"
            own.write(f"V{n:07};{last}, {first};{grade};{year}-{month}-{day};{active};ja;nein;{seen}\n")
            status = "online" if on else "weg"
            other.write(f"V{n:07};{last};{first};{grade};{month}/{day}/{year};{status};x;{seen}\n")
    return ours, theirs


def run(database: Path, *args: str) -> str:
    """One command; what it took."""
    began = time.monotonic()
    command = [sys.executable, "-m", "tui", "--db", str(database), *args]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(args)}")
    took = f"{used.ru_utime + used.ru_stime:6.1f} s of processor, {time.monotonic() - began:6.1f} s"
    return f"{took}, {used.ru_maxrss / 1024:4.0f} MB"


def main(rows: int) -> None:
    """Both ways in, one after the other."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        profile = folder / "p.toml"
        profile.write_text(PROFILE, encoding="utf-8")
        for name, path in zip(("ours", "profile"), write_tables(folder, rows), strict=True):
            database = folder / f"{name}.db"
            run(database, "init")
            run(database, "member", "add", "ANN", "Ann")
            run(database, "--as", "ANN", "profile", "set", str(profile))
            for step in (("import", str(path)), ("imports", "revert", "--reason", "bench")):
                sys.stdout.write(f"{name:8} {step[0]:8} {run(database, '--as', 'ANN', *step)}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
