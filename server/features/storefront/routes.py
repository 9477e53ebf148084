"""Routes of everything that is no API: pages, files of the client, what search engines ask for."""

from __future__ import annotations

from typing import Any

import orjson
from quart import Blueprint, Response, current_app, request
from quart_schema import hide
from werkzeug.exceptions import NotFound as NoSuchFile

from server.core.access import public
from server.core.client_languages import ClientLanguage, ClientRoute
from server.core.crawlers import is_crawler
from server.core.ids import row_id
from server.core.problems import DATABASE_FAULTS, AppError, NotFound
from server.core.runtime import runtime
from server.core.spa import answer_file, asked_language, built_client
from server.core.transactions import reading
from server.features.catalog.service import catalog
from server.features.storefront import pages, queries, sitemap
from server.features.storefront.first_data import FirstData, collect, parts_of
from server.features.storefront.head import Head, HeadWords, head_html, json_block, words_of

blueprint = Blueprint("storefront", __name__)
FAULTS: tuple[type[Exception], ...] = (AppError, *DATABASE_FAULTS)
# Not asked for by itself: the page's starter turns it into `modulepreload` once the frame has been painted.
CODE = "code"
SITE_PAGES = "jackdaw_site_pages"
PERSONAL = "private, no-store"
FOR_AN_HOUR = "public, max-age=3600"
XML = "application/xml; charset=utf-8"
# What belongs to one person, or is no page at all, is not for crawlers.
NOT_CRAWLED = ("/api/", "/account", "/cart", "/favorites", "/login", "/sign-up", "/you")


@blueprint.get("/robots.txt")
@public()
@hide
async def robots() -> Response:
    """Tell crawlers where not to go and where the map is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_CRAWLED),
        f"Sitemap: {_origin()}/sitemap.xml",
    ]
    return Response(
        "\n".join(lines) + "\n",
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": FOR_AN_HOUR},
    )


@blueprint.get("/sitemap.xml")
@public()
@hide
async def sitemap_index() -> Response:
    """List the pages of the site map."""
    starts = await _site_pages().starts()
    return _xml(sitemap.index_xml(_origin(), starts))


@blueprint.get("/sitemap-pages.xml")
@public()
@hide
async def sitemap_pages() -> Response:
    """List home, the listings of the categories and the pages about the shop."""
    origin = _origin()
    slugs = [item["slug"] for item in orjson.loads(await catalog().categories.get())["items"]]
    addresses = [f"{origin}/", f"{origin}/products", *(f"{origin}{path}" for path in pages.FOUND_PATHS)]
    return _xml(sitemap.pages_xml([*addresses, *(f"{origin}/products?category={slug}" for slug in slugs)]))


@blueprint.get("/sitemap-products-<after>.xml")
@public()
@hide
async def sitemap_products(after: str) -> Response:
    """List products by id, from one id on."""
    start = 0 if after == "0" else row_id(after)
    if start is None or start not in await _site_pages().starts():
        raise NotFound("There is no such page of the site map.")
    body = sitemap.products_xml(runtime().database, _origin(), start)
    return Response(body, content_type=XML, headers={"Cache-Control": FOR_AN_HOUR})


@blueprint.get("/", defaults={"path": ""})
@blueprint.get("/<path:path>")
@hide
async def page(path: str) -> Response:
    """Serve a file of the client, or the page of a route with its head, its frame and its first data."""
    del path  # the raw path of the request is what names the file
    if request.path.startswith("/api/"):
        raise NotFound("There is no such path in the API.")
    client = built_client()
    file = client.file(request.path)
    if file is not None:
        return answer_file(file)
    language = asked_language(client)
    if language.template is None or "." in request.path.rsplit("/", 1)[-1]:
        raise NoSuchFile
    route = language.route(request.path)
    return await _page(language, route) if route is not None else await _nothing(language)


async def _page(language: ClientLanguage, route: ClientRoute) -> Response:
    identifier = request.path.rstrip("/").rsplit("/", 1)[-1]
    is_from_crawler = is_crawler(request.headers.get("User-Agent", ""))
    is_prefetch = "prefetch" in request.headers.get("Sec-Purpose", "")
    if route.pattern == "/products/:id" and row_id(identifier) is None:
        return await _nothing(language)
    parts = parts_of(
        route.pattern, identifier, request.query_string, is_crawler=is_from_crawler or is_prefetch
    )
    data = await collect(parts)
    head, status = await _head(words_of(language.words), route.pattern, identifier, data)
    return _document(language, route, head, data, status)


async def _head(words: HeadWords, pattern: str, identifier: str, data: FirstData) -> tuple[Head, int]:
    origin = _origin()
    if pattern == "/":
        return pages.home_head(words, origin, data), 200
    if pattern == "/products":
        return pages.listing_head(words, origin, request.query_string, data), 200
    if pattern != "/products/:id":
        return pages.other_head(words, origin, pattern), 200
    body = data.body("getProduct")
    if body is not None:
        product: dict[str, Any] = orjson.loads(body)
        return pages.product_head(words, origin, product), 200
    if data.status("getProduct") == 404:
        return pages.gone_head(words), 410 if await _is_withdrawn(identifier) else 404
    return words.unknown_page(), 200


async def _nothing(language: ClientLanguage) -> Response:
    route = language.route("/*") or ClientRoute("/*")
    data = await collect(parts_of("/*", "", b"", is_crawler=False))
    return _document(language, route, pages.gone_head(words_of(language.words)), data, 404)


async def _is_withdrawn(identifier: str) -> bool:
    try:
        async with reading() as connection:
            return await queries.select_is_withdrawn(connection, row_id(identifier) or 0)
    except FAULTS:
        return False


def _document(
    language: ClientLanguage, route: ClientRoute, head: Head, data: FirstData, status: int
) -> Response:
    template = language.template
    if template is None:
        raise NoSuchFile
    code = "".join(f'\n    <link rel="{CODE}" crossorigin href="{address}">' for address in route.preload)
    block = json_block(data.block(), kind="application/json", mark='id="first-data"')
    frame = language.with_pictures(route.frame, head.pictures)
    body = template.filled(head=head_html(head) + code, frame=frame, data=block)
    response = Response(body, status=status, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = PERSONAL
    response.headers["Content-Language"] = language.code
    response.headers["Vary"] = "Cookie, Accept-Encoding, Accept-Language"
    response.headers["Content-Security-Policy"] = built_client().policy
    return response


def _xml(text: str) -> Response:
    return Response(text, content_type=XML, headers={"Cache-Control": FOR_AN_HOUR})


def _site_pages() -> sitemap.SitePages:
    extensions = current_app.extensions
    if SITE_PAGES not in extensions:
        extensions[SITE_PAGES] = sitemap.SitePages(runtime().database)
    found: sitemap.SitePages = extensions[SITE_PAGES]
    return found


def _origin() -> str:
    """Return where the shop is found: as configured, else as it was asked."""
    configured = runtime().settings.public_origins
    return configured[0].rstrip("/") if configured else f"{request.scheme}://{request.host}"
