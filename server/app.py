"""Wires the application together and does nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

from quart import Blueprint, Quart, Response
from quart_schema import Info, QuartSchema

from server.core import docs
from server.core.body_limits import MAX_BODY_BYTES, ShopRequest
from server.core.clock import Clock, SystemClock
from server.core.database import Database, Listener
from server.core.edge import Edge
from server.core.fast_lane import FastLane
from server.core.health import blueprint as health
from server.core.inner_requests import INNER
from server.core.json import StrictJSONProvider
from server.core.limits import RateLimiter
from server.core.openapi import ShopOpenAPI
from server.core.pagination import CursorCodec
from server.core.problems import install_problem_handlers
from server.core.runtime import EXTENSION, Runtime
from server.core.spa import BuiltClient, install_client
from server.features.accounts import routes as accounts
from server.features.accounts.service import install_accounts
from server.features.cart import routes as cart
from server.features.catalog import routes as catalog
from server.features.catalog.fast_lane import listing_lane
from server.features.catalog.service import install_catalog
from server.features.experiments import routes as experiments
from server.features.favorites import routes as favorites
from server.features.feed import routes as feed
from server.features.feed import token_routes as service_tokens
from server.features.interactions import routes as interactions
from server.features.interactions.fast_lane import interactions_lane
from server.features.recommendations import profile_routes as profile
from server.features.recommendations import routes as recommendations
from server.features.recommendations.fast_lane import home_lane, session_lane
from server.features.search import routes as search
from server.features.storefront import routes as storefront
from server.lifespan import install_lifespan
from server.settings import Settings

API = "/api/v1"


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> Quart:
    """Build the application; without settings, from the environment."""
    settings = settings or Settings.from_env()
    app = Quart("server", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.request_class = ShopRequest
    app.extensions[EXTENSION] = create_runtime(settings, clock or SystemClock())
    install_problem_handlers(app)
    make_response = app.make_response
    QuartSchema(
        app,
        info=Info(title="Jackdaw", version="1", description="Electronics, found again: the shop's API."),
        openapi_path=None,
        openapi_provider_class=ShopOpenAPI,
    )
    _spare_ready_responses(app, make_response)
    # After QuartSchema, which brings a provider of its own that takes NaN and any depth.
    app.json = StrictJSONProvider(app)
    app.register_blueprint(health)
    register_features(app)
    install_client(app, BuiltClient(settings.client_dist))
    app.register_blueprint(storefront.blueprint)
    install_lifespan(app)
    lanes = {
        ("GET", f"{API}/products"): listing_lane(app),
        ("POST", f"{API}/interactions"): interactions_lane(app),
        ("GET", f"{API}/recommendations/home"): home_lane(app),
        ("GET", f"{API}/recommendations/session"): session_lane(app),
    }
    lane = FastLane(cast("Any", app.asgi_app), app.extensions[EXTENSION], lanes)
    app.extensions[INNER] = lane
    app.asgi_app = cast("Any", Edge(lane, settings.public_origins))  # type: ignore[method-assign]
    return app


def _spare_ready_responses(app: Quart, plain: Callable[[Any], Awaitable[Any]]) -> None:
    """Keep QuartSchema's conversion away from ready responses: 20 µs of each hot request for nothing."""
    converting = app.make_response

    async def make_response(result: Any) -> Any:
        return await (plain if isinstance(result, Response) else converting)(result)

    app.make_response = make_response  # type: ignore[method-assign]


def create_runtime(settings: Settings, clock: Clock) -> Runtime:
    """Build the shared parts of a worker; nothing is connected yet."""
    url = settings.database_url or ""
    return Runtime(
        settings=settings,
        database=Database(url, settings.pool_size),
        listener=Listener(url),
        clock=clock,
        reads=RateLimiter(settings.rate_reads_per_minute),
        events=RateLimiter(settings.rate_events_per_minute),
        writes=RateLimiter(max(1, settings.rate_reads_per_minute // 10)),
        cursors=CursorCodec(settings.secret),
    )


def register_features(app: Quart) -> None:
    """Mount every feature's blueprint under the API's prefix."""
    install_catalog(app)
    app.register_blueprint(catalog.drawings_blueprint)
    install_accounts(app)
    blueprints: tuple[Blueprint, ...] = (
        docs.blueprint,
        accounts.blueprint,
        catalog.blueprint,
        search.blueprint,
        cart.blueprint,
        favorites.blueprint,
        interactions.blueprint,
        recommendations.blueprint,
        feed.blueprint,
        experiments.blueprint,
        service_tokens.blueprint,
        profile.blueprint,
    )
    for blueprint in blueprints:
        app.register_blueprint(blueprint, url_prefix=API)
