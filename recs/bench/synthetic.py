"""Long-tailed synthetic input."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from recs.arrays import Floats
from recs.columns import DAY_S

SEED: Final = 7
AS_OF: Final = 60 * DAY_S
CATEGORIES: Final = 14
BRANDS: Final = 40

_EVENT_SHARES: Final = (0.6, 0.2, 0.1, 0.07, 0.03)
_COLUMNS: Final = ("user_id", "item_id", "timestamp", "event")


def popularity(n_items: int) -> Floats:
    """Return how often each item is met: falling as rank to the power of 0.8, sums to 1."""
    weights: Floats = np.arange(1, n_items + 1, dtype=np.float64) ** -0.8
    weights /= weights.sum()
    return weights


def synthetic(n_interactions: int, n_users: int, n_items: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make interactions with a long tail, and their catalogue.

    Parameters
    ----------
    n_interactions, n_users, n_items : int

    Returns
    -------
    interactions, items : DataFrame
        The same for the same numbers.
    """
    rng = np.random.default_rng(SEED)
    ids = np.arange(n_items, dtype=np.int64) * 7 + 5
    interactions = pd.DataFrame(
        {
            "user_id": rng.integers(0, n_users, n_interactions),
            "item_id": ids[rng.choice(n_items, n_interactions, p=popularity(n_items))],
            "timestamp": rng.uniform(0, AS_OF, n_interactions),
            "event": rng.choice(np.arange(1, 6, dtype=np.uint8), n_interactions, p=_EVENT_SHARES),
        }
    )
    items = pd.DataFrame(
        {
            "item_id": ids,
            "category": np.arange(n_items) % CATEGORIES,
            "brand": np.arange(n_items) % BRANDS,
            "listed_at": rng.uniform(0, AS_OF, n_items),
        }
    )
    return interactions, items


def write_input(n_interactions: int, n_users: int, n_items: int, path: Path) -> None:
    """Write synthetic input to a new directory: making it costs more memory than holding it."""
    path.mkdir()
    interactions, items = synthetic(n_interactions, n_users, n_items)
    for column in _COLUMNS:
        np.save(path / f"{column}.npy", interactions[column].to_numpy())
    items.to_csv(path / "items.csv", index=False)


def read_input(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read what `write_input` wrote."""
    columns = {column: np.load(path / f"{column}.npy") for column in _COLUMNS}
    return pd.DataFrame(columns, copy=False), pd.read_csv(path / "items.csv")
