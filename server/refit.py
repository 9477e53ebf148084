"""`python -m server.refit`: reads the log, fits, judges, stores and promotes a model, or refuses it.

A child process of its own, so that neither the event loop nor the memory of a worker pays for a fit. Progress
goes to standard output, one JSON object per line.
"""

from __future__ import annotations

import argparse
import asyncio
import re
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

from recs import (
    History,
    HybridConfig,
    HybridRecommender,
    RecommenderSnapshot,
    RecsError,
    Verdict,
    config_of,
    judge_refit,
)
from server.core.background import background_connection, stand_back
from server.core.object_store import NotStored, ObjectStore, StoreAway
from server.core.parent_death import is_orphan, signal_on_parent_death
from server.features.recommendations import choice, gate, model_queries, promotion_queries, trial
from server.features.recommendations.lineage import lineage
from server.features.recommendations.model_queries import ModelRow
from server.features.recommendations.namespace_refit import refit_namespaces
from server.features.recommendations.training import TrainingWindow, described, read_window
from server.settings import Settings

WINDOW_DAYS = 180
MAX_PROBES = 200
PROMOTED, CHALLENGES, REFUSED, BUSY = "promoted", "challenges", "refused", "busy"
_LOCATION = re.compile(r"model-(\d{1,19})")


@dataclass(frozen=True, slots=True)
class Job:
    """What a refit needs to know of the shop."""

    database_url: str
    snapshot_url: str
    snapshot_cache: Path
    terms: choice.Terms = choice.NEVER
    """When the recipe is chosen anew, and how long that may take."""
    is_requested: bool = False
    """Whether a person asked for it: then it may also replace a model that a person went back to."""


def say(stage: str, **details: Any) -> None:
    """Report progress to whoever started us."""
    sys.stdout.buffer.write(
        orjson.dumps({"stage": stage, **details}, option=orjson.OPT_SERIALIZE_NUMPY) + b"\n"
    )
    sys.stdout.flush()


async def refit(job: Job, *, is_under_lock: bool = False, config: HybridConfig | None = None) -> str:
    """Fit once; return ``promoted``, ``challenges``, ``refused`` or ``busy``.

    Without a ``config`` by the recipe that serves, or by a better one that the log chooses when it is time.
    """
    async with background_connection(job.database_url, "jackdaw refit") as connection:
        if not is_under_lock and not await model_queries.try_refit_lock(connection):
            say(BUSY)
            return BUSY
        return await _Refit(connection, job, config).run()


async def refit_others(job: Job, namespace_ids: list[int]) -> list[str]:
    """Fit the models of other shops; whoever asks holds the lock."""
    async with background_connection(job.database_url, "jackdaw refit") as connection:
        store = ObjectStore(job.snapshot_url, job.snapshot_cache)
        return await refit_namespaces(connection, store, namespace_ids, say)


@dataclass(frozen=True, slots=True)
class _Rival:
    """The champion as a refit meets it; no snapshot when its files cannot be opened."""

    row: ModelRow
    snapshot: RecommenderSnapshot | None


