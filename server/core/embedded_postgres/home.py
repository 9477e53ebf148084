"""Where a cluster and its lock, log, socket and copied binaries live."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from server.core.embedded_postgres.errors import EmbeddedPostgresError
from server.core.embedded_postgres.server_user import ServerUser, choose_server_user

RELOCATED_ROOT = Path("/var/lib/jackdaw")
MIN_FREE_BYTES = 64 * 1024**2


@dataclass(frozen=True)
class ClusterHome:
    """One folder that the server's user can reach, and the user."""

    root: Path
    user: ServerUser
    relocated_from: Path | None = None

    @property
    def cluster(self) -> Path:
        """What PostgreSQL calls its data directory."""
        return self.root / "postgres"

    @property
    def lock(self) -> Path:
        """Held by the one process that starts, restarts and stops the server."""
        return self.root / "postgres.lock"

    @property
    def log(self) -> Path:
        """What the server writes."""
        return self.root / "postgres.log"

    @property
    def is_initialised(self) -> bool:
        """Whether the cluster was made; it appears by a rename, so never half."""
        return (self.cluster / "PG_VERSION").exists()


def choose_home(data_dir: Path) -> ClusterHome:
    """Find or make the home of the cluster that belongs to `data_dir`.

    Raises
    ------
    EmbeddedPostgresError
        The folder cannot be made or written, its disk is full, or the cluster belongs to somebody else.
    """
    try:
        return _checked(_make_home(data_dir))
    except OSError as error:
        raise EmbeddedPostgresError(
            f"Cannot write to {error.filename or data_dir}: {error.strerror}. "
            "Set JACKDAW_DATA_DIR to a folder that you may write to."
        ) from error


def _make_home(data_dir: Path) -> ClusterHome:
    _make_folder(data_dir)
    resolved = data_dir.resolve()
    digest = hashlib.sha256(os.fsencode(resolved)).hexdigest()[:16]
    elsewhere = RELOCATED_ROOT / digest
    here = ClusterHome(resolved, choose_server_user(resolved / "postgres"))
    moved = ClusterHome(elsewhere, choose_server_user(elsewhere / "postgres"), relocated_from=resolved)
    # A cluster that was once relocated stays, although its parents may have been opened since.
    if not moved.is_initialised and here.user.reaches(resolved):
        return here
    _make_folder(elsewhere)
    return moved


def _make_folder(folder: Path) -> None:
    """Make missing folders enterable by the server's user, whatever the umask says."""
    missing = [step for step in (folder, *folder.parents) if not step.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for step in missing:
        step.chmod(0o755)


def _checked(home: ClusterHome) -> ClusterHome:
    home.lock.touch()
    if home.cluster.exists() and not home.user.is_dropped_to and home.cluster.stat().st_uid != home.user.uid:
        raise EmbeddedPostgresError(
            f"The cluster in {home.cluster} belongs to another user. "
            "Run as that user or as root, or set JACKDAW_DATA_DIR to another folder."
        )
    free_bytes = shutil.disk_usage(home.root).free
    if free_bytes < MIN_FREE_BYTES:
        raise EmbeddedPostgresError(
            f"The disk of {home.root} is full: {free_bytes // 1024**2} MB are free, "
            f"PostgreSQL needs at least {MIN_FREE_BYTES // 1024**2} MB."
        )
    return home
