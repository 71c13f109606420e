"""Finding the files of an export: in folders, archives, workbooks or alone; refusing those that are too large."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from models.ground.errors import UsageError
from models.ground.os_errors import why_not
from models.ground.text import clean_input, id_text
from models.importing.columns import TABLES, Table
from models.importing.leftovers import ARCHIVES, is_leftover
from models.importing.problems import Problems
from models.importing.profiles.fitting import ANY, Fitting
from models.importing.profiles.profile import Profile
from models.importing.sheets import is_too_wide, sheet_names
from models.importing.source import FILE_LIMIT, UNREADABLE, Source

TOTAL_LIMIT = 2_000_000_000
"""Bytes of one archive, unpacked."""
SUSPICIOUS = 50_000_000
"""Bytes from which on a file may not unpack to more than `RATIO` times its packed size."""
RATIO = 100

TEXTS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".json": "json"}
"""Forms of text files by their ending."""
OURS = (".csv", ".json")
"""Of these the ones that are read as ours where their name says so."""
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
"""Endings of workbooks."""


@dataclass
class Export:
    """What the given paths hold."""

    sources: list[Source]
    ignored: list[str]


NOTHING = (
    "Hier ist keine Tabelle, die Schicht kennt: weder nach ihrem Namen (etwa vpas.csv) noch durch ein Profil. "
    "Ein Profil schlägt vor: schicht profile suggest"
)


class Finder:
    """Looks through paths; open archives stay open until `files` closes."""

    def __init__(self, problems: Problems, files: ExitStack, profiles: Sequence[Profile] = ()) -> None:
        self._problems = problems
        self._fitting = Fitting(profiles, problems)
        self._files = files
        self._sources: list[Source] = []
        self._ignored: list[str] = []
        self._seen: set[Path] = set()

    def find(self, paths: Sequence[Path]) -> Export:
        """The known files behind these paths; raises `UsageError` for a path that is not there."""
        distinct = list({_resolved(path): path for path in paths}.values())
        if not distinct:
            raise UsageError("Gib an, was importiert werden soll: einen Ordner, ein Archiv oder Dateien.")
        for path in distinct:
            if not (path.is_dir() or path.is_file()):
                raise UsageError(f"„{path}“ gibt es nicht oder ist keine Datei. Prüfe den Pfad.")
        for path in distinct:
            self._look_into(path)
        order = list(TABLES)
        found = sorted(self._only_once(), key=lambda source: order.index(source.table.name))
        return Export(found, self._ignored)

    def _only_once(self) -> Iterator[Source]:
        """The sources without a second file for a table; the team's own tables may be several for one (Nord, Süd)."""
        first: dict[str, Source] = {}
        for source in self._sources:
            known = first.setdefault(source.table.name, source)
            if known is source or (known.profile and source.profile):
                yield source
            else:
                why = (
                    f"Für „{source.table.name}“ gibt es schon „{known.label}“. Importiere nur eine der beiden Dateien."
                )
                self._problems.refuse(source.label, source.table.name, "ambiguous_file", why)

    def _look_into(self, path: Path) -> None:
        before, passed = self._found, len(self._ignored)
        if path.is_dir():
            seen = self._take_folder(path)
        elif path.suffix.casefold() == ".zip":
            seen = False
            self._take_archive(path)
        else:
            seen = self._take_file(path)
        if self._found == before and not seen:
            packed = [name for name in self._ignored[passed:] if name.casefold().endswith(ARCHIVES)]
            way = f" Importiere oder entpacke, was darin liegt: {', '.join(packed)}." if packed else ""
            self._problem(path.name, "unknown_file", f"{NOTHING} {path.name}.{way}")

    @property
    def _found(self) -> int:
        """How much was found so far, usable or not."""
        return len(self._sources) + self._problems.count

    def _take_folder(self, path: Path) -> bool:
        """Its files; where none of them is a table, those one folder down. Whether any has been seen before."""
        before, inside = self._found, list(_children(path))
        folders = [child for child in inside if child.is_dir()]
        seen = [self._take_file(child) for child in inside if child not in folders]
        if any(seen) or self._found > before:
            self._ignored += [_shown(folder.name) for folder in folders]
            return any(seen)
        seen += [self._take_one_down(folder) for folder in folders]
        return any(seen)

    def _take_one_down(self, folder: Path) -> bool:
        """The files of a folder in a folder; where none is a table, the folder alone is named as ignored."""
        before, passed = self._found, len(self._ignored)
        seen = [] if is_leftover(folder.name) else [self._take_file(child) for child in _children(folder)]
        if self._found == before and not any(seen):
            self._ignored[passed:] = [_shown(folder.name)]
        return any(seen)

    def _take_file(self, path: Path) -> bool:
        """Take it, unless it has been seen: a folder may be given beside what lies in it. Whether it was."""
        suffix = path.suffix.casefold()
        resolved = _resolved(path)
        if resolved in self._seen:
            return True
        self._seen.add(resolved)
        if not path.is_file() or is_leftover(path.name):
            self._ignored.append(_shown(path.name))
        elif suffix in WORKBOOKS:
            self._take_workbook(path)
        elif suffix in TEXTS:
            self._take_text(path, suffix)
        else:
            self._ignored.append(_shown(path.name))
        return False

    def _take_text(self, path: Path, suffix: str) -> None:
        table, size = _table_of(path.stem) if suffix in OURS else None, _size(path)
        if size <= FILE_LIMIT:
            self._offer(Source(table or ANY, _shown(path.name), TEXTS[suffix], lambda: path.open("rb"), size), table)
        elif table:
            self._problem(path.name, "too_large", "Die Datei ist größer als 500 MB.")
            self._problems.lose(table.name)
        else:
            self._ignored.append(_shown(path.name))

    def _offer(self, source: Source, table: Table | None) -> None:
        """Take a table in every way in which it can be read, or pass it over; `table` is what its name says it is."""
        readings = self._fitting.readings(source, table is not None)
        self._sources += readings
        if not readings:
            self._ignored.append(source.label)

    # Archives

    def _take_archive(self, path: Path) -> None:
        archive = self._opened(path)
        if archive is None:
            return
        for member in archive.infolist():
            if not member.is_dir():
                self._take_member(archive, member)

    def _take_member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        suffix = name.suffix.casefold()
        table = _table_of(name.stem) if suffix in OURS else None
        if is_leftover(str(name)) or suffix not in (*TEXTS, *WORKBOOKS):
            self._ignored.append(_shown(name.name))
            return
        if suffix in WORKBOOKS:
            if (book := self._unpacked(archive, member, name.name)) is not None:
                self._take_workbook(book)
            return
        label, size = _shown(name.name), member.file_size
        self._offer(Source(table or ANY, label, TEXTS[suffix], lambda: archive.open(member), size), table)

    def _unpacked(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Path | None:
        """A workbook out of an archive, for its reader wants a file of its own."""
        path = Path(self._files.enter_context(TemporaryDirectory(prefix="schicht-"))) / name
        try:
            with archive.open(member) as inside, path.open("wb") as outside:
                shutil.copyfileobj(inside, outside)
        except UNREADABLE:
            self._problem(name, "bad_encoding", f"„{name}“ lässt sich nicht auspacken. Pack es selbst aus.")
            self._problems.lose_all()
            return None
        return path

    def _is_too_large(self, path: Path) -> bool:
        if _size(path) <= FILE_LIMIT:
            return False
        self._problem(path.name, "too_large", "Die Datei ist größer als 500 MB.")
        self._problems.lose_all()
        return True

    def _opened(self, path: Path) -> zipfile.ZipFile | None:
        """The archive, if it is one and does not unpack to too much."""
        archive = None
        if _size(path) <= FILE_LIMIT:
            try:
                archive = self._files.enter_context(zipfile.ZipFile(path))
            except UNREADABLE:
                self._problem(path.name, "bad_encoding", f"„{path.name}“ ist kein lesbares Archiv.")
        else:
            self._problem(path.name, "too_large", "Die Datei ist größer als 500 MB.")
        if archive is None or not self._fits(path, archive.infolist()):
            self._problems.lose_all()
            return None
        return archive

    def _fits(self, path: Path, members: list[zipfile.ZipInfo]) -> bool:
        """Whether it stays within the limits when unpacked, by what its directory says."""
        fits = True
        for member in members:
            if why := _excess(member.file_size, member.compress_size, FILE_LIMIT):
                inside = PurePosixPath(member.filename).name if path.suffix.casefold() == ".zip" else path.name
                self._problem(inside, "too_large", why)
                fits = False
        sizes = (sum(member.file_size for member in members), sum(member.compress_size for member in members))
        if fits and (why := _excess(*sizes, TOTAL_LIMIT)):
            self._problem(path.name, "too_large", why)
            fits = False
        return fits

    # Workbooks

    def _take_workbook(self, path: Path) -> None:
        is_old = path.suffix.casefold() == ".xls"
        if self._is_too_large(path) if is_old else self._opened(path) is None:
            return
        if is_too_wide(path):
            self._problems.lose_all()
            self._problem(path.name, "too_large", "Ein Blatt der Mappe füllt zu viele Zellen.")
            return
        names = sheet_names(path)
        if names is None:
            self._problems.lose_all()
            self._problem(path.name, "bad_encoding", f"„{path.name}“ ist keine lesbare Arbeitsmappe.")
            return
        for name in names:
            label = _shown(f"{path.name}:{name}")
            # A workbook of one sheet is often named like the table while its sheet is still called „Tabelle1“.
            table = _table_of(name) or (_table_of(path.stem) if len(names) == 1 else None)
            self._offer(Source(table or ANY, label, "sheet", lambda: path.open("rb"), _size(path), name), table)

    def _problem(self, file: str, code: str, message: str) -> None:
        self._problems.add(_shown(file), 1, "", code, message)


def _excess(unpacked: int, packed: int, limit: int) -> str:
    """Why this is too large; empty where it is not."""
    if unpacked > limit:
        return f"Entpackt ist das größer als {limit // 1_000_000} MB."
    if unpacked > SUSPICIOUS and unpacked > RATIO * packed:
        return "Das ist entpackt mehr als hundertmal so groß wie gepackt."
    return ""


def _shown(name: str) -> str:
    """A file's name without what no database keeps, such as bytes that are no text."""
    return clean_input(name)


def _table_of(stem: str) -> Table | None:
    return TABLES.get(id_text(stem).casefold())


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links
        return path


def _children(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(f"Der Ordner „{folder}“ lässt sich nicht lesen: {why_not(error)}.") from error


def _size(path: Path) -> int:
    """Bytes; also makes sure that the file can be opened."""
    try:
        with path.open("rb") as file:
            return file.seek(0, io.SEEK_END)
    except OSError as error:
        raise UsageError(f"„{path}“ lässt sich nicht lesen: {why_not(error)}.") from error
