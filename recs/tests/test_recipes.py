"""What a manifest keeps of a configuration is enough to fit it again."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from recs import HybridConfig, HybridRecommender, ItemKnn, ItemToItem, ServingConfig, config_of
from recs.candidates.transitions import Transitions
from recs.errors import ConfigurationError
from recs.history import RecencyConfig
from recs.selection.families import FAMILIES
from recs.tests.toy import CONFIGS, catalogue, interactions


@pytest.mark.parametrize("name", CONFIGS)
def test_a_configuration_survives_json(name: str) -> None:
    config = CONFIGS[name]
    again = config_of(json.loads(json.dumps(config.parameters(), allow_nan=False)))
    assert again == config
    ours, theirs = (
        HybridRecommender(each).fit(interactions(), catalogue()).recommend([10], 5)
        for each in (config, again)
    )
    assert ours.scores.tobytes() == theirs.scores.tobytes()


def test_whatever_a_search_may_find_survives_json() -> None:
    rng = np.random.default_rng(2)
    for family in FAMILIES.values():
        if not hasattr(family.default, "item_matrix"):
            continue
        for _ in range(10):
            model: Any = family.drawn(rng)
            second = ItemToItem(model, 32, 0.25, label="second")
            voices = (ItemToItem(model, label="first"), second, ItemKnn(shrinkage=3.0))
            recency = RecencyConfig(short_half_life_s=float("inf"), short_share=0.3)
            config = HybridConfig(voices, serving=ServingConfig(popularity_weight=0.1, recency=recency))
            parameters = json.loads(json.dumps(config.parameters(), allow_nan=False))
            assert config_of(parameters) == config


@pytest.mark.parametrize(
    "change",
    [
        {"generators": {"oracle": {"depth": 3}}},
        {"generators": {"item_knn": {"neighbours": 64, "wings": 2}}},
        {"generators": {"x": {"model": {"name": "x"}, "neighbours": 1, "weight": 1.0}}},
        {"generators": {"item_knn": {"neighbours": 0}}},
        {"popularity": None},
        {"serving": {}},
    ],
)
def test_what_this_version_does_not_know_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError):
        config_of({**HybridConfig().parameters(), **change})


def test_parameters_tell_the_models_neighbours_from_those_that_serve() -> None:
    voice = ItemToItem(Transitions(neighbours=200), neighbours=32)
    other = replace(voice, model=Transitions(neighbours=100))
    assert voice.parameters() != other.parameters()
