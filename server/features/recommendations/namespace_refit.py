"""Fits the models of other shops, in the refit child: the same library, window and gate as for our own."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import asyncpg
import numpy as np
import pandas as pd

from recs import HybridConfig, HybridRecommender, RecommenderSnapshot, RecsError
from server.core.binary_copy import fetch_columns
from server.core.object_store import ObjectStore, StoreAway
from server.features.recommendations import gate, namespace_queries, trial
from server.features.recommendations.defence import defended
from server.features.recommendations.training import TrainingWindow, described

WINDOW_DAYS = 180
MAX_PROBES = 50
_LOCATION = re.compile(r"feed-(\d{1,19})")
logger = logging.getLogger(__name__)

Say = Callable[..., None]


async def read_namespace_window(
    connection: asyncpg.Connection, namespace_id: int, *, until: datetime
) -> TrainingWindow:
    """Read what a namespace's users did, and its products."""
    rows = await fetch_columns(
        connection,
        namespace_queries.namespace_window_query(namespace_id, until, WINDOW_DAYS),
        [
            ("user", "int8"),
            ("product_id", "int8"),
            ("event_type", "int2"),
            ("weight", "float4"),
            ("occurred_s", "float8"),
        ],
        timeout_s=namespace_queries.READ_TIMEOUT_S,
    )
    interactions = pd.DataFrame(
        {
            "user_id": rows["user"].astype(np.int64),
            "item_id": rows["product_id"].astype(np.int64),
            "timestamp": rows["occurred_s"].astype(np.float64),
            "event": rows["event_type"].astype(np.uint8),
            "weight": rows["weight"].astype(np.float32),
        }
    )
    listed = await namespace_queries.select_namespace_catalogue(connection, namespace_id)
    catalogue = pd.DataFrame(listed, columns=["item_id", "category", "brand", "listed_at"])
    counted, set_aside = defended(interactions)
    return TrainingWindow(until, counted, catalogue, set_aside)


async def refit_namespaces(
    connection: asyncpg.Connection, store: ObjectStore, namespace_ids: list[int], say: Say
) -> list[str]:
    """Fit one namespace after the other; one that fails does not keep the others from theirs."""
    outcomes = []
    for namespace_id in namespace_ids:
        try:
            outcome, reason = await refit_namespace(connection, store, namespace_id)
        except (asyncpg.PostgresError, StoreAway, MemoryError) as error:
            logger.exception("namespace %d", namespace_id)
            outcome, reason = "failed", str(error)
        say(outcome, namespace=namespace_id, reason=reason)
        outcomes.append(outcome)
    await _tidy(connection, store)
    return outcomes


async def _tidy(connection: asyncpg.Connection, store: ObjectStore) -> None:
    """Remove the files of models that no namespace can want any more, also what a killed fit left."""
    newest, kept = await namespace_queries.select_locations(connection)
    for name in store.names():
        match = _LOCATION.fullmatch(name)
        if match is not None and int(match[1]) <= newest and name not in kept:
            store.delete(name)
    store.keep_cached(kept, _LOCATION)


async def refit_namespace(
    connection: asyncpg.Connection, store: ObjectStore, namespace_id: int
) -> tuple[str, str]:
    """Fit one namespace; return ``promoted`` or ``refused``, and why."""
    until: datetime = await connection.fetchval("SELECT now()")
    version = await namespace_queries.insert_namespace_candidate(
        connection, namespace_id=namespace_id, trained_until=until
    )
    window = await read_namespace_window(connection, namespace_id, until=until)
    try:
        snapshot, metrics, decision = _fitted(window)
    except RecsError as error:
        reason = f"{type(error).__name__}: {error}"
        await namespace_queries.refuse_namespace_candidate(connection, version=version, refusal=reason)
        return "refused", reason
    await namespace_queries.describe_namespace_candidate(
        connection, version=version, counts=dict(snapshot.counts), metrics=metrics
    )
    if decision.outcome == "refused":
        await namespace_queries.refuse_namespace_candidate(
            connection, version=version, refusal=decision.reason
        )
        return "refused", decision.reason
    location = f"feed-{version}"
    store.add(location, snapshot.save)
    await namespace_queries.promote_namespace_candidate(
        connection, namespace_id=namespace_id, version=version, location=location
    )
    return "promoted", decision.reason


def _fitted(window: TrainingWindow) -> tuple[RecommenderSnapshot, dict[str, Any], gate.Decision]:
    """Fit on everything, beside a trial on the latest tenth that tells what the model is worth."""
    config = HybridConfig()
    split = trial.split_window(window, champion_until_s=None)
    metrics: dict[str, Any] = {**described(window), "cutAt": split.cut_s, "users": len(split.cases)}
    if split.cases and not split.training.empty and not split.catalogue.empty:
        trained = HybridRecommender(config).fit(split.training, items=split.catalogue, as_of=split.cut_s)
        metrics["ndcg@10"] = float(trial.judge(trained, split.cases).mean())
        metrics["popularity"] = {"ndcg@10": float(trial.judge_popularity(trained, split.cases).mean())}
    snapshot = HybridRecommender(config).fit(window.interactions, items=window.catalogue, as_of=window.until)
    probes = gate.probe(snapshot, trial.recent_histories(window, MAX_PROBES))
    evidence = gate.Evidence(dict(snapshot.counts), probes)
    return snapshot, metrics, gate.decide(evidence, None)
