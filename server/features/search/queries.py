"""SQL of search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from server.core.transactions import Connection
from server.features.search.scoring import Shape, scoring_statement
from server.features.search.vocabulary import Vocabulary

MAX_COUNTED = 1_000
MAX_IDS = 50_000
MAX_CANDIDATES = 60
MAX_TERMS = 400_000

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Presence:
    """How many products have a lexeme, how many one that starts with it, how many are such a thing."""

    exact: int
    prefix: int
    heads: int


async def fold_text(connection: Connection, text: str) -> str:
    """Fold text that has more than ASCII as the index folds it."""
    folded: str = await connection.fetchval("SELECT jackdaw_fold($1)", text)
    return folded.strip()


async def select_stems(connection: Connection, words: Sequence[str]) -> dict[str, str]:
    """Stem words; a stop word has the empty stem."""
    rows = await connection.fetch(
        "SELECT w, coalesce((ts_lexize('pg_catalog.english_stem', w))[1], '') FROM unnest($1::text[]) w",
        words,
    )
    return {row[0]: row[1] for row in rows}


async def select_presence(
    connection: Connection, exact: Sequence[str], prefix: Sequence[str], heads: Sequence[str]
) -> list[Presence]:
    """Count the products of text queries, by threes, to ``MAX_COUNTED``."""
    rows = await connection.fetch(
        f"""
        SELECT
            (SELECT count(*) FROM (
                SELECT FROM product_search WHERE search_vector @@ w.exact::tsquery LIMIT {MAX_COUNTED}) e),
            (SELECT count(*) FROM (
                SELECT FROM product_search WHERE search_vector @@ w.prefix::tsquery LIMIT {MAX_COUNTED}) p),
            (SELECT count(*) FROM (
                SELECT FROM product_search WHERE search_vector @@ w.heads::tsquery LIMIT {MAX_COUNTED}) h)
        FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY w (exact, prefix, heads, place)
        ORDER BY w.place
        """,  # noqa: S608 - a constant
        exact,
        prefix,
        heads,
    )
    return [Presence(*row) for row in rows]


async def select_similar_words(
    connection: Connection, words: Sequence[str], swaps: Sequence[tuple[str, str]]
) -> dict[str, list[tuple[str, int]]]:
    """Find words of the catalogue that look like the typed ones: by trigrams, and by swapped neighbours.

    The threshold of ``%`` is set for the whole pool.
    """
    rows = await connection.fetch(
        f"""
        SELECT t.word, s.word, s.products_count
        FROM unnest($1::text[]) t (word) CROSS JOIN LATERAL (
            SELECT w.word, w.products_count FROM search_words w
            WHERE w.word % t.word AND length(w.word) BETWEEN length(t.word) - 2 AND length(t.word) + 2
            ORDER BY similarity(w.word, t.word) DESC LIMIT {MAX_CANDIDATES}
        ) s
        UNION ALL
        SELECT t.word, w.word, w.products_count
        FROM unnest($2::text[], $3::text[]) t (word, swapped) JOIN search_words w ON w.word = t.swapped
        """,  # noqa: S608 - a constant
        words,
        [word for word, _ in swaps],
        [swapped for _, swapped in swaps],
    )
    found: dict[str, list[tuple[str, int]]] = {word: [] for word in words}
    for typed, word, count in rows:
        found[typed].append((word, count))
    return found


async def select_scored(
    connection: Connection, shape: Shape, source: str | Sequence[int], parameters: Sequence[object]
) -> tuple[Ids, Scores]:
    """Score what matches a text query, or the products of these ids."""
    statement = scoring_statement(shape, by_ids=not isinstance(source, str))
    row = await connection.fetchrow(statement, source, *parameters)
    if row is None or row[0] is None:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    return (
        np.frombuffer(row[0], ">i8").astype(np.int64),
        np.frombuffer(row[1], ">f4").astype(np.float32),
    )


async def select_matching_ids(connection: Connection, query: str, *, limit: int = MAX_IDS) -> Ids:
    """Return which products match a text query, in no order."""
    packed = await connection.fetchval(
        """
        SELECT string_agg(int8send(product_id), ''::bytea) FROM (
            SELECT product_id FROM product_search WHERE search_vector @@ $1::tsquery LIMIT $2) m
        """,
        query,
        limit,
    )
    return np.empty(0, np.int64) if packed is None else np.frombuffer(packed, ">i8").astype(np.int64)


async def select_vocabulary(connection: Connection) -> Vocabulary:
    """Read what the last build of the index learned; the most frequent terms if there are very many."""
    build = await connection.fetchrow(
        "SELECT products_count, average_length FROM search_builds ORDER BY id DESC LIMIT 1"
    )
    if build is None:
        return Vocabulary()
    terms = await connection.fetch(
        f"SELECT lexeme, products_count FROM search_terms ORDER BY products_count DESC LIMIT {MAX_TERMS}"  # noqa: S608
    )
    synonyms: dict[str, dict[str, float]] = {}
    for lexeme, alternative, weight in await connection.fetch(
        "SELECT lexeme, alternative, weight FROM search_synonyms"
    ):
        synonyms.setdefault(lexeme, {})[alternative] = weight
    return Vocabulary(
        {row[0]: row[1] for row in terms}, synonyms, n_products=build[0], average_length=build[1]
    )


_COLUMNS = """
    SELECT string_agg(int8send(id), ''::bytea ORDER BY id),
           string_agg(int8send(category_id), ''::bytea ORDER BY id),
           string_agg(int8send(brand_id), ''::bytea ORDER BY id),
           string_agg(int8send(store_id), ''::bytea ORDER BY id),
           string_agg(int4send(array_position($1::text[], condition) - 1), ''::bytea ORDER BY id),
           string_agg(int8send(price_minor), ''::bytea ORDER BY id),
           string_agg(int4send(('x' || encode(convert_to(currency, 'UTF8'), 'hex'))::bit(24)::int), ''::bytea
               ORDER BY id),
           string_agg(int4send(stock), ''::bytea ORDER BY id),
           string_agg(int4send(version), ''::bytea ORDER BY id),
           string_agg(int4send((withdrawn_at IS NULL)::int), ''::bytea ORDER BY id),
           string_agg(float8send(popularity), ''::bytea ORDER BY id),
           string_agg(int4send(extract(epoch FROM listed_at)::int), ''::bytea ORDER BY id)
"""


async def select_columns_after(
    connection: Connection, conditions: Sequence[str], *, after_id: int, limit: int
) -> Sequence[bytes | None]:
    """Read a chunk of all listings as packed columns, by id."""
    row = await connection.fetchrow(
        f"{_COLUMNS} FROM (SELECT * FROM products WHERE id > $2 ORDER BY id LIMIT $3) p",  # noqa: S608
        conditions,
        after_id,
        limit,
    )
    return tuple(row or ())


async def select_columns_of(
    connection: Connection, conditions: Sequence[str], product_ids: Sequence[int]
) -> Sequence[bytes | None]:
    """Read some listings as packed columns, by id."""
    row = await connection.fetchrow(
        f"{_COLUMNS} FROM products WHERE id = ANY ($2::bigint[])",
        conditions,
        product_ids,
    )
    return tuple(row or ())
