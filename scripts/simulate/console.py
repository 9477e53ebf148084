"""The run on a terminal: one live line while it lasts, one table at its end."""

from __future__ import annotations

import sys

import numpy as np
from tqdm import tqdm

from scripts.simulate.schedule import Schedule
from scripts.simulate.story import Story, percent, points
from scripts.simulate.tally import Outcomes, Tally
from scripts.simulate.verdicts import SURFACES

QUIET_LINE_EVERY_S = 15.0
LATELY = 400


class LiveLine:
    """A progress bar where there is a terminal, now and then a line where there is none."""

    def __init__(self, schedule: Schedule, tally: Tally) -> None:
        self._schedule, self._tally = schedule, tally
        self._is_terminal = sys.stderr.isatty()
        self._bar = tqdm(
            total=round(schedule.duration_s),
            unit="s",
            bar_format="{percentage:3.0f}%|{bar:24}| {n:.0f}/{total:.0f} s  {desc}",
            disable=not self._is_terminal,
            file=sys.stderr,
        )
        self._next_line_s = QUIET_LINE_EVERY_S

    def tick(self) -> None:
        """Show how it goes."""
        elapsed_s = self._schedule.elapsed_s
        if self._is_terminal:
            self._bar.n = min(elapsed_s, self._schedule.duration_s)
            self._bar.set_description_str(self._text(elapsed_s))
        elif elapsed_s >= self._next_line_s:
            self._next_line_s += QUIET_LINE_EVERY_S
            print(f"{elapsed_s:6.0f} s  {self._text(elapsed_s)}", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Leave the line as it is."""
        self._bar.close()

    def _text(self, elapsed_s: float) -> str:
        tally = self._tally
        lately = range(max(0, int(elapsed_s) - 5), int(elapsed_s))
        per_second = sum(tally.actions_in_second[second] for second in lately) / max(1, len(lately))
        parts = [f"{per_second:.0f} actions/s", lately_clicked(tally.outcomes)]
        if tally.outcomes.versions:
            parts.append(f"model {tally.outcomes.versions[tally.outcomes.version[-1]] or 'none'}")
        if tally.n_errors:
            parts.append(f"{tally.n_errors} errors")
        if tally.n_limited:
            parts.append(f"{tally.n_limited} times told to wait")
        return " · ".join(part for part in parts if part)


def lately_clicked(outcomes: Outcomes) -> str:
    """Say how the last home pages did."""
    surface = np.array(outcomes.surface[-4 * LATELY :])
    rows = np.flatnonzero(surface == SURFACES.index("home"))[-LATELY:]
    if len(rows) == 0:
        return ""
    served, popular = (
        float(np.array(column[-4 * LATELY :])[rows].mean()) for column in (outcomes.served, outcomes.popular)
    )
    return f"clicked {served:.0%}, popular {popular:.0%}"


def print_table(story: Story) -> None:
    """Print what was found."""
    tally = story.tally
    print()
    print(story.headline())
    _print_slates(story)
    _print_recovery(story)
    print(f"\n{'route':<40}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'errors':>8}")
    for name, route in story.routes():
        found = [route.latencies.percentile(share) for share in (0.5, 0.95, 0.99)]
        figures = "".join(f"{value:>9.1f}" for value in found)
        print(f"{name:<40}{route.latencies.count:>9,}{figures}{route.errors:>8}")
    print(
        f"\n{tally.n_actions:,} page actions in {tally.n_sessions:,} sessions and {story.duration_s:.0f} s: "
        f"{story.actions_per_second:.0f} a second; {tally.n_requests:,} requests, {tally.n_errors} errors."
    )
    for cause, count in tally.errors.most_common(8):
        print(f"  {count} times {cause}")
    if tally.n_limited:
        print(
            f"The shop said {tally.n_limited} times to come back later; "
            f"the shoppers waited {tally.waited_for_limits_s:.0f} s in all."
        )


def _print_slates(story: Story) -> None:
    rows = [
        *((f"{row.label} page", row) for row in story.table.by_surface()),
        *((f"home, model {row.label}", row) for row in story.table.by_version()),
    ]
    print(f"\n{'slates':<24}{'number':>8}{'served':>9}{'popular':>9}{'random':>9}   ahead of popular, points")
    for label, row in rows:
        rates = "".join(f"{percent(rate.mean):>9}" for rate in (row.served, row.popular, row.random))
        print(f"{label:<24}{row.n_slates:>8,}{rates}   {points(row.lead)}")


def _print_recovery(story: Story) -> None:
    if story.flipped_at_s is None:
        return
    found = story.recovery()
    if found is None:
        print("\nTastes flipped, but too few home pages were opened around it to say what followed.")
        return
    print(f"\nTastes flipped after {story.flipped_at_s:.0f} s. Served slates clicked:")
    for label, row in (("before", found.before), ("right after", found.after), ("at the end", found.end)):
        rates = f"{percent(row.served.mean):>8}, {points(row.lead)} points ahead of popular"
        print(f"  {label:<12}{rates}")
