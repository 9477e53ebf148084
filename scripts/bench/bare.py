"""The bare twins: the least that Quart, ASGI and asyncpg need for the same work, in the same run."""

from __future__ import annotations

import os
from typing import Any

import asyncpg
import orjson
from quart import Quart, Response, request

LIST_SQL = """
    SELECT id, title, condition, price_minor, currency, stock, brand_id, category_id, store_id
    FROM products
    WHERE category_id = $1 AND withdrawn_at IS NULL AND (popularity, id) < ($2, $3)
    ORDER BY popularity DESC, id DESC
    LIMIT 24
"""


def create_bare_app() -> Quart:
    """Build the bare Quart application over the database of the environment."""
    app = Quart("bare", static_folder=None)

    @app.before_serving
    async def connect() -> None:
        app.extensions["pool"] = await asyncpg.create_pool(os.environ["JACKDAW_DATABASE_URL"], min_size=2)

    @app.after_serving
    async def disconnect() -> None:
        app.extensions["pool"].terminate()

    @app.get("/hello")
    async def hello() -> Response:
        return Response(b'{"status":"ok"}', content_type="application/json")

    @app.get("/list")
    async def listing() -> Response:
        arguments = request.args
        async with app.extensions["pool"].acquire() as connection:
            rows = await connection.fetch(
                LIST_SQL, int(arguments["c"]), float(arguments["p"]), int(arguments["i"])
            )
        body = orjson.dumps({"items": [dict(row) for row in rows]})
        return Response(body, content_type="application/json")

    @app.post("/echo")
    async def echo() -> Response:
        orjson.loads(await request.get_data())
        return Response(b'{"accepted":10}', status=202, content_type="application/json")

    return app


async def bare_asgi(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer every request with two messages and nothing else."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})
