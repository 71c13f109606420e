"""The installed program as a tree of its own, beneath `opt/schicht`: what the .deb carries and the SBOM lists."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
"""Top of the checkout."""
HASHES = ROOT / "requirements.txt"
"""What is installed, with the hashes of every file that may be taken for it."""
PREFIX = "opt/schicht"
"""Where the tree stands on the machine it is for, without the leading slash."""
LAUNCHER = """\
#!/{prefix}/bin/python3
import sys

from schicht import main

sys.exit(main())
"""
CONFIG = "home = {home}\ninclude-system-site-packages = false\nversion = {version}\n"
PIP = (sys.executable, "-m", "pip", "-q", "--disable-pip-version-check")


@dataclass(frozen=True)
class Tree:
    """A folder that stands for `/`, with the program laid beneath it."""

    root: Path
    version: str
    """The Python that it is for, “3.11”."""

    @property
    def prefix(self) -> Path:
        """The program's own folder in it."""
        return self.root / PREFIX

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.prefix / "bin" / "python3"

    @property
    def libraries(self) -> Path:
        """Where its packages lie."""
        return self.prefix / "lib" / f"python{self.version}" / "site-packages"


def lay(root: Path, interpreter: Path) -> Tree:
    """Install the program and everything it needs, each file by its hash, for this interpreter of the system."""
    shutil.rmtree(root, ignore_errors=True)
    said = subprocess.check_output((interpreter, "-c", "import platform; print(platform.python_version())"), text=True)
    tree = Tree(root, ".".join(said.split(".")[:2]))
    subprocess.run((interpreter, "-m", "venv", "--without-pip", tree.prefix), check=True)
    install(tree, "--require-hashes", "--only-binary", ":all:", "-r", HASHES)
    wheels = root.with_name("wheels")
    shutil.rmtree(wheels, ignore_errors=True)
    subprocess.run((*PIP, "wheel", "--no-build-isolation", "--no-deps", "-w", wheels, ROOT), check=True)
    install(tree, "--no-deps", "--no-index", *wheels.glob("*.whl"))
    _forget_this_machine(tree, interpreter, said.strip())
    return tree


def install(tree: Tree, *args: str | Path) -> None:
    """Install into the tree; it needs no pip of its own."""
    subprocess.run((*PIP, "--python", tree.python, "install", "--no-compile", "--ignore-installed", *args), check=True)


def _forget_this_machine(tree: Tree, interpreter: Path, version: str) -> None:
    """Nothing in it names the folder it was made in; no commands but ours; compiled beforehand."""
    for script in (tree.prefix / "bin").iterdir():
        if not script.name.startswith("python"):
            script.unlink()
    launcher = tree.prefix / "bin" / "schicht"
    launcher.write_text(LAUNCHER.format(prefix=PREFIX), encoding="utf-8")
    launcher.chmod(0o755)
    config = CONFIG.format(home=interpreter.parent, version=version)
    (tree.prefix / "pyvenv.cfg").write_text(config, encoding="utf-8")
    for record in tree.libraries.glob("*.dist-info/direct_url.json"):
        record.unlink()
    strip = ("-s", tree.root, "-p", "/", "--invalidation-mode", "unchecked-hash")
    subprocess.run((tree.python, "-m", "compileall", "-q", *strip, tree.prefix / "lib"), check=True)
    for path in tree.root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
