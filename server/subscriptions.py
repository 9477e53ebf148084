"""The one table of "when this happened, tell these"."""

from __future__ import annotations

from quart import Quart

from recs import Event
from server.core.runtime import EXTENSION, Runtime
from server.features.accounts.service import VisitorMerged
from server.features.cart.service import LineAdded
from server.features.favorites.service import FavoriteSaved
from server.features.interactions.service import Interactions


def connect(app: Quart, interactions: Interactions) -> None:
    """Subscribe the sinks to the events of the features."""
    runtime: Runtime = app.extensions[EXTENSION]
    log, bus = interactions.log, runtime.bus
    bus.subscribe(LineAdded, lambda event: log.record(event.visitor_id, event.product_id, Event.CART_ADD))
    bus.subscribe(FavoriteSaved, lambda event: log.record(event.visitor_id, event.product_id, Event.FAVORITE))
    bus.subscribe(VisitorMerged, lambda event: interactions.merge(event.from_visitor, event.into_visitor))
