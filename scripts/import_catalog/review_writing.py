"""Writes reviews as rating interactions of visitors, each once however often the file is imported."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from recs import EVENT_WEIGHTS, Event
from scripts.import_catalog.records import Rejection, Review

# Visitors of another shop have ids in the upper half of bigint, made from their name there: the same person
# always becomes the same visitor, no table of names is kept, and the shop's own numbering never gets there.
_FIRST_FOREIGN_VISITOR = 1 << 62
_STAGING = """
CREATE TEMPORARY TABLE IF NOT EXISTS review_staging (
    line bigint, id uuid, visitor_id bigint, external_id text, weight real, occurred_at timestamptz
) ON COMMIT DELETE ROWS
"""


@dataclass(frozen=True, slots=True)
class WrittenReviews:
    """What became of a batch."""

    inserted: int
    unchanged: int
    unknown: list[Rejection]


def visitor_id(store: str, person: str) -> int:
    """Return the visitor that stands for a person of another shop."""
    digest = hashlib.blake2b(f"{store}\x00{person}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return _FIRST_FOREIGN_VISITOR | int.from_bytes(digest) >> 2


def interaction_id(store: str, review: Review) -> uuid.UUID:
    """Return the id of a review; one that repeats person, product and instant is the same review."""
    text = f"{store}\x00{review.person}\x00{review.external_id}\x00{review.written_at.timestamp():.3f}"
    return uuid.UUID(
        bytes=hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest(), version=5
    )


def weight_of(stars: float) -> float:
    """Return what a rating says in favour: all of the event's weight for five stars, nothing up to two.

    >>> weight_of(5), weight_of(3.5), weight_of(1)
    (2.0, 1.0, 0.0)
    """
    return EVENT_WEIGHTS[Event.RATING] * max(0.0, stars - 2) / 3


class ReviewWriter:
    """Writes the reviews of one store. Call `prepare` once, then `write` inside a transaction per batch."""

    def __init__(self, connection: asyncpg.Connection, store_id: int, store: str) -> None:
        self._connection = connection
        self._store_id = store_id
        self._store = store

    async def prepare(self) -> None:
        """Make the staging table and the partitions of today."""
        await self._connection.execute(_STAGING)
        await self._connection.execute("SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off")
        await self._connection.execute("SELECT jackdaw_ensure_partitions(current_date, current_date + 2)")

    async def write(self, reviews: Sequence[Review]) -> WrittenReviews:
        """Insert a batch. Reviews of products that the store lacks are left out and reported."""
        await self._connection.copy_records_to_table(
            "review_staging",
            records=[
                (
                    review.line,
                    interaction_id(self._store, review),
                    visitor_id(self._store, review.person),
                    review.external_id,
                    weight_of(review.stars),
                    review.written_at,
                )
                for review in reviews
            ],
        )
        unknown = await self._connection.fetch(
            """
            DELETE FROM review_staging s
            WHERE (SELECT p.id FROM products p
                   WHERE p.store_id = $1 AND p.external_id = s.external_id) IS NULL
            RETURNING s.line, s.external_id
            """,
            self._store_id,
        )
        await self._connection.execute(
            """
            INSERT INTO visitors (id, created_at, last_seen_at)
            SELECT visitor_id, min(occurred_at), max(occurred_at) FROM review_staging
            GROUP BY visitor_id ORDER BY visitor_id
            ON CONFLICT (id) DO NOTHING
            """
        )
        inserted = await self._insert()
        known = len(reviews) - len(unknown)
        rejections = [
            Rejection(row["line"], "parent_asin", "no such product in the store", row["external_id"][:40])
            for row in sorted(unknown, key=lambda row: int(row["line"]))
        ]
        return WrittenReviews(inserted, known - inserted, rejections)

    async def _insert(self) -> int:
        """Insert what is new; an earlier import may have received it on another day, hence the look by id."""
        status = await self._connection.execute(
            """
            INSERT INTO interactions (
                id, received_on, visitor_id, product_id, event_type, weight, occurred_at, received_at)
            SELECT DISTINCT ON (s.id)
                   s.id, current_date, s.visitor_id, p.id, $2, s.weight, s.occurred_at, now()
            FROM review_staging s
            CROSS JOIN LATERAL (
                -- As in the writing of products: statistics know nothing of a store that was just filled.
                SELECT o.id FROM products o WHERE o.store_id = $1 AND o.external_id = s.external_id OFFSET 0
            ) p
            WHERE (SELECT count(*) FROM interactions i WHERE i.id = s.id) = 0
            ORDER BY s.id, s.line
            ON CONFLICT DO NOTHING
            """,
            self._store_id,
            int(Event.RATING),
        )
        return int(status.rpartition(" ")[2])
