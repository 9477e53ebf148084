"""The one table of "when this happened, tell these"."""

from __future__ import annotations

from quart import Quart

from server.core.runtime import EXTENSION, Runtime


def connect(app: Quart) -> None:
    """Subscribe the sinks to the events of the features."""
    runtime: Runtime = app.extensions[EXTENSION]
    del runtime
