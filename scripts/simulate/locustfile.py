"""The same shoppers for Locust, for plain load from many users and machines.

Locust is not among the shop's dependencies; run it from its own environment, in the root of the repository::

    uvx locust -f scripts/simulate/locustfile.py --host http://127.0.0.1:8000

Every user is one shopper with a hidden taste. SIMULATE_SEED chooses other people, and SIMULATE_PAUSE_S the
seconds between two pages (default 1). Locust replaces sleeping and locks: a pause lets other users go on.
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar, TypeVar

from locust import HttpUser, constant, task  # type: ignore[import-not-found]  # no dependency of the shop
from locust.exception import StopUser  # type: ignore[import-not-found]

# Locust loads this file by its path, not as a part of the package.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from scripts.simulate.shopfront import Shopfront, survey
from scripts.simulate.shopper import Shopper
from scripts.simulate.talk import Answer, Ask, Talk
from scripts.simulate.tally import LIMITED, REFUSALS

SEED = int(os.environ.get("SIMULATE_SEED", "7"))
PAUSE_S = float(os.environ.get("SIMULATE_PAUSE_S", "1"))
T = TypeVar("T")


class ShopperUser(HttpUser):  # type: ignore[misc]  # its types are in its own environment
    """A shopper who comes back again and again."""

    wait_time = constant(PAUSE_S)
    numbers: ClassVar[itertools.count[int]] = itertools.count(1)
    fronts: ClassVar[dict[str, Shopfront]] = {}
    first_look: ClassVar[Lock] = Lock()

    def on_start(self) -> None:
        """Look at the shop from outside, once for all users of a machine, and draw a person."""
        with self.first_look:
            if self.host not in self.fronts:
                self.fronts[self.host] = self._carry(survey())
        self.shopper = Shopper(next(self.numbers), SEED, self.fronts[self.host])

    @task  # type: ignore[untyped-decorator]
    def visit(self) -> None:
        """Shop until patience runs out."""
        self._carry(self.shopper.visit())

    def _carry(self, talk: Talk[T]) -> T:
        try:
            ask = next(talk)
            while True:
                if ask.action is not None:
                    time.sleep(PAUSE_S)
                ask = talk.send(self._ask(ask))
        except StopIteration as end:
            result: T = end.value
            return result
        except (KeyError, TypeError) as error:
            raise StopUser(f"This is not a Jackdaw shop: {error!r}") from error

    def _ask(self, ask: Ask) -> Answer:
        if ask.as_stranger:
            self.client.cookies.clear()
        while True:
            with self.client.request(
                ask.method, ask.path, json=ask.body, name=ask.route.split(" ", 1)[1], catch_response=True
            ) as response:
                if response.status_code in REFUSALS:
                    response.success()
                if response.status_code != LIMITED:
                    return Answer(response.status_code, _content(response))
                told = response.headers.get("Retry-After", "1")
            time.sleep(float(told) if told.isdigit() else 1.0)


def _content(response: Any) -> Any:
    try:
        return response.json()
    except ValueError:
        return None
