"""Two ways to load a server: wrk as fast as it answers, and an open loop at a fixed rate."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.http_client import Address, Connection

CONNECTIONS = 32
MS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}

LUA = """
local requests = {}
for line in io.lines("%(requests)s") do
  requests[#requests + 1] = line
end
local bodies = {}
local handle = io.open("%(bodies)s")
if handle then
  for line in handle:lines() do bodies[#bodies + 1] = line end
end
math.randomseed(7)
request = function()
  local i = math.random(#requests)
  if #bodies > 0 then
    return wrk.format("POST", requests[i], {["Content-Type"] = "application/json", ["Cookie"] = "%(cookie)s"},
                      bodies[math.random(#bodies)])
  end
  return wrk.format("GET", requests[i], {["Cookie"] = "%(cookie)s"})
end
done = function(summary, latency, _)
  io.write(string.format("RESULT %%d %%d %%.3f %%.3f %%d\\n", summary.requests, summary.duration,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect))
end
"""


class LoadError(Exception):
    """The load could not be made, or the server answered with errors."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a load found; latencies in milliseconds."""

    requests: int
    per_second: float
    p50_ms: float
    p99_ms: float
    errors: int
    p90_ms: float = 0.0
    latencies_ms: tuple[float, ...] = field(default=(), repr=False)
    """Ascending; as p90, known of open loops only."""


def wrk(
    base: str,
    paths: Sequence[str],
    *,
    seconds: float,
    cookie: str = "",
    bodies: Sequence[bytes] = (),
    connections: int = CONNECTIONS,
) -> Load:
    """Drive random ``paths`` with some connections from one thread.

    Raises
    ------
    LoadError
        wrk is not installed, or an answer was not 2xx.
    """
    if shutil.which("wrk") is None:
        raise LoadError("wrk is missing: install the package of that name to measure throughput.")
    with tempfile.TemporaryDirectory() as folder:
        requests_file, bodies_file, script = (Path(folder) / name for name in ("paths", "bodies", "load.lua"))
        requests_file.write_text("\n".join(paths) + "\n")
        if bodies:
            bodies_file.write_bytes(b"\n".join(bodies) + b"\n")
        script.write_text(LUA % {"requests": requests_file, "bodies": bodies_file, "cookie": cookie})
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "-s", str(script), base]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    found = re.search(r"RESULT (\d+) (\d+) ([\d.]+) ([\d.]+) (\d+)", output)
    if found is None:
        raise LoadError(f"wrk printed no result: {output}")
    count, micros, p50, p99, errors = found.groups()
    load = Load(int(count), int(count) / (int(micros) / 1e6), float(p50), float(p99), int(errors))
    if load.errors:
        raise LoadError(f"{load.errors} of {load.requests} requests failed on {paths[0]}")
    return load


async def open_loop(base: str, path: str, *, per_second: float, seconds: float, cookie: str = "") -> Load:
    """Send at fixed times whatever the answers do, so that a stall is seen by every request it delays."""
    address = Address.parse(base)
    request = f"GET {path} HTTP/1.1\r\nHost: {address.authority}\r\nCookie: {cookie}\r\n\r\n".encode()
    connections = [await Connection.open(address) for _ in range(CONNECTIONS)]
    idle: asyncio.Queue[Connection] = asyncio.Queue()
    for connection in connections:
        await connection.exchange(request)
        idle.put_nowait(connection)
    latencies: list[float] = []
    statuses: list[int] = []

    async def one(due: float) -> None:
        connection = await idle.get()
        statuses.append((await connection.exchange(request)).status)
        latencies.append(time.perf_counter() - due)
        idle.put_nowait(connection)

    begin = time.perf_counter() + 0.05
    async with asyncio.TaskGroup() as tasks:
        for i in range(int(per_second * seconds)):
            due = begin + i / per_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.create_task(one(due))
    for connection in connections:
        connection.close()
    latencies.sort()
    return Load(
        requests=len(latencies),
        per_second=per_second,
        p50_ms=latencies[len(latencies) // 2] * 1e3,
        p99_ms=latencies[int(len(latencies) * 0.99)] * 1e3,
        errors=sum(status >= 400 for status in statuses),
        p90_ms=latencies[int(len(latencies) * 0.9)] * 1e3,
        latencies_ms=tuple(latency * 1e3 for latency in latencies),
    )
