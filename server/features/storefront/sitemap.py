"""The site map: an index, and pages that are read and sent piece by piece."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from xml.sax.saxutils import escape

from server.core.clock import rfc3339
from server.core.database import Database
from server.features.storefront import queries

# The protocol allows 50,000; a crawler that reads again after a change reads less this way.
PAGE_SIZE = 10_000
BATCH = 1_000
INDEX_MAX_AGE_S = 3_600.0
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


class SitePages:
    """Where the pages of the site map begin; counted once an hour, because it walks the whole catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._starts: list[int] = []
        self._counted_at = -INDEX_MAX_AGE_S
        self._lock = asyncio.Lock()

    async def starts(self) -> list[int]:
        """Return the ids after which the pages begin."""
        async with self._lock:
            if time.monotonic() - self._counted_at >= INDEX_MAX_AGE_S:
                async with self._database.connection() as connection:
                    self._starts = await queries.select_page_starts(connection, page_size=PAGE_SIZE)
                self._counted_at = time.monotonic()
        return self._starts


def index_xml(origin: str, starts: Sequence[int]) -> str:
    """Write the index: the fixed pages and all pages of products."""
    addresses = [
        f"{origin}/sitemap-pages.xml",
        *(f"{origin}/sitemap-products-{start}.xml" for start in starts),
    ]
    entries = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    return f'{_XML}<sitemapindex xmlns="{NAMESPACE}">\n{entries}</sitemapindex>\n'


def pages_xml(addresses: Sequence[str]) -> str:
    """Write the page of those addresses that are no products."""
    entries = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    return f'{_XML}<urlset xmlns="{NAMESPACE}">\n{entries}</urlset>\n'


async def products_xml(database: Database, origin: str, after: int) -> AsyncIterator[bytes]:
    """Write a page of products; a slow reader holds no connection while it reads."""
    yield f'{_XML}<urlset xmlns="{NAMESPACE}">\n'.encode()
    left = PAGE_SIZE
    while left > 0:
        async with database.connection() as connection:
            rows = await queries.select_listed(connection, after=after, limit=min(BATCH, left))
        if not rows:
            break
        yield "".join(
            f"<url><loc>{escape(origin)}/products/{row.id}</loc><lastmod>{rfc3339(row.updated_at)}</lastmod></url>\n"
            for row in rows
        ).encode()
        left -= len(rows)
        after = rows[-1].id
    yield b"</urlset>\n"
