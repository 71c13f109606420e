"""The smallest .xlsx that a spreadsheet program would open: for tests only."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BEGIN = dt.datetime(1899, 12, 30)


def write_workbook(path: Path, sheets: dict[str, list[list[Any]] | str]) -> Path:
    """Sheets as rows of values (None and "" are no cells), or as raw XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>',
        )
        book.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")]))
        names = [f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1)]
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{"".join(names)}</sheets></workbook>',
        )
        parts = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
        book.writestr("xl/_rels/workbook.xml.rels", _relations([*parts, ("rId99", "styles", "styles.xml")]))
        formats = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 22))
        book.writestr(
            "xl/styles.xml", f'<styleSheet xmlns="{_MAIN}"><cellXfs count="3">{formats}</cellXfs></styleSheet>'
        )
        for number, rows in enumerate(sheets.values(), 1):
            data = rows if isinstance(rows, str) else "".join(_row(n, cells) for n, cells in enumerate(rows, 1))
            book.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>',
            )
    return path


def _relations(parts: list[tuple[str, str, str]]) -> str:
    lines = [f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in parts]
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _row(number: int, cells: list[Any]) -> str:
    return f'<row r="{number}">{"".join(_cell(f"{chr(65 + n)}{number}", value) for n, value in enumerate(cells))}</row>'


def _cell(place: str, value: Any) -> str:
    if value in (None, "") and value is not False and value != 0:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    if isinstance(value, dt.datetime):
        return f'<c r="{place}" s="2"><v>{(value - _BEGIN) / dt.timedelta(days=1)}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="1"><v>{(value - _BEGIN.date()).days}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def write_ods(path: Path, sheets: dict[str, str]) -> Path:
    """The smallest OpenDocument workbook: sheets as raw rows."""
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    calc = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    tables = "".join(f'<table:table table:name="{escape(name)}">{rows}</table:table>' for name, rows in sheets.items())
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", kind)
        book.writestr("content.xml", f"<office:document-content{spaces}{calc}>{body}</office:document-content>")
        entry = f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
        book.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}">{entry}</m:manifest>')
    return path


def ods_row(*cells: str, times: int = 1) -> str:
    """A row of texts; what begins with `<` is a cell already."""
    said = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    made = (cell if cell.startswith("<") else said.format(escape(cell)) for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(made)}</table:table-row>'


def write_binary(path: Path, sheet: str, rows: list[list[str | None]]) -> Path:
    """The smallest .xlsb: a sheet of texts; None is a cell with #N/A."""
    wide = len(max(rows, key=len))
    data = [_record(129), _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, wide - 1)), _record(145)]
    for number, cells in enumerate(rows):
        data.append(_record(0, struct.pack("<2I", number, 0) + bytes(17)))
        for column, text in enumerate(cells):
            head = struct.pack("<2I", column, 0)
            data.append(_record(3, head + b"\x2a") if text is None else _record(6, head + _wide(text)))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        book.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.bin")]))
        bundle = struct.pack("<2I", 0, 1) + _wide("rId1") + _wide(sheet)
        book.writestr(
            "xl/workbook.bin", _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)
        )
        book.writestr("xl/_rels/workbook.bin.rels", _relations([("rId1", "worksheet", "worksheets/sheet1.bin")]))
        book.writestr("xl/worksheets/sheet1.bin", b"".join(data) + _record(146) + _record(130))
    return path


def _record(kind: int, content: bytes = b"") -> bytes:
    """A record of an .xlsb."""
    name = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while size > 0x7F:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return name + length + bytes([size]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def old_workbook(sheet: str, rows: list[list[str | None]], formula: bool = False) -> bytes:
    """The smallest .xls: a sheet of texts; None is a cell with #N/A, entered or worked out by a formula."""
    cells = b""
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            head = struct.pack("<3H", row, column, 0)
            if text is not None:
                cells += _old(0x0204, head + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))
            elif formula:
                cells += _old(0x0006, head + b"\x02\x00\x2a\x00\x00\x00\xff\xff" + bytes(8))
            else:
                cells += _old(0x0205, head + b"\x2a\x01")
    end = _old(0x000A)
    begin = _old(0x0809, struct.pack("<4H2I", 0x0600, 0x0005, 0, 0, 0, 0))
    name = struct.pack("<2B", len(sheet), 1) + sheet.encode("utf-16-le")
    at = len(begin) + 4 + 6 + len(name) + len(end)
    book = begin + _old(0x0085, struct.pack("<IBB", at, 0, 0) + name) + end
    size = _old(0x0200, struct.pack("<2I3H", 0, len(rows), 0, len(max(rows, key=len)), 0))
    book += _old(0x0809, struct.pack("<4H2I", 0x0600, 0x0010, 0, 0, 0, 0)) + size + cells + end
    return _compound(book.ljust(-(-max(len(book), 4096) // 512) * 512, b"\0"))


def _old(kind: int, content: bytes = b"") -> bytes:
    """A record of an .xls."""
    return struct.pack("<2H", kind, len(content)) + content


def _compound(book: bytes) -> bytes:
    """A compound file: sector 0 is the table of sectors, 1 the directory, the workbook follows."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    count = len(book) // 512
    table = [0xFFFFFFFD, end, *range(3, 2 + count), end]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6) + struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    entries = _entry("Root Entry", 5, 1, end, 0) + _entry("Workbook", 2, free, 2, len(book)) + bytes(256)
    return header + struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff") + entries + book


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<H2B3I", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(36) + struct.pack("<3I", first, size, 0)
