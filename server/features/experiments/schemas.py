"""What experiments put on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from server.core.wire import BodyModel, RowIdText, WireModel
from server.features.experiments.domain import ARMS, DEFAULT_FLOOR, Arm, ClickRate, GuardRails

Share = Annotated[float, Field(ge=0.0, le=1.0)]
NameText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$"),
]
_DEFAULT = GuardRails()


class GuardRailsIn(BodyModel):
    """How much worse than the champion an arm may be; shares between 0 and 1."""

    max_click_loss: Share = _DEFAULT.max_click_loss
    max_error_share: Share = _DEFAULT.max_error_share
    max_slow_share: Share = _DEFAULT.max_slow_share
    max_gone_share: Share = _DEFAULT.max_gone_share


class ExperimentIn(BodyModel):
    """An experiment to start; without a version the newest challenger takes part."""

    name: NameText
    arms: Annotated[list[Arm], Field(min_length=2, max_length=3, default_factory=lambda: list(ARMS))]
    challenger_version: RowIdText | None = None
    floor: Annotated[float, Field(ge=0.01, le=0.5)] = DEFAULT_FLOOR
    guard_rails: GuardRailsIn = GuardRailsIn()


class ClickRateOut(WireModel):
    """The share of slates that were clicked, with a 95 % interval that knows that visitors repeat."""

    slates: int
    clicked_slates: int
    impressions: int
    value: float
    low: float
    high: float


class ArmOut(WireModel):
    """One arm; ``modelVersion`` is null where whichever champion serves.

    ``share`` is how many of the visitors get it, ``chanceToBeBest`` how likely its click rate is the highest.
    """

    arm: Arm
    model_version: str | None
    share: float
    chance_to_be_best: float
    click_rate: ClickRateOut | None
    answers: int
    errors: int
    slow_answers: int
    mean_milliseconds: float | None
    products_chosen: int
    products_gone: int


class GuardRailsOut(WireModel):
    """How much worse than the champion an arm may be."""

    max_click_loss: float
    max_error_share: float
    max_slow_share: float
    max_gone_share: float


class ExperimentOut(WireModel):
    """An experiment between models on shoppers."""

    id: str
    name: str
    status: Literal["running", "stopped"]
    floor: float
    guard_rails: GuardRailsOut
    started_at: str
    allocated_at: str
    stopped_at: str | None
    stop_reason: str | None
    arms: list[ArmOut]


class ExperimentsOut(WireModel):
    """The latest experiments; ``running`` is the id of the one that shoppers are in."""

    items: list[ExperimentOut]
    running: str | None


def click_rate_out(rate: ClickRate | None) -> ClickRateOut | None:
    """Put a rate on the wire."""
    if rate is None:
        return None
    return ClickRateOut(
        slates=rate.slates,
        clicked_slates=rate.clicked_slates,
        impressions=rate.impressions,
        value=rate.value,
        low=rate.low,
        high=rate.high,
    )
