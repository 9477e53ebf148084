"""Liveness, readiness and metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from quart import Blueprint, Response, current_app
from quart_schema import hide

from server.core.json import json_response
from server.core.runtime import runtime
from server.core.telemetry import exposition

blueprint = Blueprint("health", __name__)
PING_TIMEOUT_S = 0.5
CHECKS = "jackdaw_readiness"

Check = Callable[[], Awaitable[dict[str, Any]]]


def readiness_checks(extensions: dict[str, Any]) -> dict[str, Check]:
    """Return the table into which features put their own readiness: name -> check with an ``ok``."""
    checks: dict[str, Check] = extensions.setdefault(CHECKS, {})
    return checks


@blueprint.get("/livez")
@hide
async def livez() -> Response:
    """Answer as long as the process turns its loop; asks nobody."""
    return json_response({"status": "ok"})


@blueprint.get("/readyz")
@hide
async def readyz() -> Response:
    """Say whether this worker should get traffic, and why not."""
    checks: dict[str, dict[str, Any]] = {"database": await _ping_database()}
    for name, check in readiness_checks(current_app.extensions).items():
        checks[name] = await check()
    checks["draining"] = {"ok": not runtime().is_draining}
    is_ready = all(check["ok"] for check in checks.values())
    return json_response(
        {"status": "ok" if is_ready else "not ready", "checks": checks}, 200 if is_ready else 503
    )


@blueprint.get("/metrics")
@hide
async def metrics() -> Response:
    """Expose counters to Prometheus."""
    return Response(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


async def _ping_database() -> dict[str, Any]:
    try:
        async with asyncio.timeout(PING_TIMEOUT_S), runtime().database.connection() as connection:
            revision = await connection.fetchval("SELECT version_num FROM alembic_version")
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the database, the answer is "not ready"
        return {"ok": False, "detail": type(error).__name__}
    return {"ok": True, "migration": revision}
