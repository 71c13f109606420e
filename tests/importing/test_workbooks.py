"""Workbooks of other programs, read by a profile: .xls, .ods, error cells, sheets that would fill the memory."""

from __future__ import annotations

import base64
import zipfile
import zlib
from pathlib import Path

import pytest

from models.ground.errors import BadDataError
from models.importing.profiles.actions import SetProfile
from models.importing.profiles.suggest.draft import Draft
from models.importing.profiles.suggest.suggestion import suggest
from models.tables.people import Vpa
from tests.importing.support import Exports
from tests.importing.workbook import write_workbook
from tests.support.cases import day

HEADER = ("Assistent-Nr.", "Nachname", "Vorname", "Einstufung", "Eintritt", "Status", "Neukunden", "Aufträge")

# Written by xlwt: a title, an empty row, the header, three people with real dates.
XLS = (
    "c-rk)O-K}R6n`^2v%8wE>t|^pi;$I>pkBJ@wxUVUF7{;~1hu+<ZBR#<o$c#TmU#?<PDK~N4jr;0=z}`ctwUtkAqWDkZk>XH4(j&a"
    "+u3Q|3=~SR<}LH)|9kKK|L-^d&zXHaSvWm*uVMzWq#0Z=pUeSwhE2jNCk_07{$!Gh>AM%Nq$8_Ja=bW@ZWW&7zx2=;(s<8+40o01"
    "r~y9UbrgmmGN_Bd3Q7xeh)Tqv3AF?_(Bgw~W>v(xn{_ekI~@6x^$xaNX5ECb)6x-`3`T0UTeJ9(T*W>gP`eMg&O5f$Ln*wVS$zJA"
    "l!{d$WN6X;RpzKv@?acrK-+~b48jF)6LJAsTkFE%y2B{bP=bR!4&RaifUoIQ{Vd?vSJo~8+P^Qfdwyg0;vi<*ugVI*FeH!jA{m7|"
    "c&v~|f&C&nFbh+#0ns|V@&FF#abbwSZjmrWK0qiQ*W#wo&215*4tMWJwEKh}9S}HiItL9Z;go69^thSmN$9;^2Bx8zCT<h^%&3`&"
    "<9QGfiN1s$6FT}si5}DV)GKf?b<|@}IDzdONGPlsQJkY8v<>S0nl2EWrl<z2)grX`kS6+F0J~xo)`F!|qL=)QSfiCv3beJIByS{_"
    "4kF&T{0la&d|uFbsAEvT<w9Q8e(br~TVJNaT^+$=Y#HXmDs`l7q#lGMT%a0Q*$3(NQb$@1*VxMXBDcDp%N49kaLwVpx}(%8>>S~k"
    "OYE)278+UJ1UF@rH)DD9^PWeQqaTA?usqQ|bGBsSZEy^#@Q96Jefo_+tyC*rzee&nn7&Ka_V=E3`7c|cSN2=ambA|80+^%4k5ZU="
    "DvaRBtO%JSs83QT-G3=0BXZfug-EfHf=IQIipXsvHzJRXJczs&2iGDTT+AWIigz)GTpJOGH8vs+IIH2DOi00g>AWplKH`vXM-m60"
    "jXV}24$2}N6y{K1#VgFgZzJMRXd~iKWN}cKL&bgB@)3t(J2EpX^_3?ptIAnRtaz2PmfDE2mf481uC=nNoVDSVZ22;uT(zIPSuTPH"
    "G?;ii{*+vB#1Tgval{cv{yU+UJ$fr}@h1cDONg6aPE!Bt%;7cf{7v%D%3c`6pNSupZJ^`bfHTXQKV_gw>9(XL)=B?gNOBOf8_)+`"
    "%%gAF^A|sbq|E18az+22TSCjtKffHFe>wjT7KkAA"
)
ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Team">'
)
ODS_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods(path: Path, *rows: str) -> Path:
    """The smallest OpenDocument sheet, padded as LibreOffice does it."""
    padding = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", "<manifest/>")
        book.writestr("content.xml", ODS_HEAD + "".join(rows) + padding + ODS_FOOT)
    return path


