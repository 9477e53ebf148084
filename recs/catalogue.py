"""The catalogue, checked and aligned with positions; the only reader of item tables."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from recs.arrays import AnyArray, Codes, Floats, Mask
from recs.attributes import ItemAttributes
from recs.columns import BRAND, CATEGORY, EARLIEST_S, ITEM_ID, LATEST_S, LISTED_AT, require_columns
from recs.errors import DuplicateItemsError, InputError, InvalidIdsError, InvalidTimestampsError
from recs.origin import Origin
from recs.vocabulary import Vocabulary, encode_ids

_TABLE = "items"


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Items by position.

    Attributes
    ----------
    listed : ndarray of bool, shape (n_items,)
        Whether the item may be recommended; others only serve as evidence.
    attributes : ItemAttributes
    listed_at : ndarray of float64, shape (n_items,)
        Unix seconds; NaN when unknown.
    """

    listed: Mask
    attributes: ItemAttributes
    listed_at: Floats


def catalogue_ids(items: pd.DataFrame) -> AnyArray:
    """Return the ids of a catalogue.

    Parameters
    ----------
    items : DataFrame
        Column ``item_id``.

    Returns
    -------
    ndarray of int64 or bytes, shape (n,)

    Raises
    ------
    MissingColumnsError, InvalidIdsError
    DuplicateItemsError
        Naming the first repeated id.
    """
    if not isinstance(items, pd.DataFrame):
        raise InputError(f"{_TABLE} must be a DataFrame, not {type(items).__name__}")
    origin = Origin.of(items, _TABLE)
    require_columns(origin.name, (ITEM_ID,), map(str, items.columns))
    ids = items[ITEM_ID]
    missing, repeated = ids.isna().to_numpy(), ids.duplicated().to_numpy()
    if missing.any():
        raise InvalidIdsError(f"{origin}: {ITEM_ID} is missing in {origin.row(int(missing.argmax()))}")
    if repeated.any():
        row = int(repeated.argmax())
        raise DuplicateItemsError(
            f"{origin}: {ITEM_ID} {ids.tolist()[row]!r} appears twice, again in {origin.row(row)}"
        )
    try:
        return encode_ids(ids.to_numpy())
    except InvalidIdsError as error:
        raise InvalidIdsError(f"{origin}: {ITEM_ID}: {error}{origin.second_kind(ids)}") from None


def catalogue_of(items: pd.DataFrame | None, vocabulary: Vocabulary) -> Catalogue:
    """Align a catalogue with a vocabulary that holds all its ids.

    Parameters
    ----------
    items : DataFrame or None
        Column ``item_id``; optional ``category`` and ``brand`` (integers or text, may be missing) and
        ``listed_at`` (unix seconds or datetimes). None = every item is listed, nothing is known of it.
    vocabulary : Vocabulary

    Returns
    -------
    Catalogue

    Raises
    ------
    InvalidIdsError, InvalidTimestampsError

    Notes
    -----
    O(n_items).
    """
    n_items = len(vocabulary)
    if items is None:
        empty = Vocabulary.of([])
        unknown = np.full(n_items, -1, dtype=np.int32)
        attributes = ItemAttributes(unknown, unknown, empty, empty)
        return Catalogue(np.ones(n_items, dtype=np.bool_), attributes, np.full(n_items, np.nan))
    positions = vocabulary.positions(catalogue_ids(items))
    listed = np.zeros(n_items, dtype=np.bool_)
    listed[positions] = True
    categories, category_names = _coded(items, CATEGORY, positions, n_items)
    brands, brand_names = _coded(items, BRAND, positions, n_items)
    listed_at = np.full(n_items, np.nan)
    if LISTED_AT in items.columns:
        listed_at[positions] = listing_times(items)
    return Catalogue(listed, ItemAttributes(categories, brands, category_names, brand_names), listed_at)


def _coded(items: pd.DataFrame, name: str, positions: AnyArray, n_items: int) -> tuple[Codes, Vocabulary]:
    codes_by_position = np.full(n_items, -1, dtype=np.int32)
    if name not in items.columns:
        return codes_by_position, Vocabulary.of([])
    codes, uniques = pd.factorize(items[name], use_na_sentinel=True)
    try:
        distinct = encode_ids(_whole_numbers(list(uniques)))
    except InvalidIdsError as error:
        origin = Origin.of(items, _TABLE)
        raise InvalidIdsError(f"{origin}: {name}: {error}{origin.second_kind(items[name])}") from None
    names = Vocabulary.of(distinct)
    present = codes >= 0
    codes_by_position[positions[present]] = names.positions(distinct).astype(np.int32)[codes[present]]
    return codes_by_position, names


def _whole_numbers(names: list[Any]) -> list[Any]:
    # A missing value turns a column of integers into floats: 3.0 was 3.
    if names and all(isinstance(name, float) and name.is_integer() for name in names):
        return [int(name) for name in names]
    return names


def listing_times(items: pd.DataFrame) -> Floats:
    """Return when items were listed.

    Parameters
    ----------
    items : DataFrame
        Column ``listed_at``: unix seconds or datetimes, UTC when naive; may be missing.

    Returns
    -------
    ndarray of float64, shape (n,)
        Unix seconds; NaN where unknown.

    Raises
    ------
    InvalidTimestampsError
    """
    column, origin = items[LISTED_AT], Origin.of(items, _TABLE)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        naive = column.dt.tz_convert("UTC").dt.tz_localize(None) if column.dt.tz is not None else column
        seconds = naive.to_numpy().astype("datetime64[us]").astype(np.int64) / 1e6
        return np.where(column.isna().to_numpy(), np.nan, seconds)
    try:
        seconds = column.to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError):
        raise InvalidTimestampsError(
            f"{origin}: {LISTED_AT} must be unix seconds or datetimes, not {column.dtype}; "
            f"{origin.first_text(column)}"
        ) from None
    bad = ~np.isnan(seconds) & ~((seconds >= EARLIEST_S) & (seconds <= LATEST_S))
    if bad.any():
        row = int(bad.argmax())
        raise InvalidTimestampsError(
            f"{origin}: {LISTED_AT} must be unix seconds between the years 1 and 9999; "
            f"{origin.row(row)} has {seconds[row]}"
        )
    return seconds
