"""Search, its facets and its suggestions, with words of the measured shop; no answer twice within seconds.

Every text is asked so seldom that what a worker remembers for five seconds does not help, but for the warm
figure, which is about just that.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import httpx

from scripts.bench.load import Load, wrk
from scripts.bench.report import Figure, Report
from scripts.bench.stage import Server, rows

CONNECTIONS = 8
P50_NAME = "two words, p50"
N_TEXTS = 6_000
# Stop words make a text new to what remembers texts, and change nothing about what is looked for.
FILLERS = ("", "the ", "a ", "an ", "of ", "with ", "in ", "on ", "at ", "by ", "to ", "from ", "and ")

WORDS_SQL = """
    SELECT array_agg(DISTINCT word ORDER BY word) FROM (
        SELECT w.word FROM search_words w WHERE length(w.word) >= 5 ORDER BY products_count DESC LIMIT 400) w
"""
# Pairs of title words with about 300 products, counted on a sample of the index.
PAIRS_SQL = """
    WITH size AS (SELECT count(*) AS n FROM product_search),
    sample AS MATERIALIZED (
        SELECT search_vector AS v FROM product_search, size
        WHERE hashint8(product_id) % greatest(1, n / 10000) = 0
    ),
    pairs AS (
        SELECT l.lexeme AS a, r.lexeme AS b, count(*) * greatest(1, max(n) / 10000) AS found
        FROM sample, size, unnest(v) l, unnest(v) r
        WHERE l.lexeme < r.lexeme AND 'A' = ANY (l.weights) AND 'A' = ANY (r.weights)
          AND l.lexeme ~ '^[a-z]{3,}$' AND r.lexeme ~ '^[a-z]{3,}$'
        GROUP BY 1, 2
    )
    SELECT a, b FROM pairs ORDER BY abs(found - 300), a, b LIMIT 400
"""
BROAD_SQL = """
    SELECT lexeme FROM search_terms, search_builds b
    WHERE lexeme ~ '^[a-z]{3,}$' AND search_terms.products_count BETWEEN b.products_count * 0.1
          AND b.products_count * 0.5
    ORDER BY search_terms.products_count DESC LIMIT 40
