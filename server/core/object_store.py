"""Named immutable folders on a shared disk: where fitted snapshots live."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

_NAME = re.compile(r"^[a-z0-9][a-z0-9-]{0,99}$")


class FolderStore:
    """Folders under one root. Who fills one writes it aside and renames: a name is whole or absent."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, name: str) -> Path:
        """Return where ``name`` is or will be; its parent exists.

        Raises
        ------
        ValueError
            The name could leave the root.
        """
        if not _NAME.match(name):
            raise ValueError(f"not a name of the store: {name!r}")
        self.root.mkdir(parents=True, exist_ok=True)
        return self.root / name

    def names(self) -> list[str]:
        """Return the names of everything stored."""
        if not self.root.is_dir():
            return []
        return sorted(path.name for path in self.root.iterdir() if path.is_dir() and _NAME.match(path.name))

    def delete(self, name: str) -> None:
        """Remove a folder; memory maps of its files stay good until they are closed."""
        path = self.place(name)
        doomed = path.with_name(f".deleted-{name}")
        if path.is_dir():
            path.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
