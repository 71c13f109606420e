"""An absence entered here that the platform names later is that one: same VPA, same first day (S-03, X-02)."""

from __future__ import annotations

from models.importing.columns import ABWESENHEITEN, SEPARATOR
from models.importing.context import Taking
from models.importing.staging import staging

STAGE = staging(ABWESENHEITEN)
FIRST_DAY = ABWESENHEITEN.place["von"]


def recognise(taking: Taking) -> None:
    """Give the staged rows of such absences our own id, the platform's is kept with it: the rest goes on as ever."""
    pairs = {pos: (ours, theirs, exported) for pos, ours, theirs, exported in _by_id(taking)}
    pairs |= _by_first_day(taking)
    for pos, (ours, theirs, exported) in pairs.items():
        named = SEPARATOR.join([ours, *exported.split(SEPARATOR)[1:]])
        taking.sql.run(f"UPDATE {STAGE} SET abwesenheit_id = ?, exported = ? WHERE pos = ?", (ours, named, pos))
        taking.sql.run("UPDATE absence SET platform_id = ? WHERE id = ?", (theirs, ours))


def _by_id(taking: Taking) -> list[tuple[int, str, str, str]]:
    """Those that an export has named before."""
    return taking.sql.rows(
        f"SELECT s.pos, a.id, a.platform_id, s.exported FROM absence a "
        f"JOIN {STAGE} s ON s.abwesenheit_id = a.platform_id "
        "WHERE a.platform_id IS NOT NULL"
    )


def _by_first_day(taking: Taking) -> dict[int, tuple[str, str, str]]:
    """Those that no export has named yet; of several with one first day the oldest goes to the first row."""
    ours: dict[tuple[str, str], list[str]] = {}
    for key, vpa, start in taking.sql.rows(
        "SELECT id, vpa, start FROM absence WHERE exported IS NULL AND platform_id IS NULL ORDER BY length(id), id"
    ):
        ours.setdefault((vpa, str(start)), []).append(key)
    found: dict[int, tuple[str, str, str]] = {}
    if not ours:
        return found
    theirs = taking.sql.rows_in(
        f"SELECT s.pos, s.abwesenheit_id, s.vpa_id, s.exported FROM {STAGE} s WHERE s.vpa_id IN (?*) "
        "AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.id = s.abwesenheit_id)",
        sorted({vpa for vpa, _ in ours}),
    )
    for pos, key, vpa, exported in sorted(theirs):
        same = ours.get((vpa, exported.split(SEPARATOR)[FIRST_DAY]))
        if same:
            found[pos] = (same.pop(0), key, exported)
    return found
