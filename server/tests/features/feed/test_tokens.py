"""Service tokens: shown once, kept as a hash, for the feed alone, and gone when they are revoked."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from quart.typing import TestClientProtocol as Browser

from server.core.sessions import hash_token
from server.settings import REPOSITORY_ROOT
from server.tests.support.eventually import eventually
from server.tests.support.services import program
from server.tests.support.shop import API, Shop, open_shop, problem

TOKENS = f"{API}/feed/tokens"
ORDER = {"name": "Till of the north", "namespace": "north", "scopes": ["feed:products"]}


async def admin_of(shop: Shop) -> Browser:
    return await shop.browser_of(await shop.make.user(role="admin"))


async def issue(shop: Shop, **changes: Any) -> dict[str, Any]:
    response = await (await admin_of(shop)).post(TOKENS, json=ORDER | changes)
    assert response.status_code == 201, await response.get_data()
    issued: dict[str, Any] = await response.get_json()
    return issued


async def uses(shop: Shop, token: str) -> Any:
    """Return the answer of a public route to somebody with this token."""
    return await shop.guest().get(f"{API}/categories", headers={"Authorization": f"Bearer {token}"})


async def test_a_token_is_shown_once_and_stored_as_a_hash(shop: Shop) -> None:
    issued = await issue(shop, scopes=["feed:recommendations", "feed:products", "feed:products"])
    assert issued["details"]["scopes"] == ["feed:products", "feed:recommendations"]
    assert issued["details"]["namespace"] == "north"
    row = await shop.connection.fetchrow("SELECT * FROM service_tokens")
    assert row is not None
    assert row["token_hash"] == hash_token(issued["token"])
    stored = await shop.connection.fetchval("SELECT t::text FROM service_tokens t")
    assert issued["token"] not in stored
    listed = await (await (await admin_of(shop)).get(TOKENS)).get_json()
    assert listed == {"items": [issued["details"]], "nextCursor": None}


async def test_the_list_has_pages_and_holds_revoked_ones(shop: Shop) -> None:
    made = [(await issue(shop, name=f"token {number}"))["details"]["id"] for number in range(5)]
    admin = await admin_of(shop)
    assert (await admin.delete(f"{TOKENS}/{made[1]}")).status_code == 204
    first = await (await admin.get(f"{TOKENS}?limit=3")).get_json()
    rest = await (await admin.get(f"{TOKENS}?limit=3&cursor={first['nextCursor']}")).get_json()
    assert [token["id"] for token in first["items"] + rest["items"]] == made[::-1]
    assert rest["nextCursor"] is None
    assert [token["id"] for token in rest["items"] if token["revokedAt"]] == [made[1]]
    await problem(await admin.get(f"{TOKENS}?cursor=forged"), 400, "cursor.invalid")


async def test_a_token_is_for_the_feed_alone(shop: Shop) -> None:
    token = (await issue(shop))["token"]
    await uses(shop, token)
    product_id = await shop.make.product()
    before = await shop.state()
    headers = {"Authorization": f"Bearer {token}"}
    for method, path in (
        ("GET", "/products"),
        ("GET", "/recommendations/home"),
        ("GET", "/users/me"),
        ("GET", "/feed/tokens"),
        ("POST", "/models/refit"),
    ):
        client: Any = shop.guest()
        response = await client.open(f"{API}{path}", method=method, headers=headers)
        await problem(response, 403, "scope.missing")
    adding = {"productId": str(product_id), "quantity": 1}
    response = await shop.guest().post(f"{API}/cart/lines", headers=headers, json=adding)
    await problem(response, 403, "scope.missing")
    assert "Set-Cookie" not in response.headers
    assert await shop.state() == before
    metrics = await (await shop.guest().get("/metrics")).get_data(as_text=True)
    assert 'jackdaw_service_refusals_total{reason="route"}' in metrics


@pytest.mark.parametrize("token", ["jackdaw_", "jackdaw_unknown", "jackdaw_" + "x" * 5_000, "jackdaw_ä"])
async def test_an_unknown_token_is_nobody_not_a_guest(shop: Shop, token: str) -> None:
    before = await shop.state()
    await problem(await uses(shop, token), 401, "token.invalid")
    assert await shop.state() == before


async def test_other_bearer_tokens_are_not_judged_here(shop: Shop) -> None:
    assert (await uses(shop, "of-somebody-else")).status_code == 200


async def test_guesses_count_against_the_address(database_url: str, tmp_path: Path) -> None:
    async with open_shop(database_url, tmp_path, rate_reads_per_minute=12) as shop:
        answers = [(await uses(shop, f"jackdaw_{number}")).status_code for number in range(30)]
        assert answers[0] == 401
        assert answers[-1] == 429


async def test_a_revoked_token_ends_at_once_in_every_process(
    shop: Shop, database_url: str, tmp_path: Path
) -> None:
    async with open_shop(database_url, tmp_path / "second") as second:
        await eventually(lambda: second.runtime.listener.is_connected)
        issued = await issue(shop)
        for there in (shop, second):
            await problem(await uses(there, issued["token"]), 403, "scope.missing")
        path = f"{TOKENS}/{issued['details']['id']}"
        assert (await (await admin_of(shop)).delete(path)).status_code == 204
        await problem(await uses(shop, issued["token"]), 401, "token.invalid")

        async def is_refused() -> bool:
            response = await uses(second, issued["token"])
            return bool(response.status_code == 401)

        await eventually(is_refused, timeout_s=5)
        assert (await (await admin_of(shop)).delete(path)).status_code == 204


async def test_a_token_ends_with_its_time(shop: Shop) -> None:
    made = await program(shop)
    assert (await uses(shop, made.token)).status_code == 403
    await shop.connection.execute("UPDATE service_tokens SET expires_at = now() - interval '1 second'")
    shop.runtime.sessions.clear()
    await problem(await uses(shop, made.token), 401, "token.invalid")


async def test_its_use_is_noted_once_a_minute(shop: Shop) -> None:
    issued = await issue(shop)
    await uses(shop, issued["token"])
    noted = await shop.connection.fetchval("SELECT last_used_at FROM service_tokens")
    assert noted is not None
    shop.runtime.sessions.clear()
    await uses(shop, issued["token"])
    assert await shop.connection.fetchval("SELECT last_used_at FROM service_tokens") == noted


@pytest.mark.parametrize(
    "changes",
    [
        {"namespace": "North"},
        {"namespace": "-north"},
        {"namespace": "north\n"},
        {"namespace": "n" * 64},
        {"scopes": []},
        {"scopes": ["feed:everything"]},
        {"scopes": "feed:products"},
        {"name": " "},
        {"expiresAt": "2020-01-01T00:00:00Z"},
        {"expiresAt": "2030-01-01"},
        {"role": "admin"},
    ],
    ids=str,
)
async def test_impossible_tokens_are_refused(shop: Shop, changes: dict[str, Any]) -> None:
    admin = await admin_of(shop)
    before = await shop.state()
    await problem(await admin.post(TOKENS, json=ORDER | changes), 422, "invalid")
    assert await shop.state() == before


async def test_only_administrators_issue_and_revoke(shop: Shop) -> None:
    issued = await issue(shop)
    vendor = await shop.browser_of(await shop.make.user(role="vendor"))
    before = await shop.state()
    for browser, status in ((shop.guest(), 401), (vendor, 403)):
        assert (await browser.post(TOKENS, json=ORDER)).status_code == status
        assert (await browser.get(TOKENS)).status_code == status
        assert (await browser.delete(f"{TOKENS}/{issued['details']['id']}")).status_code == status
    assert await shop.state() == before
    admin = await admin_of(shop)
    before = await shop.state()
    for unknown in ("0", "999", "x", "9" * 30):
        await problem(await admin.delete(f"{TOKENS}/{unknown}"), 404, "not_found")
    assert await shop.state() == before


async def command(shop: Shop, *arguments: str) -> tuple[int, str, str]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server",
        "tokens",
        *arguments,
        cwd=REPOSITORY_ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={"PATH": os.defpath, "JACKDAW_DATABASE_URL": str(shop.runtime.settings.database_url)},
    )
    output, errors = await child.communicate()
    return child.returncode or 0, output.decode(), errors.decode()


async def test_the_command_issues_lists_and_revokes(shop: Shop) -> None:
    status, output, _ = await command(shop, "issue", "--namespace", "south", "--scope", "feed:products")
    assert status == 0
    token = output.splitlines()[-1]
    await problem(await uses(shop, token), 403, "scope.missing")
    status, output, _ = await command(shop, "list")
    token_id, namespace, _name, scopes, state = output.strip().split("\t")
    assert (status, namespace, scopes, state) == (0, "south", "feed:products", "good")
    assert token not in output
    assert (await command(shop, "revoke", token_id))[0] == 0
    shop.runtime.sessions.clear()
    await problem(await uses(shop, token), 401, "token.invalid")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("issue", "--namespace", "Not One"), 1),
        (("issue", "--namespace", "x", "--days", "0"), 1),
        (("issue", "--namespace", "x", "--scope", "all"), 2),
        (("issue",), 2),
        (("revoke", "77"), 1),
        (("revoke", "x"), 2),
        ((), 2),
    ],
    ids=str,
)
async def test_the_command_refuses_in_one_line(shop: Shop, arguments: tuple[str, ...], status: int) -> None:
    before = await shop.state()
    ended, output, errors = await command(shop, *arguments)
    assert (ended, output) == (status, "")
    assert errors
    assert "Traceback" not in errors
    assert await shop.state() == before
