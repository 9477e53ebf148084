"""JSON, cursors, limits, ids, money: the small things that everything stands on."""

from __future__ import annotations

import tracemalloc
import uuid

import pytest

from server.core.ids import row_id, uuid7
from server.core.json import MAX_DEPTH, dumps, loads_strictly
from server.core.limits import RateLimiter
from server.core.money import money
from server.core.pagination import CursorCodec, page_limit
from server.core.problems import Invalid, Malformed, TooManyRequests


@pytest.mark.parametrize(
    "content",
    [
        b"NaN",
        b"[Infinity]",
        b"1e999",
        b"\xff",
        b'"\\ud800"',
        b'"a\\u0000"',
        b'"a\x00"',
        b"{",
        b"",
        b"{'a':1}",
    ],
)
def test_json_that_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        loads_strictly(content)


def test_json_depth_is_bounded() -> None:
    assert loads_strictly("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    with pytest.raises(ValueError, match="nested deeper"):
        loads_strictly("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert len(loads_strictly("[" + "{}," * 500 + "{}]")) == 501


@pytest.mark.parametrize("values", [[1.5, 7], ["2026-01-01T00:00:00+00:00", 2**62], [None, 1]])
def test_cursors_return_what_they_were_given(values: list[float | int | str | None]) -> None:
    codec = CursorCodec(b"secret")
    assert codec.decode("a list", codec.encode("a list", values)) == values


def test_cursors_of_others_are_refused() -> None:
    codec, stranger = CursorCodec(b"secret"), CursorCodec(b"other secret")
    cursor = codec.encode("a list", [1])
    for other, context, text in [
        (stranger, "a list", cursor),
        (codec, "another list", cursor),
        (codec, "a list", cursor[:-1]),
        (codec, "a list", "A" * 5_000),
        (codec, "a list", "é"),
        (codec, "a list", ""),
    ]:
        with pytest.raises(Malformed):
            other.decode(context, text)


def test_a_limit_is_a_whole_number_from_one_to_a_hundred() -> None:
    assert [page_limit(text) for text in (None, "", "1", "100")] == [24, 24, 1, 100]
    for text in ("0", "101", "-1", "1.0", "x", "9" * 50, "\u0661"):
        with pytest.raises(Invalid):
            page_limit(text)


def test_a_rate_is_held_per_key_and_forgives_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr("server.core.limits.time.monotonic", lambda: now)
    limiter = RateLimiter(60)
    for _ in range(10):
        limiter.check("ada")
    with pytest.raises(TooManyRequests) as refused:
        limiter.check("ada")
    assert refused.value.retry_after_s == 1
    limiter.check("ben")
    now += 1.0
    limiter.check("ada")
    with pytest.raises(TooManyRequests):
        limiter.check("ada")


def test_the_oldest_key_gives_way_when_there_are_too_many() -> None:
    limiter = RateLimiter(1, max_keys=2)
    for key in ("a", "b", "c"):
        limiter.check(key, cost=10)
    with pytest.raises(TooManyRequests):
        limiter.check("c", cost=10)
    limiter.check("a", cost=10)


@pytest.mark.parametrize(
    ("minor", "currency", "amount", "display"),
    [
        (0, "EUR", "0.00", "€0.00"),
        (5, "EUR", "0.05", "€0.05"),
        (-5, "EUR", "-0.05", "-€0.05"),
        (123_456_789, "EUR", "1234567.89", "€1,234,567.89"),
        (1_500, "JPY", "1500", "¥1,500"),
        (1_500, "KWD", "1.500", "KWD 1.500"),
    ],
)
def test_money_is_exact(minor: int, currency: str, amount: str, display: str) -> None:
    assert money(minor, currency) == {"amount": amount, "currency": currency, "display": display}


@pytest.mark.parametrize("text", ["", "0", "-1", "+1", " 1", "1 ", "1.0", "x", "\u0661", "9" * 19, "9" * 99])
def test_what_cannot_name_a_row(text: str) -> None:
    assert row_id(text) is None


def test_row_ids_reach_to_the_end_of_bigint() -> None:
    assert row_id(str(2**63 - 1)) == 2**63 - 1
    assert row_id(str(2**63)) is None


def test_uuids_are_of_version_seven_and_in_the_order_of_time() -> None:
    made = [uuid7() for _ in range(5)]
    assert {(value.version, value.variant) for value in made} == {(7, uuid.RFC_4122)}
    assert len(set(made)) == 5
    assert [value.int >> 80 for value in made] == sorted(value.int >> 80 for value in made)


def test_what_is_encoded_takes_no_more_memory_than_it_is_long() -> None:
    content = {f"key {number}": f"value {number}" for number in range(20)}
    tracemalloc.start()
    try:
        kept = [dumps(content) for _ in range(100)]
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert held < 100 * (len(kept[0]) + 100)
