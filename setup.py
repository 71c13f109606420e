"""What pyproject.toml cannot say: a wheel carries our packages beneath one name of ours (docs/betrieb.md).

An editable install stays a plain path: only the building of a wheel comes through here.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel

NAME = "schicht"


class Wheel(bdist_wheel):  # type: ignore[misc]  # setuptools carries no types
    """A wheel in which `models` is `schicht/_app/models`; `schicht.main` puts `_app` first on the path."""

    def run(self) -> None:
        """Build it from the sources as they are, without what an earlier build left behind."""
        shutil.rmtree(self.get_finalized_command("build").build_lib, ignore_errors=True)
        moved = {package: f"{NAME}._app.{package}" for package in self.distribution.packages if package != NAME}
        self.distribution.packages = [NAME, *moved.values()]
        self.distribution.package_dir = {NAME: NAME} | {to: of.replace(".", "/") for of, to in moved.items()}
        super().run()

    def write_wheelfile(self, folder: str, *args: Any, **options: Any) -> None:
        """Write the wheel's own facts, without the list of top-level names, which nothing reads and which is not so."""
        (Path(folder) / "top_level.txt").unlink(missing_ok=True)
        super().write_wheelfile(folder, *args, **options)


def description() -> str:
    """README for readers who have no folder `docs` beside it: no picture, and links as the names of files."""
    text = Path("README.md").read_text(encoding="utf-8")
    text = re.sub(r"!\[[^]]*\]\([^)]*\)\n+", "", text)
    return re.sub(r"\[([^]]+)\]\(((?!\w+:)[^)]+)\)", lambda m: m[1] if m[1] in m[2] else f"{m[1]} ({m[2]})", text)


setup(
    cmdclass={"bdist_wheel": Wheel},
    long_description=description(),
    long_description_content_type="text/markdown",
)
