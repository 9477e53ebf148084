"""Making a new cluster with one empty database in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from server.core.embedded_postgres.binaries import Binaries
from server.core.embedded_postgres.errors import EmbeddedPostgresError
from server.core.embedded_postgres.home import ClusterHome
from server.core.embedded_postgres.spawn import run_as_server_user

DATABASE = "jackdaw"
USER = "jackdaw"


def initialise(home: ClusterHome, binaries: Binaries) -> None:
    """Make the cluster beside its place and rename it, so that a killed start leaves nothing half made.

    Raises
    ------
    EmbeddedPostgresError
        The disk or the system refuses; the message carries PostgreSQL's own last line.
    """
    fresh = home.root / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    home.user.give(fresh)
    # The builtin provider sorts and folds alike everywhere; only the character classes come from the system.
    character_classes = "C.UTF-8" if sys.platform == "linux" else "C"
    answer = run_as_server_user(
        home,
        [
            binaries.folder / "initdb",
            f"--pgdata={fresh}",
            f"--username={USER}",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            f"--locale={character_classes}",
            # Only who may enter the socket's folder can connect at all.
            "--auth-local=trust",
            "--auth-host=reject",
            "--no-sync",
            "--no-instructions",
        ],
    )
    _require_success(answer, home)
    single_user = [str(binaries.folder / "postgres"), "--single", "-F", "-D", str(fresh), "template1"]
    answer = run_as_server_user(home, single_user, typed=f"CREATE DATABASE {DATABASE};\n")
    _require_success(answer, home)
    fresh.rename(home.cluster)


def require_same_version(home: ClusterHome, binaries: Binaries) -> None:
    """Refuse a cluster that another major version made.

    Raises
    ------
    EmbeddedPostgresError
        Always in that case; PostgreSQL cannot open such a cluster.
    """
    made_by = _version_of_cluster(home.cluster)
    if made_by != str(binaries.major_version):
        raise EmbeddedPostgresError(
            f"The cluster in {home.cluster} was made by PostgreSQL {made_by}, but the binaries are "
            f"{binaries.version}: dump it with the old version, or move the folder away to start anew."
        )


def _version_of_cluster(cluster: Path) -> str:
    try:
        return (cluster / "PG_VERSION").read_text().strip()
    except OSError as error:
        raise EmbeddedPostgresError(f"Cannot read {error.filename}: {error.strerror}.") from error


def _require_success(answer: subprocess.CompletedProcess[str], home: ClusterHome) -> None:
    if answer.returncode != 0:
        complaints = [line for line in answer.stderr.splitlines() if "error:" in line or "FATAL" in line]
        said = (complaints or answer.stderr.strip().splitlines() or [f"exit code {answer.returncode}"])[-1]
        raise EmbeddedPostgresError(f"PostgreSQL cannot make its cluster in {home.root}: {said.strip()}")
