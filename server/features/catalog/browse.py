"""One page of a listing: by filters straight from the table's indexes, by words through search."""

from __future__ import annotations

from dataclasses import dataclass, replace

from server.core.json import dumps
from server.core.pagination import SortValue
from server.core.runtime import Runtime, runtime
from server.core.transactions import Connection
from server.features.catalog import listing
from server.features.catalog.counts_cache import CountsCache
from server.features.catalog.domain import PRICE_SORTS, ListFilters, ListRequest
from server.features.catalog.facets import facet_content
from server.features.catalog.for_you import Led, Mark, scores_of
from server.features.catalog.leanings import NO_LEANING, NOTHING_TURNED_DOWN, Ids, Leaning, Shopper
from server.features.catalog.reference import Reference
from server.features.catalog.selecting import priced, selection_of
from server.features.catalog.service import Catalog, catalog
from server.features.search.service import (
    FoundPage,
    Matches,
    Search,
    Selection,
    first_page,
    is_mixed,
    nearest_relaxations,
    page_by_price,
    search,
)

MAX_TOTAL = 10_000
FEW = 2_000
# Their sort values in memory are those of the table, so that a cursor serves both ways.
IN_MEMORY = ("popular", "price", "-price")
NOBODY = Shopper()


@dataclass(frozen=True, slots=True)
class _Listing:
    """What one answer is made of; of what is ``led``, the rest is listed."""

    connection: Connection
    filters: ListFilters
    selection: Selection
    reference: Reference
    searching: Search
    counted: CountsCache
    led: Led | None = None


async def list_products(wanted: ListRequest, shopper: Shopper = NOBODY) -> bytes:
    """Answer one page of a listing as JSON bytes, for the current request.

    Raises
    ------
    Malformed
        The cursor belongs to another list.
    """
    return await page_of_products(runtime(), catalog(), search(), wanted, shopper)


async def page_of_products(
    shared: Runtime, parts: Catalog, searching: Search, wanted: ListRequest, shopper: Shopper = NOBODY
) -> bytes:
    """Answer one page of a listing as JSON bytes; needs no request.

    Raises
    ------
    Malformed
        The cursor belongs to another list.
    """
    filters = wanted.filters
    context = filters.context
    after = shared.cursors.decode(context, wanted.cursor) if wanted.cursor else None
    leaning, mark = NO_LEANING, None
    if filters.sort == "for_you":
        filters = filters.by_default
        mark = Mark.of(after, shared.clock.now().timestamp())
        leaning = await parts.leanings.find(shopper, mark.until_s)
    reference = parts.reference.fresh or await parts.reference.get()
    async with shared.database.connection() as connection:
        selection = selection_of(filters, reference)
        asked = _Listing(connection, filters, selection, reference, searching, parts.counts)
        if filters.is_about_prices:
            asked = await _in_one_currency(asked)
        total, counts = await _counts(asked, wanted, leaning)
        if mark is None:
            page, note = await _listed(asked, after, wanted.limit, total)
        else:
            page, note = await _lean(asked, leaning, mark, wanted.limit, total)
    cursor = shared.cursors.encode(context, page.last_values) if page.last_values else None
    return b"".join(
        (
            b'{"items":[',
            b",".join(await parts.cards.listed(page.product_ids)),
            b'],"nextCursor":',
            dumps(cursor),
            counts,
            note,
            b"}",
        )
    )


async def _in_one_currency(asked: _Listing) -> _Listing:
    """Let prices be amounts of one currency: the one asked for, or the most frequent one of the list."""
    filters, selection, searching = asked.filters, asked.selection, asked.searching
    columns = await searching.live.ready(asked.connection)
    currency = filters.price_currency
    if currency is None:
        ids = await _ids_of_words(asked) if is_mixed(columns) else None
        currency = await searching.main_currency(asked.connection, selection, ids)
    return replace(asked, selection=priced(selection, filters, currency, is_mixed=is_mixed(columns)))


async def _listed(
    asked: _Listing, after: list[SortValue] | None, limit: int, total: int | None
) -> tuple[FoundPage, bytes]:
    if asked.filters.q:
        return await _find(asked, after, limit)
    page = await _browse(asked, after, limit, total)
    return page, await _note(asked, None) if _is_empty(page, after, asked) else b""


async def _lean(
    asked: _Listing, leaning: Leaning, mark: Mark, limit: int, total: int | None
) -> tuple[FoundPage, bytes]:
    """List what the shopper leans to among what passes, then the rest in the order of default."""
    led = await _led(asked, leaning)
    first = FoundPage([], None)
    if mark.phase == "led":
        first = led.page(mark.values, limit)
    missing = limit - len(first.product_ids)
    values = mark.values if mark.phase == "rest" else []
    # Also when nothing is missing: it says whether there is more, and what there is to say of the words.
    rest, note = await _listed(replace(asked, led=led), values or None, max(missing, 1), total)
    if first.product_ids and not asked.filters.q:
        note = b""
    if first.last_values is not None:
        return FoundPage(first.product_ids, mark.at("led", first.last_values)), note
    if not missing:
        return FoundPage(first.product_ids, mark.at("rest", []) if rest.product_ids else None), note
    last = None if rest.last_values is None else mark.at("rest", rest.last_values)
    return FoundPage(first.product_ids + rest.product_ids, last), note


async def _led(asked: _Listing, leaning: Leaning) -> Led:
    ids, searching = leaning.product_ids, asked.searching
    if not len(ids):
        return Led(ids, leaning.strengths, leaning)
    factors = None
    if asked.filters.q:
        matches = await searching.matches(asked.connection, asked.filters.q, asked.selection)
        factors = scores_of(ids, matches)
    narrowing = await searching.narrowing(asked.connection, asked.selection, ids)
    passing = narrowing.mask() & ~leaning.is_turned_down(ids)
    return Led.of(leaning, passing if factors is None else passing & (factors > 0), factors)


