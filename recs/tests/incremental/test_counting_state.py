"""Adding events and forgetting people equals a full refit, whatever the log."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recs import HybridConfig, HybridRecommender, ItemKnn, ItemToItem, PopularityConfig, RecommenderSnapshot
from recs.arrays import Floats
from recs.candidates.co_occurrence import CoOccurrence
from recs.candidates.content import ContentSimilarity
from recs.candidates.past_future import PastFuture
from recs.candidates.transitions import Transitions
from recs.errors import (
    ConfigurationError,
    CorruptSnapshotError,
    EmptyInputError,
    InvalidIdsError,
    SnapshotNotFoundError,
)
from recs.incremental.state import CountingState, counted_half_lives, needs_order
from recs.tests.toy import AS_OF, as_text, catalogue, interactions

DAY = 86_400.0
NOW = 40 * DAY
WITHIN = 1e-6
EVENTS = ["view", "click", "favorite", "cart_add", "purchase", "impression", "dismiss"]

CONFIG = HybridConfig(generators=(ItemKnn(neighbours=20, half_life_s=9 * DAY),))
CAPPED = HybridConfig(
    generators=(ItemKnn(neighbours=20, history_cap=2, asymmetry=0.3, shrinkage=0.5),),
    popularity=PopularityConfig(half_life_s=3 * DAY, trend_short_s=DAY / 2, trend_long_s=7 * DAY),
)


ORDERED = HybridConfig(
    generators=(
        ItemToItem(Transitions(lags=3, half_life=0.3, length_power=0.5, popularity_power=0.1), neighbours=20),
        ItemToItem(CoOccurrence(weighting="bm25", half_life=0.1), neighbours=20),
        ItemToItem(PastFuture(ridge=3.0), neighbours=20),
        ItemToItem(ContentSimilarity(), neighbours=20),
    )
)


@dataclass
class Foreign:
    """A generator that is no counting model of pairs."""

    name: str = "other"
    weight: float = 1.0


def table(rows: list[tuple[int, int, float, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["user_id", "item_id", "timestamp", "event"])
    return frame.astype({"user_id": np.int64, "item_id": np.int64, "timestamp": np.float64})


def likeness(snapshot: RecommenderSnapshot) -> Floats:
    """Return the neighbour tables as dense matrices: equal scores may swap places."""
    dense = np.zeros((len(snapshot.parts.generators), *(snapshot.n_items,) * 2))
    for matrix, generator in zip(dense, snapshot.parts.generators, strict=True):
        arrays = generator.scorer.arrays()
        rows, places = np.nonzero(arrays["positions"] >= 0)
        matrix[rows, arrays["positions"][rows, places]] = arrays["scores"][rows, places]
    return dense


def assert_equal(found: RecommenderSnapshot, expected: RecommenderSnapshot) -> None:
    assert found.item_ids.tolist() == expected.item_ids.tolist()
    assert found.as_of == expected.as_of
    assert {**found.counts, "futureInteractions": 0} == {**expected.counts, "futureInteractions": 0}
    assert found.facts.config == expected.facts.config
    assert likeness(found) == pytest.approx(likeness(expected), abs=WITHIN)
    for name in ("popular", "trending", "newest"):
        ours, theirs = getattr(found.parts, name).scores, getattr(expected.parts, name).scores
        # Trending leaves out scores of at most 1: at the edge NaN and 1 are the same.
        rest = 1.0 if name == "trending" else -1.0
        assert np.nan_to_num(ours, nan=rest) == pytest.approx(np.nan_to_num(theirs, nan=rest), abs=WITHIN)
    assert found.parts.repeat_rates == pytest.approx(expected.parts.repeat_rates, abs=WITHIN)


logs = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.integers(10, 19),
        st.floats(0, NOW, allow_subnormal=False),
        st.sampled_from(EVENTS),
    ),
    min_size=1,
    max_size=40,
)


@pytest.mark.parametrize("config", [CONFIG, CAPPED, ORDERED], ids=["plain", "capped", "ordered"])
@given(
    rows=logs, batches=st.lists(st.integers(0, 40), max_size=4), gone=st.sets(st.integers(1, 7), max_size=3)
)
@settings(max_examples=60, deadline=None)
def test_replayed_and_forgotten_equals_a_refit(
    config: HybridConfig, rows: list[tuple[int, int, float, str]], batches: list[int], gone: set[int]
) -> None:
    bounds = [0, *sorted(min(cut, len(rows)) for cut in batches), len(rows)]
    state = counted(config, table(rows[: bounds[1]]), as_of=NOW)
    for start, stop in pairwise(bounds[1:]):
        state = state.apply(table(rows[start:stop]))
    whole = HybridRecommender(config).fit(table(rows), as_of=NOW + DAY)
    assert_equal(state.snapshot(config, as_of=NOW + DAY), whole)
    rest = table([row for row in rows if row[0] not in gone])
    if len(rest):
        expected = HybridRecommender(config).fit(rest, as_of=NOW)
        assert_equal(state.forget(gone).snapshot(config, as_of=NOW), expected)
    listed = pd.DataFrame({"item_id": [12, 13, 50], "category": ["a", "b", "a"], "listed_at": NOW - DAY})
    expected = HybridRecommender(config).fit(rest, listed, as_of=NOW)
    assert_equal(state.forget(gone).snapshot(config, listed, as_of=NOW), expected)


def counted(config: HybridConfig, log: pd.DataFrame, as_of: float | None = None) -> CountingState:
    half_lives_s = counted_half_lives(config)
    return CountingState.of(log, half_lives_s, as_of=as_of, keeps_order=needs_order(config))


def log_of(n: int, seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "user_id": rng.integers(0, 300, n),
            "item_id": (rng.pareto(1.0, n) * 8).astype(np.int64) % 200,
            "timestamp": rng.uniform(0, NOW, n),
            "event": rng.choice(EVENTS, n),
        }
    )


@pytest.mark.parametrize("config", [CONFIG, ORDERED], ids=["plain", "ordered"])
def test_a_day_of_hourly_batches_answers_as_a_refit_does(config: HybridConfig) -> None:
    log = log_of(20_000)
    base = log[log["timestamp"] < NOW - DAY]
    state = counted(config, base)
    for hour in range(24):
        start = NOW - DAY + hour * 3600
        within = log["timestamp"].between(start, start + 3600, inclusive="left")
        state = state.apply(log[within], as_of=start + 3600)
    found, expected = state.snapshot(config), HybridRecommender(config).fit(log, as_of=NOW)
    assert_equal(found, expected)
    for history in ([3, 8], [1], [0, 150, 20]):
        ours, theirs = found.recommend(history, 20), expected.recommend(history, 20)
        assert np.sort(ours.scores) == pytest.approx(np.sort(theirs.scores), abs=WITHIN)


def test_text_ids_and_late_events_are_counted() -> None:
    rows = as_text(interactions(event="view")).assign(timestamp=AS_OF - np.arange(11) * DAY)
    state = CountingState.of(rows[:4], counted_half_lives(CONFIG), as_of=AS_OF).apply(rows[4:])
    expected = HybridRecommender(CONFIG).fit(rows, as_text(catalogue()), as_of=AS_OF)
    assert_equal(state.snapshot(CONFIG, as_text(catalogue())), expected)


def test_events_after_as_of_wait_outside() -> None:
    rows = interactions(event="view")
    late = rows.assign(timestamp=AS_OF + 5.0)
    state = CountingState.of(rows, counted_half_lives(CONFIG), as_of=AS_OF)
    assert state.apply(late, as_of=AS_OF) is state
    assert len(state.apply(late).pairs) == len(state.pairs)
    assert state.apply(late).pairs.until == AS_OF + 5.0


@pytest.mark.parametrize("config", [CONFIG, ORDERED], ids=["plain", "ordered"])
def test_saved_and_loaded_state_goes_on_counting(tmp_path: Path, config: HybridConfig) -> None:
    log = log_of(500)
    state = counted(config, log[:300], as_of=NOW)
    state.save(tmp_path / "counts")
    loaded = CountingState.load(tmp_path / "counts")
    assert loaded.half_lives_s == state.half_lives_s
    expected = HybridRecommender(config).fit(log, as_of=NOW)
    assert_equal(loaded.apply(log[300:]).snapshot(config, as_of=NOW), expected)
    assert_equal(
        CountingState.load(tmp_path / "counts", verify=False).snapshot(config), state.snapshot(config)
    )


def test_every_changed_file_of_a_state_is_refused(tmp_path: Path) -> None:
    counted(ORDERED, log_of(50)).save(tmp_path / "counts")
    assert (tmp_path / "counts" / "order_times.npy").is_file()
    for file in sorted((tmp_path / "counts").iterdir()):
        original = file.read_bytes()
        changed = bytearray(original)
        changed[-1] ^= 4
        for damaged in (bytes(changed), original[:-1], original + b"\0"):
            file.write_bytes(damaged)
            with pytest.raises(CorruptSnapshotError):
                CountingState.load(tmp_path / "counts")
        file.write_bytes(original)
    CountingState.load(tmp_path / "counts")


def test_a_snapshot_is_no_state_and_a_state_no_snapshot(plain: RecommenderSnapshot, tmp_path: Path) -> None:
    plain.save(tmp_path / "snapshot")
    with pytest.raises(CorruptSnapshotError, match="no counts"):
        CountingState.load(tmp_path / "snapshot")
    CountingState.of(log_of(50), counted_half_lives(CONFIG)).save(tmp_path / "counts")
    with pytest.raises(CorruptSnapshotError):
        RecommenderSnapshot.load(tmp_path / "counts")
    with pytest.raises(SnapshotNotFoundError):
        CountingState.load(tmp_path / "nowhere")


def test_refusals_change_nothing() -> None:
    state = CountingState.of(interactions(event="view"), counted_half_lives(CONFIG), as_of=AS_OF)
    before = state.pairs.sums.copy()
    with pytest.raises(InvalidIdsError):
        state.apply(as_text(interactions(event="view")))
    with pytest.raises(InvalidIdsError):
        state.forget(["1"])
    with pytest.raises(InvalidIdsError, match="catalogue"):
        state.snapshot(CONFIG, as_text(catalogue()))
    with pytest.raises(ConfigurationError, match="before"):
        state.snapshot(CONFIG, as_of=AS_OF - 1)
    with pytest.raises(ConfigurationError, match="were not counted"):
        state.snapshot(HybridConfig(generators=(ItemKnn(half_life_s=5.0),)))
    with pytest.raises(ConfigurationError, match="other cannot be fitted"):
        counted_half_lives(HybridConfig(generators=(Foreign(),)))  # type: ignore[arg-type]  # what is refused
    with pytest.raises(ConfigurationError, match="order of events was not kept"):
        state.snapshot(ORDERED)
    with pytest.raises(ConfigurationError, match="positive"):
        CountingState.of(interactions(), [0.0])
    with pytest.raises(EmptyInputError):
        state.forget([1, 2, 3, 4, 5]).snapshot(CONFIG)
    assert (state.pairs.sums == before).all()
