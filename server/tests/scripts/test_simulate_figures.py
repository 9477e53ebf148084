"""The figures of a simulation, its report, and what its command line refuses."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from scripts import http_client
from scripts.simulate import (
    chance,
    charts,
    figures,
    glance,
    latency,
    schedule,
    shopfront,
    tastes,
)
from scripts.simulate import story as stories
from scripts.simulate.__main__ import main
from scripts.simulate.figures import Table, rate
from scripts.simulate.models import Model
from scripts.simulate.options import read_options
from scripts.simulate.report import page, write_json
from scripts.simulate.run import refit_moments
from scripts.simulate.schedule import FlipTime, Schedule
from scripts.simulate.story import Story
from scripts.simulate.talk import Ask
from scripts.simulate.tally import Tally
from scripts.simulate.verdicts import Verdict

DURATION_S = 60.0


def made_up(seed: int = 1) -> Tally:
    """A run of a minute in which the served slates are best, but not for a while after the 30th second."""
    rng, tally = np.random.default_rng(seed), Tally()
    for at_s in np.arange(0.0, DURATION_S, 0.01).tolist():
        is_confused = 30 <= at_s < 36
        chances = (0.1 if is_confused else 0.4, 0.2, 0.08)
        served, popular, random = (bool(rng.random() < chance) for chance in chances)
        version = None if at_s < 5 else "1" if at_s < 40 else "2"
        shopper = int(rng.integers(50))
        verdict = Verdict(shopper, "home", version, at_s >= 30, served, popular, random)
        tally.outcomes.add(at_s, verdict)
        ask = Ask("GET", "/api/v1/recommendations/home", "GET /recommendations/home", action="home")
        tally.answered(ask, 200, float(rng.exponential(0.004)), at_s)
    return tally


def story(tally: Tally, **changes: object) -> Story:
    chosen = {
        "url": "http://shop.test",
        "is_own_shop": True,
        "shoppers": 50,
        "seed": 7,
        "rate": None,
        "planned_s": DURATION_S,
        "duration_s": DURATION_S,
        "flipped_at_s": 30.0,
        "tally": tally,
        "command": "python -m scripts.simulate",
    } | changes
    return Story(**chosen)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "module",
    [http_client, chance, charts, figures, glance, latency, schedule, shopfront, stories, tastes],
    ids=lambda module: module.__name__,
)
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


def test_visits_of_one_shopper_count_as_less_than_visits_of_many() -> None:
    rng = np.random.default_rng(0)
    values = np.repeat((rng.random(40) < 0.5).astype(float), 25)
    alike = rate(values, np.repeat(np.arange(40), 25))
    as_if_independent = rate(values, np.arange(1000))
    assert alike.mean == as_if_independent.mean
    assert alike.high - alike.low > 4 * (as_if_independent.high - as_if_independent.low)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rng, held = np.random.default_rng(3), 0
    for _ in range(400):
        habit = rng.beta(3, 7, size=60)
        values = (rng.random((60, 20)) < habit[:, None]).astype(float).ravel()
        found = rate(values, np.repeat(np.arange(60), 20))
        held += found.low <= 0.3 <= found.high
    assert 0.91 <= held / 400 <= 0.98


def test_the_table_shows_lead_models_fall_and_recovery() -> None:
    table = Table(made_up().outcomes)
    home = table.overall()
    assert home is not None
    assert home.lead.low > 0
    assert [row.label for row in table.by_version()] == ["none", "1", "2"]
    assert [version for _, version in table.first_seen()] == ["1", "2"]
    recovery = table.recovery()
    assert recovery is not None
    assert recovery.before.lead.low > 0 > recovery.after.lead.high
    assert recovery.end.lead.low > 0
    assert table.overall("cart") is None
    assert Table(Tally().outcomes).recovery() is None


def test_the_report_needs_nothing_else_and_escapes_what_it_shows(tmp_path: Path) -> None:
    tally = made_up()
    tally.answered(Ask("GET", "/x", "GET <script>alert(1)</script>"), 500, 0.1, 1.0)
    models = [Model("1", "champion", 900, 0.1, 0.2, 0.1, None)]
    html = page(story(tally, url="http://a<b>", command="simulate '<b>'", models=models, is_own_shop=False))
    assert "<script" not in html
    assert "http://a&lt;b&gt;" in html
    assert not re.search(r"(src|href)=", html)
    assert "@import" not in html
    assert "tastes flip" in html
    assert html.count("<svg") >= 5
    assert "light-dark(" in html
    write_json(story(tally), tmp_path / "deep" / "out.json")
    written = json.loads((tmp_path / "deep" / "out.json").read_bytes())
    assert written["bySurface"][0]["servedMinusPopular"]["low"] > 0
    assert written["flip"]["after"]["servedMinusPopular"]["high"] < 0
    assert written["errors"] == {"GET <script>alert(1)</script> → 500": 1}


def test_a_run_without_a_single_visit_still_has_a_report() -> None:
    html = page(story(Tally(), duration_s=0.0, flipped_at_s=None))
    assert "Too few visits" in html
    assert json.dumps(story(Tally(), duration_s=0.0).as_json())


def test_refusals_are_no_errors_and_waiting_is_counted_apart() -> None:
    tally = Tally()
    for status in (200, 409, 429, 500, 0):
        tally.answered(Ask("GET", "/x", "GET /x", action="home"), status, 0.01, 0.0)
    route = tally.routes["GET /x"]
    assert (route.refusals, route.errors, tally.n_limited, tally.n_errors) == (1, 2, 1, 2)
    assert tally.n_actions == 4


def test_a_schedule_flips_by_the_clock_or_by_the_sessions() -> None:
    now = [0.0]
    by_clock = Schedule(60, flip=FlipTime.parse("50%"), clock=lambda: now[0])
    assert not by_clock.has_flipped(3)
    now[0] = 31.0
    assert by_clock.has_flipped(0)
    assert by_clock.flipped_at_s == 31.0
    by_sessions = Schedule(60, flip=FlipTime.parse("0.5"), sessions=4, clock=lambda: now[0])
    assert [by_sessions.has_flipped(number) for number in range(4)] == [False, False, True, True]
    assert not by_sessions.wants_session(4)
    now[0] = 1_000.0
    assert by_clock.is_over


def test_refits_are_spread_over_the_run() -> None:
    assert refit_moments(read_options(["--minutes", "1", "--refits", "3"])) == [15.0, 30.0, 45.0]
    assert refit_moments(read_options(["--refits", "0"])) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--shoppers", "0"], "a whole number from 1 up"),
        (["--minutes", "nan"], "a number above 0"),
        (["--rate", "-1"], "a number above 0"),
        (["--url", "ftp://x"], "not an address such as"),
        (["--flip-tastes-at", "soon"], "neither a share of the run"),
        (["--flip-tastes-at", "120%"], "neither a share of the run"),
    ],
)
def test_the_command_line_says_what_is_wrong(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert told in capsys.readouterr().err
