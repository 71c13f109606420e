"""The licences of everything that is installed with Schicht: `docs/lizenzen.md`, and the .deb's `copyright`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from release.tree import ROOT, Tree, lay

LIST = ROOT / "docs" / "lizenzen.md"
HEAD = """\
# Lizenzen

Schicht selbst: MIT (`LICENSE`). Was mit ihm installiert wird (`requirements.txt`), hier mit der Lizenz, die jedes Paket
nennt. Das Debian-Paket enthält alle und ihre Texte (`/usr/share/doc/schicht/copyright`). Diese Seite
macht `make licences`.

In `psycopg-binary` stecken übersetzt libpq (PostgreSQL), OpenSSL (Apache-2.0), MIT Kerberos (MIT), OpenLDAP
(OLDAP-2.8), Cyrus SASL (BSD), keyutils und libxcrypt (LGPL-2.1); in `pysqlite3` SQLite (gemeinfrei).

| Paket | Version | Lizenz |
|---|---|---|
"""
UNNAMED = {"peewee": "MIT", "pysqlite3": "Zlib"}
"""What the texts say of packages that name no licence in their facts."""
TEXTS = re.compile(r"(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
"""Names of files that hold a licence."""


def bundled(tree: Tree) -> list[Distribution]:
    """What is installed beside Schicht, by name."""
    found = (dist for dist in distributions(path=[str(tree.libraries)]) if dist.name != "schicht")
    return sorted(found, key=lambda dist: dist.name.casefold())


def licence(dist: Distribution) -> str:
    """The licence as a package names it: its expression, else its classifiers, else its free words."""
    meta = dist.metadata
    classes = [value.split(" :: ")[-1] for value in meta.get_all("Classifier") or [] if value.startswith("License ::")]
    words = [value.partition("\n")[0] for value in meta.get_all("License") or []]
    return ", ".join(meta.get_all("License-Expression") or classes or words or [UNNAMED[dist.name]])


def licences(tree: Tree) -> str:
    """The list as a page."""
    return HEAD + "".join(f"| {dist.name} | {dist.version} | {licence(dist)} |\n" for dist in bundled(tree))


def copyright_file(tree: Tree) -> str:
    """All licences with their texts, one package after the other."""
    parts = ["Schicht\n\n" + (ROOT / "LICENSE").read_text(encoding="utf-8")]
    parts += [f"{dist.name} {dist.version}: {licence(dist)}\n\n" + "\n".join(_texts(dist)) for dist in bundled(tree)]
    return f"\n{'-' * 72}\n\n".join(parts)


def _texts(dist: Distribution) -> Iterator[str]:
    for path in dist.files or []:
        if ".dist-info/" in str(path) and TEXTS.search(str(path)):
            yield Path(str(path.locate())).read_text(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    LIST.write_text(licences(lay(ROOT / "build" / "licences" / "root", Path(sys.argv[1]).absolute())), encoding="utf-8")
