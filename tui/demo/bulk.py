"""Large platform exports for `make bench`, written as a stream: memory does not grow with the number of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tui.demo.names import AREAS, FIRST, LAST, TRADES
from tui.demo.phrases_chat import TITLES
from tui.demo.phrases_oteam import OTEAM
from tui.demo.phrases_vpa import ABOUT, GREEN
from tui.demo.rows import COLUMNS
from tui.demo.tasks import LINK
from tui.demo.texts import Block, blocks, slots

_TODAY = date(2026, 11, 23)
_WORDINGS = 1_000
"""So many different texts stand behind the entries."""


@dataclass(frozen=True, slots=True)
class _Size:
    """How much is asked for; see `write_bulk`."""

    vpas: int
    changes: int
    customers: int
    entries: int
    tasks: int
    all_cases: bool


def write_bulk(
    folder: Path,
    vpas: int = 100_000,
    changes: int = 10_000,
    customers: int = 100_000,
    entries: int = 300_000,
    seed: int = 1,
    *,
    tasks: int = 0,
    all_cases: bool = False,
    today: date = _TODAY,
) -> tuple[Path, Path]:
    """Write a full export and one with only `vpas`, in which `changes` of them changed, and return both folders.

    Each change raises exactly one Case (schedule, class or inactive in turn). With `all_cases` every VPA takes no more
    Neukunden, so that as many schedule Cases arise as there are VPAs. A file that would be empty is not written. The
    same arguments give the same bytes. ValueError if more is to change than there is.
    """
    size = _Size(vpas, changes, customers, entries, tasks, all_cases)
    if not 0 <= changes <= vpas:
        raise ValueError(f"{changes} changes among {vpas} VPAs")
    first, second = folder / "first", folder / "second"
    rng = Random(seed)
    days = [(today - timedelta(days=ago)).isoformat() for ago in range(731)]
    _write(first, "vpas", _vpas(size, days, again=False))
    _write(first, "kunden", _customers(size, days))
    _write(first, "zuordnungen", _assignments(size, days))
    _write(first, "abwesenheiten", _absences(size, days))
    _write(first, "aufgaben", _tasks(size, days))
    _write(first, "akten", _entries(size, days, rng))
    _write(second, "vpas", _vpas(size, days, again=True))
    return first, second


def _write(folder: Path, name: str, lines: Iterator[str]) -> None:
    """One CSV, line by line; none where there are no lines."""
    line = next(lines, None)
    if line is not None:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="\n") as file:
            file.write(";".join(COLUMNS[name]) + "\n")
            file.write(line)
            file.writelines(lines)


def _vpas(size: _Size, days: list[str], *, again: bool) -> Iterator[str]:
    """VPAs, starts spread over two years; `again` with the changes of the second export."""
    for number in range(size.vpas):
        name = f"{LAST[number * 7 % len(LAST)]}, {FIRST[number * 13 % len(FIRST)]}"
        klasse, new, orders, active = "CBCADBN"[number % 7], "ja", "ja", "ja"
        if again and size.all_cases:
            new = "nein"
        elif again and number * size.changes % size.vpas < size.changes:
            match number * size.changes // size.vpas % 4:
                case 0:
                    new = "nein"
                case 1:
                    klasse = "BABBCCB"[number % 7]
                case 2:
                    active = "nein"
                case _:
                    orders = "nein"
        start, call, seen = days[number * 31 % 700 + 20], days[number * 31 % 700 + 10], days[number % 3]
        part_time, app = ("ja" if number % 4 == 0 else "nein"), ("ja", "nein", "")[number % 3]
        areas = f"{AREAS[number % len(AREAS)]}|{AREAS[(number + 5) % len(AREAS)]}"
        yield (
            f"V{number:07d};{name};{klasse};{start};nein;{call};{part_time};{app};{active};{seen}T09:{number % 60:02d};"
            f"{new};{orders};{areas};TOM\n"
        )


def _customers(size: _Size, days: list[str]) -> Iterator[str]:
    """Customers of all kinds."""
    for number in range(size.customers):
        name = f"{TRADES[number * 11 % len(TRADES)]} {LAST[number * 17 % len(LAST)]}"
        klasse, status = "ABCD"[number % 4], ("aktiv", "aktiv", "bucher", "prio", "inaktiv")[number % 5]
        booked, kept = days[number % 90], days[number * 7 % 120]
        yield f"K{number:07d};{name};{klasse};{status};laufend;{booked};;{kept};vpa\n"


def _assignments(size: _Size, days: list[str]) -> Iterator[str]:
    """One VPA a customer."""
    if size.vpas:
        for number in range(size.customers):
            yield f"K{number:07d};V{number % size.vpas:07d};{days[number * 3 % 720]};;Neukunde\n"


def _absences(size: _Size, days: list[str]) -> Iterator[str]:
    """A past absence for every second VPA."""
    for number in range(0, size.vpas, 2):
        ago = 20 + number * 3 % 600
        yield f"A{number:07d};V{number:07d};{days[ago]};{days[ago - 4]};{days[ago + 30]}\n"


def _tasks(size: _Size, days: list[str]) -> Iterator[str]:
    """Tasks of all states."""
    titles = [title for wordings in TITLES.values() for title in wordings]
    states = ("offen", "vergeben", "erledigt", "erledigt", "forwarded", "umfrage", "abgelehnt")
    for number in range(size.tasks if size.customers else 0):
        customer = number % size.customers
        vpa = f"V{customer % size.vpas:07d}" if size.vpas else ""
        yield (
            f"T{number:07d};K{customer:07d};{vpa};{titles[number % len(titles)]};{number % 20 + 1};{days[number % 60]};"
            f"{states[number % 7]};{LINK}T{number:07d};nein;;;\n"
        )


def _entries(size: _Size, days: list[str], rng: Random) -> Iterator[str]:
    """Entries of all three files, oldest first, over two years."""
    files = {"oteam": blocks(OTEAM), "vpa_kunde": blocks(GREEN), "vpa_akte": blocks(ABOUT)}
    texts = [_wording(file, rng) for _ in range(_WORDINGS // 3) for file in files.items()]
    for number in range(size.entries):
        file, text = texts[number * 7 % len(texts)]
        about_vpa = file == "vpa_akte" or not size.customers
        place = number * 19 % (size.vpas if about_vpa else size.customers)
        subject = f";V{place:07d};vpa_akte" if about_vpa else f"K{place:07d};;{file}"
        when = f"{days[730 - number * 730 // size.entries]}T{8 + number % 10:02d}:{number % 60:02d}"
        yield f"E{number:07d};{subject};{when};{text}\n"


def _wording(file: tuple[str, list[Block]], rng: Random) -> tuple[str, str]:
    """The file it belongs to and the last cells of an entry, filled and joined."""
    name, wordings = file
    block = rng.choice(wordings)
    words = slots(f"Frau {rng.choice(LAST)}", rng.choice(AREAS), rng.choice(FIRST), rng)
    cells = (block.situation, block.response, block.next_steps)
    texts = ";".join(cell.format_map(words) for cell in cells)
    return name, f"{rng.choice(FIRST)};{block.origin};{block.kind};{texts};;{block.tags}"
