"""The short way to a page of the listing."""

from __future__ import annotations

from quart import Quart

from server.core.fast_lane import Call, Lane, Reply
from server.core.json import CACHE_CONTROL, etag_of
from server.core.runtime import EXTENSION
from server.features.catalog import service
from server.features.catalog.browse import page_of_products
from server.features.catalog.parameters import read_list_request
from server.features.search.service import installed_search


def listing_lane(app: Quart) -> Lane:
    """Return the lane of `GET /products`."""

    async def answer(call: Call) -> Reply | None:
        parts: service.Catalog | None = app.extensions.get(service.CATALOG)
        if parts is None:
            return None
        wanted = read_list_request(call.query)
        if wanted.filters.sort == "for_you":
            # The route knows who asks.
            return None
        shared, searching = app.extensions[EXTENSION], installed_search(app)
        body = await page_of_products(shared, parts, searching, wanted)
        etag = etag_of(body).encode()
        headers = ((b"etag", etag), (b"cache-control", CACHE_CONTROL.encode()))
        if call.headers.get(b"if-none-match") == etag:
            return Reply(b"", 304, headers)
        return Reply(body, 200, headers)

    return Lane("reads", answer, takes_query=True, takes_guests=True)
