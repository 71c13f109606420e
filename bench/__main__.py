"""`python -m bench`: run the product and what it is compared with in turn, and print their figures beside the bars."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.data import CACHE, Data, Size, copy, prepare, variables
from bench.figures import MEBIBYTES, SECONDS, Figure, Limit, table
from bench.openings import Openings
from bench.subjects import Command, Measured, Screen, Subject
from bench.surroundings import OPPONENTS, PYTHON, SCHICHT, surroundings, versions

LEAST_RUNS = 9
FULL = Size(100_000, 1_000_000, 3_000_000, 10_000, 500_000)
BLANK = " " * 100
"""What an empty app paints."""
NOTHING_OPEN = "Keine offenen Cases"
"""What the list says on an empty database instead of a row."""

LARGE, EMPTY, IMPORT, HELP = "Schicht", "Schicht ohne Daten", "Import", "schicht --help"
OPEN, OPEN_SMALL = "Öffnen", "Öffnen, ein Hundertstel"
TWO_FRAMES = 2 / 60
EMPTY_APP, DATA_TABLE, BARE_IMPORT, BARE_PYTHON = (
    "leere Textual-App", "DataTable, 50 Zeilen", "csv + executemany", "python -c pass",
)  # fmt: skip

FIGURES = (
    Figure("Start → erste Zeile, volle Datenbank", "start", LARGE, EMPTY_APP, 1.6),
    Figure("dasselbe", "start", LARGE, EMPTY, 1.1),
    Figure("Pfeil ab, der die Cases verschiebt", "down", LARGE, DATA_TABLE, 0.8),
    Limit("Reiter öffnen: Taste → Zeile", "tab", OPEN, TWO_FRAMES),
    Limit("dasselbe beim ersten Mal", "first tab", OPEN, TWO_FRAMES),
    Limit("nächste Zeile: Taste → Detail", "detail", OPEN, TWO_FRAMES),
    Limit("Lesen allein: Reiter", "read tab", OPEN, TWO_FRAMES),
    Limit("der langsamste", "worst read tab", OPEN, TWO_FRAMES),
    Limit("Lesen allein: Ende der Liste, der langsamste", "worst read end", OPEN, TWO_FRAMES),
    Limit("Lesen allein: Detail", "read detail", OPEN, TWO_FRAMES),
    Limit("das langsamste", "worst read detail", OPEN, TWO_FRAMES),
    Limit("Vorschau: Taste → erste Gruppe", "preview", OPEN, TWO_FRAMES),
    Limit("Lesen allein: deren erste Gruppe", "read first group", OPEN, TWO_FRAMES),
    Limit("Lesen allein: alles, was nachkommt, mit", "read preview", OPEN, TWO_FRAMES),
    Limit("Lesen allein: was geschah mit meinen Fällen", "read digest", OPEN, TWO_FRAMES),
    Figure("Wachstum: Reiter lesen", "read tab", OPEN, OPEN_SMALL, 1.5),
    Figure("Wachstum: Detail lesen", "read detail", OPEN, OPEN_SMALL, 1.5),
    Figure("größter Speicher", "memory", LARGE, EMPTY_APP, 1.7, MEBIBYTES),
    Figure("Import der VPAs, jede zehnte geändert", "run", IMPORT, BARE_IMPORT, 6, SECONDS),
    Figure("schicht --help", "run", HELP, BARE_PYTHON, 8),
)


def subjects(data: Data, folder: Path) -> list[Subject]:
    """Everything that is run, in the order of a round."""
    plain = surroundings(folder)
    names = data.names()
    copy(data.large, folder / "large.db")
    copy(data.small, folder / "small.db")
    copy(data.empty, folder / "empty.db")
    bare, imported = folder / "bare.db", folder / "import.db"

    def screen(name: str, database: str, marker: str, rows: Sequence[str] = ()) -> Screen:
        return Screen(name, [SCHICHT], variables(folder / database, folder), folder, marker, rows)

    def python(script: str, *args: Path) -> list[str]:
        return [PYTHON, str(OPPONENTS / script), *map(str, args)]

    return [
        screen(LARGE, "large.db", names[0], names),
        Screen(EMPTY_APP, python("empty_app.py"), plain, folder, BLANK),
        screen(EMPTY, "empty.db", NOTHING_OPEN),
        *(
            Openings(name, [SCHICHT], variables(folder / database, folder), folder, folder / database)
            for name, database in ((OPEN, "large.db"), (OPEN_SMALL, "small.db"))
        ),
        Screen(DATA_TABLE, python("data_table.py", data.table), plain, folder, names[0], names[:50], passes=3),
        Command(
            IMPORT, [SCHICHT, "import", str(data.export)], variables(imported, folder), folder,
            lambda: copy(data.before, imported),
        ),
        Command(
            BARE_IMPORT, python("bare_import.py", data.export / "vpas.csv", bare), plain, folder,
            lambda: bare.unlink(missing_ok=True),
        ),
        Command(HELP, [SCHICHT, "--help"], plain, folder),
        Command(BARE_PYTHON, [PYTHON, "-c", "pass"], plain, folder),
    ]  # fmt: skip


def main() -> int:
    """Measure and print; bars that are missed do not fail, they are told."""
    args = _arguments()
    size = FULL if args.full else Size(args.vpas, args.vpas, 3 * args.vpas, args.vpas // 10, args.vpas // 2)
    data = prepare(size, _say)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        chosen = [subject for subject in subjects(data, Path(folder)) if not args.only or subject.name in args.only]
        runs = _rounds(chosen, args.runs)
    lines = [f"Mediane von {args.runs} Läufen, abwechselnd (kleinster bis größter Wert)", *_sizes(size), *versions()]
    sys.stdout.write("\n".join(["", table(FIGURES, runs), "", *lines, ""]))
    return 0


def _sizes(size: Size) -> list[str]:
    """How much the large database holds."""
    return [
        f"{size.vpas} VPAs und offene Cases, {size.customers} Kunden, {size.entries} Einträge, {size.tasks} Aufgaben"
    ]


def _rounds(subjects: Sequence[Subject], count: int) -> dict[str, dict[str, list[Sequence[float]]]]:
    """Run all in turn, `count` times, each round beginning with another one; a first round only warms up."""
    runs: dict[str, dict[str, list[Sequence[float]]]] = {subject.name: {} for subject in subjects}
    for number in range(count + 1):
        _say(f"Runde {number} von {count}" if number else "Zum Aufwärmen")
        first = number % len(subjects)
        for subject in (*subjects[first:], *subjects[:first]):
            measured: Measured = subject.run()
            for quantity, values in measured.items() if number else ():
                runs[subject.name].setdefault(quantity, []).append(values)
    return runs


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m bench", description="Misst Schicht neben dem, womit es sich vergleicht."
    )
    parser.add_argument("--runs", type=int, default=11, help=f"Läufe (mindestens {LEAST_RUNS} für ein Urteil)")
    parser.add_argument("--vpas", type=int, default=100_000, help="VPAs und offene Cases")
    parser.add_argument("--full", action="store_true", help="die volle Größe (das erste Mal dauert es lange)")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="nur diese, so genannt wie in der Tabelle")
    return parser.parse_args()


def _say(text: str) -> None:
    """Progress, beside the table."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
