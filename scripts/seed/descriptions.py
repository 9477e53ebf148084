"""Titles and descriptions in the voice of the shop: plain, warm, exact."""

from __future__ import annotations

import numpy as np

from scripts.seed.category import Attribute, Scalar
from scripts.seed.models import Model
from scripts.seed.wear import WearMark

CONDITION_LINES = {
    "new": (
        "Unused, in its box, seal unbroken.",
        "Never switched on; the film is still on it.",
        "Old stock, unused, with everything that came with it.",
    ),
    "excellent": (
        "Looks new at arm's length.",
        "Hardly used and carefully kept.",
        "You have to look for signs of use, and then under a lamp.",
    ),
    "good": (
        "Used with care; the marks are listed and shown.",
        "Everyday use shows in places, and everything works as it should.",
        "A few light marks, none where your eyes rest.",
    ),
    "fair": (
        "It has been carried, and looks like it. Everything works.",
        "Clear signs of use, all of them listed, and the price to match.",
        "Not a pretty one, but a willing one.",
    ),
}
ORIGIN_LINES = (
    "It had one owner, {years} in use.",
    "It came back from an office after {years}.",
    "Traded in by someone who moved to a newer one after {years}.",
    "It was used for {years} and then kept in a drawer.",
)


def title_of(model: Model, values: dict[str, Scalar]) -> str:
    """Maker, model and the property by which variants differ, if it has a unit that people search for."""
    variant = next((a for a in model.category.attributes if a.is_variant), None)
    base = f"{model.maker.name} {model.name}"
    if variant is None or variant.unit not in {"GB", "mm"}:
        return base
    return f"{base} {stated(variant, values[variant.key])}"


def stated(attribute: Attribute, value: Scalar) -> str:
    """A value with its unit, as people write it: 128 GB, 91%, 1 TB."""
    if attribute.unit == "GB" and isinstance(value, int) and value >= 1024:
        return f"{value // 1024} TB"
    if attribute.unit == "%":
        return f"{value}%"
    if not attribute.unit:
        return str(value)
    return f"{value:,} {attribute.unit}" if isinstance(value, int) else f"{value} {attribute.unit}"


def description_of(
    model: Model, grade: str, values: dict[str, Scalar], marks: list[WearMark], rng: np.random.Generator
) -> str:
    """Five short sentences: use, what it has, condition, marks or origin, and what comes with it."""
    category = model.category
    lines = [_pick(category.uses, rng), _properties(model, values, rng), _pick(CONDITION_LINES[grade], rng)]
    if grade != "new":
        lines.append(_pick(ORIGIN_LINES, rng).format(years=_years(model.age_years, rng)))
        if marks:
            lines.append(_marks_line(marks))
        if "battery_health" in values:
            lines.append(f"The battery holds {values['battery_health']}% of its first charge.")
    extras = _pick(category.comes_with, rng)
    lines.append(f"Comes {extras if extras.startswith('without') else f'with {extras}'}.")
    return " ".join(lines)


def _pick(options: tuple[str, ...], rng: np.random.Generator) -> str:
    return options[int(rng.integers(len(options)))]


def _properties(model: Model, values: dict[str, Scalar], rng: np.random.Generator) -> str:
    """One sentence with two or three of the properties that carry units, where there are any."""
    stepped = [attribute for attribute in model.category.attributes if attribute.ladder]
    told = [attribute for attribute in stepped if attribute.unit] or stepped
    start = int(rng.integers(len(told)))
    chosen = [told[(start + step) % len(told)] for step in range(min(3, len(told)))]
    parts = [f"{attribute.label.lower()} {stated(attribute, values[attribute.key])}" for attribute in chosen]
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
    return (
        f"Built in {model.release_year} by {model.maker.name}, known for {model.maker.character}: {listed}."
    )


def _years(age_years: float, rng: np.random.Generator) -> str:
    used = max(1, round(age_years * float(rng.uniform(0.5, 0.95))))
    return "one year" if used == 1 else f"{used} years"


def _marks_line(marks: list[WearMark]) -> str:
    first = marks[0]["detail"]
    if len(marks) == 1:
        return f"One mark: {first[0].lower()}{first[1:]}."
    return f"{len(marks)} marks, the first of them: {first[0].lower()}{first[1:]}."