"""


@dataclass(frozen=True, slots=True)
class Texts:
    """What is typed in the measurements."""

    pairs: list[str]
    broad: list[str]
    words: list[str]


async def texts_of(database_url: str) -> Texts:
    """Choose words from the statistics of the index."""
    pairs = [f"{row['a']} {row['b']}" for row in await rows(database_url, PAIRS_SQL)]
    broad = [row["lexeme"] for row in await rows(database_url, BROAD_SQL)]
    [[words]] = await rows(database_url, WORDS_SQL)
    return Texts(pairs, broad, words)


def slip(word: str, chance: random.Random) -> str:
    """Make one slip in the inside of a word: a letter missing, changed, doubled, or two swapped.

    >>> len(slip("laptop", random.Random(1)))
    6
    """
    place = chance.randrange(1, len(word) - 1)
    left, right = word[:place], word[place:]
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    kinds = (left + right[1:], left + letter + right[1:], left + letter + right)
    swapped = left + right[1] + right[0] + right[2:] if len(right) > 1 else left + letter + right
    return chance.choice((*kinds, swapped))


def measure_search(report: Report, server: Server, database_url: str, seconds: float) -> None:
    """Measure filter sets, words, slips and completions."""
    texts = asyncio.run(texts_of(database_url))
    httpx.get(f"{server.base}/api/v1/products?q=warm&facets=true", timeout=60).raise_for_status()
    chance = random.Random(7)
    _measure_facets(report, server, seconds)
    two = [f"{filler}{pair}" for filler, pair in itertools.product(FILLERS, texts.pairs)][:N_TEXTS]
    load = _ask(server, two, seconds)
    report.add(
        Figure(
            "two words, about 300 listings", load.per_second, "req/s", ">= 300", None, load.per_second >= 300
        )
    )
    report.add(Figure(P50_NAME, load.p50_ms, "ms"))
    report.add(Figure("two words, p99", load.p99_ms, "ms", "<= 60 ms", None, load.p99_ms <= 60))
    broad = [f"{a}{b}{word}" for a, b, word in itertools.product(FILLERS, FILLERS, texts.broad)][:N_TEXTS]
    load = _ask(server, broad, seconds)
    report.add(Figure("one broad word", load.per_second, "req/s", ">= 80", None, load.per_second >= 80))
    report.add(Figure("one broad word, p99", load.p99_ms, "ms"))
    slips = sorted({slip(chance.choice(texts.words), chance) for _ in range(N_TEXTS)})
    load = _ask(server, slips, seconds)
    report.add(Figure("one word with a slip", load.per_second, "req/s"))
    report.add(Figure("one word with a slip, p99", load.p99_ms, "ms", "<= 120 ms", None, load.p99_ms <= 120))
    starts = {word[:length] for word in texts.words for length in range(1, len(word) + 1)}
    starts |= {f"{word} {other[:2]}" for word in texts.words for other in texts.words[:10]}
    paths = [f"/api/v1/search/suggest?q={quote(start)}" for start in sorted(starts)]
    load = wrk(server.base, paths, seconds=seconds, connections=CONNECTIONS)
    report.add(Figure("suggestions", load.per_second, "req/s", ">= 1,000", None, load.per_second >= 1000))
    report.add(Figure("suggestions, p99", load.p99_ms, "ms"))


def _ask(server: Server, texts: list[str], seconds: float) -> Load:
    paths = [f"/api/v1/products?limit=24&q={quote(text)}" for text in texts]
    return wrk(server.base, paths, seconds=seconds, connections=CONNECTIONS)


def _measure_facets(report: Report, server: Server, seconds: float) -> None:
    cold, warm = filter_sets(server.base)
    load = wrk(server.base, cold, seconds=seconds, connections=CONNECTIONS)
    report.add(
        Figure(
            "listing with facets, a new filter set each",
            load.per_second,
            "req/s",
            ">= 60",
            None,
            load.per_second >= 60,
        )
    )
    report.add(Figure("listing with facets, new, p99", load.p99_ms, "ms"))
    load = wrk(server.base, warm, seconds=seconds, connections=CONNECTIONS)
    report.add(
        Figure(
            "listing with facets, the same filter sets",
            load.per_second,
            "req/s",
            ">= 1,500",
            None,
            load.per_second >= 1500,
        )
    )


def filter_sets(base: str) -> tuple[list[str], list[str]]:
    """Return addresses with ever new filters of a category, and the categories that many people open."""
    slugs = list(_facets(f"{base}/api/v1/products?facets=true")["category"])[:12]
    # Asking for them also reads what the attributes of these categories are, which happens once.
    warm = [f"/api/v1/products?category={slug}&facets=true&limit=24" for slug in slugs]
    offered = {slug: _facets(base + path) for slug, path in zip(slugs, warm, strict=True)}
    chance = random.Random(11)
    cold = set()
    for _ in range(N_TEXTS):
        slug = chance.choice(slugs)
        chosen = [("category", slug), ("facets", "true"), ("maxPrice", str(chance.randrange(100, 3000)))]
        chosen += [
            (field, chance.choice(offered[slug][field]))
            for field in ("brand", "condition")
            if chance.random() < 0.5
        ]
        cold.add("/api/v1/products?" + urlencode(chosen))
    return sorted(cold), warm


def _facets(url: str) -> dict[str, list[str]]:
    """Return the most frequent values per facet."""
    answer = httpx.get(url, timeout=60).raise_for_status().json()
    return {facet["field"]: [value["value"] for value in facet["values"][:12]] for facet in answer["facets"]}
