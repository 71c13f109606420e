"""`python -m release.dist`: wheel and source archive in `dist/`; at a tag only where it names this version."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from release.tree import PIP, ROOT
from tui.cli import VERSION


def tags(root: Path = ROOT) -> list[str]:
    """The tags of versions at the commit that is checked out; none without git."""
    asked = ("git", "tag", "--points-at", "HEAD", "--list", "v*")
    return subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False).stdout.split()


def misfit(found: list[str]) -> str | None:
    """What is wrong with these tags, as a sentence; None where nothing is."""
    if not found or f"v{VERSION}" in found:
        return None
    return f"Der Tag {found[0]} passt nicht zur Version {VERSION} (tui/cli/__init__.py). Ändere eines von beiden."


def main() -> int:
    """Build both; the exit status."""
    if wrong := misfit(tags()):
        sys.stderr.write(wrong + "\n")
        return 1
    dist = ROOT / "dist"
    subprocess.run((*PIP, "wheel", "--no-build-isolation", "--no-deps", "-w", dist, ROOT), check=True)
    program = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
    subprocess.run((sys.executable, "-c", program, dist), cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
