"""What holds for every setting: it is documented, and what is documented exists."""

from __future__ import annotations

import re
from dataclasses import fields

from server.settings import REPOSITORY_ROOT, Settings, unknown_settings

EXAMPLE = REPOSITORY_ROOT / ".env.example"
# Passed from the supervisor to its workers, not for people.
INTERNAL = {"JACKDAW_LISTEN_FD", "JACKDAW_WORKER_ID"}
NAMES = {"environment": "JACKDAW_ENV"}


def documented() -> dict[str, str]:
    lines = EXAMPLE.read_text().splitlines()
    found = [re.fullmatch(r"#?\s?(JACKDAW_[A-Z_]+)=(.*)", line) for line in lines]
    return {match[1]: match[2] for match in found if match}


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    names = {NAMES.get(field.name, f"JACKDAW_{field.name.upper()}") for field in fields(Settings)}
    assert set(documented()) == names - INTERNAL


def test_the_example_can_be_used_as_it_stands() -> None:
    values = documented()
    assert unknown_settings(values) == []
    Settings.from_env({name: value for name, value in values.items() if value})


def test_the_example_shows_the_defaults() -> None:
    default = Settings()
    values = documented()
    for name in (
        "host",
        "port",
        "workers",
        "pool_size",
        "hash_threads",
        "rate_reads_per_minute",
        "log_level",
    ):
        assert values[f"JACKDAW_{name.upper()}"] == str(getattr(default, name))
