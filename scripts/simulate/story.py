"""One finished run: what was asked for, what was counted, what follows. Table, report and JSON read this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from scripts.simulate.figures import Comparison, Rate, Recovery, Table
from scripts.simulate.models import Model
from scripts.simulate.tally import Route, Tally

PERCENTILES = (("p50Ms", 0.5), ("p95Ms", 0.95), ("p99Ms", 0.99))


@dataclass(slots=True)
class Story:
    """A run in figures."""

    url: str
    is_own_shop: bool
    shoppers: int
    seed: int
    rate: float | None
    planned_s: float
    duration_s: float
    flipped_at_s: float | None
    tally: Tally
    command: str
    ended: str = ""
    """Why the run ended early, in words; empty when it did not."""
    models: Sequence[Model] = ()
    table: Table = field(init=False)

    def __post_init__(self) -> None:
        self.table = Table(self.tally.outcomes)

    @property
    def actions_per_second(self) -> float:
        """Page actions per second of the run."""
        return self.tally.n_actions / self.duration_s if self.duration_s > 0 else 0.0

    def headline(self) -> str:
        """Say in one sentence how the home page did."""
        home = self.table.overall()
        if home is None:
            return "Too few home pages were opened to say anything about their slates."
        verdict = (
            "beat" if home.lead.low > 0 else "lost to" if home.lead.high < 0 else "cannot be told apart from"
        )
        return (
            f"The served slates {verdict} what is popular: {percent(home.served.mean)} of them were clicked, "
            f"{percent(home.popular.mean)} of the popular ones would have been, "
            f"{percent(home.random.mean)} of random ones."
        )

    def recovery(self) -> Recovery | None:
        """Compare before and after the flip."""
        return self.table.recovery()

    def routes(self) -> list[tuple[str, Route]]:
        """Return the routes, the most used first."""
        return sorted(self.tally.routes.items(), key=lambda pair: -pair[1].latencies.count)

    def as_json(self) -> dict[str, Any]:
        """Shape for ``--json``."""
        tally, recovery = self.tally, self.recovery()
        return {
            "url": self.url,
            "ownShop": self.is_own_shop,
            "shoppers": self.shoppers,
            "seed": self.seed,
            "rate": self.rate,
            "plannedSeconds": self.planned_s,
            "seconds": round(self.duration_s, 3),
            "ended": self.ended or None,
            "sessions": tally.n_sessions,
            "actions": tally.n_actions,
            "actionsPerSecond": round(self.actions_per_second, 2),
            "requests": tally.n_requests,
            "errors": dict(tally.errors),
            "limited": tally.n_limited,
            "waitedForLimitsSeconds": round(tally.waited_for_limits_s, 3),
            "bySurface": [_comparison(row) for row in self.table.by_surface()],
            "byModel": [_comparison(row) for row in self.table.by_version()],
            "overTime": [_comparison(row) for row in self.table.over_time(self.duration_s)],
            "flip": None
            if self.flipped_at_s is None
            else {
                "atSeconds": round(self.flipped_at_s, 3),
                "before": None if recovery is None else _comparison(recovery.before),
                "after": None if recovery is None else _comparison(recovery.after),
                "end": None if recovery is None else _comparison(recovery.end),
            },
            "routes": [_route(name, route) for name, route in self.routes()],
            "models": [_model(model) for model in self.models],
        }


def percent(share: float) -> str:
    """Write a share for people.

    >>> percent(0.3149)
    '31.5 %'
    """
    return f"{share * 100:.1f} %"


def points(rate: Rate) -> str:
    """Write a difference of shares with its interval.

    >>> points(Rate(0.131, 0.12, 0.142))
    '+13.1 (12.0 to 14.2)'
    """
    return f"{rate.mean * 100:+.1f} ({rate.low * 100:.1f} to {rate.high * 100:.1f})"


def _comparison(row: Comparison) -> dict[str, Any]:
    return {
        "label": row.label,
        "slates": row.n_slates,
        "fromSeconds": round(row.from_s, 3),
        "untilSeconds": round(row.until_s, 3),
        "served": _rate(row.served),
        "popular": _rate(row.popular),
        "random": _rate(row.random),
        "servedMinusPopular": _rate(row.lead),
    }


def _rate(rate: Rate) -> dict[str, float]:
    return {name: round(value, 5) for name, value in rate._asdict().items()}


def _route(name: str, route: Route) -> dict[str, Any]:
    found = {key: route.latencies.percentile(share) for key, share in PERCENTILES}
    return {
        "route": name,
        "requests": route.latencies.count,
        "refusals": route.refusals,
        "errors": route.errors,
        **{key: None if value != value else round(value, 2) for key, value in found.items()},  # noqa: PLR0124
    }


def _model(model: Model) -> dict[str, Any]:
    return {
        "version": model.version,
        "status": model.status,
        "interactions": model.interactions,
        "fitSeconds": model.fit_seconds,
        "ndcg@10": model.ndcg,
        "popularityNdcg@10": model.popularity_ndcg,
        "refusal": model.refusal,
    }
