"""Training input: what is accepted, and how each fault is named."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from recs import HybridRecommender
from recs.errors import (
    DuplicateItemsError,
    EmptyInputError,
    InputError,
    InvalidIdsError,
    InvalidTimestampsError,
    InvalidWeightsError,
    MissingColumnsError,
    UnknownEventError,
)
from recs.interactions import Interactions
from recs.tests.toy import AS_OF, catalogue, interactions


def test_names_every_missing_column() -> None:
    with pytest.raises(MissingColumnsError, match="item_id, timestamp; present: user_id"):
        Interactions.of(interactions()[["user_id"]])
    with pytest.raises(MissingColumnsError, match="items: missing column item_id"):
        HybridRecommender().fit(interactions(), catalogue().drop(columns="item_id"))


@pytest.mark.parametrize(
    ("column", "value", "error", "message"),
    [
        ("weight", float("nan"), InvalidWeightsError, r"row 4 \(the first is row 1\) has nan"),
        ("weight", -1.0, InvalidWeightsError, r"row 4 \(the first is row 1\) has -1.0"),
        ("weight", float("inf"), InvalidWeightsError, r"row 4 \(the first is row 1\) has inf"),
        ("timestamp", float("nan"), InvalidTimestampsError, "row 4"),
        ("timestamp", float("inf"), InvalidTimestampsError, "row 4"),
        ("event", "hover", UnknownEventError, "'hover'"),
        ("event", None, UnknownEventError, "row 4"),
        ("user_id", None, InvalidIdsError, "user_id is missing in row 4"),
        ("item_id", 1.5, InvalidIdsError, "item_id"),
    ],
)
def test_refuses_a_bad_value_and_says_where(
    column: str, value: object, error: type[InputError], message: str
) -> None:
    frame = interactions(weight=1.0, event="view").astype(object)
    frame[column] = [*frame[column].tolist()[:3], value, *frame[column].tolist()[4:]]
    if column in {"weight", "timestamp"}:
        frame[column] = frame[column].astype(float)
    with pytest.raises(error, match=message):
        Interactions.of(frame)


@pytest.mark.parametrize("column", ["weight", "timestamp"])
def test_refuses_text_where_numbers_belong(column: str) -> None:
    with pytest.raises(InputError, match=column):
        Interactions.of(interactions(**{column: "many"}))


def test_refuses_nothing_at_all() -> None:
    with pytest.raises(EmptyInputError):
        HybridRecommender().fit(interactions().iloc[:0])
    with pytest.raises(EmptyInputError):
        HybridRecommender().fit(interactions(), catalogue().iloc[:0])


def test_refuses_a_catalogue_that_names_an_item_twice() -> None:
    with pytest.raises(DuplicateItemsError, match="40"):
        HybridRecommender().fit(interactions(), pd.concat([catalogue(), catalogue().iloc[3:4]]))


def test_refuses_ids_of_two_types() -> None:
    with pytest.raises(InvalidIdsError, match="catalogue"):
        HybridRecommender().fit(interactions(), catalogue().assign(item_id=list("abcdefg")))


def test_rows_after_as_of_are_left_out_and_counted() -> None:
    late = pd.DataFrame({"user_id": [9], "item_id": [99], "timestamp": [AS_OF + 1]})
    window = Interactions.of(pd.concat([interactions(), late]), as_of=AS_OF)
    assert (len(window), window.n_future, window.as_of) == (11, 1, AS_OF)
    assert window.items.positions([99]).tolist() == [-1]
    assert Interactions.of(pd.concat([interactions(), late])).as_of == AS_OF + 1


def test_times_may_be_seconds_or_datetimes() -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    for column in (
        pd.to_datetime(pd.Series([at] * 11)),
        pd.to_datetime(pd.Series(["2026-01-02"] * 11)),
        pd.Series([at.timestamp()] * 11),
    ):
        assert set(Interactions.of(interactions(timestamp=column)).timestamps) == {at.timestamp()}
    snapshot = HybridRecommender().fit(interactions(timestamp=at.timestamp()), as_of=at)
    assert snapshot.as_of == at.timestamp()
    with pytest.raises(InvalidTimestampsError):
        HybridRecommender().fit(interactions(), as_of=float("nan"))


def test_weights_default_to_the_event_and_events_may_be_codes() -> None:
    named = Interactions.of(interactions(event="purchase"))
    coded = Interactions.of(interactions(event=5))
    assert set(named.weights) == set(coded.weights) == {6.0}
    assert (named.events == coded.events).all()
    assert set(Interactions.of(interactions()).weights) == {1.0}
    assert set(Interactions.of(interactions(event="impression")).weights) == {0.0}


def test_impressions_teach_nothing() -> None:
    shown = interactions(event="impression")
    snapshot = HybridRecommender().fit(pd.concat([interactions(event="view"), shown]), as_of=AS_OF)
    plain = HybridRecommender().fit(interactions(event="view"), as_of=AS_OF)
    assert snapshot.recommend([10], 5).scores.tobytes() == plain.recommend([10], 5).scores.tobytes()
    assert np.count_nonzero(HybridRecommender().fit(shown, as_of=AS_OF).parts.popular.scores) == 0


@pytest.mark.parametrize("names", [[3, 3, 4, None, None, 4, 4], [3.0, 3.0, 4.0, None, np.nan, 4.0, 4.0]])
def test_integer_categories_survive_missing_ones(names: list[object]) -> None:
    snapshot = HybridRecommender().fit(
        interactions(), catalogue().assign(category=pd.Series(names)), as_of=AS_OF
    )
    assert snapshot.popular(7, category=3).item_ids.tolist() == [10, 20]
    assert snapshot.popular(7, category=4).item_ids.tolist() == [30, 60, 70]
    assert snapshot.popular(7, category="3").item_ids.tolist() == []
