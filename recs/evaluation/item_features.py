"""Tokens that describe items, read from any table: lists of ids, words of texts, plain values."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from recs.columns import ITEM_ID
from recs.errors import MissingColumnsError
from recs.vocabulary import Vocabulary

_ITEM: Final = "item"
_LEAST_ITEMS_PER_TOKEN: Final = 2
_SEPARATOR: Final = "|"


def item_features(table: pd.DataFrame, vocabulary: Vocabulary, source: str) -> csr_array:
    """Count tokens per item.

    Parameters
    ----------
    table : DataFrame
        A column ``item`` or ``item_id`` and any others. Values are split at ``|``, else into lower-case
        words; a token belongs to its column.
    vocabulary : Vocabulary
        Of integers or text.
    source : str
        Named in errors.

    Returns
    -------
    csr_array of float32, shape (n_items, n_tokens)
        Tokens of fewer than two items are left out: they connect nothing. So item numbers never become a
        signal.

    Raises
    ------
    MissingColumnsError
    """
    named = next((name for name in (_ITEM, ITEM_ID) if name in table.columns), None)
    if named is None:
        raise MissingColumnsError(source, [_ITEM], map(str, table.columns))
    ids = table[named]
    positions = vocabulary.positions(
        ids.to_numpy() if vocabulary.kind == "int64" else ids.astype(str).tolist()
    )
    pairs = [
        (int(position), f"{column}={token}")
        for column in map(str, table.columns)
        if column != named
        for position, value in zip(positions, table[column], strict=True)
        if position >= 0
        for token in _tokens(value)
    ]
    codes, tokens = pd.factorize(np.array([token for _, token in pairs], dtype=object))
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    shape = (len(vocabulary), max(1, len(tokens)))
    counts = coo_array((np.ones(len(pairs), dtype=np.float32), (rows, codes)), shape=shape).tocsr()
    holders = np.bincount(counts.indices, minlength=shape[1])
    return csr_array(counts[:, np.flatnonzero(holders >= _LEAST_ITEMS_PER_TOKEN)])


def _tokens(value: Any) -> Iterator[str]:
    if isinstance(value, float) and np.isnan(value):
        return
    text = str(value)
    yield from text.split(_SEPARATOR) if _SEPARATOR in text else text.lower().split()
