"""Writes batches of listings: COPY into a staging table, then one upsert that skips equal rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import asyncpg
import orjson

from scripts.import_catalog.categories import Categories
from scripts.import_catalog.cleaning import slug
from scripts.import_catalog.records import Given, Listing, Rejection
from scripts.import_catalog.search_vectors import Searched, Vectors

PRODUCTS_CHANNEL = "jackdaw_products"
# PostgreSQL takes 8,000 bytes a notification; an id has at most 19 digits.
MAX_IDS_PER_NOTIFICATION = 380

_STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS import_staging (
    line bigint, external_id text, title text, brand_slug text, brand_name text, model text,
    category_id bigint, description text, condition text, price_minor bigint, currency text, stock int,
    attributes jsonb, image_url text, listed_at timestamptz
) ON COMMIT DELETE ROWS
"""
# Both sides in one order; stock, time and photo count only where the file gives them ($2, $3, $4).
_CHANGED = """
    (p.title, p.model, p.category_id, p.brand_id, p.description, p.condition, p.price_minor, p.currency,
     p.attributes, CASE WHEN $2 THEN p.stock END, CASE WHEN $3 THEN p.listed_at END,
     CASE WHEN $4 THEN p.image_url END)
    IS DISTINCT FROM
    (s.title, s.model, s.category_id, b.id, s.description, s.condition, s.price_minor, s.currency::char(3),
     s.attributes, CASE WHEN $2 THEN s.stock END, CASE WHEN $3 THEN coalesce(s.listed_at, p.listed_at) END,
     CASE WHEN $4 THEN s.image_url END)
"""
# Existing rows first and by id, new ones after: rows are locked in the order of their ids, like everywhere.
_UPSERT = f"""
INSERT INTO products AS target (
    store_id, external_id, title, brand_id, model, category_id, description, condition, price_minor, currency,
    stock, attributes, image_url, listed_at)
SELECT $1, s.external_id, s.title, b.id, s.model, s.category_id, s.description, s.condition, s.price_minor,
       s.currency, s.stock, s.attributes, s.image_url, coalesce(s.listed_at, p.listed_at, now())
FROM import_staging s
JOIN brands b ON b.slug = s.brand_slug
LEFT JOIN LATERAL (
    -- Lateral and OFFSET 0, so that every row looks its own product up: statistics know nothing of a store
    -- that is being filled, and the planner would compare each row with all products of the store.
    SELECT id, title, model, category_id, brand_id, description, condition, price_minor, currency,
           attributes, stock, listed_at, image_url
    FROM products o WHERE o.store_id = $1 AND o.external_id = s.external_id OFFSET 0
) p ON true
WHERE p.id IS NULL OR {_CHANGED}
ORDER BY p.id NULLS LAST, s.line
ON CONFLICT (store_id, external_id) DO UPDATE SET
    title = excluded.title, brand_id = excluded.brand_id, model = excluded.model,
    category_id = excluded.category_id, description = excluded.description, condition = excluded.condition,
    price_minor = excluded.price_minor, currency = excluded.currency, attributes = excluded.attributes,
    stock = CASE WHEN $2 THEN excluded.stock ELSE target.stock END,
    listed_at = CASE WHEN $3 THEN excluded.listed_at ELSE target.listed_at END,
    image_url = CASE WHEN $4 THEN excluded.image_url ELSE target.image_url END,
    version = target.version + 1, updated_at = now()
RETURNING id, external_id, xmax = 0 AS is_new, withdrawn_at IS NOT NULL AS is_withdrawn,
          (SELECT name FROM brands WHERE brands.id = target.brand_id) AS brand
"""  # noqa: S608 - constants of this module
_VECTORS_STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS import_vectors (
    product_id bigint, search_vector tsvector, text_length real
) ON COMMIT DELETE ROWS
"""
# The words wait in the index's pending list and are sorted in once for the batch.
_INDEX = """
INSERT INTO product_search AS old (product_id, search_vector, text_length)
SELECT product_id, search_vector, text_length FROM import_vectors ORDER BY product_id
ON CONFLICT (product_id) DO UPDATE
    SET search_vector = excluded.search_vector, text_length = excluded.text_length
    WHERE old.search_vector IS DISTINCT FROM excluded.search_vector;
SELECT gin_clean_pending_list('ix_product_search_search_vector');
"""
_COLUMNS = (
    "line", "external_id", "title", "brand_slug", "brand_name", "model", "category_id", "description",
    "condition", "price_minor", "currency", "stock", "attributes", "image_url", "listed_at",
)  # fmt: skip


def _record(listing: Listing, category_id: int) -> tuple[object, ...]:
    """Return the values of `_COLUMNS`."""
    return (
        listing.line,
        listing.external_id,
        listing.title,
        slug(listing.brand),
        listing.brand,
        listing.model,
        category_id,
        listing.description,
        listing.condition,
        listing.price_minor,
        listing.currency,
        listing.stock,
        orjson.dumps(listing.attributes).decode(),
        listing.image_url,
        listing.listed_at,
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a batch."""

    inserted: int
    updated: int
    unchanged: int
    duplicates: list[Rejection]


