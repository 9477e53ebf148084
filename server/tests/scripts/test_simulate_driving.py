"""Driving a shop over real sockets: the client, limits, cookies, fairness, and the whole command."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from scripts.http_client import Address, ConnectionPool, NoAnswer
from scripts.simulate.driver import Line, Pace, RunOver
from scripts.simulate.own_shop import environment
from scripts.simulate.run import NotAShop, look_at_door
from scripts.simulate.schedule import Schedule
from scripts.simulate.talk import Answer, Ask, Talk, get
from scripts.simulate.tally import Tally
from server.settings import REPOSITORY_ROOT

Handler = Callable[[str, asyncio.StreamWriter], Awaitable[bool]]
"""Gets the head of a request; says whether the connection stays open."""


@asynccontextmanager
async def serving(handle: Handler) -> AsyncIterator[Address]:
    """A server of raw bytes, to answer in ways that ours never would."""

    async def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = [line for line in head.split("\r\n") if line.startswith("Content-Length")]
                await reader.readexactly(int(length[0].split(":")[1]) if length else 0)
                if not await handle(head, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    server = await asyncio.start_server(connection, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield Address("127.0.0.1", port, is_tls=False)
    finally:
        server.close()


def response(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def asking(*asks: Ask) -> Talk[list[Answer]]:
    answers: list[Answer] = []
    for ask in asks:
        answer = yield ask
        answers += [answer]
    return answers


def line_to(address: Address, tally: Tally, *, seconds: float = 20.0) -> tuple[Line, ConnectionPool]:
    pool = ConnectionPool(address, size=2, timeout_s=2.0)
    return Line(pool, Pace(None), Schedule(seconds), tally), pool


async def test_the_client_reads_every_kind_of_body() -> None:
    async def handle(head: str, writer: asyncio.StreamWriter) -> bool:
        if "/chunked" in head:
            writer.write(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n"
            )
        elif "/empty" in head:
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        elif "/until-close" in head:
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n[3]")
            return False
        else:
            writer.write(response(b"[0]"))
        return True

    async with serving(handle) as address:
        pool = ConnectionPool(address, size=1)
        bodies = [
            (await pool.request(await pool.place(), "GET", path)).body
            for path in ("/", "/chunked", "/empty", "/until-close", "/")
        ]
        pool.close()
    assert bodies == [b"[0]", b"[1,2]", b"", b"[3]", b"[0]"]


async def test_a_stale_connection_is_retried_only_where_that_does_no_harm() -> None:
    seen: list[str] = []

    async def handle(head: str, writer: asyncio.StreamWriter) -> bool:
        seen.append(head.split(" ", maxsplit=1)[0])
        if len(seen) in {2, 4}:
            # Asked on a connection that was used before: broken off without an answer.
            return False
        writer.write(response(b"{}"))
        return True

    async with serving(handle) as address:
        pool = ConnectionPool(address, size=1)

        async def request(method: str) -> int:
            return (await pool.request(await pool.place(), method, "/", body=b"{}")).status

        assert await request("GET") == 200
        assert await request("GET") == 200
        with pytest.raises(NoAnswer):
            await request("POST")
        pool.close()
    assert seen == ["GET", "GET", "GET", "POST"]


async def test_who_waits_longest_is_next() -> None:
    async def handle(head: str, writer: asyncio.StreamWriter) -> bool:
        await asyncio.sleep(0.001)
        writer.write(response(b"{}"))
        return True

    async with serving(handle) as address:
        pool = ConnectionPool(address, size=2)
        counts = [0] * 12

        async def greedy(number: int) -> None:
            while sum(counts) < 600:
                await pool.request(await pool.place(), "GET", "/")
                counts[number] += 1

        async with asyncio.timeout(10):
            await asyncio.gather(*(greedy(number) for number in range(len(counts))))
        pool.close()
    assert max(counts) - min(counts) <= 3


async def test_limits_are_respected_and_counted() -> None:
    moments: list[float] = []

    async def handle(head: str, writer: asyncio.StreamWriter) -> bool:
        moments.append(time.monotonic())
        limited = response(b"{}", "429 Too Many Requests", "Retry-After: 1")
        writer.write(limited if len(moments) == 1 else response(b'{"ok":true}'))
        return True

    tally = Tally()
    async with serving(handle) as address:
        line, pool = line_to(address, tally)
        (answer,) = await line.carry(asking(get("/x", action="home")))
        pool.close()
    assert answer == Answer(200, {"ok": True})
    assert moments[1] - moments[0] >= 1.0
    assert (tally.n_limited, tally.n_errors, tally.n_actions) == (1, 0, 1)


async def test_cookies_are_kept_until_a_stranger_comes() -> None:
    cookies: list[str] = []

    async def handle(head: str, writer: asyncio.StreamWriter) -> bool:
        cookies.append(next((line for line in head.split("\r\n") if line.startswith("Cookie")), ""))
        writer.write(response(b"{}", "200 OK", "Set-Cookie: jackdaw_session=abc; HttpOnly; Path=/"))
        return True

    async with serving(handle) as address:
        line, pool = line_to(address, Tally())
        stranger = Ask("GET", "/", "GET /", as_stranger=True)
        await line.carry(asking(get("/a"), get("/b"), stranger))
        pool.close()
    assert cookies == ["", "Cookie: jackdaw_session=abc", ""]


async def test_the_rate_holds_page_actions_and_nothing_else() -> None:
    async def handle(head: str, writer: asyncio.StreamWriter) -> bool:
        writer.write(response(b"{}"))
        return True

    async with serving(handle) as address:
        pool = ConnectionPool(address, size=4)
        tally = Tally()
        line = Line(pool, Pace(20.0), Schedule(20.0), tally)
        begin = time.monotonic()
        pairs = [ask for _ in range(6) for ask in (get("/page", action="home"), get("/beside"))]
        await line.carry(asking(*pairs))
        took_s = time.monotonic() - begin
        pool.close()
    assert 5 / 20 <= took_s < 5 / 20 + 1.0
    assert tally.n_requests == 12


async def test_the_end_of_the_run_ends_a_session_in_its_middle() -> None:
    async def handle(head: str, writer: asyncio.StreamWriter) -> bool:
        writer.write(response(b"{}"))
        return True

    async with serving(handle) as address:
        schedule = Schedule(20.0)
        pool = ConnectionPool(address, size=1)
        tally = Tally()

        def endless() -> Talk[None]:
            while True:
                yield get("/x")
                if tally.n_requests == 5:
                    schedule.stop()

        with pytest.raises(RunOver):
            await Line(pool, Pace(None), schedule, tally).carry(endless())
        pool.close()
    assert tally.n_requests == 5


async def test_another_kind_of_server_is_told_apart_from_none() -> None:
    async def handle(head: str, writer: asyncio.StreamWriter) -> bool:
        writer.write(response(b'{"info":{"title":"Pet store"}}'))
        return True

    async with serving(handle) as address:
        pool = ConnectionPool(address, size=1)
        with pytest.raises(NotAShop, match="not a Jackdaw shop"):
            await look_at_door(pool, address.url)
        pool.close()
    pool = ConnectionPool(address, size=1)
    with pytest.raises(NotAShop, match="There is no shop at"):
        await look_at_door(pool, address.url)


def test_our_shop_inherits_no_settings(tmp_path: Path) -> None:
    theirs = {"JACKDAW_DATABASE_URL": "postgresql://theirs", "JACKDAW_ENV": "production", "HOME": "/home/x"}
    ours = environment(theirs, tmp_path)
    assert ours["HOME"] == "/home/x"
    assert "JACKDAW_DATABASE_URL" not in ours
    assert "JACKDAW_ENV" not in ours
    assert ours["JACKDAW_DATA_DIR"] == str(tmp_path)


def simulation(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "scripts.simulate", *arguments],
        cwd=REPOSITORY_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_a_short_run_in_a_shop_of_its_own(tmp_path: Path) -> None:
    report, figures = tmp_path / "report.html", tmp_path / "out.json"
    arguments = ["--shoppers", "12", "--sessions", "2", "--minutes", "1", "--refits", "0"]
    process = simulation(*arguments, "--report", str(report), "--json", str(figures))
    output, errors = process.communicate(timeout=110)
    assert process.returncode == 0, errors
    found = json.loads(figures.read_bytes())
    assert found["sessions"] == 24
    assert found["errors"] == {}
    assert found["limited"] == 0
    assert {"GET /recommendations/home", "POST /interactions", "GET /products/<id>"} <= {
        row["route"] for row in found["routes"]
    }
    # So short a run may end before the first model; then there is nothing to list.
    assert isinstance(found["models"], list)
    assert "<svg" in report.read_text()
    assert "page actions in 24 sessions" in output


def test_an_interrupt_writes_the_report_so_far(tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    process = simulation("--shoppers", "8", "--minutes", "5", "--rate", "40", "--report", str(report))
    assert process.stderr is not None
    for line in process.stderr:
        if "Shopping" in line:
            break
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Interrupted" in report.read_text()
    assert "page actions in" in output
