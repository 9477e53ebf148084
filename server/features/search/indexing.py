"""The batch side of search: unindexed listings, statistics of words, phrases for suggestions, synonyms.

One process at a time does this, under an advisory lock, and away from the workers: it takes seconds of
processor time for a large catalogue. Readers see the old tables until the new ones are complete.
"""

from __future__ import annotations

import asyncpg

from server.features.search import index_queries
from server.features.search.learning import Described, learn_type_names

BATCH = 2_000
# Rebuilt when so large a part of the index changed; the first build does not wait.
MIN_CHANGED_SHARE = 0.02


async def is_due(connection: asyncpg.Connection) -> bool:
    """Whether enough listings changed since the last build."""
    state = await index_queries.select_state(connection)
    if state.built_changes is None:
        return state.n_products > 0
    # A crash of PostgreSQL sets its counters back.
    changed = abs(state.changes - state.built_changes)
    return changed > max(0, MIN_CHANGED_SHARE * state.n_products)


async def rebuild(connection: asyncpg.Connection) -> str:
    """Bring everything up to date; returns ``built``, or ``busy`` when another process is at it."""
    if not await index_queries.try_lock(connection):
        return "busy"
    try:
        await index_queries.name_categories(connection)
        phrases = await index_queries.take_new_phrases(connection)
        touched = await index_queries.select_listings_saying(connection, phrases) if phrases else []
        for start in range(0, len(touched), BATCH):
            await index_queries.index_products(connection, touched[start : start + BATCH])
        while await index_queries.index_missing(connection, limit=BATCH):
            pass
        await _replace_statistics(connection)
    finally:
        await index_queries.unlock(connection)
    return "built"


async def _replace_statistics(connection: asyncpg.Connection) -> None:
    state = await index_queries.select_state(connection)
    await index_queries.count_terms(connection)
    await index_queries.count_phrases(connection)
    kinds = await index_queries.select_kind_names(connection)
    listings = [
        Described(tuple(kind for kind in row.kinds if kind), frozenset(row.words), frozenset(row.heads))
        for row in await index_queries.select_described(connection)
    ]
    brands = frozenset(await index_queries.select_brand_words(connection))
    synonyms = learn_type_names(listings, kinds, brands)
    async with connection.transaction():
        await index_queries.publish(connection, synonyms, changes=state.changes)
