"""Sign-up, login, logout and users over HTTP."""

from __future__ import annotations

import asyncio

import pytest
from argon2 import PasswordHasher
from quart.typing import TestClientProtocol as Browser

from server.core.sessions import COOKIE
from server.tests.support.factories import PASSWORD
from server.tests.support.shop import API, Shop, open_shop, problem

LIMITS = frozenset({"rate_limits"})
NEW = {"email": "Ada@Example.org", "password": PASSWORD, "displayName": " Ada "}
EMPTY_REPORT = {"added": [], "combined": [], "reduced": [], "favoritesAdded": 0}


def token_of(browser: Browser) -> str | None:
    assert browser.cookie_jar is not None
    return next((cookie.value for cookie in browser.cookie_jar if cookie.name == COOKIE), None)


async def test_sign_up_logs_in_and_stores_an_argon2id_hash(shop: Shop) -> None:
    browser = shop.guest()
    response = await browser.post(f"{API}/auth/sign-up", json=NEW)
    body = await response.get_json()
    assert response.status_code == 201, body
    assert body["mergeReport"] == EMPTY_REPORT
    user = body["user"]
    assert (user["email"], user["displayName"], user["role"]) == ("ada@example.org", "Ada", "shopper")
    assert await (await browser.get(f"{API}/users/me")).get_json() == user
    assert await (await browser.get(f"{API}/session")).get_json() == {"user": user, "personalised": True}
    stored = await shop.connection.fetchval("SELECT password_hash FROM users")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_sign_up_keeps_the_guests_cart_favorites_and_visitor(shop: Shop) -> None:
    product_id = await shop.make.product()
    browser = shop.guest()
    await browser.post(f"{API}/cart/lines", json={"productId": str(product_id), "quantity": 2})
    await browser.put(f"{API}/favorites/{product_id}")
    guest_token = token_of(browser)
    visitor_id = await shop.connection.fetchval("SELECT id FROM visitors")
    response = await browser.post(f"{API}/auth/sign-up", json=NEW)
    assert (await response.get_json())["mergeReport"] == EMPTY_REPORT
    cart = await (await browser.get(f"{API}/cart")).get_json()
    assert [line["quantity"] for line in cart["lines"]] == [2]
    assert len((await (await browser.get(f"{API}/favorites")).get_json())["items"]) == 1
    owners = await shop.connection.fetch("SELECT id, user_id IS NOT NULL AS is_owned FROM visitors")
    assert [tuple(row) for row in owners] == [(visitor_id, True)]
    assert token_of(browser) != guest_token


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"email": "nobody"}, "/email", "not_an_address"),
        ({"email": "a@b"}, "/email", "not_an_address"),
        ({"email": "\u0131lker@example.org"}, "/email", "not_an_address"),
        ({"password": "short"}, "/password", "too_short"),
        ({"password": "é" * 513}, "/password", "too_long"),
        ({"password": "password1234"}, "/password", "too_common"),
        ({"password": "aaaaaaaaaaaaaaaa"}, "/password", "too_common"),
        ({"displayName": "  "}, "/displayName", "string_too_short"),
        ({"role": "admin"}, "/role", "extra_forbidden"),
        ({"email": 7}, "/email", "string_type"),
    ],
)
async def test_sign_up_refuses(shop: Shop, change: dict[str, object], pointer: str, code: str) -> None:
    before = await shop.state()
    response = await shop.guest().post(f"{API}/auth/sign-up", json=NEW | change)
    body = await problem(response, 422, "invalid")
    assert [(error["pointer"], error["code"]) for error in body["errors"]] == [(pointer, code)]
    assert await shop.state() == before


async def test_one_address_has_one_account_however_it_is_written(shop: Shop) -> None:
    await shop.make.user("ada@example.org")
    before = await shop.state(without=LIMITS)
    response = await shop.guest().post(f"{API}/auth/sign-up", json=NEW | {"email": "\uff21DA@EXAMPLE.org"})
    await problem(response, 409, "account.email_taken")
    assert await shop.state(without=LIMITS) == before


