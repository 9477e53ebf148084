"""The seed against a real database: everything or nothing, and what the shop finds afterwards."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from argon2 import PasswordHasher

from scripts.seed.__main__ import main
from scripts.seed.database import Connection, NotEmptyError, NotReadyError
from scripts.seed.logins import DEMO_LOGINS, DEMO_PASSWORD
from scripts.seed.shop import Plan
from scripts.seed.writer import seed
from server.tests.support.databases import Databases

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SMALL = Plan(as_of=NOW, n_products=200, n_shoppers=30, n_days=20)
TABLES = ("products", "stores", "brands", "categories", "users", "visitors", "interactions", "favorites")


@pytest.fixture(name="connection")
async def _connection(database_url: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


async def row_counts(connection: Connection) -> dict[str, int]:
    return {table: await connection.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}


async def test_writes_the_whole_shop(database_url: str, connection: Connection) -> None:
    report = await seed(database_url, SMALL)
    counts = await row_counts(connection)
    assert counts["products"] == 200
    assert counts["stores"] == 8
    assert counts["categories"] == 14
    assert counts["users"] == 4
    assert counts["visitors"] == 33
    assert counts["interactions"] == report.n_interactions > 500
    assert (
        await connection.fetchval("SELECT count(*) FROM interactions WHERE received_on <> received_at::date")
        == 0
    )
    assert await connection.fetchval("SELECT max(received_at) FROM interactions") <= NOW
    assert await connection.fetchval("SELECT min(occurred_at) FROM interactions") >= NOW - timedelta(days=20)
    assert await connection.fetchval("SELECT count(DISTINCT id) FROM interactions") == report.n_interactions


async def test_what_is_stored_agrees_with_the_log(database_url: str, connection: Connection) -> None:
    await seed(database_url, SMALL)
    disagreements = await connection.fetchval(
        """
        SELECT count(*) FROM (
            SELECT product_id, count(*) FILTER (WHERE event_type = 1) AS views,
                count(*) FILTER (WHERE event_type = 3) AS favorites,
                count(*) FILTER (WHERE event_type = 4) AS cart_adds,
                count(*) FILTER (WHERE event_type = 5) AS purchases
            FROM interactions GROUP BY product_id
        ) AS log FULL JOIN product_statistics s USING (product_id)
        WHERE (log.views, log.favorites, log.cart_adds, log.purchases)
            IS DISTINCT FROM (s.views_count, s.favorites_count, s.cart_adds_count, s.purchases_count)
        """
    )
    assert disagreements == 0
    assert await connection.fetchval("SELECT count(*) FROM favorites") == await connection.fetchval(
        "SELECT count(*) FROM interactions WHERE event_type = 3"
    )
    assert (
        await connection.fetchval(
            "SELECT count(*) FROM interactions i LEFT JOIN products p ON p.id = product_id WHERE p.id IS NULL"
        )
        == 0
    )


async def test_listings_are_found_by_search_and_carry_labels(
    database_url: str, connection: Connection
) -> None:
    await seed(database_url, SMALL)
    stale = await connection.fetchval(
        """
        SELECT count(*) FROM products p
        JOIN brands b ON b.id = brand_id JOIN categories c ON c.id = category_id
        LEFT JOIN jackdaw_title_heads(ARRAY(SELECT id FROM products)) h ON h.product_id = p.id
        LEFT JOIN product_search s ON s.product_id = p.id
        WHERE s.search_vector IS DISTINCT FROM jackdaw_search_vector(
            p.title, b.name, p.model, p.description, p.attributes, h.head || jackdaw_category_heads(c.name))
        """
    )
    assert stale == 0
    unlabelled = await connection.fetchval(
        """
        SELECT count(*) FROM products p JOIN categories c ON c.id = category_id,
            LATERAL jsonb_object_keys(p.attributes) AS key
        WHERE NOT EXISTS (
            SELECT FROM jsonb_array_elements(c.attribute_labels) AS label WHERE label ->> 0 = key
        )
        """
    )
    assert unlabelled == 0
    wear = json.loads(await connection.fetchval("SELECT wear FROM products WHERE condition = 'fair' LIMIT 1"))
    assert {"kind", "place", "detail", "x", "y"} == set(wear[0])


async def test_the_demo_logins_work_and_the_shopper_has_a_past(
    database_url: str, connection: Connection
) -> None:
    await seed(database_url, SMALL)
    rows = await connection.fetch("SELECT email, role, password_hash FROM users")
    assert {(row["email"], row["role"]) for row in rows} == {
        (login.email, login.role) for login in DEMO_LOGINS
    }
    assert all(PasswordHasher().verify(row["password_hash"], DEMO_PASSWORD) for row in rows)
    past = await connection.fetchval(
        "SELECT count(*) FROM interactions i JOIN visitors v ON v.id = visitor_id"
        " JOIN users u ON u.id = user_id"
        " WHERE role = 'shopper'"
    )
    assert past > 30
    owned = await connection.fetch(
        "SELECT s.slug FROM stores s JOIN users u ON u.id = owner_user_id WHERE role = 'vendor' ORDER BY 1"
    )
    assert [row["slug"] for row in owned] == ["second-shift", "the-darkroom"]


async def test_numbering_goes_on_after_the_seed(database_url: str, connection: Connection) -> None:
    await connection.execute("INSERT INTO visitors DEFAULT VALUES")
    await seed(database_url, SMALL)
    assert await connection.fetchval("INSERT INTO visitors DEFAULT VALUES RETURNING id") == 35
    product = await connection.fetchval(
        """
        INSERT INTO products (store_id, category_id, brand_id, title, model, condition, price_minor, stock)
        SELECT store_id, category_id, brand_id, title, model, condition, price_minor, stock
        FROM products LIMIT 1
        RETURNING id
        """
    )
    assert product == 201


async def test_refuses_a_shop_that_is_there_and_changes_nothing(
    database_url: str, connection: Connection
) -> None:
    await connection.execute("INSERT INTO brands (slug, name) VALUES ('tarn', 'Tarn')")
    before = await row_counts(connection)
    with pytest.raises(NotEmptyError):
        await seed(database_url, SMALL)
    assert await row_counts(connection) == before


async def test_two_seeds_at_once_make_one_shop(database_url: str, connection: Connection) -> None:
    results = await asyncio.gather(
        seed(database_url, SMALL), seed(database_url, SMALL), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["NotEmptyError", "Report"]
    assert await connection.fetchval("SELECT count(*) FROM products") == 200


async def test_a_failing_seed_leaves_nothing(
    database_url: str, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise RuntimeError("stopped half-way")

    monkeypatch.setattr("scripts.seed.writer.write_favorites", fails)
    with pytest.raises(RuntimeError):
        await seed(database_url, SMALL)
    assert set((await row_counts(connection)).values()) == {0}


async def test_large_seeds_bring_back_every_index_and_reference(
    database_url: str, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.seed.write_catalogue.INDEX_LATER_FROM", 100)
    monkeypatch.setattr("scripts.seed.write_search.INDEX_LATER_FROM", 100)
    statement = """
        SELECT indexdef FROM pg_indexes WHERE tablename IN ('products', 'product_search')
        UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid = 'products'::regclass ORDER BY 1
    """
    before = await connection.fetch(statement)
    await seed(database_url, SMALL)
    assert await connection.fetch(statement) == before


async def test_asks_for_migrations_first(databases: Databases) -> None:
    name = await databases.create(empty=True)
    with pytest.raises(NotReadyError, match="alembic upgrade head"):
        await seed(databases.url(name), SMALL)
    await databases.drop(name)


async def test_command_is_quiet_when_asked_and_polite_when_not(
    database_url: str, connection: Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--database-url", database_url, "--products", "60", "--shoppers", "5", "--days", "7"]

    async def run(*more: str) -> tuple[int, str, str]:
        status = await asyncio.to_thread(main, [*arguments, *more])
        out, err = capsys.readouterr()
        return status, out, err

    status, out, err = await run()
    assert (status, "shopper@jackdaw.example" in out) == (0, True)
    before = await row_counts(connection)
    assert await run("--if-empty") == (0, "", "")
    status, out, err = await run()
    assert (status, out) == (2, "")
    assert "already has a shop" in err
    assert await row_counts(connection) == before


def test_command_refuses_production(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JACKDAW_ENV", "production")
    assert main(["--database-url", "postgresql://nowhere.invalid/x"]) == 2
    assert "production" in capsys.readouterr().err


def test_command_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("JACKDAW_DATABASE_URL", raising=False)
    assert main([]) == 2
    assert "JACKDAW_DATABASE_URL" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--products", "0"])
