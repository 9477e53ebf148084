"""What holds for every route: who may call it, how often, from where, and what it says about itself."""

from __future__ import annotations

from typing import Any

import pytest
from quart import Quart
from quart_schema.openapi import QUART_SCHEMA_HIDDEN_ATTRIBUTE
from werkzeug.routing.rules import Rule

from server.app import create_app
from server.core.access import access_of
from server.core.docs import openapi_document
from server.core.openapi import is_documented
from server.settings import Settings
from server.tests.support.services import program
from server.tests.support.shop import API, Shop, problem

# Asked by machines of ours, or plain files: no caller, no limit.
OPEN = {
    "/livez": "the supervisor asks it",
    "/readyz": "a balancer asks it",
    "/metrics": "Prometheus asks it",
    "/": "the page of the client",
    "/<path:path>": "the files of the client",
}
SAFE = {"GET", "HEAD", "OPTIONS"}

app: Quart = create_app(Settings())
RULES = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))
WRITES = [(method, rule.rule) for rule in RULES for method in sorted((rule.methods or set()) - SAFE)]


def ids(rule: Rule) -> str:
    return f"{'/'.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {rule.rule}"


def filled(path: str) -> str:
    """Put something into every parameter of a path."""
    return "/".join("1" if part.startswith("<") else part for part in path.split("/"))


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_says_who_may_call_it_and_how_often(rule: Rule) -> None:
    if rule.rule in OPEN:
        return
    access = access_of(app.view_functions[rule.endpoint])
    assert access is not None, "mark the view with public() or requires()"
    if (rule.methods or set()) - SAFE:
        assert access.limit != "reads", "a write counts as a write or as an event"


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_is_documented_with_its_answers_and_problems(rule: Rule) -> None:
    view = app.view_functions[rule.endpoint]
    if getattr(view, QUART_SCHEMA_HIDDEN_ATTRIBUTE, False):
        assert not rule.rule.startswith(API) or rule.rule in {f"{API}/openapi.json", f"{API}/docs"}
        return
    assert rule.rule.startswith(f"{API}/")
    assert is_documented(view), "say what it answers with: answers(...)"
    assert view.__doc__


def test_every_operation_has_one_name_and_tells_its_problems() -> None:
    document = openapi_document(app)
    operations = [o for path in document["paths"].values() for o in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    for operation in operations:
        refusals = {s: a for s, a in operation["responses"].items() if int(s) >= 400}
        assert {"429", "503"} <= set(refusals), operation["operationId"]
        for answer in refusals.values():
            assert list(answer["content"]) == ["application/problem+json"]


@pytest.mark.parametrize(("method", "path"), WRITES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
    ids=lambda headers: " ".join(headers.values()),
)
async def test_every_write_refuses_other_origins(method: str, path: str, headers: dict[str, str]) -> None:
    response = await app.test_client().open(filled(path), method=method, headers=headers, json={})
    await problem(response, 403, "origin_refused")


async def test_writes_from_the_shops_own_pages_and_from_programs_pass(shop: Shop) -> None:
    browser = shop.guest()
    for headers in [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}]:
        response = await browser.post(f"{API}/auth/logout", headers=headers)
        assert response.status_code == 204


async def test_every_route_with_roles_refuses_guests(shop: Shop) -> None:
    guarded = [
        (rule, method)
        for rule in RULES
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if (access := access_of(app.view_functions[rule.endpoint])) and access.roles is not None
    ]
    assert guarded
    before = await shop.state()
    for rule, method in guarded:
        response = await shop.guest().open(filled(rule.rule), method=method, json={})
        await problem(response, 401, "not_authenticated")
    assert await shop.state() == before


async def test_every_route_with_scopes_refuses_accounts_and_every_other_route_refuses_tokens(
    shop: Shop,
) -> None:
    admin: Any = await shop.browser_of(await shop.make.user(role="admin"))
    outsider = await program(shop, scopes=("feed:none",))
    before = await shop.state()
    seen = {True: 0, False: 0}
    for rule in RULES:
        access = access_of(app.view_functions[rule.endpoint])
        if access is None or not rule.rule.startswith(API):
            continue
        seen[bool(access.scopes)] += 1
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            response = await outsider.open(filled(rule.rule), method=method, json={})
            await problem(response, 403, "scope.missing")
            if access.scopes:
                response = await admin.open(filled(rule.rule), method=method, json={})
                await problem(response, 403, "forbidden")
    assert min(seen.values()) > 0
    assert await shop.state() == before


async def test_every_role_that_is_not_named_is_refused(shop: Shop) -> None:
    browsers = {
        role: await shop.browser_of(await shop.make.user(role=role))
        for role in ("shopper", "vendor", "support", "admin")
    }
    before = await shop.state()
    for rule in RULES:
        access = access_of(app.view_functions[rule.endpoint])
        if access is None or not access.roles:
            continue
        for role in set(browsers) - access.roles:
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                response = await browsers[role].open(filled(rule.rule), method=method, json={})
                await problem(response, 403, "forbidden")
    assert await shop.state() == before