def _is_empty(page: FoundPage, after: list[SortValue] | None, asked: _Listing) -> bool:
    return not page.product_ids and after is None and bool(asked.selection.fields())


async def _browse(asked: _Listing, after: list[SortValue] | None, limit: int, total: int | None) -> FoundPage:
    """Page through a list without words: along an index, or from memory when few pass the filters.

    An index that is walked for few matches is read nearly to its end.
    """
    sort, searching = asked.filters.sort, asked.searching
    is_by_currency = _is_by_currency(asked)
    if not is_by_currency and (total is None or total > FEW or sort not in IN_MEMORY):
        return await listing.select_page(
            asked.connection, selection=asked.selection, sort=sort, after=after, limit=limit, led=asked.led
        )
    narrowing = await searching.narrowing(asked.connection, asked.selection)
    columns = searching.live.columns
    ids = columns["id"][narrowing.rows()]
    if asked.led is not None:
        ids = ids[asked.led.rest_of(ids)]
    if is_by_currency:
        return _page_by_price(asked, ids, after, limit)
    return first_page(columns, ids, None, sort=sort, after=after, limit=limit)


def _is_by_currency(asked: _Listing) -> bool:
    return asked.filters.sort in PRICE_SORTS and is_mixed(asked.searching.live.columns)


def _page_by_price(asked: _Listing, ids: Ids, after: list[SortValue] | None, limit: int) -> FoundPage:
    currency = asked.selection.price_currency or ""
    columns, sort = asked.searching.live.columns, asked.filters.sort
    return page_by_price(columns, ids, currency=currency, sort=sort, after=after, limit=limit)


async def _find(asked: _Listing, after: list[SortValue] | None, limit: int) -> tuple[FoundPage, bytes]:
    filters, searching = asked.filters, asked.searching
    matches = await searching.matches(asked.connection, filters.q, asked.selection)
    ids, scores = matches.ids, matches.scores
    if filters.sort != "relevance":
        every = await searching.matching_ids(asked.connection, filters.q, with_every_word=True)
        narrowing = await searching.narrowing(asked.connection, asked.selection, every)
        ids = every[narrowing.mask()]
    if asked.led is not None:
        is_rest = asked.led.rest_of(ids)
        ids, scores = ids[is_rest], scores[is_rest]
    if _is_by_currency(asked):
        page = _page_by_price(asked, ids, after, limit)
    else:
        given = scores if filters.sort == "relevance" else None
        columns = searching.live.columns
        page = first_page(columns, ids, given, sort=filters.sort, after=after, limit=limit)
    is_short = not page.product_ids or matches.reason is not None
    return page, await _note(asked, matches, is_short=is_short and after is None)


async def _note(asked: _Listing, matches: Matches | None, *, is_short: bool = True) -> bytes:
    """Say what was repaired, why less was found than asked for, and what single steps back bring."""
    words = matches.analysis.words if matches is not None else []
    steps = []
    if is_short:
        steps = await nearest_relaxations(
            asked.connection,
            asked.searching,
            asked.filters.q,
            words,
            asked.selection,
            has_found_some=matches is not None and len(matches.ids) > 0,
        )
    repaired = matches.analysis.repaired if matches is not None else {}
    note: dict[str, object] = {
        "query": asked.filters.q,
        "repaired": [{"from": typed, "to": meant} for typed, meant in repaired.items()],
        "relaxations": [
            {"kind": step.kind, "without": step.without, "count": step.count}
            | ({} if step.query is None else {"query": step.query})
            for step in steps
        ],
    }
    if matches is not None and matches.reason is not None:
        note["reason"] = matches.reason
    return b',"search":' + dumps(note)


async def _counts(asked: _Listing, wanted: ListRequest, leaning: Leaning) -> tuple[int | None, bytes]:
    """Count total and facets together: the one is made of the same rows as the other."""
    if not wanted.wants_total and not wanted.wants_facets:
        return None, b""
    # What the shopper turned down is not listed, and therefore not counted: not for them, nor for others.
    is_own = leaning.turned_down != NOTHING_TURNED_DOWN
    cache, filters = asked.counted, asked.filters
    counted = None if is_own else cache.get(filters)
    if counted is None:
        ids = await _ids_without(asked, leaning) if is_own else await _ids_of_words(asked)
        counts = await asked.searching.facets(asked.connection, asked.selection, ids)
        facets = dumps(facet_content(counts, filters, asked.selection, asked.reference))
        counted = min(counts.total, MAX_TOTAL), facets
        if not is_own:
            cache.put(filters, *counted)
    total, facets = counted
    parts = []
    if wanted.wants_total:
        parts.append(b',"total":%d' % total)
    if wanted.wants_facets:
        parts.append(b',"facets":' + facets)
    return total, b"".join(parts)


async def _ids_of_words(asked: _Listing) -> Ids | None:
    """Return which listings the words leave; ``None`` means all."""
    filters = asked.filters
    if not filters.q:
        return None
    with_every_word = filters.sort != "relevance"
    return await asked.searching.matching_ids(asked.connection, filters.q, with_every_word=with_every_word)


async def _ids_without(asked: _Listing, leaning: Leaning) -> Ids:
    """Return the listings that the words leave, without what was turned down."""
    ids = await _ids_of_words(asked)
    if ids is None:
        everything = await asked.searching.narrowing(asked.connection, Selection())
        ids = asked.searching.live.columns["id"][everything.rows()]
    return ids[~leaning.is_turned_down(ids)]
