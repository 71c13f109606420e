"""What is measured, in parts that can be run by themselves: who is run, and which bars are told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.crowd import FIRST, MEMBERS, RAW, VPAS, Crowd
from bench.data import SIZES, Data, copy, variables
from bench.figures import A_SECOND, FRAME, MEBIBYTES, NO_BAR, SECONDS, TIMES, Figure
from bench.inside import INSERTS, STOCK, WORDS
from bench.jumps import Jumps, steps
from bench.openings import Openings
from bench.others import Harlequin, VisiData
from bench.subjects import Command, Inside, Screen, Subject
from bench.surroundings import OPPONENTS, PYTHON, SCHICHT, surroundings

BLANK = " " * 100
"""What an empty app paints."""
EMPTY_APP, DATA_TABLE, VISIDATA, HARLEQUIN = "empty Textual app", "stock DataTable, 50 rows", "VisiData", "Harlequin"
SHELL, BARE_IMPORT, PYTHON_ALONE = "sqlite3 shell `.import`", "csv + executemany", "`python -c pass`"
SAME_QUERY = (
    "SELECT substr(opened_at, 1, 10), vpa_name, kind, findings, vpa FROM \"case\" WHERE state = 'open' "
    "ORDER BY opened_at, id"
)
ROWS_SEEN = 50


@dataclass(frozen=True)
class Place:
    """Where a part is measured: sizes from the smallest to the largest, and a folder of its own."""

    sizes: Sequence[Data]
    folder: Path

    @property
    def largest(self) -> Data:
        """The size that the bars are about."""
        return self.sizes[-1]

    @property
    def plain(self) -> dict[str, str]:
        """Surroundings for programs of others."""
        return surroundings(self.folder)

    def variables(self, database: Path) -> dict[str, str]:
        """Surroundings for ours."""
        return variables(database, self.folder)


@dataclass(frozen=True)
class Part:
    """Subjects that are run in turn."""

    name: str
    title: str
    rounds: int
    subjects: Callable[[Place], list[Subject]]
    figures: Callable[[Sequence[int]], list[Figure]]
    """The bars, for these sizes."""
    most: int = SIZES[-1]
    """The largest size that it is run with."""


def ours(vpas: int) -> str:
    """What the product is called at a size: `Schicht, 1 M`."""
    return f"Schicht, {vpas // 1_000_000} M" if vpas >= 1_000_000 else f"Schicht, {vpas // 1000} k"


def _python(script: str, *args: Path) -> list[str]:
    return [PYTHON, str(OPPONENTS / script), *map(str, args)]


def _empty(place: Place) -> Screen:
    return Screen(EMPTY_APP, _python("empty_app.py"), place.plain, place.folder, BLANK)


def _start(place: Place) -> list[Subject]:
    marker = place.largest.names()[0]
    query = Harlequin(HARLEQUIN, place.plain, place.folder, place.largest.large(), SAME_QUERY, marker)
    return [
        *(_screen(place, data) for data in place.sizes),
        _empty(place),
        VisiData(VISIDATA, place.plain, place.folder, place.largest.listed(), marker.split(",")[0]),
        query,
    ]


def _screen(place: Place, data: Data, rows: int = 0) -> Screen:
    names = data.names()
    return Screen(
        ours(data.vpas), [SCHICHT], place.variables(data.large()), place.folder, names[0], names[:rows],
    )  # fmt: skip


def _start_figures(sizes: Sequence[int]) -> list[Figure]:
    large, small = ours(sizes[-1]), ours(sizes[0])
    return [
        Figure("process start → first row", "start", large, EMPTY_APP, 1.35),
        Figure("the same", "start", large, VISIDATA, 0.7),
        Figure("the same", "start", large, HARLEQUIN, 0.25),
        Figure("the same: growth", "start", large, small, 1.05),
    ]


def _keys(place: Place) -> list[Subject]:
    marker = place.largest.names()
    table = _python("data_table.py", place.largest.table())
    return [
        *(_screen(place, data, len(data.names())) for data in place.sizes),
        _empty(place),
        Screen(DATA_TABLE, table, place.plain, place.folder, marker[0], marker[:ROWS_SEEN], passes=9),
        VisiData(VISIDATA, place.plain, place.folder, place.largest.listed(), marker[0].split(",")[0], keys=True),
    ]


def _keys_figures(sizes: Sequence[int]) -> list[Figure]:
    large, small = ours(sizes[-1]), ours(sizes[0])
    return [
        Figure("Down key that scrolls", "down", large, DATA_TABLE, 0.45),
        Figure("Down key that scrolls", "down", large, DATA_TABLE, 0.45, highest=True),
        Figure("the same", "down", large, VISIDATA, 0.3),
        Figure("the same", "down", large, VISIDATA, 0.5, highest=True),
        Figure("peak memory", "memory", large, EMPTY_APP, 1.4, MEBIBYTES),
        Figure("the same", "memory", large, VISIDATA, 0.08, MEBIBYTES),
        Figure("the same: growth", "memory", large, small, 1.05, MEBIBYTES),
    ]


def _jumps(place: Place) -> list[Subject]:
    found: list[Subject] = []
    for data in dict.fromkeys((place.sizes[0], place.largest)):
        env = place.variables(data.large())
        walk = steps(data.large(), env, place.folder)
        found.append(Jumps(ours(data.vpas), [SCHICHT], env, place.folder, data.names()[0], walk))
    first = place.largest.names()[0].split(",")[0]
    return [*found, VisiData(VISIDATA, place.plain, place.folder, place.largest.listed(), first, keys=True, downs=1)]


def _jumps_figures(sizes: Sequence[int]) -> list[Figure]:
    large, small = ours(sizes[-1]), ours(sizes[0])
    limits = {
        "end": "End",
        "home": "Home",
        "prefix": "a prefix typed at once",
        "sort": "another order",
        "filter": "a filter, each letter",
    }
    return [
        Figure("End", "end", large, VISIDATA, 0.05),
        Figure("Home", "home", large, VISIDATA, 0.05),
        *(
            Figure(f"{label}: key → rows", key, large, "", frames * FRAME, highest=frames > 2)
            for key, label in limits.items()
            for frames in (2, 6)
        ),
        Figure("End: growth", "end", large, small, NO_BAR),
        Figure("a filter, each letter: growth", "filter", large, small, NO_BAR),
    ]


def _inside(place: Place, what: str, other: Path, prepare: Callable[[], None] | None = None) -> Inside:
    database = place.largest.large()
    argv = [what, str(database), str(other)]
    return Inside(ours(place.largest.vpas), argv, place.variables(database), place.folder, prepare)


def _search(place: Place) -> list[Subject]:
    return [_inside(place, "search", place.largest.stock())]


def _search_figures(sizes: Sequence[int]) -> list[Figure]:
    return [Figure(f"search, 50 hits, {name}", name, ours(sizes[-1]), STOCK, 1.3) for name in WORDS]


def _action(place: Place) -> list[Subject]:
    bare = place.folder / "bare.db"

    def anew() -> None:
        for path in place.folder.glob("bare.db*"):
            path.unlink()

    return [_inside(place, "deeds", bare, anew)]


def _action_figures(sizes: Sequence[int]) -> list[Figure]:
    return [
        Figure("resolve a Case, with its entry", "resolve", ours(sizes[-1]), INSERTS, 1.5),
        Figure("the same", "resolve", ours(sizes[-1]), INSERTS, 1.5, highest=True),
    ]


def _import(place: Place, share: int = 100) -> list[Subject]:
    bare = place.folder / "bare.db"
    file = place.largest.export(share) / "vpas.csv"
    shell = ["/usr/bin/env", "sqlite3", str(bare), ".mode csv", ".separator ;", f".import {file} vpas"]
    small = next((data for data in place.sizes if data.vpas == 10_000), place.sizes[0])
    return [
        _importing(place, place.largest, share),
        Command(SHELL, shell, place.plain, place.folder, lambda: bare.unlink(missing_ok=True)),
        *([_importing(place, small, share)] if small != place.largest else []),
    ]


def _importing(place: Place, data: Data, share: int) -> Command:
    target = place.folder / f"import-{data.vpas}.db"
    argv = [SCHICHT, "import", str(data.export(share))]
    return Command(
        ours(data.vpas), argv, place.variables(target), place.folder, lambda: copy(data.before(), target)
    )  # fmt: skip


def _import_figures(sizes: Sequence[int]) -> list[Figure]:
    large = ours(sizes[-1])
    return [
        Figure("import of the VPAs, 1 % changed", "run", large, SHELL, 3, SECONDS),
        Figure("the same, peak memory", "memory", large, ours(10_000), 1.2, MEBIBYTES),
    ]


def _first(place: Place) -> list[Subject]:
    data, bare = place.largest, place.folder / "bare.db"
    return [
        _importing(place, data, 10),
        Command(
            BARE_IMPORT, _python("bare_import.py", data.export(10) / "vpas.csv", bare), place.plain, place.folder,
            lambda: bare.unlink(missing_ok=True),
        ),
        Command("`schicht --help`", [SCHICHT, "--help"], place.plain, place.folder),
        Command(PYTHON_ALONE, [PYTHON, "-c", "pass"], place.plain, place.folder),
    ]  # fmt: skip


def _first_figures(sizes: Sequence[int]) -> list[Figure]:
    return [
        Figure(
            "import of the VPAs, each tenth changed",
            "run",
            ours(sizes[-1]),
            BARE_IMPORT,
            6,
            SECONDS,
        ),
        Figure("start of the command line", "run", "`schicht --help`", PYTHON_ALONE, 8),
    ]


def _openings(place: Place) -> list[Subject]:
    return [
        Openings(ours(data.vpas), [SCHICHT], place.variables(data.large()), place.folder, data.large())
        for data in dict.fromkeys((place.sizes[0], place.largest))
    ]


def _openings_figures(sizes: Sequence[int]) -> list[Figure]:
    large, small = ours(sizes[-1]), ours(sizes[0])
    limits = {
        "tab": "a tab: key → row",
        "first tab": "the same for the first time",
        "detail": "next row: key → detail",
        "preview": "Vorschau: key → first group",
        "worst read tab": "reading alone: the slowest tab",
        "worst read end": "reading alone: the slowest last page",
        "worst read detail": "reading alone: the slowest detail",
        "read first group": "reading alone: first group of the Vorschau",
        "read preview": "reading alone: all of the Vorschau",
        "read digest": "reading alone: what happened meanwhile",
    }
    return [
        *(Figure(label, quantity, large, "", 2 * FRAME) for quantity, label in limits.items()),
        Figure("reading a tab: growth", "read tab", large, small, 1.5),
        Figure("reading a detail: growth", "read detail", large, small, 1.5),
    ]


def _crowd(place: Place) -> list[Subject]:
    return [Crowd(f"Schicht, {MEMBERS} members", place.plain, place.folder)]


def _crowd_figures(sizes: Sequence[int]) -> list[Figure]:
    crowd = f"Schicht, {MEMBERS} members"
    return [
        Figure("PostgreSQL: reading and resolving at once", "done", crowd, RAW, 0.7, A_SECOND, at_least=True),
        Figure("the same: processor of a member, an operation", "used", crowd, RAW, NO_BAR),
        Figure("Cases resolved twice", "double", crowd, "", 0, TIMES),
        Figure("Cases lost", "lost", crowd, "", 0, TIMES),
    ]


SERVER = "Schicht on PostgreSQL, 10 k"


def _server(place: Place) -> list[Subject]:
    data = place.largest
    env = {**place.plain, "SCHICHT_DB": Crowd(SERVER, place.plain, place.folder).address(), "SCHICHT_AS": FIRST}
    names = data.names()
    return [
        Screen(SERVER, [SCHICHT], env, place.folder, names[0], names),
        _screen(place, data, len(names)),
        _empty(place),
    ]


def _server_figures(sizes: Sequence[int]) -> list[Figure]:
    return [
        Figure("process start → first row", "start", SERVER, ours(VPAS), NO_BAR),
        Figure("the same", "start", SERVER, EMPTY_APP, NO_BAR),
        Figure("Down key that scrolls", "down", SERVER, ours(VPAS), NO_BAR),
        Figure("peak memory", "memory", SERVER, ours(VPAS), NO_BAR, MEBIBYTES),
    ]


PARTS = (
    Part("start", "Start", 11, _start, _start_figures),
    Part("keys", "A key that scrolls, and memory", 5, _keys, _keys_figures),
    Part("jumps", "Jumps in the list", 5, _jumps, _jumps_figures),
    Part("search", "Search", 3, _search, _search_figures),
    Part("import", "Import", 3, _import, _import_figures),
    Part("action", "An action", 3, _action, _action_figures),
    Part("crowd", "Two hundred members at once", 5, _crowd, _crowd_figures, most=VPAS),
    Part("server", "The same screen on PostgreSQL", 5, _server, _server_figures, most=VPAS),
    Part(
        "first", "Import and command line beside the least that Python can do", 9, _first, _first_figures, most=100_000
    ),
    Part("openings", "Opening what the list names", 3, _openings, _openings_figures),
)
