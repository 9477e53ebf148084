"""kill -9 of one of two workers: nothing accepted is lost, nothing forgotten comes back."""

from __future__ import annotations

import threading
import time
import uuid
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.tests.processes.instance import PATIENCE_S, Instance, running, wait_until

API = "/api/v1"
BATCH = 5


def open_shop(data_dir: Path) -> Any:
    """Run the demo shop with two workers that refit at no time of their own."""
    return running(
        data_dir,
        JACKDAW_ENV="development",
        JACKDAW_WORKERS="2",
        JACKDAW_REFIT_INTERVAL_S="86400",
        JACKDAW_RATE_EVENTS_PER_MINUTE="100000",
        JACKDAW_RATE_READS_PER_MINUTE="100000",
    )


class Shopper:
    """Somebody who goes on, whatever becomes of the worker that they talk to."""

    def __init__(self, instance: Instance, product_ids: list[str]) -> None:
        self.address = instance.address
        self.cookies = httpx.Cookies()
        self.n_accepted = 0
        self._products = cycle(product_ids)
        self.view()

    def ask(self, method: str, path: str, **fields: Any) -> Any:
        """Ask on a connection of its own, so that either worker may answer, until one does."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                with httpx.Client(base_url=self.address + API, cookies=self.cookies, timeout=10) as client:
                    answer = client.request(method, path, **fields)
                    self.cookies.update(client.cookies)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.is_success:
                return answer.json()
            assert answer is None or answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def view(self) -> None:
        """Look at some products; what nobody answered is sent again and counts once."""
        now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        events = [
            {"id": str(uuid.uuid4()), "type": "view", "productId": next(self._products), "occurredAt": now}
            for _ in range(BATCH)
        ]
        answer = self.ask("POST", "/interactions", json={"events": events})
        assert answer["accepted"] + answer["duplicates"] == BATCH
        self.n_accepted += BATCH

    def forget(self) -> None:
        self.ask("DELETE", "/profile")
        self.n_accepted = 0

    def stored(self) -> int:
        """How many views the shop holds of this shopper."""
        return int(self.ask("GET", "/profile?limit=1")["counts"].get("view", 0))


def kill_one(instance: Instance) -> None:
    """Kill one of two workers and wait until it has a successor; the other must go on."""
    wait_until(lambda: len(instance.workers()) == 2)
    victim, other = sorted(instance.workers(), key=lambda worker: worker.create_time())
    victim.kill()
    wait_until(lambda: len({worker.pid for worker in instance.workers()} - {victim.pid}) == 2)
    assert other.pid in {worker.pid for worker in instance.workers()}


def products_of(instance: Instance) -> list[str]:
    items = httpx.get(f"{instance.address}{API}/products?limit=100").json()["items"]
    return [item["id"] for item in items]


@pytest.mark.slow
def test_no_accepted_view_is_lost_and_no_forgotten_one_comes_back(data_dir: Path) -> None:
    with open_shop(data_dir) as instance:
        shoppers = [Shopper(instance, products_of(instance)) for _ in range(4)]
        stays, regrets = shoppers[:2], shoppers[2:]
        for delay_s in (0.0, 0.002, 0.01, 0.05):
            for shopper in shoppers * 4:
                shopper.view()
            # The last of it waits in the spools; one worker dies before, in or after a forgetting.
            killer = threading.Timer(delay_s, kill_one, [instance])
            killer.start()
            for shopper in regrets:
                shopper.forget()
            for shopper in shoppers:
                shopper.view()
            killer.join()
        for shopper in shoppers:
            wait_until(lambda shopper=shopper: shopper.stored() == shopper.n_accepted)  # type: ignore[misc]
        assert [shopper.n_accepted for shopper in regrets] == [BATCH] * 2
        assert all(shopper.n_accepted == BATCH * (1 + 4 * 5) for shopper in stays)
        assert instance.stop() == 0
    # A start takes over whatever waits on disk.
    with open_shop(data_dir) as instance:
        for shopper in shoppers:
            shopper.address = instance.address
            assert shopper.stored() == shopper.n_accepted
