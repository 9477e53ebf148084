"""`python -m server doctor`: says what would keep the shop from running on this machine, and the mend."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import asyncpg

from server.core.embedded_postgres.binaries import find_binaries
from server.core.embedded_postgres.errors import EmbeddedPostgresError
from server.core.embedded_postgres.home import choose_home
from server.settings import InvalidSettings, Settings, unknown_settings
from server.supervision.errors import StartFailure
from server.supervision.first_start import newest_revision
from server.supervision.listening import bind

MIN_PYTHON = (3, 11)
MIN_FREE_BYTES = 1024**3
MIN_OPEN_FILES = 1_024
EXTENSIONS = ("citext", "pg_trgm", "unaccent")
CONNECT_TIMEOUT_S = 3.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine, worth knowing, or in the way."""

    subject: str
    detail: str
    mend: str = ""
    is_blocking: bool = False

    @property
    def mark(self) -> str:
        """The word in front of the line."""
        return "fail" if self.is_blocking else ("note" if self.mend else "ok")


def examine(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Look at everything that a start needs; the settings first, because the rest depends on them."""
    yield _python()
    try:
        settings = Settings.from_env(environment)
    except InvalidSettings as problem:
        yield Finding("settings", str(problem), "Correct them; .env.example lists all.", is_blocking=True)
        return
    ignored = [name for name in unknown_settings(environment) if name != "JACKDAW_REQUIRE_BROWSER"]
    if ignored:
        yield Finding("settings", f"{', '.join(ignored)} have no effect", "Look for a typing slip.")
    else:
        yield Finding("settings", f"{settings.environment}, data in {settings.data_dir}")
    checks: list[Callable[[Settings], Finding]] = [_disk, _open_files, _client, _database, _port]
    for check in checks:
        yield check(settings)


def diagnose(environment: Mapping[str, str], say: Callable[[str], None]) -> int:
    """Print every finding; 0 when nothing is in the way, else 1."""
    findings = list(examine(environment))
    for finding in findings:
        say(f"{finding.mark:<5} {finding.subject}: {finding.detail}")
        if finding.mend:
            say(f"      {finding.mend}")
    n_blocking = sum(finding.is_blocking for finding in findings)
    say("Nothing keeps the shop from running." if not n_blocking else f"{n_blocking} to mend before a start.")
    return 1 if n_blocking else 0


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < MIN_PYTHON:
        return Finding("python", version, "Python 3.11 or newer is needed.", is_blocking=True)
    return Finding("python", f"{version} on {sys.platform}")


def _disk(settings: Settings) -> Finding:
    folder = settings.data_dir
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        return Finding(
            "data folder",
            f"{folder} is not writable",
            "Set JACKDAW_DATA_DIR to one that is.",
            is_blocking=True,
        )
    free_bytes = shutil.disk_usage(folder).free
    detail = f"{free_bytes / 1024**3:.1f} GiB free at {folder}"
    if free_bytes < MIN_FREE_BYTES:
        return Finding("data folder", detail, "The shop and its history want at least 1 GiB.")
    return Finding("data folder", detail)


def _open_files(_settings: Settings) -> Finding:
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return Finding("open files", "not limited here")
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < MIN_OPEN_FILES:
        return Finding("open files", f"at most {soft}", f"Raise it: ulimit -n {MIN_OPEN_FILES} or more.")
    return Finding("open files", f"at most {soft}")


def _client(settings: Settings) -> Finding:
    if not (settings.client_dist / "index.html").is_file():
        return Finding("client", f"not built in {settings.client_dist}", "`make start` builds it.")
    return Finding("client", f"built in {settings.client_dist}")


def _port(settings: Settings) -> Finding:
    try:
        bind(settings.host, settings.port).close()
    except StartFailure as problem:
        return Finding("port", str(problem), "`make down` stops a shop of this folder.", is_blocking=True)
    return Finding("port", f"{settings.host}:{settings.port} is free")


def _database(settings: Settings) -> Finding:
    if settings.database_url is None:
        return _embedded(settings)
    try:
        return asyncio.run(_given(settings.database_url))
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as problem:
        mend = "Start it, or correct JACKDAW_DATABASE_URL."
        return Finding("database", f"{type(problem).__name__}: {problem}", mend, is_blocking=True)


def _embedded(settings: Settings) -> Finding:
    try:
        home = choose_home(settings.data_dir)
        binaries = find_binaries(home)
    except EmbeddedPostgresError as problem:
        return Finding("database", str(problem), "See the message.", is_blocking=True)
    place = f" (moved from {home.relocated_from})" if home.relocated_from else ""
    return Finding("database", f"PostgreSQL {binaries.version} comes along; it lives in {home.root}{place}")


async def _given(url: str) -> Finding:
    connection = await asyncpg.connect(url, timeout=CONNECT_TIMEOUT_S)
    try:
        rows = await connection.fetch(
            "SELECT name FROM pg_available_extensions WHERE name = ANY($1::text[])", list(EXTENSIONS)
        )
        has_schema = await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL")
        revision = (
            await connection.fetchval("SELECT version_num FROM alembic_version") if has_schema else None
        )
    finally:
        await connection.close()
    missing = sorted(set(EXTENSIONS) - {row["name"] for row in rows})
    if missing:
        mend = "Install PostgreSQL's contrib package on its machine."
        return Finding("database", f"{', '.join(missing)} cannot be created", mend, is_blocking=True)
    state = "empty" if revision is None else f"at {revision}"
    if revision not in {None, newest_revision()}:
        return Finding("database", f"answers, {state}", f"The next start migrates it to {newest_revision()}.")
    return Finding("database", f"answers, {state}")
