"""Plain requests take the short way and look the same on it; everything else is hypercorn's."""

from __future__ import annotations

import asyncio
from typing import Any

import hypercorn.protocol
import pytest
from hypercorn.protocol.h11 import H11Protocol

from server.core import plain_requests
from server.core.edge import Receive, Send
from server.core.plain_requests import read_plain
from server.tests.support.tiny_server import PATIENCE_S, head_of, serving

MAX_HEAD = 1_024
GET = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n"
POST = b"POST /a?b=%C3%A9 HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\nX-Two:  words here \t\r\n\r\n{}"
LAST = b"GET /last HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n"


def request(*lines: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join([b"POST / HTTP/1.1", *lines, b"", body])


class Recorder:
    """Answers with what it was asked, and remembers it."""

    def __init__(self) -> None:
        self.scopes: list[dict[str, Any]] = []
        self.bodies: list[bytes] = []

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.bodies.append(body)
        answer = scope["path"].encode() + body
        length = (b"content-length", b"%d" % len(answer))
        await send({"type": "http.response.start", "status": 200, "headers": [length]})
        await send({"type": "http.response.body", "body": answer})


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The targets that took the short way."""
    seen: list[bytes] = []

    def noting(data: bytes, max_head: int) -> plain_requests.PlainRequest | None:
        found = read_plain(data, max_head)
        if found is not None:
            seen.append(found.target)
        return found

    monkeypatch.setattr(plain_requests, "read_plain", noting)
    return seen


def test_a_whole_request_is_read() -> None:
    found = read_plain(POST, MAX_HEAD)
    assert found is not None
    assert (found.method, found.target) == (b"POST", b"/a?b=%C3%A9")
    assert found.headers == [(b"host", b"here"), (b"content-length", b"2"), (b"x-two", b"words here")]
    assert b"".join(found.bodies) == b"{}"
    assert read_plain(GET.replace(b"host", b"Connection: Keep-Alive\r\nhost"), MAX_HEAD) is not None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        GET[:-1],
        GET + GET,
        GET + b"G",
        b"\r\n" + GET,
        b"{}",
        POST[:-1],
        POST + b"}",
        GET.replace(b"GET", b"HEAD"),
        GET.replace(b"GET", b"get"),
        GET.replace(b"GET /", b"CONNECT here:1"),
        GET.replace(b"GET /", b"OPTIONS *"),
        GET.replace(b"1.1", b"1.0"),
        GET.replace(b" / ", b" http://here/ "),
        GET.replace(b" / ", b" /\xc3\xa9 "),
        GET.replace(b"host: here", b"x: y"),
        GET.replace(b"host", b"host: there\r\nhost"),
        GET.replace(b"host: here", b"host: here\r\n folded"),
        GET.replace(b"host: here", b"host : here"),
        GET.replace(b"host: here", b"host: he\0re"),
        GET.replace(b"\r\n", b"\n"),
        GET.replace(b"host", b"x: " + b"y" * MAX_HEAD + b"\r\nhost"),
        LAST,
        request(b"host: here", b"connection: upgrade", b"upgrade: websocket"),
        request(b"host: here", b"upgrade: h2c"),
        request(b"host: here", b"expect: 100-continue", b"content-length: 2", body=b"{}"),
        request(b"host: here", b"transfer-encoding: chunked", body=b"0\r\n\r\n"),
        request(b"host: here", b"transfer-encoding: chunked", b"content-length: 5", body=b"0\r\n\r\n"),
        request(b"host: here", b"content-length: 2", b"content-length: 2", body=b"{}"),
        request(b"host: here", b"content-length: 2", b"content-length: 3", body=b"{}"),
        request(b"host: here", b"content-length: +2", body=b"{}"),
        request(b"host: here", b"content-length: 1", body=b"{}"),
        request(b"host: here", body=b"{}"),
    ],
)
def test_what_is_not_one_plain_request_is_left_alone(data: bytes) -> None:
    assert read_plain(data, MAX_HEAD) is None


async def test_the_application_sees_the_same_on_both_ways(
    plain: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    for own in (True, False):
        app = Recorder()
        async with serving(app) as server:
            if not own:
                monkeypatch.setattr(hypercorn.protocol, "H11Protocol", H11Protocol)
            assert (await server.exchange(GET, POST, LAST)).count(b" 200 ") == 3
        for scope in app.scopes:
            scope["client"] = scope["client"][0]
            scope["server"] = scope["server"][0]
        seen.append((app.scopes, app.bodies))
    assert plain == [b"/", b"/a?b=%C3%A9"]
    assert seen[0] == seen[1]
    assert [scope["path"] for scope in seen[0][0]] == ["/", "/a", "/last"]
    assert seen[0][0][1]["query_string"] == b"b=%C3%A9"


async def test_answers_come_in_the_order_of_the_requests(plain: list[bytes]) -> None:
    async with serving(Recorder()) as server:
        head, tail = POST[:20], POST[20:]
        answer = await server.exchange(GET + GET, GET, head, tail, POST + head, tail + LAST)
    assert answer.count(b" 200 ") == 7
    assert [part[4:10] for part in answer.split(b"\r\n\r\n")[1:]][-1:] == [b"t"]
    assert plain == [b"/"]


async def test_a_request_that_comes_too_early_waits_for_its_turn(plain: list[bytes]) -> None:
    first = asyncio.Event()

    async def slow(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await receive()
        if scope["path"] == "/":
            await first.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
        await send({"type": "http.response.body", "body": scope["method"][:1].encode()})

    async with serving(slow) as server:
        reader, writer = await server.connect()
        writer.write(GET)
        await asyncio.sleep(0.02)
        writer.write(POST)
        await asyncio.sleep(0.02)
        first.set()
        for expected in (b"G", b"P"):
            await head_of(reader)
            assert await asyncio.wait_for(reader.readexactly(1), PATIENCE_S) == expected
        writer.close()
    assert len(plain) == 2


async def test_a_client_that_leaves_is_noticed() -> None:
    left = asyncio.Event()

    async def waiting(_scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await receive()
        assert (await receive())["type"] == "http.disconnect"
        # What is said to nobody is not an error.
        await send({"type": "http.response.start", "status": 200, "headers": []})
        left.set()

    async with serving(waiting) as server:
        _, writer = await server.connect()
        writer.write(GET)
        await asyncio.sleep(0.02)
        writer.close()
        await asyncio.wait_for(left.wait(), PATIENCE_S)


@pytest.mark.parametrize(
    ("headers", "bodies", "expected", "is_whole"),
    [
        ([(b"content-length", b"4")], [b"ab", b"cd"], b" 200 ", True),
        ([(b"content-length", b"4")], [b"", b"abcd", b""], b" 200 ", True),
        ([(b"content-length", b"0")], [b""], b" 200 ", True),
        # A length that was announced is kept, or the connection says that it was not.
        ([(b"content-length", b"4")], [b"ab"], b" 500 ", False),
        ([(b"content-length", b"4")], [b"ab", b"c"], b" 200 ", False),
        ([(b"content-length", b"4")], [b"ab", b"cdef"], b" 200 ", False),
        ([(b"content-length", b"4")], [b"abcdef", b""], b" 500 ", False),
        ([(b"content-length", b"2"), (b"x", b"a\r\nset-cookie: b")], [b"ab"], b" 500 ", False),
        ([(b"content-length", b"2"), (b"x\n", b"a")], [b"ab"], b" 500 ", False),
        ([(b"content-length", b"2"), (b"x", b"a\rset-cookie: b")], [b"ab"], b" 500 ", False),
        ([(b"content-length", b"2"), (b"x", b"\0")], [b"ab"], b" 500 ", False),
        # Unusual answers are hypercorn's, with the length that it works out.
        ([], [b"ab", b"cd"], b"transfer-encoding: chunked", True),
        ([(b"content-length", b"2"), (b"connection", b"close")], [b"ab"], b"connection: close", False),
        ([(b"content-length", b"2"), (b"content-length", b"2")], [b"ab"], b" 200 ", True),
        ([(b"content-length", b"3"), (b"content-length", b"2")], [b"ab"], b" 500 ", False),
        ([(b"content-length", b"+2")], [b"ab"], b" 500 ", False),
    ],
)
async def test_an_answer_is_whole_or_the_connection_ends(
    headers: list[tuple[bytes, bytes]], bodies: list[bytes], expected: bytes, is_whole: bool
) -> None:
    async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await receive()
        if scope["path"] == "/last":
            head, parts = [(b"content-length", b"0")], [b""]
        else:
            head, parts = headers, bodies
        await send({"type": "http.response.start", "status": 200, "headers": head})
        for number, body in enumerate(parts, 1):
            await send({"type": "http.response.body", "body": body, "more_body": number < len(parts)})

    async with serving(answer) as server:
        answered = await server.exchange(GET, LAST)
    assert expected in answered.lower()
    assert b"set-cookie" not in answered
    assert answered.count(b"HTTP/1.1 ") == (2 if is_whole else 1)


@pytest.mark.parametrize("n_messages", [0, 1])
async def test_a_fault_of_the_application_ends_the_connection(n_messages: int) -> None:
    async def failing(_scope: dict[str, Any], _receive: Receive, send: Send) -> None:
        if n_messages:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]})
            await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise ValueError

    async with serving(failing) as server:
        answered = await server.exchange(GET)
    assert answered.startswith(b"HTTP/1.1 200 " if n_messages else b"HTTP/1.1 500 ")
    assert answered.endswith(b"half" if n_messages else b"\r\n\r\n")


async def test_a_connection_ends_after_so_many_requests(plain: list[bytes]) -> None:
    async with serving(Recorder(), keep_alive_max_requests=3) as server:
        answered = await server.exchange(*[GET] * 4)
    assert answered.count(b" 200 ") == 3
    assert answered.count(b"connection: close") == 1
    assert len(plain) == 3


async def test_a_request_under_way_is_answered_when_the_worker_ends(plain: list[bytes]) -> None:
    may_go_on = asyncio.Event()

    async def slow(_scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await receive()
        await may_go_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await send({"type": "http.response.body", "body": b"done"})

    async with serving(slow) as server:
        asked = asyncio.create_task(server.exchange(GET))
        await asyncio.sleep(0.05)
        server.stop.set()
        await asyncio.sleep(0.05)
        may_go_on.set()
        assert (await asked).endswith(b"done")
    assert plain == [b"/"]


@pytest.mark.parametrize("is_last_request", [False, True])
async def test_what_waits_behind_the_last_answer_is_never_begun(
    plain: list[bytes], *, is_last_request: bool
) -> None:
    paths, may_go_on = [], asyncio.Event()

    async def slow(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        paths.append(scope["path"])
        await receive()
        await may_go_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await send({"type": "http.response.body", "body": b"done"})

    async with serving(slow, keep_alive_max_requests=1 if is_last_request else 9) as server:
        asked = asyncio.create_task(server.exchange(GET, POST))
        await asyncio.sleep(0.05)
        if not is_last_request:
            server.stop.set()
            await asyncio.sleep(0.02)
        may_go_on.set()
        assert (await asked).endswith(b"done")
    assert paths == ["/"]
    assert plain == [b"/"]


async def test_what_looks_like_a_request_within_a_head_is_a_part_of_it(plain: list[bytes]) -> None:
    app = Recorder()
    async with serving(app) as server:
        answered = await server.exchange(
            b"POST /first HTTP/1.1\r\nconnection: close\r\nx: ", b"GET /second HTTP/1.1\r\nhost: here\r\n\r\n"
        )
    assert answered.endswith(b"/first")
    assert [scope["path"] for scope in app.scopes] == ["/first"]
    assert plain == []


@pytest.mark.parametrize(("status", "n_answers"), [(304, 2), (204, 2), (103, 1)])
async def test_what_has_no_body_is_left_to_hypercorn(status: int, n_answers: int) -> None:
    async def empty(_scope: dict[str, Any], _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"hello"})

    async with serving(empty) as server:
        answered = await server.exchange(GET, LAST)
    assert answered.count(b" %d " % status) == n_answers
    assert b"hello" not in answered
