"""A cluster that lives as long as a `with` block: for tests and for measurements."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.core.embedded_postgres.cluster import EmbeddedPostgres


@contextmanager
def temporary_cluster(*, durable: bool = False) -> Iterator[EmbeddedPostgres]:
    """Start an empty cluster in about half a second; end and delete it afterwards. Fits async code as well.

    Without `durable`, nothing waits for the disk.
    """
    folder = Path(tempfile.mkdtemp(prefix="jackdaw-"))
    try:
        # mkdtemp closes it to everybody else, also to the user who will run the server.
        folder.chmod(0o755)
        cluster = EmbeddedPostgres(folder, durable=durable)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop(immediate=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
