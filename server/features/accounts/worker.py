"""The tidying of sessions and counters that are over."""

from __future__ import annotations

import asyncio

from quart import Quart

from server.core.periodic import run_periodically
from server.features.accounts.service import installed_passwords, purge_expired

INTERVAL_S = 600.0


class AccountsWorker:
    """Runs beside the requests of a worker, from start to stop."""

    def __init__(self, app: Quart) -> None:
        self._app = app
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Tidy now and every ten minutes."""
        self._task = asyncio.create_task(
            run_periodically("purge of expired sessions", INTERVAL_S, self._purge, self._stop),
            name="purge of expired sessions",
        )

    async def stop(self) -> None:
        """End the task and the hashing threads."""
        self._stop.set()
        if self._task is not None:
            await self._task
        installed_passwords(self._app).close()

    async def _purge(self) -> None:
        await purge_expired(self._app)
