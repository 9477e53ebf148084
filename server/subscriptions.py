"""The one table of "when this happened, tell these"."""

from __future__ import annotations

from quart import Quart

from recs import Event
from server.core.objection import caller_objects
from server.core.runtime import EXTENSION, Runtime
from server.features.accounts.service import VisitorMerged
from server.features.cart.service import LineAdded
from server.features.favorites.service import FavoriteSaved
from server.features.interactions.service import Interactions, ProfileChanged


def connect(app: Quart, interactions: Interactions) -> None:
    """Subscribe the sinks to the events of the features."""
    runtime: Runtime = app.extensions[EXTENSION]
    bus = runtime.bus

    def learn(visitor_id: int, product_id: int, event: Event) -> None:
        # Events are told within the request that caused them: its headers say whether one may learn from it.
        if not caller_objects():
            interactions.log.record(visitor_id, product_id, event)

    bus.subscribe(LineAdded, lambda event: learn(event.visitor_id, event.product_id, Event.CART_ADD))
    bus.subscribe(FavoriteSaved, lambda event: learn(event.visitor_id, event.product_id, Event.FAVORITE))
    bus.subscribe(ProfileChanged, interactions.reconsider)
    bus.subscribe(VisitorMerged, lambda event: interactions.merge(event.from_visitor, event.into_visitor))
