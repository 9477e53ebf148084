"""What a shopper's decisions and the mirror of their signals look like on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from server.core.wire import BodyModel, WireModel
from server.features.catalog.service import CardOut, MoneyOut
from server.features.interactions.service import Scope

ProductId = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,19}$")]
UuidText = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
    ),
    Field(json_schema_extra={"format": "uuid"}),
]
SignalKind = Literal["view", "click", "favorite", "cart_add", "purchase", "rating", "dismiss", "impression"]


class FeedbackIn(BodyModel):
    """Not for me: the product, and how much of what it stands for.

    `item` this listing, `model` every grade of this model, `maker` its brand, `kind` its category, `owned`
    this model, because one has it already.
    """

    product_id: ProductId
    scope: Scope
    slate_id: UuidText | None = None
    position: int | None = Field(default=None, ge=0, le=1_000)


class ExclusionOut(WireModel):
    """Something that is not recommended any more."""

    id: str
    scope: Scope
    text: str
    product: CardOut
    created_at: str


class TasteOut(WireModel):
    """A category or brand with its share, from 0 to 1, of all that counts now."""

    slug: str
    name: str
    strength: float


class PriceBandOut(WireModel):
    """Between which prices most of what counts lies."""

    low: MoneyOut
    middle: MoneyOut
    high: MoneyOut


class TastesOut(WireModel):
    """What was inferred from the signals; empty while nothing may be used."""

    categories: list[TasteOut]
    brands: list[TasteOut]
    price: PriceBandOut | None


class SignalOut(WireModel):
    """One thing that is kept; ``weightNow`` is what is left of its weight today."""

    id: str
    type: SignalKind
    occurred_at: str
    weight: float
    weight_now: float
    product: CardOut | None


class ProfileOut(WireModel):
    """All that is kept of the caller, one page of signals at a time.

    ``personalised`` says whether anything of it may change what is shown just now; ``doNotTrack`` whether
    the browser sent `DNT: 1` or `Sec-GPC: 1`. ``counts`` has all signals by type.
    """

    personalised: bool
    paused: bool
    paused_at: str | None
    same_for_everyone: bool
    do_not_track: bool
    counts: dict[str, int]
    tastes: TastesOut
    exclusions: list[ExclusionOut]
    items: list[SignalOut]
    next_cursor: str | None


class ProfileQuery(WireModel):
    """Which page of signals; ``type`` may be repeated."""

    type: SignalKind | None = None
    cursor: str | None = None
    limit: int | None = None


class ProfilePatchIn(BodyModel):
    """Switches; what is left out stays."""

    paused: bool | None = None
    same_for_everyone: bool | None = None


class SettingsOut(WireModel):
    """The switches as they are now."""

    paused: bool
    paused_at: str | None
    same_for_everyone: bool


class ForgetQuery(WireModel):
    """What to forget: one signal, the last hour, or, with neither, everything."""

    signal: str | None = None
    last: Literal["hour"] | None = None


class ForgottenOut(WireModel):
    """How much was forgotten."""

    signals: int
    exclusions: int


class DownloadedSignalOut(WireModel):
    """A signal as it is stored."""

    id: str
    type: SignalKind
    product_id: str
    occurred_at: str
    weight: float
    slate_id: str | None
    position: int | None


class DownloadedExclusionOut(WireModel):
    """An exclusion as it is stored."""

    id: str
    scope: Scope
    product_id: str
    created_at: str


class DownloadedSlateOut(WireModel):
    """What was shown at one moment."""

    id: str
    served_at: str
    surface: str
    personalised: bool
    product_ids: list[str]


class DownloadOut(WireModel):
    """All that is kept of the caller, in one file."""

    settings: SettingsOut
    exclusions: list[DownloadedExclusionOut]
    signals: list[DownloadedSignalOut]
    slates: list[DownloadedSlateOut]
