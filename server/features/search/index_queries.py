"""SQL of the batch side of search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from server.features.search.domain import quoted
from server.features.search.learning import Synonym

SEARCH_CHANNEL = "jackdaw_search"
_LOCK = "hashtext('jackdaw search index')"
MIN_WORD_PRODUCTS = 3
MIN_PHRASE_PRODUCTS = 3
MAX_PHRASES = 20_000
MAX_NEW_PHRASES = 100
MAX_PHRASE_WORDS = 3
# Beyond this many listings the most looked-at ones tell how things are called as well as all would.
SAMPLE = 100_000
KIND_KEYS = ("kind", "type", "product_type", "device_type")


@dataclass(frozen=True, slots=True)
class IndexState:
    """How large the index is, how often rows of it changed, and how often they had at the last build."""

    n_products: int
    changes: int
    built_changes: int | None


@dataclass(frozen=True, slots=True)
class DescribedRow:
    """A listing's category and type attributes, its words and its heads."""

    kinds: list[str | None]
    words: list[str]
    heads: list[str]


async def select_state(connection: asyncpg.Connection) -> IndexState:
    """Compare the index with its last build."""
    row = await connection.fetchrow(
        """
        SELECT (SELECT count(*) FROM products WHERE withdrawn_at IS NULL),
               coalesce((SELECT n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables
                         WHERE relid = 'product_search'::regclass), 0),
               (SELECT changes FROM search_builds ORDER BY id DESC LIMIT 1)
        """
    )
    assert row is not None  # noqa: S101 - without FROM there is always a row
    return IndexState(*row)


async def try_lock(connection: asyncpg.Connection) -> bool:
    """Claim the index for this connection."""
    return bool(await connection.fetchval(f"SELECT pg_try_advisory_lock({_LOCK})"))


async def unlock(connection: asyncpg.Connection) -> None:
    """Let others build."""
    await connection.execute(f"SELECT pg_advisory_unlock({_LOCK})")


async def name_categories(connection: asyncpg.Connection) -> None:
    """Take the names of categories that have no phrases yet."""
    await connection.execute(
        """
        SELECT jackdaw_name_category(c.id, '{}') FROM categories c
        WHERE NOT EXISTS (SELECT FROM category_phrases p WHERE p.category_id = c.id)
        """
    )


async def take_new_phrases(connection: asyncpg.Connection) -> list[str]:
    """Return phrases that listings were not looked at with yet, and take them for known."""
    rows = await connection.fetch("UPDATE category_phrases SET is_new = false WHERE is_new RETURNING phrase")
    return sorted({row[0] for row in rows})


async def select_listings_saying(connection: asyncpg.Connection, phrases: Sequence[str]) -> list[int]:
    """Return the indexed listings whose words include those of a phrase; of very many phrases, all."""
    if len(phrases) > MAX_NEW_PHRASES:
        rows = await connection.fetch("SELECT product_id FROM product_search ORDER BY 1")
    else:
        queries = [" & ".join(quoted(stem) for stem in phrase.split()) for phrase in phrases]
        rows = await connection.fetch(
            """
            SELECT DISTINCT s.product_id
            FROM unnest($1::text[]) q CROSS JOIN LATERAL (
                SELECT product_id FROM product_search WHERE search_vector @@ q::tsquery OFFSET 0) s
            ORDER BY 1
            """,
            queries,
        )
    return [row[0] for row in rows]


async def index_products(connection: asyncpg.Connection, product_ids: Sequence[int]) -> None:
    """Index listings as every writer does."""
    await connection.execute("SELECT jackdaw_index_products($1)", product_ids)


async def index_missing(connection: asyncpg.Connection, *, limit: int) -> int:
    """Index listings that are not in the index; returns how many there were."""
    ids = await connection.fetchval(
        """
        SELECT array_agg(id) FROM (
            SELECT p.id FROM products p
            WHERE p.withdrawn_at IS NULL
              AND NOT EXISTS (SELECT FROM product_search s WHERE s.product_id = p.id)
            ORDER BY p.id LIMIT $1
        ) missing
        """,
        limit,
    )
    await index_products(connection, ids or [])
    return len(ids or [])


async def count_terms(connection: asyncpg.Connection) -> None:
    """Count lexemes, and words as people write them, into temporary tables."""
    await connection.execute(
        f"""
        DROP TABLE IF EXISTS new_terms, new_words;
        CREATE TEMPORARY TABLE new_terms AS
            SELECT word, ndoc FROM ts_stat('SELECT search_vector FROM product_search')
            WHERE length(word) <= 60;
        CREATE TEMPORARY TABLE new_words AS
            SELECT word, ndoc FROM ts_stat($$
                SELECT to_tsvector('simple', jackdaw_fold(p.title || ' ' || c.name))
                FROM products p JOIN categories c ON c.id = p.category_id WHERE p.withdrawn_at IS NULL
            $$)
            WHERE word ~ '^[a-z]{{3,30}}$' AND ndoc >= {MIN_WORD_PRODUCTS};
        """  # noqa: S608 - a constant
    )


