"""Histories: how much of a long one is looked at."""

from typing import Any

import numpy as np
import pytest

from recs.columns import Event
from recs.history import History, RecencyConfig, seeds_of
from recs.vocabulary import Vocabulary

VOCABULARY = Vocabulary.of(range(40))
RECENCY = RecencyConfig(max_events=20)


def history(n: int, *, columns: tuple[str, ...] = ("events", "weights", "timestamps")) -> History:
    """Return a history of n events whose every column tells one row from the next."""
    rows = np.arange(n)
    given: dict[str, Any] = {
        "events": np.where(rows % 3, Event.VIEW, Event.CART_ADD).astype(np.uint8),
        "weights": (1.0 + rows / n).astype(np.float32),
        "timestamps": 1e6 + 60.0 * rows,
    }
    return History(rows * 7 % 40, **{name: given[name] for name in columns}, as_of=2e6)


@pytest.mark.parametrize("columns", [(), ("timestamps",), ("events", "weights", "timestamps")])
def test_of_a_long_history_only_the_latest_events_count(columns: tuple[str, ...]) -> None:
    whole = history(33, columns=columns)
    tail = History(
        whole.item_ids[13:],
        None if whole.events is None else whole.events[13:],
        None if whole.weights is None else whole.weights[13:],
        None if whole.timestamps is None else whole.timestamps[13:],
        whole.as_of,
    )
    seeds, expected = (seeds_of(each, VOCABULARY, RECENCY) for each in (whole, tail))
    for name in ("positions", "weights", "events", "blocked"):
        np.testing.assert_array_equal(getattr(seeds, name), getattr(expected, name))
    every = seeds_of(whole, VOCABULARY, RecencyConfig())
    assert set(seeds.positions.tolist()) < set(every.positions.tolist())


def test_a_short_history_is_kept_as_it_is() -> None:
    short = history(20)
    assert short.latest(20) is short
    assert len(short.latest(7)) == 7
