"""`python -m release.sbom PYTHON`: every part of an installed Schicht as CycloneDX in `dist/`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from release.tree import ROOT, lay
from tui.cli import VERSION


def build(interpreter: Path) -> Path:
    """The list of parts of what is installed for this interpreter; the same parts give the same bytes."""
    tree = lay(ROOT / "build" / "sbom" / "root", interpreter)
    made = ROOT / "dist" / f"schicht-{VERSION}.cdx.json"
    made.parent.mkdir(exist_ok=True)
    tool = Path(sys.executable).with_name("cyclonedx-py")
    options = ("--output-reproducible", "--validate", "--gather-license-texts", "--pyproject", ROOT / "pyproject.toml")
    subprocess.run((tool, "environment", *options, "-o", made, tree.python), cwd=tree.root, check=True)
    return made


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]).absolute()).relative_to(ROOT)}\n")
