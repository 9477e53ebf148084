"""SQL for single products, cards, reference tables and the counting of views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from server.core.transactions import Connection

PRODUCTS_CHANNEL = "jackdaw_products"
# PostgreSQL takes 8,000 bytes a notification; an id has at most 19 digits.
MAX_IDS_PER_NOTIFICATION = 380


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A category, a brand or a store."""

    kind: str
    id: int
    slug: str
    name: str
    parent_id: int | None
    attribute_labels: str | None


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category with the number of its listed products."""

    id: int
    slug: str
    name: str
    parent_id: int | None
    products_count: int


@dataclass(frozen=True, slots=True)
class CardRow:
    """What a card is made of."""

    id: int
    title: str
    model: str
    condition: str
    price_minor: int
    currency: str
    stock: int
    version: int
    image_url: str | None
    is_listed: bool
    views_count: int
    brand_id: int
    brand_slug: str
    brand_name: str
    category_id: int
    category_slug: str
    category_name: str
    store_id: int
    store_name: str


@dataclass(frozen=True, slots=True)
class DetailRow:
    """What a product's page shows beyond its card."""

    description: str
    listed_at: datetime
    attributes: dict[str, str]
    attribute_labels: list[tuple[str, str]]
    wear: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class GradeRow:
    """The cheapest listing of a model in one condition."""

    id: int
    condition: str
    price_minor: int
    currency: str
    stock: int


_CARD = """
    SELECT p.id, p.title, p.model, p.condition, p.price_minor, p.currency, p.stock, p.version, p.image_url,
           p.withdrawn_at IS NULL AS is_listed, coalesce(v.views_count, 0) AS views_count,
           b.id AS brand_id, b.slug AS brand_slug, b.name AS brand_name,
           c.id AS category_id, c.slug AS category_slug, c.name AS category_name,
           s.id AS store_id, s.name AS store_name
"""
_CARD_TABLES = """
    FROM products p
    JOIN brands b ON b.id = p.brand_id
    JOIN categories c ON c.id = p.category_id
    JOIN stores s ON s.id = p.store_id
    LEFT JOIN product_statistics v ON v.product_id = p.id
"""
_SELECT_CARDS = f"{_CARD} {_CARD_TABLES} WHERE p.id = ANY($1::bigint[])"
_SELECT_DETAIL = (
    f"{_CARD}, p.description, p.listed_at, p.attributes, p.wear, c.attribute_labels {_CARD_TABLES} "
    "WHERE p.id = $1 AND p.withdrawn_at IS NULL"
)


async def select_reference(connection: Connection) -> list[ReferenceRow]:
    """Read all categories, brands and stores."""
    rows = await connection.fetch(
        """
        SELECT 'category' AS kind, id, slug, name, parent_id, attribute_labels::text FROM categories
        UNION ALL SELECT 'brand', id, slug, name, NULL, NULL FROM brands
        UNION ALL SELECT 'store', id, slug, name, NULL, NULL FROM stores
        """
    )
    return [ReferenceRow(*row) for row in rows]


async def select_categories(connection: Connection) -> list[CategoryRow]:
    """Read all categories in their order, with counts."""
    rows = await connection.fetch(
        """
        SELECT c.id, c.slug, c.name, c.parent_id, coalesce(n.products_count, 0)
        FROM categories c
        LEFT JOIN (
            SELECT category_id, count(*) AS products_count
            FROM products WHERE withdrawn_at IS NULL GROUP BY category_id
        ) n ON n.category_id = c.id
        ORDER BY c.position, c.id
        """
    )
    return [CategoryRow(*row) for row in rows]


async def select_cards(connection: Connection, product_ids: Sequence[int]) -> list[CardRow]:
    """Read what the cards of these products need, withdrawn ones included, in no order."""
    return [CardRow(*row) for row in await connection.fetch(_SELECT_CARDS, product_ids)]


async def select_detail(connection: Connection, product_id: int) -> tuple[CardRow, DetailRow] | None:
    """Read everything about one listed product."""
    row = await connection.fetchrow(_SELECT_DETAIL, product_id)
    if row is None:
        return None
    values = tuple(row)
    description, listed_at, attributes, wear, labels = values[-5:]
    detail = DetailRow(
        description=description,
        listed_at=listed_at,
        attributes=orjson.loads(attributes),
        attribute_labels=[(key, label) for key, label in orjson.loads(labels)],
        wear=orjson.loads(wear),
    )
    return CardRow(*values[:-5]), detail


async def select_grades(
    connection: Connection, *, product_id: int, brand_id: int, model: str, currency: str
) -> list[GradeRow]:
    """Find the listing to show per condition: the product itself, else the cheapest, in stock if possible.

    What is priced in another currency, which does not compare, only where there is nothing else.
    """
    rows = await connection.fetch(
        """
        SELECT DISTINCT ON (condition) id, condition, price_minor, currency, stock
        FROM products
        WHERE brand_id = $1 AND model = $2 AND withdrawn_at IS NULL
        ORDER BY condition, id = $3 DESC, stock > 0 DESC, currency = $4 DESC,
                 currency, price_minor, id
        """,
        brand_id,
        model,
        product_id,
        currency,
    )
    return [GradeRow(*row) for row in rows]


async def update_views(
    connection: Connection, counts: dict[tuple[int, int], int], *, half_lives: float
) -> None:
    """Add views, by product and seller, to the counters and to the decayed popularity, in one statement.

    What sellers look at in stores of their own is left out.

    The rows are locked in the order of their ids, like everywhere, so that two writers never wait for
    each other. ``-900`` keeps the smaller summand above the underflow error of ``power``.
    """
    await connection.execute(
        """
        WITH viewed AS (
            SELECT v.product_id, sum(v.views)::bigint AS views
            FROM unnest($1::bigint[], $2::bigint[], $4::bigint[]) AS v (product_id, views, seller_id)
            WHERE v.seller_id = 0 OR NOT EXISTS (
                SELECT FROM products o JOIN stores s ON s.id = o.store_id
                WHERE o.id = v.product_id AND s.owner_user_id = v.seller_id)
            GROUP BY v.product_id
        ), locked AS MATERIALIZED (
            SELECT p.id, v.views, log(2, v.views)::float8 + $3::float8 AS added
            FROM products p JOIN viewed v ON v.product_id = p.id
            ORDER BY p.id FOR NO KEY UPDATE OF p
        ), counted AS (
            INSERT INTO product_statistics AS s (product_id, views_count)
            SELECT id, views FROM locked
            ON CONFLICT (product_id) DO UPDATE SET views_count = s.views_count + excluded.views_count
        )
        UPDATE products p
        SET popularity = CASE WHEN p.popularity = 0 THEN l.added
            ELSE greatest(p.popularity, l.added)
                 + ln(1 + power(2.0::float8, greatest(-abs(p.popularity - l.added), -900))) / ln(2.0::float8)
            END
        FROM locked l WHERE p.id = l.id
        """,
        [product_id for product_id, _seller_id in counts],
        list(counts.values()),
        half_lives,
        [seller_id for _product_id, seller_id in counts],
    )


async def notify_products(connection: Connection, product_ids: Sequence[int]) -> None:
    """Tell every process that the cards of these products changed."""
    texts = [
        ",".join(map(str, product_ids[start : start + MAX_IDS_PER_NOTIFICATION]))
        for start in range(0, len(product_ids), MAX_IDS_PER_NOTIFICATION)
    ]
    await connection.execute(
        "SELECT pg_notify($1, ids) FROM unnest($2::text[]) AS ids", PRODUCTS_CHANNEL, texts
    )
