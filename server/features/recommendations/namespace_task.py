"""Asks for the fits of other shops' models, each shop by the rhythm of its own interactions."""

from __future__ import annotations

import asyncpg

from server.features.recommendations import namespace_queries
from server.features.recommendations.namespace_queries import Standing
from server.features.recommendations.refit_task import LOOKS_PER_INTERVAL, SHORT_PAUSE_S, RefitTask


class NamespaceRefits(RefitTask):
    """Runs the refit child for namespaces; asked whenever something was stored in one."""

    def receive(self, _payload: str) -> None:
        """Take a notification: something changed in a namespace."""
        self.request()

    async def _refit_if_due(self, *, is_requested: bool) -> float:
        """Fit what is due; return after how many seconds to look again, unless something happens first."""
        del is_requested
        settings = self._runtime.settings
        async with self._runtime.database.connection() as connection:
            standings = await namespace_queries.select_standings(connection, enough=settings.refit_min_events)
        due = [standing.namespace_id for standing in standings if self._is_ripe(standing)]
        if due:
            await self._fit(due)
        if any(standing.namespace_id not in due for standing in standings):
            return max(1.0, settings.refit_interval_s / LOOKS_PER_INTERVAL)
        return settings.refit_interval_s

    def _is_ripe(self, standing: Standing) -> bool:
        """Whether enough happened, or anything and long ago; a first model comes at once."""
        interval_s = self._runtime.settings.refit_interval_s
        if standing.age_s is None:
            return True
        if not standing.has_champion:
            return standing.age_s >= SHORT_PAUSE_S
        if standing.age_s < interval_s / LOOKS_PER_INTERVAL:
            return False
        return standing.age_s >= interval_s or standing.fresh >= self._runtime.settings.refit_min_events

    async def _fit(self, namespace_ids: list[int]) -> None:
        connection = await asyncpg.connect(self._runtime.settings.database_url, timeout=5, command_timeout=30)
        try:
            if await namespace_queries.try_namespaces_lock(connection):
                await self._run_child(is_requested=False, namespace_ids=namespace_ids)
        finally:
            # The lock ends with its connection, also when this worker is killed here.
            await connection.close(timeout=2)