async def test_login_merges_carts_and_favorites_and_says_how(shop: Shop) -> None:
    make = shop.make
    account = await make.user()
    new, both, scarce, sold_out = [
        await make.product(title=title, stock=stock)
        for title, stock in [("New", 9), ("Both", 9), ("Scarce", 3), ("Sold out", 2)]
    ]
    await make.cart_line(account.visitor_id, both, quantity=1)
    await make.cart_line(account.visitor_id, scarce, quantity=2)
    await make.favorite(account.visitor_id, new)
    browser = shop.guest()
    for product_id, quantity in [(new, 2), (both, 3), (scarce, 2), (sold_out, 2)]:
        line = {"productId": str(product_id), "quantity": quantity}
        assert (await browser.post(f"{API}/cart/lines", json=line)).status_code == 201
    for product_id in (new, both):
        await browser.put(f"{API}/favorites/{product_id}")
    await shop.connection.execute("UPDATE products SET stock = 0 WHERE id = $1", sold_out)
    guest_visitor = await shop.connection.fetchval("SELECT max(id) FROM visitors")

    response = await browser.post(
        f"{API}/auth/login", json={"email": account.email.upper(), "password": PASSWORD}
    )
    report = (await response.get_json())["mergeReport"]
    assert report == {
        "added": [{"productId": str(new), "title": "New", "quantity": 2}],
        "combined": [{"productId": str(both), "title": "Both", "quantity": 4}],
        "reduced": [
            {"productId": str(scarce), "title": "Scarce", "wanted": 4, "quantity": 3},
            {"productId": str(sold_out), "title": "Sold out", "wanted": 2, "quantity": 0},
        ],
        "favoritesAdded": 1,
    }
    rows = await shop.connection.fetch("SELECT product_id, quantity FROM cart_lines ORDER BY product_id")
    assert [tuple(row) for row in rows] == [(new, 2), (both, 4), (scarce, 3)]
    merged = await shop.connection.fetchval("SELECT merged_into FROM visitors WHERE id = $1", guest_visitor)
    assert merged == account.visitor_id
    assert await shop.connection.fetchval("SELECT count(*) FROM favorites") == 2


async def test_login_rotates_the_session_and_the_old_token_is_dead(shop: Shop) -> None:
    account = await shop.make.user()
    browser = shop.guest()
    product_id = await shop.make.product()
    await browser.put(f"{API}/favorites/{product_id}")
    old = token_of(browser)
    await browser.post(f"{API}/auth/login", json={"email": account.email, "password": PASSWORD})
    assert token_of(browser) not in {None, old}
    thief = shop.guest()
    assert old is not None
    thief.set_cookie("localhost", COOKIE, old)
    assert (await (await thief.get(f"{API}/session")).get_json())["user"] is None
    assert (await (await thief.get(f"{API}/favorites")).get_json())["items"] == []
    assert await shop.connection.fetchval("SELECT count(*) FROM sessions") == 1


async def test_logging_in_again_ends_the_session_before(shop: Shop) -> None:
    account = await shop.make.user()
    browser = await shop.browser_of(account)
    old = token_of(browser)
    await browser.post(f"{API}/auth/login", json={"email": account.email, "password": PASSWORD})
    assert (await browser.get(f"{API}/users/me")).status_code == 200
    thief = shop.guest()
    assert old is not None
    thief.set_cookie("localhost", COOKIE, old)
    await problem(await thief.get(f"{API}/users/me"), 401, "not_authenticated")


async def test_a_second_account_does_not_inherit_the_first_ones_cart(shop: Shop) -> None:
    first, second = await shop.make.user(), await shop.make.user()
    await shop.make.cart_line(first.visitor_id, await shop.make.product())
    browser = await shop.browser_of(first)
    response = await browser.post(f"{API}/auth/login", json={"email": second.email, "password": PASSWORD})
    assert (await response.get_json())["mergeReport"] == EMPTY_REPORT
    assert (await (await browser.get(f"{API}/cart")).get_json())["lines"] == []
    assert await shop.connection.fetchval("SELECT count(*) FROM cart_lines") == 1


async def test_every_way_of_failing_to_log_in_looks_the_same(shop: Shop) -> None:
    account = await shop.make.user()
    disabled = await shop.make.user(is_disabled=True)
    before = await shop.state(without=LIMITS)
    bodies = []
    for email, password in [
        (account.email, "not the password"),
        ("nobody@example.org", PASSWORD),
        ("not an address", PASSWORD),
        (disabled.email, PASSWORD),
    ]:
        response = await shop.guest().post(f"{API}/auth/login", json={"email": email, "password": password})
        body = await problem(response, 401, "login.wrong")
        assert "Set-Cookie" not in response.headers
        del body["requestId"]
        bodies.append(body)
    assert all(body == bodies[0] for body in bodies)
    assert await shop.state(without=LIMITS) == before


