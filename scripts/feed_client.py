"""An example of another shop's program: sends products and interactions, reads recommendations back.

Needs Python alone, so that it can be copied into that shop and changed; only `made_up_shop` is not real.

    python -m server tokens issue --namespace corner-shop
    python -m scripts.feed_client http://127.0.0.1:8000 --token jackdaw_…
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

API = "/api/v1/feed"
ROWS_PER_REQUEST = 1_000
TRIES = 6
TIMEOUT_S = 30.0
WORDS = {
    "Tea": ("Sencha", "Assam", "Oolong", "Darjeeling", "Rooibos", "Earl Grey", "Genmaicha", "Chai"),
    "Pans": ("Skillet", "Wok", "Saucepan", "Grill pan", "Casserole", "Crêpe pan", "Stockpot", "Milk pan"),
    "Lamps": ("Desk lamp", "Floor lamp", "Bulb", "Lantern", "Night light", "Spot", "Chandelier", "Torch"),
}

Row = dict[str, Any]


class Refused(Exception):
    """The feed said no; the message is its problem document in one line."""


class FeedClient:
    """Speaks to the feed: retries what may be retried, which is everything, because ids make it harmless."""

    def __init__(self, address: str, token: str) -> None:
        self._base = address.rstrip("/") + API
        self._token = token

    def send(self, kind: str, rows: Sequence[Row]) -> list[Row]:
        """Send rows in batches and wait until they are stored; return what became of the batches."""
        accepted = []
        for start in range(0, len(rows), ROWS_PER_REQUEST):
            lines = "\n".join(json.dumps(row) for row in rows[start : start + ROWS_PER_REQUEST])
            accepted.append(self._ask("POST", f"/{kind}", lines.encode()))
        return [self._verdict(batch["batchId"]) for batch in accepted]

    def products(self) -> Iterator[Row]:
        """Yield all products that the feed knows, page by page."""
        cursor = ""
        while True:
            page = self._ask("GET", f"/products?limit=100{cursor}")
            yield from page["items"]
            if page["nextCursor"] is None:
                return
            cursor = "&cursor=" + urllib.parse.quote(page["nextCursor"])

    def recommendations(self, **question: str) -> Row:
        """Ask for ``productId``, ``category``, ``userId``, or any of them together."""
        return self._ask("GET", "/recommendations?" + urllib.parse.urlencode(question))

    def _verdict(self, batch_id: str) -> Row:
        while True:
            batch = self._ask("GET", f"/batches/{batch_id}")
            if batch["status"] != "pending":
                return batch
            time.sleep(0.1)

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Row:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/x-ndjson"}
        request = urllib.request.Request(self._base + path, body, headers, method=method)  # noqa: S310 - http
        for attempt in range(1, TRIES + 1):
            try:
                with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:  # noqa: S310 - as above
                    answer: Row = json.load(response)
                    return answer
            except urllib.error.HTTPError as error:
                if error.code not in {429, 503} or attempt == TRIES:
                    raise Refused(error.read().decode()) from error
                pause_s = float(error.headers.get("Retry-After", "1"))
            except OSError as error:
                if attempt == TRIES:
                    raise Refused(f"{self._base} does not answer: {error}") from error
                pause_s = 0.2 * 2**attempt
            # Jitter keeps programs from coming back in step.
            time.sleep(pause_s * random.uniform(0.5, 1.5))
        raise AssertionError("the last try returns or raises")


def made_up_shop(seed: int) -> tuple[list[Row], list[Row]]:
    """Return the products of a small shop and a month of users who each have a taste."""
    chance = random.Random(seed)
    now = datetime.now(UTC)
    products = [
        {
            "id": f"{category[0]}-{number}",
            "title": f"{word} {chance.choice(('classic', 'fine', 'large'))}",
            "category": category,
            "price": {"amount": f"{chance.randint(300, 9_000) / 100:.2f}", "currency": "EUR"},
            "stock": chance.randint(1, 40),
            "url": f"https://corner-shop.example/{category[0]}-{number}",
        }
        for category, words in WORDS.items()
        for number, word in enumerate(words)
    ]
    events = []
    for user in range(60):
        taste = chance.choice(list(WORDS))
        liked = [product["id"] for product in products if product["category"] == taste]
        for number, product_id in enumerate(chance.sample(liked, 5)):
            happened = now - timedelta(minutes=chance.uniform(5, 30 * 24 * 60))
            events.append(
                {
                    "id": f"{seed}/{user}/{number}",
                    "type": chance.choices(("view", "cart_add", "purchase"), (8, 2, 1))[0],
                    "productId": product_id,
                    "userId": f"user {user}",
                    "occurredAt": happened.isoformat(),
                }
            )
    return products, events


def main(arguments: Sequence[str] | None = None) -> int:
    """Send the made-up shop, show what came of it, then ask the three kinds of questions."""
    parser = argparse.ArgumentParser(prog="python -m scripts.feed_client", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("address", help="where the shop is, such as http://127.0.0.1:8000")
    parser.add_argument("--token", required=True, help="as `python -m server tokens issue` shows it")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other users (default 1)")
    parser.add_argument("--wait", type=float, default=0.0, metavar="S", help="for a model, so many seconds")
    asked = parser.parse_args(arguments)
    if not asked.address.startswith(("http://", "https://")):
        parser.error("the address begins with http:// or https://")
    try:
        _show(FeedClient(asked.address, asked.token), asked.seed, asked.wait)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def _show(client: FeedClient, seed: int, wait_s: float) -> None:
    products, events = made_up_shop(seed)
    for kind, rows in (("products", products), ("interactions", events)):
        for batch in client.send(kind, rows):
            known, refused = batch["duplicates"], batch["rejected"]
            print(f"{kind}: {batch['accepted']} stored, {known} known, {refused} refused")
            for error in batch["errors"][:5]:
                print(f"  row {error['index']}: {error['field']} {error['detail']}")
    print(f"The feed holds {sum(1 for _ in client.products())} products.")
    deadline = time.monotonic() + wait_s
    while client.recommendations()["modelVersion"] is None and time.monotonic() < deadline:
        time.sleep(0.5)
    questions = ({"productId": "T-0"}, {"productId": "T-0", "category": "Pans"}, {"category": "Lamps"})
    for question in (*questions, {"userId": "user 0"}):
        answer = client.recommendations(limit="3", **question)
        by = f"model {answer['modelVersion']}" if answer["modelVersion"] else answer["note"]
        print(f"\n{question}: {by}")
        for item in answer["items"]:
            print(f"  {item['product']['title']} — {item['reason']['text']}")


if __name__ == "__main__":
    sys.exit(main())