class _Refit:
    """One attempt, from reading to promotion or refusal."""

    def __init__(self, connection: asyncpg.Connection, job: Job, config: HybridConfig | None) -> None:
        self._connection = connection
        self._store = ObjectStore(job.snapshot_url, job.snapshot_cache)
        self._job = job
        self._given = config
        self._config = config or HybridConfig()
        self._metrics: dict[str, Any] = {}
        self._proof = ""
        self._started_at = time.monotonic()

    async def run(self) -> str:
        until: datetime = await self._connection.fetchval("SELECT now()")
        champion = await model_queries.select_champion(self._connection)
        parent_version = None if champion is None else champion.version
        version = await model_queries.insert_candidate(
            self._connection, trained_until=until, lineage=lineage(parent_version)
        )
        await model_queries.refuse_abandoned(self._connection, before_version=version)
        window = await read_window(self._connection, until=until, days=WINDOW_DAYS)
        self._say("read", version=version, **described(window))
        await self._choose(version, window, champion)
        try:
            snapshot, decision = await self._attempt(version, window, self._rival(champion))
        except RecsError as error:
            return await self._refuse(version, f"{type(error).__name__}: {error}")
        if decision.outcome == "refused":
            return await self._refuse(version, decision.reason)
        location = f"model-{version}"
        # What was written is read back before anyone is told of it.
        try:
            self._store.add(location, snapshot.save)
        except OSError as error:
            return await self._refuse(version, f"It could not be stored: {error}")
        is_live = await promotion_queries.store_fitted(
            self._connection,
            version=version,
            location=location,
            parent_version=parent_version,
            goes_live=decision.outcome == "live",
            ends_hold=self._job.is_requested,
        )
        outcome = PROMOTED if is_live else CHALLENGES
        is_overruled = decision.outcome == "live" and not is_live
        reason = "An administrator chose the champion." if is_overruled else decision.reason
        self._say(outcome, version=version, reason=reason)
        await self._tidy(version)
        return outcome

    async def _choose(self, version: int, window: TrainingWindow, champion: ModelRow | None) -> None:
        """Settle by which recipe to fit: the champion's, unless a search is due and finds a better one."""
        if self._given is not None:
            return
        chosen_in: int | None = None
        try:
            self._config, chosen_in = choice.recipe_of(champion)
        except RecsError as error:
            self._say("recipe unreadable", detail=str(error))
        last = await model_queries.select_last_choice(self._connection)
        # Who asks for a refit waits for it: a search can wait for the next one.
        if not self._job.is_requested and choice.is_due(last, champion, window, self._job.terms):
            await self._note_choice(version, choice.begun(window))
            self._say("choosing", budgetSeconds=self._job.terms.budget_s)
            found = await asyncio.to_thread(choice.searched, window, self._config, self._job.terms.budget_s)
            await self._note_choice(version, found)
            self._say("chosen", choice=found.as_metrics())
            if found.config is not None:
                self._config, chosen_in, self._proof = config_of(found.config), version, found.reason
        self._metrics["recipe"] = {"chosenIn": chosen_in}

    async def _note_choice(self, version: int, found: choice.Choice) -> None:
        self._metrics["choice"] = found.as_metrics()
        await model_queries.update_metrics(self._connection, version=version, metrics=self._metrics)

    async def _refuse(self, version: int, reason: str) -> str:
        await model_queries.refuse_candidate(self._connection, version=version, refusal=reason)
        self._say(REFUSED, version=version, refusal=reason)
        return REFUSED

    async def _attempt(
        self, version: int, window: TrainingWindow, rival: _Rival | None
    ) -> tuple[RecommenderSnapshot, gate.Decision]:
        judged, verdict = self._judge(window, rival)
        self._say("judged", **judged)
        metrics = {**self._metrics, **judged}
        started_at = time.monotonic()
        snapshot = self._fit(window)
        fit_seconds = time.monotonic() - started_at
        self._say("fitted", fitSeconds=round(fit_seconds, 3))
        probes = trial.recent_histories(window, MAX_PROBES)
        counts = dict(snapshot.counts)
        champion_ndcg = float(metrics.get("champion", {}).get("ndcg@10", 0.0))
        probed = gate.probe(snapshot, probes)
        evidence = gate.Evidence(counts, probed, verdict, champion_ndcg, self._proof)
        decision = gate.decide(evidence, await self._champion(rival, window, probes))
        metrics["decision"] = decision._asdict()
        await model_queries.update_candidate(
            self._connection,
            version=version,
            counts=counts,
            fit_seconds=fit_seconds,
            metrics=metrics,
            config=dict(self._config.parameters()),
        )
        return snapshot, decision

    def _judge(self, window: TrainingWindow, rival: _Rival | None) -> tuple[dict[str, Any], Verdict | None]:
        """Measure the recipe on the time after a cut, beside popularity and, where fair, the champion."""
        known = rival if rival is not None and rival.snapshot is not None else None
        trained_until = None if known is None else known.row.trained_until
        until_s = None if trained_until is None else trained_until.timestamp()
        split = trial.split_window(window, champion_until_s=until_s)
        metrics: dict[str, Any] = {"cutAt": split.cut_s, "shoppers": len(split.cases)}
        if not split.cases or split.training.empty or split.catalogue.empty:
            return metrics, None
        trained = HybridRecommender(self._config).fit(
            split.training, items=split.catalogue, as_of=split.cut_s
        )
        scores = trial.judge(trained, split.cases)
        metrics["ndcg@10"] = float(scores.mean())
        metrics["popularity"] = {"ndcg@10": float(trial.judge_popularity(trained, split.cases).mean())}
        if known is None or known.snapshot is None or until_s is None or split.cut_s < until_s:
            return metrics, None
        rival_scores = trial.judge(known.snapshot, split.cases)
        verdict = judge_refit(rival_scores, scores, seed=0, margin=gate.TOLERATED_SHARE)
        metrics["champion"] = {
            "version": known.row.version,
            "ndcg@10": float(rival_scores.mean()),
            "difference": {"mean": verdict.difference, "low": verdict.low, "high": verdict.high},
            "pValue": verdict.p_value,
        }
        return metrics, verdict

    def _fit(self, window: TrainingWindow) -> RecommenderSnapshot:
        return HybridRecommender(self._config).fit(
            window.interactions, items=window.catalogue, as_of=window.until
        )

    async def _champion(
        self, rival: _Rival | None, window: TrainingWindow, probes: list[History]
    ) -> gate.Champion | None:
        if rival is None:
            return None
        row, trained_until = rival.row, rival.row.trained_until or window.until
        events, shoppers = await model_queries.count_forgotten(self._connection, since=row.trained_until)
        return gate.Champion(
            {
                # What was forgotten since is not missing.
                "interactions": max(0, row.interactions_count - events),
                "users": max(0, row.users_count - shoppers),
                "listedItems": row.items_count,
            },
            is_same_recipe=row.config == orjson.loads(orjson.dumps(self._config.parameters())),
            age_s=(window.until - trained_until).total_seconds(),
            coverage=0 if rival.snapshot is None else gate.probe(rival.snapshot, probes).coverage,
            must_forget=events > 0,
        )

    def _rival(self, champion: ModelRow | None) -> _Rival | None:
        """Open the champion's files; a champion that cannot be opened must not block its successor."""
        if champion is None:
            return None
        try:
            return _Rival(champion, RecommenderSnapshot.load(self._store.fetch(str(champion.location))))
        except (RecsError, ValueError, NotStored, StoreAway) as error:
            self._say("champion unreadable", detail=str(error))
            return _Rival(champion, None)

    async def _tidy(self, version: int) -> None:
        """Remove the files of models that nobody can want any more, also what a killed fit left."""
        await promotion_queries.release_locations(self._connection)
        kept = set(await promotion_queries.select_locations(self._connection))
        for name in self._store.names():
            match = _LOCATION.fullmatch(name)
            if match is not None and int(match[1]) <= version and name not in kept:
                self._store.delete(name)
        self._store.keep_cached(kept, _LOCATION)

    def _say(self, stage: str, **details: Any) -> None:
        say(stage, seconds=round(time.monotonic() - self._started_at, 3), **details)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one refit; 0 also when it was refused, because the shop is as well off as before."""
    parser = argparse.ArgumentParser(prog="python -m server.refit", description=__doc__)
    parser.add_argument(
        "--child", action="store_true", help="take the job from standard input; the lock is held"
    )
    is_child = parser.parse_args(arguments).child
    stand_back()
    if is_child:
        signal_on_parent_death(signal.SIGTERM)
        fields = orjson.loads(sys.stdin.buffer.readline())
        if is_orphan(fields["parentPid"]):
            return 1
        job = Job(
            fields["databaseUrl"],
            fields["snapshotUrl"],
            Path(fields["snapshotCache"]),
            choice.Terms(**fields["choice"]),
            is_requested=fields["isRequested"],
        )
        if fields["namespaceIds"]:
            asyncio.run(refit_others(job, fields["namespaceIds"]))
            return 0
    else:
        settings = Settings.from_env()
        if settings.database_url is None:
            parser.error("JACKDAW_DATABASE_URL must name the shop's database.")
        terms = choice.Terms(settings.choice_budget_s, settings.choice_interval_s)
        job = Job(settings.database_url, settings.snapshot_store, settings.snapshot_cache, terms)
    asyncio.run(refit(job, is_under_lock=is_child))
    return 0


if __name__ == "__main__":
    sys.exit(main())
