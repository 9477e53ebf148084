"""The parts of the report, from the answer down to the details."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from scripts.simulate.charts import (
    Dot,
    IntervalRow,
    Mark,
    Scale,
    Series,
    bar_chart,
    interval_chart,
    line_chart,
    range_bar,
)
from scripts.simulate.figures import Comparison, Rate
from scripts.simulate.story import Story, percent, points
from scripts.simulate.verdicts import WITHIN_CATEGORY

NAMES = {"served": "Served", "popular": "Popular", "random": "Random"}
MAX_MARKS = 14
PAGES = {"home": "Home", "similar": "Product page", "category": "Category page", "cart": "Cart"}


def unbroken(text: str) -> str:
    """Keep numbers and their percent signs on one line.

    >>> unbroken("5 % of it") == "5&nbsp;% of it"
    True
    """
    return text.replace(" %", "&nbsp;%")


def title(story: Story) -> str:
    """Return the answer as a heading."""
    home = story.table.overall()
    if home is None:
        return "Too few visits to judge the slates"
    ahead = abs(home.lead.mean) * 100
    if home.lead.low > 0:
        return f"Served slates beat what is popular by {ahead:.1f} points"
    if home.lead.high < 0:
        return f"Served slates trail what is popular by {ahead:.1f} points"
    return "Served slates are on a par with what is popular"


def all_sections(story: Story) -> Iterator[str]:
    """Yield the parts in order; a part that has nothing to say is empty."""
    yield _opening(story)
    yield _over_time(story)
    yield _flip(story)
    yield _by_model(story)
    yield _by_page(story)
    yield _latencies(story)
    yield _load(story)
    yield _models(story)
    yield _method(story)


def _opening(story: Story) -> str:
    tally, home = story.tally, story.table.overall()
    where = "a private demo shop" if story.is_own_shop else escape(story.url)
    figures = []
    if home is not None:
        figures = [
            ("Served slates clicked", percent(home.served.mean), _interval(home.served)),
            ("Popular ones", percent(home.popular.mean), _interval(home.popular)),
            ("Random ones", percent(home.random.mean), _interval(home.random)),
        ]
    errors = f"{tally.n_errors:,} errors" if tally.n_errors else "no errors"
    figures.append(("Page actions a second", f"{story.actions_per_second:.0f}", errors))
    key = "".join(f"<div><dt>{a}</dt><dd>{b}<small>{c}</small></dd></div>" for a, b, c in figures)
    early = f'<p class="early">{escape(story.ended)}</p>' if story.ended else ""
    return f"""<header>
<div class="nape"></div>
<p class="eyebrow">Jackdaw, simulated sessions in {where}</p>
<h1>{escape(title(story))}</h1>
{early}
<p class="lede">{unbroken(escape(story.headline()))} In {story.duration_s:.0f} seconds
{story.shoppers:,} shoppers with hidden tastes opened pages and pressed buttons {tally.n_actions:,} times in
{tally.n_sessions:,} sessions.</p>
<dl class="key">{key}</dl>
</header>"""


def _over_time(story: Story) -> str:
    windows = story.table.over_time(story.duration_s)
    if len(windows) < 2:
        return ""
    series = [
        Series(kind, name, [_dot(row, kind, (row.from_s + row.until_s) / 2) for row in windows])
        for kind, name in NAMES.items()
    ]
    marks = [Mark(at_s, f"model {version}", "model") for at_s, version in story.table.first_seen()]
    marks = _thinned(marks, story.duration_s)
    if story.flipped_at_s is not None:
        marks = [mark for mark in marks if abs(mark.x - story.flipped_at_s) > 0.1 * story.duration_s]
        marks.append(Mark(story.flipped_at_s, "tastes flip", "flip"))
    chart = line_chart(series, marks, story.duration_s, "Share of home slates clicked over time")
    return f"""<section>
