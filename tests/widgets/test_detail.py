"""The detail: nothing it draws is taller than it says."""

from __future__ import annotations

import pytest

from screens.detail.detail import Detail, Entries, Section, Sections

TITLE = "Reminder · fällig Sa 21.11. · überfällig seit 2 Tagen"


@pytest.mark.parametrize("width", [20, 40, 50, 52, 53, 80])
def test_a_long_heading_counts_its_lines(width: int) -> None:
    detail = Detail("Kühnel, Silke", before=(Section(TITLE, ("Kurz.",)),), entries_title=TITLE)
    for part in (Sections("before"), Entries()):
        lines = part.lines(detail, width)
        assert max(line.cell_length for line in lines) <= width
        assert TITLE in " ".join(line.plain for line in lines)
