"""What would bring something back when nothing is left: one word or one filter less, with counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from server.core.transactions import Connection
from server.features.search.columns import Ids
from server.features.search.engine import Search
from server.features.search.selection import Selection

MAX_WORDS = 6
MAX_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One step back and how many listings it brings; ``query`` is what is left of the words."""

    kind: Literal["word", "filter"]
    without: str
    count: int
    query: str | None = None


async def nearest_relaxations(
    connection: Connection,
    search: Search,
    text: str,
    words: list[str],
    selection: Selection,
    *,
    has_found_some: bool = False,
) -> list[Relaxation]:
    """Count every single step back; the most helpful first.

    Without a filter what has all the words counts; what has some of them only while nothing was found.
    """
    ids = await search.exact_ids(connection, text) if text else None
    if ids is not None and not len(ids) and not has_found_some:
        ids = await search.matching_ids(connection, text)
    offered = await _without_filters(connection, search, selection, ids)
    if 1 < len(words) <= MAX_WORDS:
        for word in words:
            left = " ".join(other for other in words if other != word)
            offered.append(await _with_words(connection, search, word, left, selection))
    elif text and selection.fields():
        offered.append(await _with_words(connection, search, text, "", selection))
    helpful = [relaxation for relaxation in offered if relaxation.count]
    return sorted(helpful, key=lambda relaxation: -relaxation.count)[:MAX_OFFERED]


async def _without_filters(
    connection: Connection, search: Search, selection: Selection, ids: Ids | None
) -> list[Relaxation]:
    narrowing = await search.narrowing(connection, selection, ids)
    return [Relaxation("filter", field, len(narrowing.rows(without=field))) for field in selection.fields()]


async def _with_words(
    connection: Connection, search: Search, without: str, left: str, selection: Selection
) -> Relaxation:
    ids = await search.exact_ids(connection, left) if left else None
    narrowing = await search.narrowing(connection, selection, ids)
    return Relaxation("word", without, len(narrowing.rows()), left)
