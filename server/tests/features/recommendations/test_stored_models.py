"""Models live in an object store: workers map copies of their own, and survive what happens to the store."""

from __future__ import annotations

import dataclasses
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recs import RecommenderSnapshot
from server.core.object_store import ObjectStore, StoreAway
from server.features.recommendations import model_queries, promotion_queries
from server.features.recommendations.lineage import lineage
from server.refit import refit
from server.tests.features.recommendations.test_slates import ask
from server.tests.support.eventually import eventually
from server.tests.support.shop import API, Shop, open_shop, problem
from server.tests.support.tastes import fitted_shop, job_of, recommender_of, stored_models


def serving(shop: Shop) -> int | None:
    current = recommender_of(shop).models.current
    return None if current is None else current.version


async def test_models_come_from_a_store_that_is_not_a_folder(database_url: str, tmp_path: Path) -> None:
    url = f"memory://{tmp_path.name}/models"
    async with open_shop(database_url, tmp_path / "one", snapshot_url=url) as shop:
        await fitted_shop(shop)
        assert await refit(job_of(shop)) == "promoted"
        assert ObjectStore(url, tmp_path).names() == ["model-1", "model-2"]
        assert not stored_models(shop).exists()
        # Another machine: its own data folder, the same database and store.
        async with open_shop(database_url, tmp_path / "two", snapshot_url=url, worker_id=1) as other:
            assert serving(other) == 2
            assert (await ask(other.guest(), "home"))["modelVersion"] == "2"
            copy = other.runtime.settings.snapshot_cache / "model-2"
            assert str(recommender_of(other).models.current.snapshot.item_ids.base.filename).startswith(  # type: ignore[union-attr]
                str(copy)
            )


async def test_files_cut_short_in_the_store_do_not_hurt_who_serves(shop: Shop) -> None:
    await fitted_shop(shop)
    for file in (stored_models(shop) / "model-1").iterdir():
        os.truncate(file, 0)
    home = await ask(shop.guest(), "home")
    assert home["modelVersion"] == "1"
    assert home["rails"]


async def test_a_damaged_local_copy_is_fetched_anew(shop: Shop, database_url: str, tmp_path: Path) -> None:
    await fitted_shop(shop)
    victim = shop.runtime.settings.snapshot_cache / "model-1" / "popular.scores.npy"
    content = bytearray(victim.read_bytes())
    content[-1] ^= 1
    victim.unlink()
    victim.write_bytes(content)
    async with open_shop(database_url, tmp_path, worker_id=1) as late:
        assert serving(late) == 1
    assert victim.read_bytes() != bytes(content)


async def test_a_store_that_is_away_is_asked_again(
    shop: Shop, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fitted_shop(shop)
    admin = await shop.browser_of(await shop.make.user(role="admin"))
    monkeypatch.setattr("server.features.recommendations.models.RETRY_S", 0.05)
    download = ObjectStore._download

    def refuse(_store: ObjectStore, _name: str) -> Any:
        raise StoreAway("no route")

    monkeypatch.setattr(ObjectStore, "_download", refuse)
    before = await shop.state()
    await problem(await admin.post(f"{API}/models/1/promote"), 503, "unavailable")
    assert await shop.state() == before
    async with open_shop(database_url, tmp_path / "elsewhere", snapshot_url=store_of(shop)) as late:
        assert serving(late) is None
        assert (await ask(late.guest(), "home"))["rails"]
        monkeypatch.setattr(ObjectStore, "_download", download)
        await eventually(lambda: serving(late) == 1)


def store_of(shop: Shop) -> str:
    return shop.runtime.settings.snapshot_store


async def test_a_fit_that_the_store_does_not_take_changes_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fitted_shop(shop)

    def refuse(_store: ObjectStore, _name: str, _place: Path) -> Any:
        raise OSError("disk full")

    monkeypatch.setattr(ObjectStore, "_upload", refuse)
    assert await refit(job_of(shop)) == "refused"
    refused = await shop.connection.fetchrow("SELECT status, refusal FROM model_snapshots WHERE version = 2")
    assert refused is not None
    assert refused["status"] == "refused"
    assert "disk full" in refused["refusal"]
    assert serving(shop) == 1
    assert [path.name for path in stored_models(shop).iterdir()] == ["model-1"]


async def test_a_poisoned_model_with_good_checksums_is_refused_everywhere(shop: Shop) -> None:
    """Whoever can write to the store can make checksums fit; what it says has to make sense too."""
    await fitted_shop(shop)
    store = ObjectStore(store_of(shop), shop.runtime.settings.snapshot_cache)
    good = RecommenderSnapshot.load(stored_models(shop) / "model-1")
    scores = np.full_like(good.parts.popular.scores, np.nan)
    popular = dataclasses.replace(good.parts.popular, scores=scores)
    poisoned = dataclasses.replace(good, parts=dataclasses.replace(good.parts, popular=popular))
    version = await model_queries.insert_candidate(
        shop.connection, trained_until=datetime.now(UTC), lineage=lineage(1)
    )
    store.add(f"model-{version}", poisoned.save)
    await promotion_queries.store_fitted(
        shop.connection, version=version, location=f"model-{version}", parent_version=None, goes_live=False
    )
    admin = await shop.browser_of(await shop.make.user(role="admin"))
    before = await shop.state()
    refusal = await problem(await admin.post(f"{API}/models/{version}/promote"), 409, "model.unsound")
    assert "Not finite" in refusal["detail"]
    assert await shop.state() == before
    await promotion_queries.promote(shop.connection, version=version)
    await recommender_of(shop).models.refresh()
    assert serving(shop) == 1
    assert (await ask(shop.guest(), "home"))["modelVersion"] == "1"
