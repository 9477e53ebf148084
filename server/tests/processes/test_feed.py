"""The feed across processes: the example program end to end, and no accepted row lost to kill -9."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from server.tests.processes.instance import REPOSITORY_ROOT, Instance, run_server, running, wait_until

FEED = "/api/v1/feed"


def issue(data_dir: Path) -> str:
    done = run_server(data_dir, "tokens", "issue", "--namespace", "corner-shop")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def run_client(instance: Instance, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.feed_client", instance.address, *arguments],
        cwd=REPOSITORY_ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_the_example_program_is_served_by_a_model_of_its_own(data_dir: Path) -> None:
    with running(data_dir) as instance:
        token = issue(data_dir)
        first = run_client(instance, "--token", token, "--wait", "60")
        assert first.returncode == 0, first.stderr
        assert "products: 24 stored, 0 known, 0 refused" in first.stdout
        assert "interactions: 300 stored, 0 known, 0 refused" in first.stdout
        assert "The feed holds 24 products." in first.stdout
        assert first.stdout.count(": model ") == 4
        assert "Similar to " in first.stdout
        again = run_client(instance, "--token", token)
        assert "interactions: 0 stored, 300 known, 0 refused" in again.stdout
        refused = run_client(instance, "--token", "jackdaw_wrong")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "token.invalid" in refused.stderr
        shop = httpx.get(f"{instance.address}/api/v1/products?limit=100").json()
        assert shop["items"] == []


def test_the_tokens_command_works_while_no_shop_runs(data_dir: Path) -> None:
    nothing = run_server(data_dir, "tokens", "list")
    assert nothing.returncode == 1
    assert "There is no shop" in nothing.stderr
    with running(data_dir):
        issue(data_dir)
    listed = run_server(data_dir, "tokens", "list")
    assert (listed.returncode, listed.stdout.count("corner-shop")) == (0, 1)


def test_killed_workers_lose_no_accepted_row(data_dir: Path) -> None:
    accepted: list[str] = []
    with running(data_dir, JACKDAW_WORKERS="2") as instance:
        headers = {"Authorization": f"Bearer {issue(data_dir)}"}
        for number in range(24):
            rows = [{"id": f"{number}/{row}", "title": "A thing"} for row in range(200)]
            answer = send(instance, headers, rows)
            accepted.append(answer["batchId"])
            if number % 6 == 2:
                for worker in instance.workers():
                    worker.kill()
        with httpx.Client(base_url=instance.address + FEED, headers=headers, timeout=10) as client:
            wait_until(lambda: all(status(client, batch) == "done" for batch in accepted))
            seen: set[str] = set()
            cursor: str | None = ""
            while cursor is not None:
                page = client.get("/products", params={"limit": 100, "cursor": cursor}).json()
                seen |= {product["id"] for product in page["items"]}
                cursor = page["nextCursor"]
    assert len(seen) == 24 * 200


def send(instance: Instance, headers: dict[str, str], rows: list[dict[str, str]]) -> dict[str, Any]:
    """Send until it is accepted: what a killed worker did not answer may be sent again."""
    while True:
        try:
            response = httpx.post(
                f"{instance.address}{FEED}/products", headers=headers, json={"products": rows}, timeout=10
            )
        except httpx.TransportError:
            time.sleep(0.05)
            continue
        assert response.status_code in {202, 503}, response.text
        if response.status_code == 202:
            answer: dict[str, Any] = response.json()
            return answer
        time.sleep(0.1)


def status(client: httpx.Client, batch_id: str) -> str:
    try:
        return str(client.get(f"/batches/{batch_id}").json()["status"])
    except httpx.TransportError:
        return "unknown"
