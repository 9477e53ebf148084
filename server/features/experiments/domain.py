"""Who sees which arm, what followed, and when an arm has to go. No arm is ever without shoppers."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np

Arm = Literal["champion", "challenger", "popularity"]
ARMS: tuple[Arm, ...] = get_args(Arm)
DEFAULT_FLOOR = 0.05
SLOW_S = 0.05
DRAWS = 4_000
# Shares move only when it matters, because every move takes some shoppers to another arm.
LEAST_MOVE = 0.02
LEAST_ANSWERS = 20
LEAST_SLATES = 100
LEAST_PRODUCTS = 200
# Looked at every few seconds: at two standard errors an arm that is as good would soon seem worse.
CLEARLY = 3.0
_Z = 1.96


class Assignment(NamedTuple):
    """The arm that a visitor is in, and how likely that was."""

    experiment_id: int
    arm: Arm
    share: float
    model_version: int | None


@dataclass(frozen=True, slots=True)
class ArmState:
    """One arm: how much it gets, and how its answers went."""

    arm: Arm
    share: float
    model_version: int | None = None
    answers: int = 0
    errors: int = 0
    slow_answers: int = 0
    seconds: float = 0.0
    products_chosen: int = 0
    products_gone: int = 0


@dataclass(frozen=True, slots=True)
class GuardRails:
    """How much worse than the champion an arm may be before the champion takes all shoppers back."""

    max_click_loss: float = 0.2
    max_error_share: float = 0.02
    max_slow_share: float = 0.1
    max_gone_share: float = 0.2


@dataclass(frozen=True, slots=True)
class Running:
    """An experiment that shoppers are in."""

    id: int
    floor: float
    guard_rails: GuardRails
    arms: tuple[ArmState, ...]

    def assign(self, visitor_id: int) -> Assignment:
        """Return the visitor's arm: the same in every worker, for as long as the shares stay.

        An exponential race per visitor: the chance to win is the share, and when shares move only the
        visitors change that the growing arms have to win.
        """
        key = b"%d:%d" % (self.id, visitor_id)
        digest = hashlib.blake2b(key, digest_size=8 * len(ARMS)).digest()
        best, shortest = self.arms[0], math.inf
        for state in self.arms:
            start = 8 * ARMS.index(state.arm)
            uniform = (int.from_bytes(digest[start : start + 8]) + 0.5) / 2.0**64
            time = -math.log(uniform) / state.share
            if time < shortest:
                best, shortest = state, time
        return Assignment(self.id, best.arm, best.share, best.model_version)


class GroupCount(NamedTuple):
    """What followed from the slates of one group of visitors."""

    slates: int
    clicked_slates: int
    impressions: int = 0


@dataclass(frozen=True, slots=True)
class ClickRate:
    """The share of slates that were clicked, with a 95 % interval."""

    slates: int
    clicked_slates: int
    impressions: int
    value: float
    low: float
    high: float
    effective_slates: float
    """As many independent slates would be as uncertain: those of one visitor are alike."""

    @property
    def error(self) -> float:
        """The standard error."""
        rate = (self.clicked_slates + 1) / (self.slates + 2)
        return math.sqrt(rate * (1 - rate) / self.effective_slates)


def click_rate(groups: Iterable[GroupCount]) -> ClickRate | None:
    """Return the rate over groups of visitors, or ``None`` without a slate.

    Between groups more varies than between single slates would; the interval (Wilson 1927) is made as wide
    as if there were as many fewer slates.
    """
    counted = [group for group in groups if group.slates]
    slates = sum(group.slates for group in counted)
    if slates == 0:
        return None
    # A click and its slate may be counted in different rounds; a rate above one has no meaning.
    clicked = min(slates, sum(group.clicked_slates for group in counted))
    effective = slates / _design_effect(counted, slates, clicked)
    low, high = _wilson(clicked / slates, effective)
    impressions = sum(group.impressions for group in counted)
    return ClickRate(slates, clicked, impressions, clicked / slates, low, high, effective)


def _design_effect(counted: Sequence[GroupCount], slates: int, clicked: int) -> float:
    rate, n_groups = clicked / slates, len(counted)
    expected = rate * (1 - rate) / slates
    if n_groups < 2 or expected == 0:
        return 1.0
    squares = sum((group.clicked_slates - rate * group.slates) ** 2 for group in counted)
    return max(1.0, n_groups / (n_groups - 1) * squares / slates**2 / expected)


def _wilson(rate: float, n: float) -> tuple[float, float]:
    centre = (rate + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(rate * (1 - rate) / n + _Z**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def chances_to_be_best(rates: Mapping[Arm, ClickRate | None], *, seed: int) -> dict[Arm, float]:
    """Return how likely each arm has the highest click rate, by draws from their posteriors."""
    rng = np.random.default_rng(seed)
    draws = np.stack([rng.beta(*_posterior(rates[arm]), DRAWS) for arm in rates])
    wins = np.bincount(draws.argmax(axis=0), minlength=len(rates)) / DRAWS
    return dict(zip(rates, wins.tolist(), strict=True))


def _posterior(rate: ClickRate | None) -> tuple[float, float]:
    if rate is None:
        return 1.0, 1.0
    clicked = rate.value * rate.effective_slates
    return 1.0 + clicked, 1.0 + rate.effective_slates - clicked


def thompson_shares(rates: Mapping[Arm, ClickRate | None], floor: float, *, seed: int) -> dict[Arm, float]:
    """Return the next shares: each arm its floor, the rest by the chance to be best (Thompson 1933)."""
    chances = chances_to_be_best(rates, seed=seed)
    free = 1.0 - floor * len(rates)
    return {arm: floor + free * chance for arm, chance in chances.items()}


def is_worth_moving(arms: Iterable[ArmState], shares: Mapping[Arm, float]) -> bool:
    """Whether any share changes enough to take shoppers to another arm."""
    return any(abs(shares[state.arm] - state.share) >= LEAST_MOVE for state in arms)


def breach(arms: Sequence[ArmState], rates: Mapping[Arm, ClickRate | None], rails: GuardRails) -> str | None:
    """Return which guard rail an arm other than the champion has broken, in words, or ``None``."""
    for state in arms:
        if state.arm == "champion":
            continue
        found = _served_badly(state, rails) or _clicked_less(state, rates, rails)
        if found is not None:
            return f"Guard rail of the {state.arm}: {found}"
    return None


def _served_badly(state: ArmState, rails: GuardRails) -> str | None:
    asked = state.answers + state.errors
    if asked >= LEAST_ANSWERS:
        if state.errors > rails.max_error_share * asked:
            return f"errors, {state.errors} of {asked} questions failed."
        if state.slow_answers > rails.max_slow_share * asked:
            return f"latency, {state.slow_answers} of {asked} answers took over {SLOW_S * 1e3:.0f} ms."
    gone, chosen = state.products_gone, state.products_chosen
    if chosen >= LEAST_PRODUCTS and gone > rails.max_gone_share * chosen:
        return f"out of stock, {gone} of {chosen} chosen products could not be bought."
    return None


def _clicked_less(state: ArmState, rates: Mapping[Arm, ClickRate | None], rails: GuardRails) -> str | None:
    own, champion = rates.get(state.arm), rates.get("champion")
    # That popularity is clicked less is what everyone expects: it is there to measure by.
    if state.arm == "popularity" or own is None or champion is None:
        return None
    if min(own.slates, champion.slates) < LEAST_SLATES:
        return None
    kept = 1.0 - rails.max_click_loss
    error = math.hypot(own.error, kept * champion.error)
    if own.value - kept * champion.value < -CLEARLY * error:
        return f"click rate, {own.value:.2%} where the champion has {champion.value:.2%}."
    return None
