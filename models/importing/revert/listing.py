"""The imports as they are listed (CONTRACT §15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.tables.people import Import


def show_import(row: Import) -> dict[str, Any]:
    """One line of `imports list`."""
    files = [dict(file) for file in row.counts.get("files", [])]
    profiles = list(dict.fromkeys(file["profile"] for file in files if file.get("profile")))
    return {
        "id": row.id,
        "at": row.at,
        "member": row.member,
        "files": files,
        "cases": row.counts.get("cases", 0),
        "flags": row.counts.get("flags", 0),
        "baseline": row.baseline,
        "profile": ", ".join(profiles) or None,
        "reverted_at": row.reverted_at,
        "reverted_by": row.reverted_by,
    }


def list_imports() -> Iterator[dict[str, Any]]:
    """All imports, the newest first."""
    for row in Import.select().order_by(Import.id.desc()).iterator():
        yield show_import(row)