<h2>Home slates clicked, over the run</h2>
<p class="quiet">Each visit of the home page puts three slates before the same eyes: the one that was served,
what was popular at that moment, and a random one. Bands are 95&nbsp;% intervals.</p>
<figure>{chart}</figure>
</section>"""


def _thinned(marks: list[Mark], duration_s: float) -> list[Mark]:
    """Leave out marks whose labels would cover each other."""
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.x - kept[-1].x > duration_s * 0.09:
            kept.append(mark)
    return kept[:MAX_MARKS]


def _flip(story: Story) -> str:
    if story.flipped_at_s is None:
        return ""
    found = story.recovery()
    if found is None:
        return "<section><h2>After the flip</h2><p>Too few home pages were opened around it.</p></section>"
    rows = [
        _row("Before", _span(found.before), found.before),
        _row("Right after", _span(found.after), found.after),
        _row("At the end", _span(found.end), found.end),
    ]
    told = (
        f"Everybody took over other tastes after {story.flipped_at_s:.0f} seconds. The served slates were "
        f"clicked {percent(found.before.served.mean)} of the time before, "
        f"{percent(found.after.served.mean)} right after and {percent(found.end.served.mean)} at the end: "
        f"{points(found.end.lead)} points ahead of what is popular."
    )
    return f"""<section>
<h2>After the flip</h2>
<p class="quiet">{unbroken(told)}</p>
{_legend()}
<figure>{interval_chart(rows, "Home slates clicked before and after the flip")}</figure>
</section>"""


def _by_model(story: Story) -> str:
    versions = story.table.by_version()
    if not versions:
        return ""
    rows = [
        _row("No model yet" if row.label == "none" else f"Model {row.label}", _count(row), row)
        for row in versions
    ]
    return f"""<section>
<h2>By model</h2>
<p class="quiet">A model is judged by the home slates that it really chose. Models served at different times:
look at each beside its rivals, which met the same visits.</p>
{_legend()}
<figure>{interval_chart(rows, "Home slates clicked by model")}</figure>
</section>"""


def _by_page(story: Story) -> str:
    found = story.table.by_surface()
    if not found:
        return ""
    rows = [_row(PAGES[row.label], _count(row), row) for row in found]
    cells = "".join(
        f"<tr><td>{PAGES[row.label]}</td><td>{row.n_slates:,}</td><td>{percent(row.served.mean)}</td>"
        f"<td>{percent(row.popular.mean)}</td><td>{percent(row.random.mean)}</td><td>{points(row.lead)}</td>"
        f'<td class="words">{_scope(row)}</td></tr>'
        for row in found
    )
    return f"""<section>
<h2>By page</h2>
<p class="quiet">On product and category pages the two rivals come from the same category.</p>
{_legend()}
<figure>{interval_chart(rows, "Slates clicked by page")}</figure>
<div class="scroll"><table><thead><tr><th>Page</th><th>Slates</th><th>Served</th><th>Popular</th>
<th>Random</th><th>Served less popular, points</th><th class="words">Rivals from</th></tr></thead>
<tbody>{cells}</tbody></table></div>
</section>"""


def _scope(row: Comparison) -> str:
    return "the same category" if row.label in WITHIN_CATEGORY else "the whole shop"


def _latencies(story: Story) -> str:
    found = [
        (name, route, [route.latencies.percentile(share) for share in (0.5, 0.95, 0.99)])
        for name, route in story.routes()
        if route.latencies.count
    ]
    if not found:
        return ""
    logs = [math.log10(max(value, 0.1)) for _, _, values in found for value in values]
    scale = Scale(min(logs), max(logs), 8, 200)
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{route.latencies.count:,}</td>"
        + "".join(f"<td>{value:,.1f}</td>" for value in values)
        + f"<td>{range_bar(values[0], values[1], values[2], scale)}</td>"
        + f"<td>{route.refusals or ''}</td>"
        + f'<td class="{"bad" if route.errors else ""}">{route.errors or ""}</td></tr>'
        for name, route, values in found
    )
    limited = ""
    if story.tally.n_limited:
        limited = (
            f"<p>The shop said {story.tally.n_limited:,} times to come back later; the shoppers waited "
            f"{story.tally.waited_for_limits_s:.0f} s in all.</p>"
        )
    return f"""<section>
