"""What a shopper can decide: settings, exclusions, and what is to be forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import NamedTuple

import asyncpg

from server.core.problems import Conflict, NotFound, Unavailable
from server.core.runtime import runtime
from server.core.transactions import Transaction, transaction
from server.features.interactions import forget_queries, profile_queries
from server.features.interactions.events import ProfileChanged
from server.features.interactions.profile_queries import Settings
from server.features.interactions.profiles import (
    MAX_EXCLUSIONS,
    Forgetting,
    Scope,
    everything_until,
    last_hour_until,
    pause_until,
)


class Excluded(NamedTuple):
    """An exclusion that was stored, or was there already."""

    id: int
    is_new: bool
    decided_at: datetime


class Forgotten(NamedTuple):
    """How much was taken out."""

    events: int
    exclusions: int


@asynccontextmanager
async def deciding() -> AsyncIterator[Transaction]:
    """Run a decision in one transaction.

    Raises
    ------
    Unavailable
        Batches are being written for longer than one likes to wait.
    """
    try:
        async with transaction() as tx:
            yield tx
    except asyncpg.LockNotAvailableError as error:
        raise Unavailable("Too busy just now. Please try again.", retry_after_s=1) from error


async def change_settings(
    tx: Transaction, visitor_id: int, *, is_paused: bool | None, is_same_for_everyone: bool | None
) -> Settings:
    """Pause or resume learning, and show what everyone sees or what was learned; ``None`` changes nothing."""
    now = _now()
    before = await profile_queries.lock_settings(tx.connection, visitor_id=visitor_id)
    after = Settings(
        _switched(before.paused_at, is_paused, now),
        _switched(before.same_for_everyone_at, is_same_for_everyone, now),
    )
    if before.paused_at is not None and after.paused_at is None:
        await _forget_pause(tx, visitor_id, pause_until(_milliseconds(before.paused_at), _milliseconds(now)))
    await profile_queries.update_settings(tx.connection, visitor_id=visitor_id, settings=after)
    await _tell(tx, visitor_id)
    return after


async def _forget_pause(tx: Transaction, visitor_id: int, pause: Forgetting) -> None:
    """Refuse what workers that did not know yet received meanwhile and have not written."""
    await forget_queries.lock_for_forgetting(tx.connection)
    await forget_queries.insert_forgettings(
        tx.connection, visitor_ids=[visitor_id], forgetting=pause, removed_count=0
    )


async def exclude(
    tx: Transaction, visitor_id: int, product_id: int, scope: Scope, *, event_id: str | None
) -> Excluded:
    """Never recommend what the scope makes of a product; a second time changes nothing.

    Raises
    ------
    NotFound, Conflict
        There is no such product, or the visitor has excluded as much as one can.
    """
    now = _now()
    targets = await profile_queries.select_targets(tx.connection, product_id=product_id)
    if targets is None:
        raise NotFound("There is no such product.", code="product.not_found")
    exclusion_id, is_new = await profile_queries.insert_exclusion(
        tx.connection,
        visitor_id=visitor_id,
        scope=scope,
        target=targets[scope],
        product_id=product_id,
        event_id=event_id,
        now=now,
    )
    if is_new:
        if await profile_queries.count_exclusions(tx.connection, visitor_id=visitor_id) > MAX_EXCLUSIONS:
            raise Conflict(f"At most {MAX_EXCLUSIONS} exclusions.", code="exclusions.full")
        await _tell(tx, visitor_id)
    return Excluded(exclusion_id, is_new, now)


async def include_again(tx: Transaction, visitor_id: int, exclusion_id: int) -> None:
    """Take an exclusion back, and what the log says of it.

    Raises
    ------
    NotFound
        The visitor has no such exclusion.
    """
    taken = await profile_queries.delete_exclusion(
        tx.connection, visitor_id=visitor_id, exclusion_id=exclusion_id
    )
    if taken is None:
        raise NotFound("There is no such exclusion.", code="exclusion.not_found")
    if taken.event_id is not None:
        await _forget(tx, visitor_id, _one(taken.event_id, taken.product_id, taken.decided_ms))
    await _tell(tx, visitor_id)


async def forget_one(tx: Transaction, visitor_id: int, event_id: str) -> Forgotten:
    """Forget one event, and the slates that it explained.

    Raises
    ------
    NotFound
        The visitor has no such event.
    """
    mine = await forget_queries.select_mine(tx.connection, visitor_id=visitor_id)
    found = await forget_queries.select_event(tx.connection, visitor_ids=mine, event_id=event_id)
    if found is None:
        raise NotFound("There is no such signal.", code="signal.not_found")
    events = await _forget(tx, visitor_id, _one(event_id, *found))
    exclusions = await profile_queries.delete_exclusions_of_event(
        tx.connection, visitor_id=visitor_id, event_id=event_id
    )
    await _tell(tx, visitor_id)
    return Forgotten(events, exclusions)


async def forget_last_hour(tx: Transaction, visitor_id: int) -> Forgotten:
    """Forget what the visitor did within the last hour."""
    forgetting = last_hour_until(_milliseconds(_now()))
    events = await _forget(tx, visitor_id, forgetting)
    exclusions = await profile_queries.delete_exclusions_since(
        tx.connection, visitor_id=visitor_id, since_ms=forgetting.occurred_from_ms
    )
    await _tell(tx, visitor_id)
    return Forgotten(events, exclusions)


async def forget_everything(tx: Transaction, visitor_id: int) -> Forgotten:
    """Forget all that the visitor ever did; settings stay."""
    events = await _forget(tx, visitor_id, everything_until(_milliseconds(_now())))
    exclusions = await profile_queries.delete_exclusions_since(
        tx.connection, visitor_id=visitor_id, since_ms=None
    )
    await _tell(tx, visitor_id)
    return Forgotten(events, exclusions)


async def merge_decisions(tx: Transaction, *, from_visitor: int, into_visitor: int) -> None:
    """Give what a guest decided to the user that they turned out to be."""
    await profile_queries.move_decisions(
        tx.connection, from_visitor=from_visitor, into_visitor=into_visitor, now=_now()
    )


async def _forget(tx: Transaction, visitor_id: int, forgetting: Forgetting) -> int:
    """Take events out of the logs, and leave word for what is still on its way to them."""
    connection = tx.connection
    await forget_queries.lock_for_forgetting(connection)
    mine = await forget_queries.select_mine(connection, visitor_id=visitor_id)
    removed = await forget_queries.delete_forgotten(connection, visitor_ids=mine, forgetting=forgetting)
    noted = removed
    if forgetting.event_id is None and forgetting.occurred_from_ms == 0:
        noted += await forget_queries.replace_forgettings(connection, visitor_ids=mine)
    await forget_queries.insert_forgettings(
        connection, visitor_ids=mine, forgetting=forgetting, removed_count=noted
    )
    return removed


def _one(event_id: str, product_id: int, occurred_ms: int) -> Forgetting:
    return everything_until(_milliseconds(_now()))._replace(
        occurred_from_ms=occurred_ms, occurred_until_ms=occurred_ms, event_id=event_id, product_id=product_id
    )


async def _tell(tx: Transaction, visitor_id: int) -> None:
    await profile_queries.notify_profile(tx.connection, visitor_id=visitor_id)
    tx.emit(ProfileChanged(visitor_id))


def _now() -> datetime:
    """Return the time in whole milliseconds, as the logs have it."""
    now = runtime().clock.now()
    return now.replace(microsecond=now.microsecond // 1_000 * 1_000)


def _switched(since: datetime | None, is_on: bool | None, now: datetime) -> datetime | None:
    if is_on is None:
        return since
    return (since or now) if is_on else None


def _milliseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1e3)
