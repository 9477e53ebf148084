"""Folders for shops that run as processes of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def open_folder() -> Iterator[Path]:
    """Lend an empty folder that PostgreSQL's user can enter; pytest's own is closed to others."""
    with tempfile.TemporaryDirectory(prefix="jackdaw-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
