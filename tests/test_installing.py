"""What is built from the sources, installed and taken away again: wheel and source archive."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.test_house import PACKAGES, ROOT, files
from tui.cli import VERSION

FOREIGN = ("models", "screens", "tui")
"""Top-level names that other packages may have, too."""


def run(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder that knows nothing of this checkout."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run([str(arg) for arg in args], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def done(*args: str | Path, cwd: Path) -> str:
    """What it prints where it succeeds."""
    found = run(*args, cwd=cwd)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


def pip(*args: str | Path, cwd: Path) -> str:
    """Run pip without a network."""
    return done(sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", *args, cwd=cwd)


def build_wheel(source: Path, folder: Path) -> Path:
    """The wheel of these sources, as `pipx install .` builds it."""
    pip("wheel", "--no-build-isolation", "--no-deps", "--no-index", "-w", folder, source, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


def sources(folder: Path) -> Path:
    """A copy of the checkout without what was built or cached."""
    for path in files():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes((ROOT / path).read_bytes())
    return folder


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, in which an earlier build has left a stale package."""
    source = sources(tmp_path_factory.mktemp("source"))
    stale = source / "build" / "lib" / "models" / "__init__.py"
    stale.parent.mkdir(parents=True)
    stale.touch()
    return build_wheel(source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive of this checkout."""
    folder = tmp_path_factory.mktemp("archive")
    program = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
    done(sys.executable, "-c", program, folder, cwd=sources(folder / "source"))
    (found,) = folder.glob("*.tar.gz")
    return found


def names(wheel: Path) -> set[str]:
    """The files in a wheel."""
    return {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}


def with_foreign_packages(site: Path, wheel: Path) -> None:
    """Lay the wheel beside packages of others that have our names."""
    zipfile.ZipFile(wheel).extractall(site)
    for name in FOREIGN:
        (site / name).mkdir()
        (site / name / "__init__.py").write_text("raise SystemExit('somebody else')", encoding="utf-8")


def test_an_installed_program_has_all_its_files(wheel: Path) -> None:
    wanted = {path for path in files() if path.parts[0] in PACKAGES}
    beneath = {str(path) if path.parts[0] == "schicht" else f"schicht/_app/{path}" for path in wanted}
    assert len(wanted) > 100
    assert beneath - names(wheel) == set()


def test_a_wheel_takes_one_name_and_carries_its_licence(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in names(wheel)}
    assert tops == {"schicht", f"schicht-{VERSION}.dist-info", f"schicht-{VERSION}.data"}
    assert f"schicht-{VERSION}.dist-info/licenses/LICENSE" in names(wheel)


def test_the_long_description_needs_no_checkout(wheel: Path) -> None:
    text = zipfile.ZipFile(wheel).read(f"schicht-{VERSION}.dist-info/METADATA").decode()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "](docs/" in readme
    assert "# Schicht" in text
    assert "](docs/" not in text


def test_foreign_packages_of_the_same_name_are_no_obstacle(wheel: Path, tmp_path: Path) -> None:
    with_foreign_packages(tmp_path, wheel)
    assert done(sys.executable, "-m", "schicht", "--version", cwd=tmp_path) == f"schicht {VERSION}\n"
    program = "import sys, schicht; sys.argv[1:] = ['--help']; schicht.main(); import models; print(models.__file__)"
    where = done(sys.executable, "-c", program, cwd=tmp_path).splitlines()[-1]
    assert Path(where) == tmp_path / "schicht" / "_app" / "models" / "__init__.py"


def test_a_foreign_package_loaded_before_ours_is_named(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    (tmp_path / "models.py").touch()
    found = run(sys.executable, "-c", "import models, schicht, sys; sys.exit(schicht.main())", cwd=tmp_path)
    assert found.returncode == 1
    assert str(tmp_path / "models.py") in found.stderr
    assert "pipx" in found.stderr
    assert "Traceback" not in found.stderr


def test_uninstalling_leaves_nothing(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"

    def laid() -> set[Path]:
        return {path for path in (tmp_path / "venv").rglob("*") if path.is_file()}

    before = laid()
    pip("--python", python, "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    libraries = f"PYTHONPATH={sysconfig.get_path('purelib')}"  # what Schicht needs; Schicht itself is not in there
    assert VERSION in done("env", libraries, tmp_path / "venv" / "bin" / "schicht", "--version", cwd=tmp_path)
    assert len(laid() - before) > 100
    pip("--python", python, "uninstall", "--yes", "schicht", cwd=tmp_path)
    assert laid() == before


def test_a_source_archive_is_whole(archive: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as packed:
        held = {str(Path(*Path(name).parts[1:])) for name in packed.getnames()}
        packed.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)  # 3.11.4 and later
        packed.extractall(tmp_path)
    assert {str(path) for path in files()} - held == set()
    again = tmp_path / "wheel"
    again.mkdir()
    assert names(build_wheel(tmp_path / f"schicht-{VERSION}", again)) == names(wheel)


def test_the_changelog_begins_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+) \((unreleased|\d{4}-\d\d-\d\d)\)$", text, re.MULTILINE)
    assert versions[0][0] == VERSION
    assert [state for _, state in versions[1:]].count("unreleased") == 0
    assert len(versions) == text.count("\n## ")
