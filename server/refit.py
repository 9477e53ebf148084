"""`python -m server.refit`: reads the log, fits, judges, stores and promotes a model, or refuses it.

A child process of its own, so that neither the event loop nor the memory of a worker pays for a fit. Progress
goes to standard output, one JSON object per line.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
import orjson

from recs import HybridConfig, HybridRecommender, RecommenderSnapshot, RecsError
from server.core.object_store import FolderStore
from server.core.parent_death import is_orphan, signal_on_parent_death
from server.features.recommendations import gate, model_queries, trial
from server.features.recommendations.model_queries import ModelRow
from server.features.recommendations.training import TrainingWindow, described, read_window
from server.settings import Settings

NICENESS = 10
WINDOW_DAYS = 180
KEPT_SNAPSHOTS = 3
MAX_PROBES = 200
PROMOTED, REFUSED, BUSY = "promoted", "refused", "busy"


@dataclass(frozen=True, slots=True)
class Job:
    """What a refit needs to know of the shop."""

    database_url: str
    snapshot_dir: Path


def say(stage: str, **details: Any) -> None:
    """Report progress to whoever started us."""
    sys.stdout.buffer.write(
        orjson.dumps({"stage": stage, **details}, option=orjson.OPT_SERIALIZE_NUMPY) + b"\n"
    )
    sys.stdout.flush()


async def refit(job: Job, *, is_under_lock: bool = False, config: HybridConfig | None = None) -> str:
    """Fit once; return ``promoted``, ``refused`` or ``busy``."""
    connection = await asyncpg.connect(
        job.database_url, timeout=5, server_settings={"application_name": "jackdaw refit"}
    )
    try:
        if not is_under_lock and not await model_queries.try_refit_lock(connection):
            say(BUSY)
            return BUSY
        return await _Refit(connection, FolderStore(job.snapshot_dir), config or HybridConfig()).run()
    finally:
        await connection.close()


class _Refit:
    """One attempt, from reading to promotion or refusal."""

    def __init__(self, connection: asyncpg.Connection, store: FolderStore, config: HybridConfig) -> None:
        self._connection = connection
        self._store = store
        self._config = config
        self._started_at = time.monotonic()

    async def run(self) -> str:
        until: datetime = await self._connection.fetchval("SELECT now()")
        champion = await model_queries.select_champion(self._connection)
        version = await model_queries.insert_candidate(self._connection, trained_until=until)
        await model_queries.refuse_abandoned(self._connection, before_version=version)
        window = await read_window(self._connection, until=until, days=WINDOW_DAYS)
        self._say("read", version=version, **described(window))
        try:
            snapshot, reason = await self._attempt(version, window, champion)
        except RecsError as error:
            return await self._refuse(version, f"{type(error).__name__}: {error}")
        if reason is not None:
            return await self._refuse(version, reason)
        location = f"model-{version}"
        snapshot.save(self._store.place(location))
        # What was written is read back before anyone is told of it.
        RecommenderSnapshot.load(self._store.place(location))
        await model_queries.promote(self._connection, version=version, location=location)
        self._say(PROMOTED, version=version)
        await self._tidy()
        return PROMOTED

    async def _refuse(self, version: int, reason: str) -> str:
        await model_queries.refuse_candidate(self._connection, version=version, refusal=reason)
        self._say(REFUSED, version=version, refusal=reason)
        return REFUSED

    async def _attempt(
        self, version: int, window: TrainingWindow, champion: ModelRow | None
    ) -> tuple[RecommenderSnapshot, str | None]:
        metrics, difference = self._judge(window, champion)
        self._say("judged", **metrics)
        started_at = time.monotonic()
        snapshot = self._fit(window)
        fit_seconds = time.monotonic() - started_at
        self._say("fitted", fitSeconds=round(fit_seconds, 3))
        probes = trial.recent_histories(window, MAX_PROBES)
        is_finite, answers = gate.probe(snapshot, probes)
        counts = dict(snapshot.counts)
        await model_queries.update_candidate(
            self._connection,
            version=version,
            counts=counts,
            fit_seconds=fit_seconds,
            metrics=metrics,
            config=dict(self._config.parameters()),
        )
        champion_ndcg = float(metrics.get("champion", {}).get("ndcg@10", 0.0))
        evidence = gate.Evidence(counts, is_finite, answers, difference, champion_ndcg)
        return snapshot, gate.refusal(evidence, _counts(champion))

    def _judge(
        self, window: TrainingWindow, champion: ModelRow | None
    ) -> tuple[dict[str, Any], dict[str, float] | None]:
        """Measure the recipe on the time after a cut, beside popularity and, where fair, the champion."""
        rival = self._open(champion)
        until_s = (
            None if champion is None or champion.trained_until is None else champion.trained_until.timestamp()
        )
        split = trial.split_window(window, champion_until_s=until_s if rival is not None else None)
        metrics: dict[str, Any] = {"cutAt": split.cut_s, "shoppers": len(split.cases)}
        if not split.cases or split.training.empty or split.catalogue.empty:
            return metrics, None
        trained = HybridRecommender(self._config).fit(
            split.training, items=split.catalogue, as_of=split.cut_s
        )
        scores = trial.judge(trained, split.cases)
        metrics["ndcg@10"] = float(scores.mean())
        metrics["popularity"] = {"ndcg@10": float(trial.judge_popularity(trained, split.cases).mean())}
        if rival is None or until_s is None or split.cut_s < until_s:
            return metrics, None
        rival_scores = trial.judge(rival, split.cases)
        difference = dict(trial.paired_interval(scores - rival_scores))
        metrics["champion"] = {"ndcg@10": float(rival_scores.mean()), "difference": difference}
        return metrics, difference

    def _fit(self, window: TrainingWindow) -> RecommenderSnapshot:
        return HybridRecommender(self._config).fit(
            window.interactions, items=window.catalogue, as_of=window.until
        )

    def _open(self, champion: ModelRow | None) -> RecommenderSnapshot | None:
        """Open the champion's files; a champion that cannot be opened must not block its successor."""
        if champion is None or champion.location is None:
            return None
        try:
            return RecommenderSnapshot.load(self._store.place(champion.location))
        except RecsError as error:
            self._say("champion unreadable", detail=str(error))
            return None

    async def _tidy(self) -> None:
        """Keep the files of the last three good models."""
        for old in (await model_queries.select_good_models(self._connection))[KEPT_SNAPSHOTS:]:
            await model_queries.forget_location(self._connection, version=old.version)
            self._store.delete(str(old.location))

    def _say(self, stage: str, **details: Any) -> None:
        say(stage, seconds=round(time.monotonic() - self._started_at, 3), **details)


def _counts(champion: ModelRow | None) -> dict[str, int] | None:
    if champion is None:
        return None
    return {
        "interactions": champion.interactions_count,
        "users": champion.users_count,
        "listedItems": champion.items_count,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one refit; 0 also when it was refused, because the shop is as well off as before."""
    parser = argparse.ArgumentParser(prog="python -m server.refit", description=__doc__)
    parser.add_argument(
        "--child", action="store_true", help="take the job from standard input; the lock is held"
    )
    is_child = parser.parse_args(arguments).child
    os.nice(NICENESS)
    if is_child:
        signal_on_parent_death(signal.SIGTERM)
        fields = orjson.loads(sys.stdin.buffer.readline())
        if is_orphan(fields["parentPid"]):
            return 1
        job = Job(fields["databaseUrl"], Path(fields["snapshotDir"]))
    else:
        settings = Settings.from_env()
        if settings.database_url is None:
            parser.error("JACKDAW_DATABASE_URL must name the shop's database.")
        job = Job(settings.database_url, settings.snapshot_dir)
    asyncio.run(refit(job, is_under_lock=is_child))
    return 0


if __name__ == "__main__":
    sys.exit(main())