async def count_phrases(connection: asyncpg.Connection) -> None:
    """Count what titles call things: up to three words that end in a head noun."""
    await connection.execute(
        f"""
        DROP TABLE IF EXISTS new_phrases;
        CREATE TEMPORARY TABLE new_phrases AS
        WITH sample AS MATERIALIZED (
            SELECT p.id, p.title, s.search_vector
            FROM products p JOIN product_search s ON s.product_id = p.id
            ORDER BY p.popularity DESC, p.id DESC LIMIT {SAMPLE}
        ), spoken AS (
            SELECT search_vector,
                   string_to_array(trim(jackdaw_fold(jackdaw_title_cut(title))), ' ') AS words
            FROM sample
        ), ends AS (
            SELECT DISTINCT s.words, n.place
            FROM spoken s CROSS JOIN LATERAL unnest(s.words[1:16]) WITH ORDINALITY n (word, place)
            WHERE n.word ~ '^[a-z]{{3,}}$'
              AND ('=' || coalesce((ts_lexize('pg_catalog.english_stem', n.word))[1], n.word))
                  = ANY (tsvector_to_array(s.search_vector))
        )
        SELECT array_to_string(words[place - more : place], ' ') AS phrase, count(*)::int AS ndoc
        FROM ends CROSS JOIN generate_series(0, {MAX_PHRASE_WORDS - 1}) more
        WHERE place > more AND array_to_string(words[place - more : place], ' ') ~ '^[a-z ]+$'
        GROUP BY 1 HAVING count(*) >= {MIN_PHRASE_PRODUCTS}
        ORDER BY 2 DESC LIMIT {MAX_PHRASES}
        """  # noqa: S608 - constants
    )


async def select_kind_names(connection: asyncpg.Connection) -> dict[str, list[str]]:
    """Return the head nouns of categories, and of types that listings state, which name one thing each."""
    rows = await connection.fetch(
        """
        SELECT 'category:' || id, jackdaw_category_heads(name) FROM categories WHERE name !~ '[&,/]|\\mand\\M'
        UNION ALL
        SELECT DISTINCT 'type:' || a.value, jackdaw_category_heads(a.value)
        FROM (SELECT attributes FROM products ORDER BY popularity DESC, id DESC LIMIT $2) p,
             LATERAL jsonb_each_text(p.attributes) a
        WHERE a.key = ANY ($1::text[]) AND length(a.value) < 40 AND a.value !~ '[&,/]|\\mand\\M'
        """,
        KIND_KEYS,
        SAMPLE,
    )
    return {row[0]: row[1] for row in rows}


async def select_described(connection: asyncpg.Connection) -> list[DescribedRow]:
    """Return how listings are described, of very many the most looked-at."""
    rows = await connection.fetch(
        f"""
        SELECT ARRAY(SELECT 'type:' || (p.attributes ->> k) FROM unnest($1::text[]) k)
                   || ('category:' || p.category_id),
               tsvector_to_array(ts_filter(s.search_vector, '{{a,c}}')),
               ARRAY(SELECT substr(l, 2) FROM unnest(tsvector_to_array(s.search_vector)) l WHERE l LIKE '=%')
        FROM products p JOIN product_search s ON s.product_id = p.id
        ORDER BY p.popularity DESC, p.id DESC LIMIT {SAMPLE}
        """,  # noqa: S608 - a constant
        KIND_KEYS,
    )
    return [DescribedRow(*row) for row in rows]


async def select_brand_words(connection: asyncpg.Connection) -> list[str]:
    """Return the stems of all brand names."""
    rows = await connection.fetch("SELECT DISTINCT unnest(jackdaw_stems(name)) FROM brands")
    return [row[0] for row in rows]


async def publish(connection: asyncpg.Connection, synonyms: Sequence[Synonym], *, changes: int) -> None:
    """Put the new statistics in the place of the old ones, and tell the workers with the commit."""
    await connection.execute(
        """
        TRUNCATE search_terms, search_words, search_phrases, search_synonyms;
        INSERT INTO search_terms SELECT word, ndoc FROM new_terms;
        INSERT INTO search_words SELECT word, ndoc FROM new_words;
        INSERT INTO search_phrases SELECT phrase, ndoc FROM new_phrases;
        DROP TABLE new_terms, new_words, new_phrases
        """
    )
    await connection.executemany(
        "INSERT INTO search_synonyms (lexeme, alternative, weight) VALUES ($1, $2, $3)",
        [(synonym.lexeme, synonym.alternative, synonym.weight) for synonym in synonyms],
    )
    await connection.execute("DELETE FROM search_builds")
    await connection.execute(
        """
        INSERT INTO search_builds (products_count, average_length, changes)
        SELECT count(*), coalesce(avg(text_length), 12), $1 FROM product_search
        """,
        changes,
    )
    await connection.execute("SELECT pg_notify($1, '')", SEARCH_CHANNEL)
