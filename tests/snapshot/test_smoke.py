from __future__ import annotations

from tests.snapshot.support import Exports, USUAL, vpa, absence


def test_smoke(exports: Exports) -> None:
    full = {name: [row] for name, row in USUAL.items()}
    a = exports.take(**full)
    print(a)
    b = exports.take(**full)
    print(b)
    c = exports.take(vpas=[vpa(klasse="B", neukunden="nein", aktiv="nein")], abwesenheiten=[])
    print(c)
    for case in exports.cases():
        print(case)
    assert a["cases"] == 1
