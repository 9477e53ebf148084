"""The log chooses what is served: through snapshots, past the gate, and nothing else is served."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recs import Budget, HybridConfig, HybridRecommender, RecommenderSnapshot
from recs.__main__ import main
from recs.candidates.content import ContentSimilarity
from recs.candidates.item_to_item import ItemToItem
from recs.candidates.transitions import Transitions
from recs.errors import ConfigurationError, EmptyInputError
from recs.evaluation.comparison import judge_served
from recs.evaluation.events import EventsProtocol
from recs.evaluation.served_choice import ServedChoice, chosen_config
from recs.selection.search import Rung
from recs.tests.toy import catalogue, interactions

DAY = 86_400.0
N_ITEMS = 60
QUICK = (Rung(3, 200), Rung(2, 400))
WEIGHTINGS = (Rung(12, 200), Rung(3, 400))


def walks(n_users: int, seed: int = 0) -> pd.DataFrame:
    """Return people who walk up a ring of items, one step at a time: order is all that matters."""
    rng = np.random.default_rng(seed)
    rows = []
    for user in range(n_users):
        item, start = int(rng.integers(N_ITEMS)), float(rng.uniform(0, 40 * DAY))
        for step in range(12):
            rows.append((user, item * 3 + 1, start + step * DAY, "view"))
            item = (item + int(rng.choice([1, 2], p=[0.8, 0.2]))) % N_ITEMS
    return pd.DataFrame(rows, columns=["user_id", "item_id", "timestamp", "event"])


def described() -> pd.DataFrame:
    ids = np.arange(N_ITEMS) * 3 + 1
    return pd.DataFrame(
        {
            "item_id": ids,
            "category": np.arange(N_ITEMS) // 6,
            "title": [f"thing {i // 6} of" for i in range(N_ITEMS)],
        }
    )


def test_what_knows_the_order_replaces_the_default_and_is_what_is_served() -> None:
    protocol = EventsProtocol(walks(300), described())
    choice = chosen_config(protocol, HybridConfig(), model_rungs=QUICK, served_rungs=WEIGHTINGS)
    assert choice.promoted
    assert choice.challenger > 1.3 * choice.champion
    names = [generator.name for generator in choice.config.generators]
    assert {"transitions", "past_future"} & set(names)
    assert len(set(names)) == len(names)
    assert all(generator.weight > 0 for generator in choice.config.generators)
    # The figure is that of the snapshot that this configuration fits, on the window that was held back.
    snapshot_says = protocol.judge(choice.config, [10], progress=False)
    assert snapshot_says.test["ndcg@10"].mean() == choice.challenger
    assert choice == chosen_config(protocol, HybridConfig(), model_rungs=QUICK, served_rungs=WEIGHTINGS)


def test_a_choice_can_leave_the_last_window_to_judge_it() -> None:
    rows = walks(300)
    protocol = EventsProtocol(rows, described())
    choice = chosen_config(protocol, HybridConfig(), folds=2, model_rungs=QUICK, served_rungs=WEIGHTINGS)
    last = protocol.served_folds()[-1].at
    # Whatever happens in the last window, the choice is the same.
    late = rows["timestamp"] > last
    other = rows.assign(item_id=np.where(late, rows["item_id"].to_numpy()[::-1], rows["item_id"]))
    again = EventsProtocol(other, described())
    assert choice == chosen_config(again, HybridConfig(), folds=2, model_rungs=QUICK, served_rungs=WEIGHTINGS)
    with pytest.raises(ConfigurationError, match="two windows"):
        chosen_config(protocol, HybridConfig(), folds=1)


def test_without_any_time_the_champion_is_compared_with_what_there_is() -> None:
    choice = chosen_config(EventsProtocol(walks(120)), HybridConfig(), budget=Budget(0.0))
    assert not choice.promoted
    assert choice.config == HybridConfig()
    assert choice.challenger == choice.champion


def test_choosing_again_starts_from_what_serves_and_adds_no_third_voice_of_a_kind() -> None:
    protocol = EventsProtocol(walks(300))
    alike = [Transitions(lags=3), Transitions(lags=8)]
    champion = HybridConfig(
        generators=tuple(ItemToItem(model, label=f"way_{place}") for place, model in enumerate(alike))
    )
    rungs = (Rung(1, 200), Rung(1, 200), Rung(1, 200))
    choice = chosen_config(protocol, champion, model_rungs=rungs, served_rungs=(Rung(1, 200),))
    # The only weighting that there was time for is the champion's own.
    assert choice.challenger == choice.champion
    found = chosen_config(protocol, champion, model_rungs=rungs, served_rungs=(Rung(40, 200),))
    kinds = [generator.parameters().get("model", {}).get("name") for generator in found.config.generators]
    assert kinds.count("transitions") <= 2
    assert len(kinds) <= 6


def test_under_auto_the_hybrid_row_is_what_the_log_would_serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks(200).to_csv(tmp_path / "log.csv", index=False)
    asked = []

    def remembered(
        protocol: EventsProtocol, champion: HybridConfig, *, folds: int, budget: Budget, progress: bool
    ) -> ServedChoice:
        asked.append(folds)
        other = HybridConfig(generators=(ItemToItem(Transitions()),))
        return ServedChoice(other, promoted=True, reason="", champion=0.1, challenger=0.2)

    monkeypatch.setattr("recs.evaluation.comparison.chosen_config", remembered)
    opened = partial(EventsProtocol, tmp_path / "log.csv")
    [report] = judge_served(opened, "hybrid", [10], search=True, progress=False)
    assert asked == [2]
    assert list(report.row["parameters"]["generators"]) == ["transitions"]
    [plain] = judge_served(opened, "hybrid", [10], search=False, progress=False)
    assert list(plain.row["parameters"]["generators"]) == ["item_knn"]
    assert asked == [2]
    assert report.row["metrics"]["ndcg@10"] > plain.row["metrics"]["ndcg@10"]


def test_the_champion_stays_where_nothing_can_be_learned() -> None:
    rng = np.random.default_rng(1)
    noise = walks(120).assign(item_id=lambda rows: rng.integers(0, N_ITEMS, len(rows)) * 3 + 1)
    champion = HybridConfig()
    choice = chosen_config(EventsProtocol(noise), champion, model_rungs=QUICK, served_rungs=WEIGHTINGS)
    assert not choice.promoted
    assert choice.config is champion
    assert "people" in choice.reason


def test_a_window_without_questions_is_named() -> None:
    rows = walks(40)
    quiet = pd.concat(
        [
            rows[rows["timestamp"] < 20 * DAY],
            rows[rows["timestamp"] >= 20 * DAY].iloc[:1].assign(timestamp=60 * DAY),
        ]
    )
    with pytest.raises(EmptyInputError, match="nobody met a new item"):
        chosen_config(EventsProtocol(quiet), HybridConfig(), model_rungs=QUICK, served_rungs=WEIGHTINGS)


def test_fit_auto_serves_exactly_what_was_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, items = walks(300), described()
    future = rows.assign(timestamp=rows["timestamp"] + 1e9, item_id=1)
    pd.concat([rows, future]).to_csv(tmp_path / "log.csv", index=False)
    items.to_csv(tmp_path / "items.csv", index=False)
    seen = []

    def remembered(protocol: EventsProtocol, champion: HybridConfig, *, progress: bool) -> object:
        assert protocol.dataset()["interactions"] == len(rows)  # the future is no part of the choice
        choice = chosen_config(protocol, champion, model_rungs=QUICK, served_rungs=WEIGHTINGS)
        seen.append(choice)
        return choice

    monkeypatch.setattr("recs.commands.fit.chosen_config", remembered)
    as_of = float(rows["timestamp"].max())
    arguments = ["fit", str(tmp_path / "log.csv"), "--items", str(tmp_path / "items.csv"), "--models", "auto"]
    assert main([*arguments, "--as-of", str(as_of), "--out", str(tmp_path / "model")]) == 0
    said = json.loads(capsys.readouterr().out)
    [choice] = seen
    assert said["selected"] == "searched"
    assert said["gate"] == choice.reason
    loaded = RecommenderSnapshot.load(tmp_path / "model")
    assert loaded.facts.config == json.loads(json.dumps(choice.config.parameters()))
    assert list(loaded.facts.config["generators"]) == list(said["generators"])
    assert [(g.name, g.weight) for g in loaded.parts.generators] == [
        (g.name, g.weight) for g in choice.config.generators
    ]
    assert loaded.parts.serving == choice.config.serving
    expected = HybridRecommender(choice.config).fit(rows, items, as_of=as_of)
    for start in (1, 31, 91):
        ours, theirs = loaded.recommend([start, start + 3], 8), expected.recommend([start, start + 3], 8)
        assert ours.item_ids.tolist() == theirs.item_ids.tolist()
        assert ours.scores.tobytes() == theirs.scores.tobytes()
        assert ours.reasons == theirs.reasons


def test_fit_auto_on_a_log_that_is_too_short_serves_the_default_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    interactions(event="view").to_csv(tmp_path / "log.csv", index=False)
    catalogue().to_csv(tmp_path / "items.csv", index=False)
    arguments = ["fit", str(tmp_path / "log.csv"), "--items", str(tmp_path / "items.csv"), "--models", "auto"]
    assert main([*arguments, "--out", str(tmp_path / "model")]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["selected"] == "default"
    assert "Too little to choose by" in said["gate"]
    assert list(RecommenderSnapshot.load(tmp_path / "model").facts.config["generators"]) == ["item_knn"]


def test_a_cold_item_is_found_through_its_description() -> None:
    items = pd.concat(
        [described(), pd.DataFrame({"item_id": [1000], "category": [3], "title": ["thing 3 of"]})]
    )
    config = HybridConfig(generators=(ItemToItem(ContentSimilarity()),))
    snapshot = HybridRecommender(config).fit(walks(60), items, as_of=60 * DAY)
    like_it = [int(item) for item in items["item_id"][items["category"] == 3]]
    slate = snapshot.similar_items(1000, n=6)
    assert set(slate.item_ids.tolist()) == set(like_it) - {1000}
    assert {reason.kind for reason in slate.reasons} == {"similar_to"}
    others = snapshot.recommend(
        [like_it[0]], 20, diversity=replace(snapshot.parts.serving.diversity, category_share=1.0)
    )
    assert 1000 in others.item_ids.tolist()