def ods_row(*cells: str, more: str = "") -> str:
    """A row of texts, and of dates where a cell is one."""
    made = []
    for cell in cells:
        kind = f'date" office:date-value="{cell}' if cell[:2] == "20" else "string"
        value = f'<table:table-cell office:value-type="{kind}"><text:p>{cell}</text:p></table:table-cell>'
        made.append(value if cell else "<table:table-cell/>")
    return f"<table:table-row{more}>{''.join(made)}</table:table-row>"


def people() -> list[tuple[object, ...]]:
    return [(v.id, v.name, v.klasse, v.start, v.active, v.new_customers) for v in Vpa.select().order_by(Vpa.id)]


def by_suggestion(exports: Exports, path: Path) -> None:
    exports.world.run(SetProfile(toml=suggest(exports.world.session(), path).show()["toml"]))
    exports.take_paths(path)


def test_x_03_an_xls_below_a_title_is_read(exports: Exports, tmp_path: Path) -> None:
    path = tmp_path / "leute.xls"
    path.write_bytes(zlib.decompress(base64.b85decode("".join(XLS))))
    by_suggestion(exports, path)
    assert people() == [
        ("P1", "Mira Muster", "A", day("2020-01-31"), True, True),
        ("P2", "Ida Beispiel", "B", day("2021-02-03"), False, False),
        ("P3", "Eva Dritte", "N", day("2025-11-03"), True, True),
    ]


def test_x_03_an_ods_is_read_with_its_real_dates(exports: Exports, tmp_path: Path) -> None:
    rows = [ods_row("Unsere Leute"), ods_row(*HEADER)]
    path = ods(tmp_path / "leute.ods", *rows, ods_row("P1", "Muster", "Mira", "A", "2020-01-31", "online", "x", "x"))
    draft = Draft.of(suggest(exports.world.session(), path))
    assert draft.as_read("start", draft.columns["start"].seen.distinct[0]) == "2020-01-31"  # type: ignore[union-attr]
    by_suggestion(exports, path)
    assert people() == [("P1", "Mira Muster", "A", day("2020-01-31"), True, True)]


def test_an_ods_that_would_fill_the_memory_is_refused(exports: Exports, tmp_path: Path) -> None:
    wide = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="100" '
    )
    wide += 'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    path = ods(tmp_path / "vpas.ods", wide)
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(path)
    assert [problem.code for problem in caught.value.problems] == ["too_large"]


PROFILE = """
name = "Leute"
file = "vpas"
headers = ["Nr"]
[columns]
vpa_id = "Nr"
name = "{Nachname}, {Vorname}"
klasse = "Klasse"
start = "Eintritt"
aktiv = "Status"
neukunden = "=ja"
auftraege = "=ja"
[values.aktiv]
"*" = "nein"
"""


def test_an_error_of_a_spreadsheet_is_no_word_and_no_part_of_a_name(exports: Exports, tmp_path: Path) -> None:
    exports.world.run(SetProfile(toml=PROFILE))
    names = ("Nr", "Nachname", "Vorname", "Klasse", "Eintritt", "Status")
    cells = "".join(f'<c r="{chr(65 + n)}1" t="str"><v>{name}</v></c>' for n, name in enumerate(names))
    values = ("P1", "Muster", "#REF!", "A", "2020-01-01", "#N/A")
    kinds = ("str", "str", "e", "str", "str", "e")
    more = "".join(
        f'<c r="{chr(65 + n)}2" t="{kind}"><v>{value}</v></c>'
        for n, (kind, value) in enumerate(zip(kinds, values, strict=True))
    )
    path = write_workbook(tmp_path / "m.xlsx", {"T": f'<row r="1">{cells}</row><row r="2">{more}</row>'})
    with pytest.raises(BadDataError) as caught:
        exports.take_paths(path)
    found = [(p.line, p.column, p.code) for p in caught.value.problems]
    assert found == [(2, "Nachname", "bad_value"), (2, "Status", "bad_value")]
