"""What the screen does without is not loaded, and is there as soon as somebody asks for it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import textual

from tui.app.thrift import PALETTE


def in_a_process_that_spares(program: str) -> list[str]:
    """Lines that a fresh Python prints after leaving out what the start of the screen leaves out."""
    start = (
        "import sys; from tui.app.thrift import spare_modules; spare_modules()\n"
        "from models.database.store import spare_drivers; spare_drivers('file.db')\n"
        "import tui.app.start, screens.main.screen, models.admin.schema, models.case.pages\n"
    )
    done = subprocess.run([sys.executable, "-c", start + program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_screen_loads_neither_openssl_nor_a_second_sqlite_nor_what_it_never_shows() -> None:
    loaded = in_a_process_that_spares("print(*(name for name, module in sys.modules.items() if module), sep='\\n')")
    assert "textual.app" in loaded
    assert "peewee" in loaded
    unwanted = {"_ssl", "_hashlib", "_lzma", "_bz2", "dateutil.parser._parser", "textual.widgets._input", "psycopg"}
    assert not unwanted & set(loaded)
    assert ("_sqlite3" in loaded) is ("pysqlite3" not in loaded)


def test_what_was_put_off_comes_when_it_is_asked_for() -> None:
    said = in_a_process_that_spares(
        "import hashlib, ssl, tokenize, zlib, lzma, pendulum, shutil\n"
        "from ipaddress import ip_address\n"
        "print(hashlib.sha256(b'x').hexdigest()[:8], ssl.OPENSSL_VERSION_INFO[0] > 0, tokenize.COMMENT > 0)\n"
        "print(zlib.decompress(zlib.compress(b'y')), lzma.decompress(lzma.compress(b'z')), ip_address('::1'))\n"
        "print(pendulum.parse('17 May 2026', strict=False).isoformat()[:10])\n"
        "print(sys.modules['tokenize'].__file__ is not None, 'xztar' in dict(shutil.get_archive_formats()))\n"
    )
    assert said == ["2d711642 True True", "b'y' b'z' ::1", "2026-05-17", "True True"]


def test_the_stand_in_for_textuals_palette_has_all_that_textual_takes_from_it() -> None:
    """Another Textual may take more; then the start would fail."""
    folder = Path(textual.__file__).parent
    taken = {
        alias.name
        for name in ("app.py", "theme.py")
        for node in ast.parse((folder / name).read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom) and node.module == "textual.command"
        for alias in node.names
    }
    assert taken == set(PALETTE)
