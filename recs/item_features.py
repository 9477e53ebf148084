"""What describes items, read from any table: listed ids, words and character n-grams, categories."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from recs.arrays import Codes
from recs.columns import CATEGORY, ITEM_ID, LISTED_AT
from recs.errors import DuplicateItemsError, InvalidIdsError, MissingColumnsError
from recs.origin import Origin
from recs.vocabulary import Vocabulary

ITEM: Final = "item"
_LEAST_ITEMS_PER_TOKEN: Final = 2
_SEPARATOR: Final = "|"
_WORDS_OF_A_TEXT: Final = 2
_SHORTEST_GRAM: Final = 3
_LONGEST_GRAM: Final = 5

_Pairs = Iterable[tuple[int, str]]


@dataclass(frozen=True, slots=True, eq=False)
class ItemFeatures:
    """How often each token describes each item.

    Attributes
    ----------
    words : csr_array of float32, shape (n_items, n_tokens)
        Listed ids, words and pairs of neighbouring words.
    characters : csr_array of float32, shape (n_items, n_grams), or None
        Character 3-grams to 5-grams within words, of columns that hold texts; None where no column does.
    categories : csr_array of float32, shape (n_items, n_category_tokens), or None
        Tokens of the column ``category`` alone; None without such a column.
    columns : tuple of ndarray of int32, each of shape (n_items,)
        A code for every value of every column of which some value is shared; -1 = unknown.

    Notes
    -----
    Tokens are in alphabetical order and those of fewer than two items are left out: they connect nothing. So
    neither the numbers nor the order of items are ever a signal.
    """

    words: csr_array
    characters: csr_array | None = None
    categories: csr_array | None = None
    columns: tuple[Codes, ...] = ()


def item_features(table: pd.DataFrame, vocabulary: Vocabulary, source: str) -> ItemFeatures:
    """Count tokens per item.

    Parameters
    ----------
    table : DataFrame
        A column ``item`` or ``item_id`` and any others. Values are split at ``|``, else into lower-case
        words; a token belongs to its column. Numbers, such as prices, are values of their own.
        ``listed_at`` says nothing of an item's kind and is left out.
    vocabulary : Vocabulary
        Of integers or text.
    source : str
        Named in errors.

    Returns
    -------
    ItemFeatures

    Raises
    ------
    MissingColumnsError
    InvalidIdsError
        An id is missing, or ids are of another kind than the vocabulary's.
    DuplicateItemsError
        An item of the vocabulary has two rows: which of them describes it?
    """
    named = next((name for name in (ITEM, ITEM_ID) if name in table.columns), None)
    if named is None:
        raise MissingColumnsError(source, [ITEM], map(str, table.columns))
    ids = table[named]
    missing = ids.isna().to_numpy()
    if missing.any():
        row = Origin.of(table, source).row(int(missing.argmax()))
        raise InvalidIdsError(f"{source}: {named} is missing in {row}")
    positions = vocabulary.positions(
        ids.to_numpy() if vocabulary.kind == "int64" else ids.astype(str).tolist()
    )
    n_items = len(vocabulary)
    rows = np.bincount(positions[positions >= 0], minlength=1)
    if rows.max() > 1:
        twice = vocabulary.ids_at(np.array([rows.argmax()])).tolist()[0]
        raise DuplicateItemsError(f"{source}: item {twice!r} has {int(rows.max())} rows")
    described = {
        str(name): [
            (int(position), str(value))
            for position, value in zip(positions.tolist(), table[name].tolist(), strict=True)
            if position >= 0 and not _is_missing(value)
        ]
        for name in table.columns
        if name not in (named, LISTED_AT)
    }
    texts = [name for name, values in described.items() if _is_text(values)]
    grams = [(row, gram) for name in texts for row, value in described[name] for gram in _grams(value)]
    return ItemFeatures(
        _counted([pair for name, values in described.items() for pair in _named(name, values)], n_items),
        _counted(grams, n_items) if grams else None,
        _counted(_named(CATEGORY, described[CATEGORY]), n_items) if described.get(CATEGORY) else None,
        tuple(
            codes
            for codes in (_codes(values, n_items) for values in described.values())
            if np.bincount(codes[codes >= 0], minlength=1).max() > 1
        ),
    )


def described_items(table: pd.DataFrame | None, vocabulary: Vocabulary) -> ItemFeatures | None:
    """Count tokens per item where a table says anything of them.

    Parameters
    ----------
    table : DataFrame or None
    vocabulary : Vocabulary

    Returns
    -------
    ItemFeatures or None
    """
    return item_features(table, vocabulary, "items") if table is not None and described_by(table) else None


def described_by(table: pd.DataFrame) -> bool:
    """Return whether a table says more of items than when they were listed.

    Parameters
    ----------
    table : DataFrame

    Returns
    -------
    bool
    """
    return not {*map(str, table.columns)} <= {ITEM, ITEM_ID, LISTED_AT}


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value))


def _is_text(values: Sequence[tuple[int, str]]) -> bool:
    words = [len(value.split()) for _, value in values if _SEPARATOR not in value]
    return len(words) > 0 and float(np.mean(words)) >= _WORDS_OF_A_TEXT


def _named(column: str, values: _Pairs) -> Iterator[tuple[int, str]]:
    for row, value in values:
        for token in _tokens(value):
            yield row, f"{column}={token}"


def _tokens(value: str) -> Iterator[str]:
    if _SEPARATOR in value:
        yield from value.split(_SEPARATOR)
        return
    words = value.lower().split()
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


def _grams(value: str) -> Iterator[str]:
    for word in value.lower().split():
        bounded = f" {word} "
        for size in range(_SHORTEST_GRAM, _LONGEST_GRAM + 1):
            for first in range(len(bounded) - size + 1):
                yield bounded[first : first + size]


def _counted(pairs: _Pairs, n_items: int) -> csr_array:
    listed = list(pairs)
    codes, tokens = pd.factorize(np.array([token for _, token in listed], dtype=object), sort=True)
    rows = np.array([row for row, _ in listed], dtype=np.int64)
    shape = (n_items, max(1, len(tokens)))
    counts = coo_array((np.ones(len(listed), dtype=np.float32), (rows, codes)), shape=shape).tocsr()
    holders = np.bincount(counts.indices, minlength=shape[1])
    return csr_array(counts[:, np.flatnonzero(holders >= _LEAST_ITEMS_PER_TOKEN)])


def _codes(values: Sequence[tuple[int, str]], n_items: int) -> Codes:
    codes = np.full(n_items, -1, dtype=np.int32)
    own, _ = pd.factorize(np.array([value for _, value in values], dtype=object), sort=True)
    codes[[row for row, _ in values]] = own
    return codes