async def test_parallel_guesses_never_exceed_the_limit_and_successes_do_not_count(shop: Shop) -> None:
    account = await shop.make.user()
    proof = {"email": account.email, "password": PASSWORD}
    for _ in range(3):
        assert (await shop.guest().post(f"{API}/auth/login", json=proof)).status_code == 200
    guess = {"email": account.email, "password": "not the password"}
    answers = await asyncio.gather(*(shop.guest().post(f"{API}/auth/login", json=guess) for _ in range(20)))
    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(401), statuses.count(429)) == (10, 10)
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 1 <= int(refused.headers["Retry-After"]) <= 300
    await problem(await shop.guest().post(f"{API}/auth/login", json=proof), 429, "too_many_requests")
    shop.clock.instant = shop.clock.instant.replace(year=shop.clock.instant.year + 1)
    assert (await shop.guest().post(f"{API}/auth/login", json=proof)).status_code == 200


async def test_a_guesser_held_back_by_address_does_not_lock_others_out(shop: Shop) -> None:
    victim = await shop.make.user()
    for number in range(20):
        wrong = {"email": f"someone-{number}@example.org", "password": "not the password"}
        assert (await shop.guest().post(f"{API}/auth/login", json=wrong)).status_code == 401
    for _ in range(15):
        wrong = {"email": victim.email, "password": "not the password"}
        assert (await shop.guest().post(f"{API}/auth/login", json=wrong)).status_code == 429
    attempts = await shop.connection.fetchval(
        "SELECT max(attempts) FROM rate_limits WHERE key LIKE 'login account%' AND attempts > 1"
    )
    assert attempts is None


async def test_old_parameters_are_rehashed_at_login(shop: Shop) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    account = await shop.make.user(password_hash=weak)
    proof = {"email": account.email, "password": PASSWORD}
    assert (await shop.guest().post(f"{API}/auth/login", json=proof)).status_code == 200
    stored = await shop.connection.fetchval("SELECT password_hash FROM users")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert (await shop.guest().post(f"{API}/auth/login", json=proof)).status_code == 200


async def test_logout_ends_the_session_everywhere_at_once(shop: Shop) -> None:
    browser = await shop.browser_of(await shop.make.user())
    token = token_of(browser)
    assert (await browser.get(f"{API}/users/me")).status_code == 200
    response = await browser.post(f"{API}/auth/logout")
    assert (response.status_code, await response.get_data()) == (204, b"")
    assert token is not None
    browser.set_cookie("localhost", COOKIE, token)
    await problem(await browser.get(f"{API}/users/me"), 401, "not_authenticated")
    assert await shop.connection.fetchval("SELECT count(*) FROM sessions") == 0
    assert (await shop.guest().post(f"{API}/auth/logout")).status_code == 204


async def test_users_see_themselves_and_admins_see_everybody(shop: Shop) -> None:
    ada, ben = await shop.make.user(), await shop.make.user(display_name="Ben")
    admin = await shop.make.user(role="admin")
    browser = await shop.browser_of(ada)
    assert (await browser.get(f"{API}/users/{ada.user_id}")).status_code == 200
    await problem(await browser.get(f"{API}/users/{ben.user_id}"), 404, "not_found")
    await problem(await shop.guest().get(f"{API}/users/{ben.user_id}"), 401, "not_authenticated")
    seen = await (await shop.browser_of(admin)).get(f"{API}/users/{ben.user_id}")
    assert (await seen.get_json())["displayName"] == "Ben"


async def test_a_user_can_be_renamed_by_themselves_only(shop: Shop) -> None:
    ada, ben = await shop.make.user(), await shop.make.user(display_name="Ben")
    response = await (await shop.browser_of(ada)).patch(f"{API}/users/me", json={"displayName": "Ada L."})
    assert (await response.get_json())["displayName"] == "Ada L."
    names = await shop.connection.fetch("SELECT id, display_name FROM users ORDER BY id")
    assert [tuple(row) for row in names] == [(ada.user_id, "Ada L."), (ben.user_id, "Ben")]
    before = await shop.state()
    refused = await shop.guest().patch(f"{API}/users/me", json={"displayName": "X"})
    await problem(refused, 401, "not_authenticated")
    assert await shop.state() == before


async def test_demo_accounts_cannot_log_in_to_a_production_shop(
    shop: Shop, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await shop.make.user("admin@jackdaw.example", role="admin")
    proof = {"email": "admin@jackdaw.example", "password": PASSWORD}
    assert (await shop.guest().post(f"{API}/auth/login", json=proof)).status_code == 200
    folder = tmp_path_factory.mktemp("production")
    async with open_shop(database_url, folder, environment="production") as production:
        before = await production.state(without=LIMITS)
        response = await production.guest().post(f"{API}/auth/login", json=proof)
        await problem(response, 401, "login.wrong")
        assert await production.state(without=LIMITS) == before
