"""Hashing of passwords in a few threads of its own, so that a storm of logins never stalls the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.core.problems import Unavailable

MAX_WAITING = 32
# Verified when there is no such account, so that both ways cost the same (a hash of 24 forgotten bytes).
DUMMY_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$3hmHvjfR4slLeBSvDjZcqg$b7emFaD2D7ZuNW4fQ0rWTtPPXvm34TxyzOG2AcHCycc"
)

P = ParamSpec("P")
R = TypeVar("R")


class Passwords:
    """argon2id with m=19456 KiB, t=2, p=1: the floor of the OWASP list, 44 ms on the reference machine."""

    def __init__(self, threads: int) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._executor = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="hash")
        self._capacity = threads + MAX_WAITING
        self._under_way = 0

    async def hash(self, password: str) -> str:
        """Hash a new password.

        Raises
        ------
        Unavailable
            Too many are waiting.
        """
        return await self._run(self._hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Check a password; without a hash the same time passes and the answer is no.

        Raises
        ------
        Unavailable
            Too many are waiting.
        """
        is_right = await self._run(self._matches, password_hash or DUMMY_HASH, password)
        return is_right and password_hash is not None

    def needs_rehash(self, password_hash: str) -> bool:
        """Whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def close(self) -> None:
        """Let the threads end."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        if self._under_way >= self._capacity:
            raise Unavailable("Too many people are logging in just now.", retry_after_s=2)
        self._under_way += 1
        future = self._executor.submit(work, *args, **kwargs)
        loop = asyncio.get_running_loop()
        # A cancelled request leaves the thread busy: only the end of the work frees its place.
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._finish))
        return await asyncio.wrap_future(future)

    def _finish(self) -> None:
        self._under_way -= 1
