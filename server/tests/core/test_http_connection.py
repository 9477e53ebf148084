"""Answers leave in one piece, streams are not held back, idle connections end in time and with the worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest

from server.core.edge import Receive, Send
from server.core.http_connection import CallingEvent, Connection, IdleTimer, ServerConfig
from server.tests.support.tiny_server import PATIENCE_S, head_of, serving

REQUEST = b"GET %b HTTP/1.1\r\nhost: here\r\n\r\n"


class Shop:
    """An application of a few paths."""

    def __init__(self) -> None:
        self.may_go_on = asyncio.Event()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.send", "text": "open"})
            await receive()
            return
        body = b"answer" if scope["path"] != "/empty" else b""
        headers = [] if scope["path"] == "/stream" else [(b"content-length", b"%d" % len(body))]
        status = 204 if scope["path"] == "/empty" else 200
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if scope["path"] == "/stream":
            await self.may_go_on.wait()
        await send({"type": "http.response.body", "body": body})


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What every connection hands to its transport, write by write."""
    seen: list[bytes] = []
    run = Connection.run

    async def watched(self: Connection) -> None:
        write = self.writer.write

        def noting(data: bytes) -> None:
            seen.append(bytes(data))
            write(data)

        monkeypatch.setattr(self.writer, "write", noting)
        await run(self)

    monkeypatch.setattr(Connection, "run", watched)
    return seen


async def test_an_answer_leaves_in_one_write_and_the_next_follows_on_the_same_connection(
    shop: Shop, writes: list[bytes]
) -> None:
    async with serving(shop) as server:
        reader, writer = await server.connect()
        for number in (1, 2, 3):
            writer.write(REQUEST % b"/")
            assert b" 200 " in await head_of(reader)
            assert await asyncio.wait_for(reader.readexactly(6), PATIENCE_S) == b"answer"
            assert len(writes) == number
            assert writes[-1].startswith(b"HTTP/1.1 200")
            assert writes[-1].endswith(b"\r\n\r\nanswer")
        writer.write((REQUEST % b"/") * 2)
        for _ in range(2):
            await head_of(reader)
            await reader.readexactly(6)
        assert len(writes) == 5
        writer.close()


async def test_an_answer_without_a_body_is_sent_whole(shop: Shop) -> None:
    async with serving(shop) as server:
        reader, writer = await server.connect()
        writer.write(REQUEST % b"/empty")
        assert b" 204 " in await head_of(reader)
        writer.write(b"HEAD / HTTP/1.1\r\nhost: here\r\n\r\n")
        head = await head_of(reader)
        assert b" 200 " in head
        assert b"date: " in head
        writer.close()


async def test_the_head_of_a_stream_does_not_wait_for_its_first_part(shop: Shop) -> None:
    async with serving(shop) as server:
        reader, writer = await server.connect()
        writer.write(REQUEST % b"/stream")
        assert b" 200 " in await head_of(reader)
        shop.may_go_on.set()
        assert b"answer" in await asyncio.wait_for(reader.readuntil(b"0\r\n\r\n"), PATIENCE_S)
        writer.close()


async def test_an_interim_answer_and_a_websocket_pass(shop: Shop) -> None:
    async with serving(shop) as server:
        reader, writer = await server.connect()
        writer.write(b"POST / HTTP/1.1\r\nhost: here\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n")
        assert b" 100 " in await head_of(reader)
        writer.write(b"{}")
        assert b" 200 " in await head_of(reader)
        writer.close()
        reader, writer = await server.connect()
        writer.write(
            b"GET / HTTP/1.1\r\nhost: here\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
            b"sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        assert b" 101 " in await head_of(reader)
        assert await asyncio.wait_for(reader.readexactly(6), PATIENCE_S) == b"\x81\x04open"
        writer.close()


async def test_a_connection_idle_for_too_long_is_closed_and_a_busy_one_is_not(shop: Shop) -> None:
    async with serving(shop, keep_alive_timeout=0.2) as server:
        idle, idle_writer = await server.connect()
        busy, busy_writer = await server.connect()
        busy_writer.write(REQUEST % b"/stream")
        await head_of(busy)
        assert await asyncio.wait_for(idle.read(), PATIENCE_S) == b""
        shop.may_go_on.set()
        assert b"answer" in await asyncio.wait_for(busy.readuntil(b"0\r\n\r\n"), PATIENCE_S)
        assert await asyncio.wait_for(busy.read(), PATIENCE_S) == b""
        for writer in (idle_writer, busy_writer):
            writer.close()


class HandClock:
    """A loop whose time is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.due: list[tuple[float, Callable[[], None]]] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay_s: float, callback: Callable[[], None]) -> HandClock:
        self.due.append((self.now + delay_s, callback))
        return self

    def cancel(self) -> None:
        self.due.clear()

    def move_to(self, now: float) -> None:
        self.now = now
        due, self.due = self.due, []
        for at, callback in due:
            if at <= now:
                callback()
            else:
                self.due.append((at, callback))


async def test_the_idle_time_counts_from_the_last_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, ended = HandClock(), asyncio.Event()

    async def end() -> None:
        ended.set()

    with monkeypatch.context() as patch:
        patch.setattr("server.core.http_connection.asyncio.get_running_loop", lambda: clock)
        timer = IdleTimer(end, 10.0, CallingEvent())
    await timer.restart(None, None)
    clock.now = 6.0
    await timer.stop()
    await timer.restart(None, None)
    clock.move_to(15.0)
    await asyncio.sleep(0)
    assert not ended.is_set()
    clock.move_to(16.0)
    await asyncio.wait_for(ended.wait(), PATIENCE_S)
    assert clock.due == []


async def test_a_connection_that_ends_leaves_no_clock_behind(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[set[Callable[[], None]]] = []
    is_over = asyncio.Event()
    run = Connection.run

    async def noting(self: Connection) -> None:
        await run(self)
        waiting.append(cast("CallingEvent", self.context.terminated).callbacks)
        is_over.set()

    monkeypatch.setattr(Connection, "run", noting)
    async with serving(shop) as server:
        reader, writer = await server.connect()
        writer.write(REQUEST % b"/")
        await head_of(reader)
        writer.close()
        await asyncio.wait_for(is_over.wait(), PATIENCE_S)
        assert waiting == [set()]


async def test_idle_connections_end_with_the_worker_and_a_request_under_way_is_finished(shop: Shop) -> None:
    async with serving(shop) as server:
        idle, idle_writer = await server.connect()
        busy, busy_writer = await server.connect()
        idle_writer.write(REQUEST % b"/")
        await head_of(idle)
        busy_writer.write(REQUEST % b"/stream")
        await head_of(busy)
        server.stop.set()
        assert await asyncio.wait_for(idle.read(), PATIENCE_S) == b"answer"
        assert not server.ended.done()
        shop.may_go_on.set()
        assert b"answer" in await asyncio.wait_for(busy.readuntil(b"0\r\n\r\n"), PATIENCE_S)
        assert await asyncio.wait_for(busy.read(), PATIENCE_S) == b""
        await asyncio.wait_for(server.ended, PATIENCE_S)
        for writer in (idle_writer, busy_writer):
            writer.close()


def test_the_date_is_made_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    config = ServerConfig()
    now = 1_000_000_000.2
    monkeypatch.setattr("server.core.http_connection.time.time", lambda: now)
    monkeypatch.setattr("hypercorn.config.time", lambda: now)
    first = config.response_headers("h11")
    now += 0.5
    assert config.response_headers("h11") is first
    now += 0.5
    assert config.response_headers("h11") != first
