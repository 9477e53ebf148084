"""What interactions put on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from server.core.wire import BodyModel, WireModel
from server.features.interactions.domain import MAX_POSITION

MAX_EVENTS = 100

# Text, not uuid.UUID: building and printing twenty of those objects costs more than the rest of a request.
UuidText = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
    ),
    Field(json_schema_extra={"format": "uuid"}),
]
ProductId = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,19}$")]
Refusal = Literal["paused", "do_not_track"]
ClientEvent = Literal["impression", "view", "click"]


class EventIn(BodyModel):
    """One thing that a shopper did; ``id`` is made by the client and makes a repeat harmless."""

    id: UuidText
    type: ClientEvent
    product_id: ProductId
    occurred_at: AwareDatetime
    slate_id: UuidText | None = None
    position: int | None = Field(default=None, ge=0, le=MAX_POSITION)


class InteractionsIn(BodyModel):
    """A batch of events."""

    events: list[EventIn] = Field(max_length=MAX_EVENTS)


class DroppedOut(WireModel):
    """An event that was not taken, by its index in the request.

    `paused`: the shopper has paused learning; `do_not_track`: the browser sent `DNT: 1` or `Sec-GPC: 1`.
    """

    index: int
    code: Literal["unknown_product", "too_long_ago", "paused", "do_not_track"]


class InteractionsOut(WireModel):
    """What became of the batch."""

    accepted: int
    duplicates: int
    dropped: list[DroppedOut]
