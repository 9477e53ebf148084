"""Write migrations/schema.sql from the migrations; with --check only say whether that file is current."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from server.core.embedded_postgres import EmbeddedPostgres, temporary_cluster

REPOSITORY_ROOT = Path(__file__).resolve().parent.parent
TARGET = REPOSITORY_ROOT / "migrations" / "schema.sql"
# Partitions carry dates in their names and follow from the function that makes them.
PARTITIONS = ("interactions_[0-9]*", "slates_[0-9]*")
# What names the moment or the version of the dump, and not the schema.
VOLATILE = ("\\restrict", "\\unrestrict", "-- Dumped")


def main() -> int:
    """Migrate an empty database up, down and up again, compare it with the tables, then write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the file is stale")
    is_check = parser.parse_args().check
    with temporary_cluster() as cluster:
        environment = {**os.environ, "JACKDAW_DATABASE_URL": cluster.dsn}
        steps = [["upgrade", "head"], ["downgrade", "base"], ["upgrade", "head"], ["check"]]
        for step in steps[2:] if not is_check else steps:
            if not _alembic(environment, *step):
                return 1
        text = schema_text(cluster)
    if not is_check:
        TARGET.write_text(text)
        return 0
    if not TARGET.is_file() or TARGET.read_text() != text:
        print("migrations/schema.sql is stale: run python -m scripts.export_schema", file=sys.stderr)
        return 1
    return 0


def schema_text(cluster: EmbeddedPostgres) -> str:
    """Return the schema as it is committed."""
    url = urlsplit(cluster.dsn)
    command = [
        str(cluster.binaries_folder / "pg_dump"),
        "--schema-only",
        "--no-owner",
        "--no-privileges",
        f"--host={url.query.removeprefix('host=')}",
        f"--username={url.username}",
        f"--dbname={url.path.removeprefix('/')}",
        *(f"--exclude-table={pattern}" for pattern in PARTITIONS),
    ]
    dump = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own binary
    kept = [line.rstrip() for line in dump.stdout.splitlines() if not line.startswith(VOLATILE)]
    return "\n".join(_without_repeated_blanks(kept)).strip() + "\n"


def _alembic(environment: dict[str, str], *arguments: str) -> bool:
    command = [sys.executable, "-m", "alembic", *arguments]
    finished = subprocess.run(  # noqa: S603 - our own interpreter and module
        command, cwd=REPOSITORY_ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if finished.returncode != 0:
        print(f"alembic {' '.join(arguments)} failed:\n{finished.stdout}{finished.stderr}", file=sys.stderr)
    return finished.returncode == 0


def _without_repeated_blanks(lines: list[str]) -> list[str]:
    return [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]


if __name__ == "__main__":
    raise SystemExit(main())
