"""What recommendations put on the wire."""

from __future__ import annotations

from typing import Any, Literal

from server.core.wire import WireModel
from server.features.catalog.service import CardOut
from server.features.experiments.service import ClickRateOut
from server.features.recommendations.domain import NoteCode

ReasonKind = Literal[
    "because_you_viewed",
    "because_you_saved",
    "because_in_cart",
    "similar_to",
    "for_you",
    "popular",
    "trending",
    "new",
    "buy_again",
]


class ReasonParamsOut(WireModel):
    """The words of a reason's text, for clients that phrase it themselves."""

    title: str | None = None
    titles: list[str] | None = None
    category: str | None = None


class ReasonOut(WireModel):
    """Why something is shown; without the products named here it would score lower."""

    kind: ReasonKind
    product_ids: list[str]
    params: ReasonParamsOut
    text: str


class ItemOut(WireModel):
    """A recommended product."""

    position: int
    product: CardOut
    score: float
    reason: ReasonOut


class RailOut(WireModel):
    """A titled row; ``reason`` when all its items share one."""

    id: str
    title: str
    reason: ReasonOut | None = None
    items: list[ItemOut]


class HomeOut(WireModel):
    """The rails of the home page; ``note`` says why they are not personal when they should be."""

    slate_id: str
    model_version: str | None
    personalised: bool
    note: str | None = None
    note_code: NoteCode | None = None
    rails: list[RailOut]


class RecommendationsOut(WireModel):
    """One list of recommendations; ``note`` says why no model chose it."""

    slate_id: str
    model_version: str | None
    personalised: bool
    note: str | None = None
    note_code: NoteCode | None = None
    items: list[ItemOut]


class CategoryQuery(WireModel):
    """Which category."""

    category: str


class ModelOut(WireModel):
    """One attempt at a model, with its lineage.

    ``isHeld``: an administrator went back to it, so it stays until another one is wanted. ``isStored``: its
    files are there, so it can be promoted.
    """

    version: str
    status: Literal["candidate", "challenger", "champion", "retired", "refused"]
    created_at: str
    promoted_at: str | None
    trained_until: str | None
    interactions_count: int
    users_count: int
    items_count: int
    fit_seconds: float | None
    metrics: dict[str, Any]
    refusal: str | None
    is_held: bool
    is_stored: bool
    parent_version: str | None
    code_version: str | None
    schema_version: int | None
    config: dict[str, Any]
    click_rate: ClickRateOut | None


class ModelsOut(WireModel):
    """The latest models; ``live`` is the version that this worker serves."""

    items: list[ModelOut]
    live: str | None


class RefitOut(WireModel):
    """A refit will begin shortly."""

    requested: bool