@dataclass(slots=True)
class CatalogueWriter:
    """Writes into one store. Call `prepare` once, then `write` inside a transaction per batch."""

    connection: asyncpg.Connection
    store_id: int
    given: Given
    _categories: Categories = field(init=False)
    _vectors: Vectors = field(init=False)

    def __post_init__(self) -> None:
        self._categories = Categories(self.connection)
        self._vectors = Vectors(self.connection)

    async def prepare(self) -> None:
        """Make the staging table of this connection."""
        await self.connection.execute(_STAGING)
        await self.connection.execute(_VECTORS_STAGING)
        # Bytes as they are: `Vectors` writes them in PostgreSQL's own form.
        await self.connection.set_type_codec(
            "tsvector", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
        )
        await self._vectors.prepare()
        # The staging table has no statistics: a hash join would read all products for every batch.
        await self.connection.execute(
            "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_material = off; "
            "SET jit = off; SET gin_pending_list_limit = '16MB'"
        )

    async def write(self, listings: Sequence[Listing], seen_table: str) -> Written:
        """Upsert a batch; ids that ``seen_table`` knows from earlier lines are left out and reported."""
        await self._stage(listings)
        duplicates = await self._refuse_repeated(seen_table)
        await self.connection.execute(
            """
            INSERT INTO brands (slug, name)
            SELECT DISTINCT ON (brand_slug) brand_slug, brand_name FROM import_staging s
            WHERE NOT EXISTS (SELECT FROM brands b WHERE b.slug = s.brand_slug)
            ORDER BY brand_slug, line
            ON CONFLICT DO NOTHING
            """
        )
        given = self.given
        rows = await self.connection.fetch(_UPSERT, self.store_id, given.stock, given.listed_at, given.image)
        await self._index(listings, rows)
        await self._notify([row["id"] for row in rows])
        inserted = sum(row["is_new"] for row in rows)
        updated = len(rows) - inserted
        unchanged = len(listings) - len(duplicates) - len(rows)
        return Written(inserted, updated, unchanged, duplicates)

    async def _index(self, listings: Sequence[Listing], rows: Sequence[asyncpg.Record]) -> None:
        """Let search find what was written."""
        by_external_id = {listing.external_id: listing for listing in reversed(listings)}
        searched = []
        for row in rows:
            listing = by_external_id[row["external_id"]]
            searched.append(
                Searched(
                    listing.title,
                    row["brand"],
                    listing.model,
                    listing.description,
                    listing.attributes,
                    self._categories.ids[listing.category[-1][0]],
                )
            )
        vectors = await self._vectors.vectors(searched)
        made = []
        left = []
        for row, vector in zip(rows, vectors, strict=True):
            if vector is None or row["is_withdrawn"]:
                left.append(row["id"])
            else:
                made.append((row["id"], *vector))
        await self.connection.copy_records_to_table(
            "import_vectors", records=made, columns=("product_id", "search_vector", "text_length")
        )
        await self.connection.execute(_INDEX)
        if left:
            await self.connection.execute("SELECT jackdaw_index_products($1)", left)

    async def _stage(self, listings: Sequence[Listing]) -> None:
        met = await self._categories.meet(listings)
        if met:
            await self._vectors.learn_categories(met)
        ids = self._categories.ids
        records = [_record(listing, ids[listing.category[-1][0]]) for listing in listings]
        await self.connection.copy_records_to_table("import_staging", records=records, columns=_COLUMNS)

    async def _refuse_repeated(self, seen_table: str) -> list[Rejection]:
        await self.connection.execute(
            f"INSERT INTO {seen_table} (external_id, line) SELECT external_id, line FROM import_staging "  # noqa: S608
            "ORDER BY line ON CONFLICT DO NOTHING"
        )
        rows = await self.connection.fetch(
            f"DELETE FROM import_staging s USING {seen_table} k "  # noqa: S608 - a name of our own
            "WHERE k.external_id = s.external_id AND k.line <> s.line "
            "RETURNING s.line, s.external_id, k.line AS first_line"
        )
        return [
            Rejection(
                row["line"], "id", "repeated", f"{row['external_id'][:40]}, first on line {row['first_line']}"
            )
            for row in sorted(rows, key=lambda row: int(row["line"]))
        ]

    async def _notify(self, product_ids: Sequence[int]) -> None:
        """Tell running shops which products changed; they hear it with the commit."""
        texts = [
            ",".join(map(str, product_ids[start : start + MAX_IDS_PER_NOTIFICATION]))
            for start in range(0, len(product_ids), MAX_IDS_PER_NOTIFICATION)
        ]
        await self.connection.execute(
            "SELECT pg_notify($1, ids) FROM unnest($2::text[]) AS ids", PRODUCTS_CHANNEL, texts
        )
