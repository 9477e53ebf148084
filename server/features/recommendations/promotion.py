"""An administrator's choice of the model that serves: a step forward, or back to one that served before."""

from __future__ import annotations

import logging

from server.core.object_store import StoreAway
from server.core.problems import Conflict, NotFound, Unavailable
from server.features.recommendations import model_queries, promotion_queries
from server.features.recommendations.model_queries import ModelRow
from server.features.recommendations.opening import UnsoundModel
from server.features.recommendations.worker import Recommendations

logger = logging.getLogger(__name__)


async def promote(shop: Recommendations, version: int, *, by_user: int | None) -> ModelRow:
    """Make a stored model the champion; every worker swaps it in as soon as it is told.

    Raises
    ------
    NotFound
        There is no such model.
    Conflict
        It was refused, is still being fitted, or its files are gone or damaged; the champion stays.
    """
    async with shop.runtime.database.connection() as connection:
        row = await _promotable(connection, version)
    try:
        # Outside of any transaction: reading all of a large model takes a while.
        await shop.models.check_stored(row)
    except UnsoundModel as error:
        raise Conflict(f"Model {version} cannot be opened: {error}", code="model.unsound") from error
    except StoreAway as error:
        raise Unavailable("The store of the models does not answer.", retry_after_s=5) from error
    async with shop.runtime.database.connection() as connection:
        if not await promotion_queries.promote(connection, version=version):
            raise Conflict(f"The files of model {version} are gone.", code="model.gone")
        promoted = await _promotable(connection, version)
    logger.info("model %d is promoted by user %s", version, by_user)
    shop.models.trust_again(version)
    await shop.models.refresh()
    return promoted


async def _promotable(connection: model_queries.Connection, version: int) -> ModelRow:
    row = await model_queries.select_model(connection, version=version)
    if row is None:
        raise NotFound("There is no such model.")
    if row.status == "candidate":
        raise Conflict(f"Model {version} is still being fitted.", code="model.unfinished")
    if row.status == "refused":
        raise Conflict(f"Model {version} was refused: {row.refusal}", code="model.refused")
    if row.location is None:
        raise Conflict(f"The files of model {version} are gone.", code="model.gone")
    return row
