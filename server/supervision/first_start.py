"""Bringing the database up to date before anybody is served: migrations, then the demo shop if empty."""

from __future__ import annotations

import ast
import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import asyncpg

from server.supervision.errors import StartFailure, StopRequested

REPOSITORY_ROOT = Path(__file__).resolve().parent.parent.parent
# Any constant will do, as long as nothing else in the database locks it.
SETUP_LOCK = 0x6A61_636B
CONNECT_PATIENCE_S = 5.0
CONNECT_TIMEOUT_S = 2.0
STOP_PATIENCE_S = 5.0
POLL_S = 0.05
DEMO_EMAIL = "shopper@jackdaw.example"

logger = logging.getLogger(__name__)

Unreachable = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


class FirstStart:
    """One connection and the commands that run while it holds the set-up lock."""

    def __init__(self, url: str, environment: Mapping[str, str], pause: Callable[[float], None]) -> None:
        self._url = url
        self._environment = environment
        self._pause = pause

    def run(self, *, seeds_demo: bool) -> bool:
        """Migrate and seed as needed; say whether the demo logins exist.

        Raises
        ------
        StartFailure
            The database does not answer, or a step failed.
        """
        with asyncio.Runner() as runner:
            connection = self._connect(runner)
            try:
                return self._bring_up_to_date(_Asked(runner, connection), seeds_demo=seeds_demo)
            except Unreachable as error:
                raise StartFailure(f"The database failed: {error}.") from error
            finally:
                connection.terminate()

    def _bring_up_to_date(self, database: _Asked, *, seeds_demo: bool) -> bool:
        if database.revision() != newest_revision():
            self._lock(database)
            if database.revision() != newest_revision():
                logger.info("Bringing the database's schema up to date.")
                self._command("migrations", "alembic", "upgrade", "head")
        if seeds_demo and database.is_empty():
            self._lock(database)
            if database.is_empty():
                logger.info("Making the demo shop; this happens once.")
                self._command("demo shop", "scripts.seed", "--if-empty")
        return seeds_demo and database.has_demo_logins()

    def _connect(self, runner: asyncio.Runner) -> asyncpg.Connection[Any]:
        deadline = time.monotonic() + CONNECT_PATIENCE_S
        while True:
            try:
                return runner.run(asyncpg.connect(self._url, timeout=CONNECT_TIMEOUT_S))
            except (asyncpg.InvalidPasswordError, asyncpg.InvalidCatalogNameError, ValueError) as error:
                raise StartFailure(f"The database refuses JACKDAW_DATABASE_URL: {error}.") from error
            except Unreachable as error:
                # It may be starting beside us.
                if time.monotonic() > deadline:
                    reason = str(error) or "no answer in time"
                    raise StartFailure(
                        f"The database at JACKDAW_DATABASE_URL does not answer: {reason}."
                    ) from error
            self._pause(0.25)

    def _lock(self, database: _Asked) -> None:
        while not database.locks():
            self._pause(POLL_S)

    def _command(self, name: str, *module_and_arguments: str) -> None:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
            [sys.executable, "-m", *module_and_arguments],
            cwd=REPOSITORY_ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            while child.poll() is None:
                self._pause(POLL_S)
        except StopRequested:
            _end(child)
            raise
        if child.returncode != 0:
            raise StartFailure(f"The {name} failed with status {child.returncode}; its reason is above.")


class _Asked:
    """What the set-up needs to know, as plain calls."""

    def __init__(self, runner: asyncio.Runner, connection: asyncpg.Connection[Any]) -> None:
        self._runner = runner
        self._connection = connection

    def revision(self) -> str | None:
        if not self._value("SELECT to_regclass('alembic_version') IS NOT NULL"):
            return None
        return str(self._value("SELECT version_num FROM alembic_version"))

    def is_empty(self) -> bool:
        return not self._value("SELECT EXISTS (SELECT FROM products)")

    def has_demo_logins(self) -> bool:
        return bool(self._value("SELECT EXISTS (SELECT FROM users WHERE email = $1)", DEMO_EMAIL))

    def locks(self) -> bool:
        return bool(self._value("SELECT pg_try_advisory_lock($1)", SETUP_LOCK))

    def _value(self, statement: str, *values: object) -> object:
        return self._runner.run(self._connection.fetchval(statement, *values))


def newest_revision() -> str | None:
    """The revision that no other builds on, read from the files: loading Alembic takes half a second.

    Nothing when there are several, so that Alembic runs and explains itself.
    """
    revisions: set[str] = set()
    built_upon: set[str] = set()
    for path in (REPOSITORY_ROOT / "migrations" / "versions").glob("*.py"):
        names = _constants(path)
        revisions.add(str(names["revision"]))
        below = names.get("down_revision")
        built_upon.update([below] if isinstance(below, str) else below or ())
    heads = revisions - built_upon
    return heads.pop() if len(heads) == 1 else None


def _constants(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for statement in ast.parse(path.read_text()).body:
        targets: list[ast.expr] = []
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        else:
            continue
        for target in targets:
            wanted = isinstance(target, ast.Name) and target.id in {"revision", "down_revision"}
            if wanted and isinstance(target, ast.Name) and statement.value is not None:
                found[target.id] = ast.literal_eval(statement.value)
    return found


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(STOP_PATIENCE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
