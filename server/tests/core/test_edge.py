"""The layer around every answer: headers, compression, what is refused before a route is asked."""

from __future__ import annotations

import gzip

import pytest

from server.tests.support.shop import API, Shop, problem


async def test_every_answer_carries_the_headers_that_protect_it(shop: Shop) -> None:
    response = await shop.guest().get(f"{API}/categories")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert len(response.headers["X-Request-Id"]) == 16
    page = await shop.guest().get(f"{API}/docs")
    assert "script-src" not in page.headers["Content-Security-Policy"]
    outside = await shop.guest().get("/livez")
    assert outside.headers["Referrer-Policy"] == "same-origin"
    session = await shop.guest().get(f"{API}/session")
    assert session.headers["Cache-Control"] == "no-store"


async def test_long_answers_are_compressed_for_who_can_read_it(shop: Shop) -> None:
    for _ in range(5):
        await shop.make.product()
    plain = await shop.guest().get(f"{API}/products")
    packed = await shop.guest().get(f"{API}/products", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    body = await packed.get_data()
    assert isinstance(body, bytes)
    assert int(packed.headers["Content-Length"]) == len(body)
    assert gzip.decompress(body) == await plain.get_data()
    short = await shop.guest().get(f"{API}/session", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in short.headers


async def test_an_answer_without_a_body_keeps_its_form(shop: Shop) -> None:
    whole = await shop.guest().get(f"{API}/products")
    known = {"If-None-Match": whole.headers["ETag"], "Accept-Encoding": "gzip"}
    unchanged = await shop.guest().get(f"{API}/products", headers=known)
    assert (unchanged.status_code, await unchanged.get_data()) == (304, b"")
    assert "Content-Encoding" not in unchanged.headers


@pytest.mark.parametrize("length", ["x", "-1", "9" * 20])
async def test_odd_lengths_are_refused(shop: Shop, length: str) -> None:
    response = await shop.guest().post(
        f"{API}/auth/logout", headers={"Content-Length": length, "Content-Type": "application/json"}
    )
    assert response.status_code in {400, 413}
    assert response.content_type == "application/problem+json"


async def test_limits_are_counted_per_session(shop: Shop) -> None:
    first = await shop.browser_of_visitor(await shop.make.visitor())
    second = await shop.browser_of_visitor(await shop.make.visitor())
    shop.runtime.reads._interval_s = 60.0
    shop.runtime.reads._tolerance_s = 60.0
    assert (await first.get(f"{API}/session")).status_code == 200
    refused = await first.get(f"{API}/session")
    await problem(refused, 429, "too_many_requests")
    assert int(refused.headers["Retry-After"]) >= 1
    assert (await second.get(f"{API}/session")).status_code == 200


async def test_requests_are_counted_by_status(shop: Shop) -> None:
    await shop.guest().get(f"{API}/products/0")
    text = (await (await shop.guest().get("/metrics")).get_data()).decode()  # type: ignore[union-attr]
    assert 'jackdaw_requests_total{status="404"}' in text
    assert 'jackdaw_request_seconds_bucket{le="+Inf"}' in text


async def test_what_is_no_route_is_a_problem_too(shop: Shop) -> None:
    await problem(await shop.guest().get(f"{API}/nothing/here"), 404, "not_found")
    assert (await shop.guest().get("/missing.js")).content_type == "application/problem+json"
