"""Limits on guessing, counted in the database so that all processes see the same."""

from __future__ import annotations

import math
from collections.abc import Sequence

from server.core.problems import TooManyRequests
from server.core.runtime import runtime
from server.core.transactions import reading
from server.features.accounts import queries
from server.features.accounts.domain import Limit


async def take_attempt(limits: Sequence[Limit]) -> None:
    """Count an attempt before it is made, so that parallel ones never exceed a limit.

    Raises
    ------
    TooManyRequests
        One limit is reached; the attempt then counts under none of the keys, so that a guesser who is
        held back by the address does not use up the owner's account.
    """
    now = runtime().clock.now()
    async with reading() as connection:
        counts = await queries.upsert_attempts(connection, limits, now=now)
        ends = [counts[limit.key][1] for limit in limits if counts[limit.key][0] > limit.attempts]
        if ends:
            await queries.refund_attempts(connection, [limit.key for limit in limits])
    if ends:
        wait_s = max(1, math.ceil((max(ends) - now).total_seconds()))
        raise TooManyRequests("Too many attempts. Please wait.", retry_after_s=wait_s)


async def refund_attempt(limits: Sequence[Limit]) -> None:
    """Take an attempt back: it succeeded, and only failures count."""
    async with reading() as connection:
        await queries.refund_attempts(connection, [limit.key for limit in limits])
