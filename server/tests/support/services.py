"""Programs of other shops in tests: a token made straight in the database, and a client that sends it."""

from __future__ import annotations

import secrets
from typing import Any

from quart import Response

from server.core.service_tokens import TOKEN_PREFIX
from server.core.sessions import hash_token
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop

ALL_SCOPES = ("feed:products", "feed:interactions", "feed:recommendations")


class Program:
    """A client whose every request carries its token."""

    def __init__(self, shop: Shop, token: str, namespace_id: int) -> None:
        self._client = shop.guest()
        self.token = token
        self.namespace_id = namespace_id

    async def open(self, path: str, *, method: str = "GET", **options: Any) -> Response:
        headers = {**options.pop("headers", {}), "Authorization": f"Bearer {self.token}"}
        response: Response = await self._client.open(path, method=method, headers=headers, **options)
        return response

    async def get(self, path: str, **options: Any) -> Response:
        return await self.open(path, **options)

    async def post(self, path: str, **options: Any) -> Response:
        return await self.open(path, method="POST", **options)


async def program(shop: Shop, namespace: str = "north", scopes: tuple[str, ...] = ALL_SCOPES) -> Program:
    """Return a program with a good token, used before, so that its next use changes nothing."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    namespace_id: int = await shop.connection.fetchval(
        """
        INSERT INTO feed_namespaces (name) VALUES ($1)
        ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id
        """,
        namespace,
    )
    await shop.connection.execute(
        """
        INSERT INTO service_tokens (namespace_id, name, token_hash, scopes, last_used_at)
        VALUES ($1, 'test', $2, $3, now())
        """,
        namespace_id,
        hash_token(token),
        list(scopes),
    )
    return Program(shop, token, namespace_id)


async def send_rows(program: Program, kind: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Send rows in bulk and return the verdict once they are stored."""
    key = "products" if kind == "products" else "events"
    response = await program.post(f"{API}/feed/{kind}", json={key: rows})
    assert response.status_code == 202, await response.get_data()
    batch: dict[str, Any] = await response.get_json()
    return await verdict(program, batch["batchId"])


async def verdict(program: Program, batch_id: str) -> dict[str, Any]:
    """Wait until a batch is no longer pending; return what became of it."""
    batch: dict[str, Any] = {}

    async def is_settled() -> bool:
        response = await program.get(f"{API}/feed/batches/{batch_id}")
        batch.update(await response.get_json())
        return bool(batch["status"] != "pending")

    await eventually(is_settled)
    return batch