<h2>How fast the shop answered</h2>
<p class="quiet">Milliseconds from the request to the last byte, with as many requests under way as the
command allows, on the machine that also plays the shoppers. The spread is logarithmic: p50, p95, p99.</p>
<div class="scroll"><table><thead><tr><th>Route</th><th>Answers</th><th>p50</th><th>p95</th><th>p99</th>
<th class="words">Spread</th><th>Refused</th><th>Errors</th></tr></thead><tbody>{rows}</tbody></table></div>
{limited}{_errors(story)}
</section>"""


def _errors(story: Story) -> str:
    if not story.tally.errors:
        return ""
    rows = "".join(
        f"<li>{count:,} times {escape(cause)}</li>" for cause, count in story.tally.errors.most_common(12)
    )
    return f'<ul class="bad">{rows}</ul>'


def _load(story: Story) -> str:
    seconds = int(story.duration_s)
    if seconds < 4:
        return ""
    width = max(1, math.ceil(seconds / 90))
    counts = story.tally.actions_in_second
    values = [
        sum(counts[second] for second in range(start, min(start + width, seconds)))
        / (min(start + width, seconds) - start)
        for start in range(0, seconds, width)
    ]
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in story.tally.actions.most_common())
    return f"""<section>
<h2>Page actions a second</h2>
<p class="quiet">A page action opens a page or presses a button and makes one to three requests:
{escape(kinds)}.</p>
<figure>{bar_chart(values, story.duration_s, "Page actions a second over the run")}</figure>
</section>"""


def _models(story: Story) -> str:
    if not story.models:
        return ""
    rows = "".join(
        f"<tr><td>Model {escape(model.version)}</td><td>{model.interactions:,}</td>"
        f"<td>{_number(model.ndcg)}</td><td>{_number(model.popularity_ndcg)}</td>"
        f"<td>{_number(model.fit_seconds, 2)}</td>"
        f'<td class="words">{escape(model.refusal or model.status)}</td></tr>'
        for model in story.models
    )
    return f"""<section>
<h2>What the shop thought of its models</h2>
<p class="quiet">Every refit is measured on what happened after the time it knows of; nDCG@10 there, beside
the same for what is popular.</p>
<div class="scroll"><table><thead><tr><th>Model</th><th>Interactions</th><th>nDCG@10</th><th>Popular</th>
<th>Fit, s</th><th class="words">Verdict</th></tr></thead><tbody>{rows}</tbody></table></div>
</section>"""


def _method(story: Story) -> str:
    return f"""<section>
<h2>How this was made</h2>
<p>Shoppers use the public API only, and their tastes are about what it shows: category, brand, price,
condition, attributes, and what was looked at before the run. They look at the first twelve places of a
slate, ever less attentively, click the first thing that appeals, and tire of what they have seen. The two
rival slates are as long as the served one and are judged by the same shopper on the same visit with the same
random numbers; the popular one leaves out what the shopper knows already. Intervals treat shoppers as
independent, not their visits.</p>
<p>Shoppers, tastes and choices follow from the seed and from what the shop shows; a slower machine or
another model shows other things. A simulation proves that the mechanism works, not how much real people will
like it.</p>
<p><code>{escape(story.command)}</code></p>
<p class="quiet">Seed {story.seed}, {story.shoppers:,} shoppers, planned for {story.planned_s:.0f} s.</p>
</section>"""


def _legend() -> str:
    items = "".join(f'<li class="{kind}">{name}</li>' for kind, name in NAMES.items())
    return f'<ul class="legend">{items}</ul>'


def _row(label: str, note: str, comparison: Comparison) -> IntervalRow:
    values: Sequence[tuple[str, str, Dot]] = [
        (kind, name, _dot(comparison, kind, 0.0)) for kind, name in NAMES.items()
    ]
    return IntervalRow(label, note, values)


def _dot(comparison: Comparison, kind: str, x: float) -> Dot:
    found: Rate = getattr(comparison, kind)
    return Dot(x, found.mean, found.low, found.high)


def _count(comparison: Comparison) -> str:
    return f"{comparison.n_slates:,} slates"


def _span(comparison: Comparison) -> str:
    return f"{comparison.from_s:.0f} to {comparison.until_s:.0f} s, {_count(comparison)}"


def _interval(rate: Rate) -> str:
    return f"{rate.low * 100:.1f} to {rate.high * 100:.1f} %"


def _number(value: float | None, digits: int = 3) -> str:
    return "" if value is None else f"{value:.{digits}f}"
