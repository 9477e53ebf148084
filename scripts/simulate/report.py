"""The report: one HTML file that needs nothing else, in the shop's own colours, light and dark."""

from __future__ import annotations

from html import escape
from pathlib import Path

import orjson

from scripts.simulate import sections
from scripts.simulate.story import Story

FOLDER = Path(__file__).resolve().parent
TOKENS = FOLDER.parent.parent / "client" / "src" / "styles" / "tokens.css"


def write_report(story: Story, path: Path) -> None:
    """Write the page, and the folder that it goes into.

    Raises
    ------
    OSError
        It cannot be written there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(story), encoding="utf-8")


def write_json(story: Story, path: Path) -> None:
    """Write the figures for programs.

    Raises
    ------
    OSError
        It cannot be written there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(orjson.dumps(story.as_json(), option=orjson.OPT_INDENT_2) + b"\n")


def page(story: Story) -> str:
    """Return the whole page."""
    body = "\n".join(part for part in sections.all_sections(story) if part)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(sections.title(story))}</title>
<style>
{_styles()}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _styles() -> str:
    """Join the shop's tokens and the report's own rules; without them the system's colours."""
    tokens = TOKENS.read_text(encoding="utf-8") if TOKENS.exists() else ":root { color-scheme: light dark; }"
    return tokens + (FOLDER / "report.css").read_text(encoding="utf-8")
