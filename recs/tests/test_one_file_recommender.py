"""The recommender of the package docstring, written to one file, keeps what every recommender promises."""

import doctest
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

import recs
from recs import History, HybridConfig, HybridRecommender, RecommenderSnapshot
from recs.evaluation.scoring import dense_scores
from recs.history import seeds_of
from recs.tests.toy import AS_OF, catalogue, interactions

PRICES = {10: 500.0, 20: 20.0, 30: 550.0, 40: 25.0, 50: 480.0, 60: 5.0}


@pytest.fixture(name="module")
def _module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    examples = doctest.DocTestParser().get_examples(recs.__doc__ or "")
    wanted = ("import ", "from ", "@dataclass")
    source = "".join(example.source for example in examples if example.source.startswith(wanted))
    file = tmp_path / "price_neighbours.py"
    file.write_text(source)
    spec = importlib.util.spec_from_file_location("price_neighbours", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "price_neighbours", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(name="snapshot")
def _snapshot(module: ModuleType) -> RecommenderSnapshot:
    config = HybridConfig(generators=(module.PriceNeighbours(PRICES),))
    return HybridRecommender(config).fit(interactions(), catalogue(), as_of=AS_OF)


def test_it_serves_with_its_own_reasons(snapshot: RecommenderSnapshot) -> None:
    slate = snapshot.recommend(History.of([40], events=["favorite"], timestamps=[AS_OF], as_of=AS_OF), 1)
    assert slate.item_ids.tolist() == [20]
    reason = slate.reasons[0]
    assert (reason.kind, reason.item_ids, reason.generator) == ("because_you_saved", (40,), "price")
    assert len(snapshot.recommend([10, 70], 7)) == 5


def test_it_is_saved_and_opened_without_its_file(snapshot: RecommenderSnapshot, tmp_path: Path) -> None:
    snapshot.save(tmp_path / "snapshot")
    loaded = RecommenderSnapshot.load(tmp_path / "snapshot")
    assert loaded.recommend([10], 5).scores.tobytes() == snapshot.recommend([10], 5).scores.tobytes()
    assert loaded.facts.config["generators"] == {"price": {"neighbours": 8}}


def test_it_can_be_evaluated(snapshot: RecommenderSnapshot) -> None:
    seeds = seeds_of(History([10]), snapshot.vocabulary, snapshot.parts.serving.recency)
    dense = dense_scores(snapshot, [seeds])[0]
    blend = snapshot.score([10]).blend
    assert dense[blend.positions[1:]] == pytest.approx(blend.scores[1:], abs=1e-6)
