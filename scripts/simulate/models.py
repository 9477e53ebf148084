"""Asks for refits as an administrator, and reads how they went. Only in a shop of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson

from scripts.http_client import ConnectionPool, NoAnswer
from scripts.seed.logins import DEMO_PASSWORD
from scripts.simulate.schedule import Schedule
from scripts.simulate.talk import API

EMAIL = "admin@jackdaw.example"


@dataclass(frozen=True, slots=True)
class Model:
    """One attempt at a model, as the shop lists it."""

    version: str
    status: str
    interactions: int
    fit_seconds: float | None
    ndcg: float | None
    popularity_ndcg: float | None
    refusal: str | None


class ModelDesk:
    """A logged-in administrator."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._cookie = ""

    async def log_in(self) -> None:
        """Log in with the published login of a demo shop.

        Raises
        ------
        NoAnswer
            The shop did not let us in.
        """
        body = orjson.dumps({"email": EMAIL, "password": DEMO_PASSWORD})
        response = await self._request("POST", f"{API}/auth/login", body)
        if response.status != 200:
            raise NoAnswer(f"The login of {EMAIL} answers {response.status}.")
        self._cookie = "; ".join(f"{name}={value}" for name, value in response.cookies().items())

    async def refit_at(self, moments_s: Sequence[float], schedule: Schedule) -> None:
        """Ask for a refit at each of these seconds of the run; one that fails does not stop the next."""
        for moment_s in moments_s:
            await asyncio.sleep(max(0.0, moment_s - schedule.elapsed_s))
            if schedule.is_over:
                return
            with suppress(NoAnswer):
                await self._request("POST", f"{API}/models/refit", b"{}")

    async def models(self) -> list[Model]:
        """Return every attempt so far, the oldest first.

        Raises
        ------
        NoAnswer
            The shop did not say.
        """
        response = await self._request("GET", f"{API}/models")
        if response.status != 200:
            raise NoAnswer(f"The list of models answers {response.status}.")
        rows = orjson.loads(response.body)["items"]
        return sorted((_model(row) for row in rows), key=lambda model: int(model.version))

    async def _request(self, method: str, path: str, body: bytes | None = None) -> Any:
        place = await self._pool.place()
        return await self._pool.request(place, method, path, body=body, cookie=self._cookie)


def _model(row: dict[str, Any]) -> Model:
    metrics = row["metrics"]
    return Model(
        row["version"],
        row["status"],
        row["interactionsCount"],
        row["fitSeconds"],
        metrics.get("ndcg@10"),
        (metrics.get("popularity") or {}).get("ndcg@10"),
        row["refusal"],
    )
