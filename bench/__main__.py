"""`python -m bench`: run the product and what it is compared with in turn, print their figures beside the bars, and
write them into `docs/performance.md`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.data import CACHE, SIZES, Data, say
from bench.figures import table
from bench.kept import Measurements, Result, keep
from bench.parts import PARTS, Part, Place
from bench.report import write
from bench.subjects import Measured, Subject
from bench.surroundings import versions
from bench.terminal import StuckError

MINUTES = 100_000
"""The largest size of `make bench`; `--full` goes up to the last of `SIZES`."""


def main() -> int:
    """Measure, print and write; bars that are missed do not fail, they are told."""
    args = _arguments()
    failed = False
    for part in () if args.report else PARTS:
        if args.only is None or part.name in args.only:
            sizes = [size for size in SIZES if size <= min(args.largest, part.most)]
            rounds = part.rounds if args.largest > MINUTES else max(2, part.rounds // 2)
            try:
                result = _measure(part, sizes, args.runs or rounds)
            except (StuckError, subprocess.CalledProcessError) as error:  # the other parts are still worth their time
                say(f"{part.name}: {error}")
                failed = True
                continue
            keep(result)
            sys.stdout.write("\n".join(["", *table(part.figures(sizes), result.runs), ""]))
            sys.stdout.flush()
    write()
    return int(failed)


def _measure(part: Part, sizes: list[int], rounds: int) -> Result:
    """Run one part, in a folder that goes afterwards."""
    began, load = time.perf_counter(), _load()
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        subjects = part.subjects(Place([Data(size) for size in sizes], Path(folder)))
        runs = _rounds(part.name, subjects, rounds)
    say(f"{part.name}: {time.perf_counter() - began:.0f} s")
    return Result(
        part.name, sizes, time.strftime("%Y-%m-%d %H:%M"), f"{load}, then {_load()}", versions(), rounds, runs
    )  # fmt: skip


def _rounds(name: str, subjects: Sequence[Subject], count: int) -> Measurements:
    """Run all in turn, `count` times, each round beginning with another one; a first round only warms up."""
    runs: Measurements = {}
    for number in range(count + 1):
        say(f"{name}: Runde {number} von {count}" if number else f"{name}: zum Aufwärmen")
        first = number % len(subjects)
        for subject in (*subjects[first:], *subjects[:first]):
            measured = _tried(subject)
            for quantity, values in measured.items() if number else ():
                owner, _, quantity_ = quantity.rpartition("|")
                runs.setdefault(owner or subject.name, {}).setdefault(quantity_, []).append(list(values))
    return runs


def _tried(subject: Subject) -> Measured:
    """Run it, and once more if it got stuck: a terminal may lose a key on a busy machine. Raises `StuckError`."""
    try:
        return subject.run()
    except StuckError as error:
        say(f"{subject.name}: {error}")
        return subject.run()


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m bench", description="Misst Schicht neben dem, womit es sich vergleicht."
    )
    names = [part.name for part in PARTS]
    parser.add_argument("--only", nargs="+", metavar="TEIL", choices=names, help=f"nur diese: {', '.join(names)}")
    parser.add_argument("--runs", type=int, help="Runden, statt der üblichen jedes Teils")
    parser.add_argument("--largest", type=int, default=MINUTES, choices=SIZES, help="VPAs der größten Datenbank")
    parser.add_argument(
        "--full", dest="largest", action="store_const", const=SIZES[-1],
        help="die volle Größe (das erste Mal dauert es eine halbe Stunde länger)",
    )  # fmt: skip
    parser.add_argument("--report", action="store_true", help="nur docs/performance.md neu schreiben")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
