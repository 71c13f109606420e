"""`python -m release.deb PYTHON`: a .deb in `dist/` for the machine's own Debian and its Python."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

from release.licences import copyright_file
from release.manual import manual
from release.tree import PREFIX, ROOT, Tree, lay
from tui.cli import VERSION

HERE = Path(__file__).parent
STAGE = ROOT / "build" / "deb" / "root"
SHELLS = {
    "bash": "usr/share/bash-completion/completions/schicht",
    "zsh": "usr/share/zsh/vendor-completions/_schicht",
    "fish": "usr/share/fish/vendor_completions.d/schicht.fish",
}
"""Where each shell looks for what completes a command."""
SCRIPTS = ("postinst", "prerm", "postrm")


def build(interpreter: Path) -> Path:
    """The package for this interpreter; the same sources of the same second give the same bytes."""
    moment = dt.datetime.fromtimestamp(int(os.environ.setdefault("SOURCE_DATE_EPOCH", _committed())), dt.UTC)
    tree = lay(STAGE, interpreter)
    _lay_beside(tree, moment.date())
    _lay_control(tree)
    architecture = subprocess.check_output(("dpkg", "--print-architecture"), text=True).strip()
    package = ROOT / "dist" / f"schicht_{VERSION}_{architecture}.deb"
    package.parent.mkdir(exist_ok=True)
    _fill_control(tree, architecture)
    subprocess.run(("dpkg-deb", "--root-owner-group", "-Zxz", "-z4", "--build", tree.root, package), check=True)
    return package


def _committed() -> str:
    """When the sources were last committed, in seconds; without git when the changelog was written."""
    found = subprocess.run(
        ("git", "log", "-1", "--format=%ct"), cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    return found or str(int((ROOT / "CHANGELOG.md").stat().st_mtime))


def _lay_beside(tree: Tree, day: dt.date) -> None:
    """The command, manual page, completion, units, docs and licences, where Debian has them."""
    (tree.root / "usr/bin").mkdir(parents=True)
    (tree.root / "usr/bin/schicht").symlink_to(f"/{PREFIX}/bin/schicht")
    docs = tree.root / "usr/share/doc/schicht"
    docs.parent.mkdir(parents=True)
    shutil.move(tree.prefix / "share/doc/schicht", docs)
    shutil.rmtree(tree.prefix / "share")
    _write(docs / "copyright", copyright_file(tree).encode())
    _write(tree.root / "usr/share/man/man1/schicht.1.gz", gzip.compress(manual(day).encode(), mtime=0))
    for shell, place in SHELLS.items():
        _write(tree.root / place, completion(tree, shell))
    for unit in sorted((HERE / "systemd").glob("schicht-*")):
        _write(tree.root / "usr/lib/systemd/system" / unit.name, unit.read_bytes())
    _write(tree.root / "etc/schicht/dienst.env", (HERE / "systemd/dienst.env").read_bytes())


def completion(tree: Tree, shell: str) -> bytes:
    """What the program itself gives this shell to complete its command lines with."""
    program = "import sys; sys.argv[0] = 'schicht'; from schicht import main; sys.exit(main())"
    env = {**os.environ, "_SCHICHT_COMPLETE": f"{shell}_source"}
    return subprocess.run((tree.python, "-c", program), env=env, stdout=subprocess.PIPE, check=True).stdout


def _lay_control(tree: Tree) -> None:
    """What dpkg runs and keeps."""
    for name in (*SCRIPTS, "conffiles"):
        _write(tree.root / "DEBIAN" / name, (HERE / "deb" / name).read_bytes(), 0o755 if name in SCRIPTS else 0o644)


def _fill_control(tree: Tree, architecture: str) -> None:
    """What the package says of itself."""
    major, minor = map(int, tree.version.split("."))
    files = [path for path in tree.root.rglob("*") if path.is_file() and not path.is_symlink()]
    text = (HERE / "deb" / "control").read_text(encoding="utf-8")
    filled = text.format(
        version=VERSION.replace(".dev", "~dev"),
        architecture=architecture,
        kilobytes=sum(path.stat().st_size for path in files) // 1024,
        python=tree.version,
        next_python=f"{major}.{minor + 1}",
    )
    _write(tree.root / "DEBIAN" / "control", filled.encode())


def _write(path: Path, content: bytes, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(mode)


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]).absolute()).relative_to(ROOT)}\n")
