"""The API's own description: the OpenAPI document and a page that a person can read, both made once."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, cast

from quart import Blueprint, Quart, Response, current_app
from quart_schema import QuartSchema, hide

from server.core.access import public
from server.core.json import cacheable_json, dumps
from server.core.openapi import REFERENCE

blueprint = Blueprint("docs", __name__)
DESCRIPTION = "jackdaw_description"

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 3rem; text-transform: capitalize; }
details { border: 1px solid #8886; border-radius: .5rem; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; } code, pre { font: .875rem/1.5 ui-monospace, monospace; }
.method { display: inline-block; width: 4.5rem; font-weight: 700; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; }
td { border-bottom: 1px solid #8883; }
"""
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
METHODS = ("get", "post", "put", "patch", "delete")


def openapi_document(app: Quart) -> dict[str, Any]:
    """Return the document of an application's routes."""
    extension: QuartSchema = app.extensions["QUART_SCHEMA"]
    return extension.openapi_provider.schema()


@dataclass(frozen=True, slots=True)
class Description:
    """The document and the page as they are served."""

    document: bytes
    page: bytes


def _description() -> Description:
    """Return both, made at the first question: the routes are fixed once the application runs."""
    kept: Description | None = current_app.extensions.get(DESCRIPTION)
    if kept is None:
        app = cast("Any", current_app)._get_current_object()  # noqa: SLF001 - werkzeug offers no public way
        document = openapi_document(app)
        kept = Description(dumps(document), render_page(document).encode())
        current_app.extensions[DESCRIPTION] = kept
    return kept


@blueprint.get("/openapi.json")
@public()
@hide
async def openapi() -> Response:
    """Serve the document."""
    return cacheable_json(_description().document)


@blueprint.get("/docs")
@public()
@hide
async def docs() -> Response:
    """Serve the readable page."""
    response = Response(_description().page, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response


def render_page(document: dict[str, Any]) -> str:
    """Write the document as one HTML page without scripts."""
    by_tag: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                by_tag.setdefault(operation["tags"][0], []).append(_operation(method, path, operation))
    schemas = "".join(_schema(name, schema) for name, schema in document["components"]["schemas"].items())
    title = escape(document["info"]["title"])
    sections = "".join(f"<h2>{escape(tag)}</h2>{''.join(parts)}" for tag, parts in sorted(by_tag.items()))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} API</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body><main>'
        f"<h1>{title} API</h1><p>{escape(document['info'].get('description', ''))} "
        f'The same as a machine reads it: <a href="openapi.json">openapi.json</a>.</p>'
        f"{sections}<h2>Schemas</h2>{schemas}</main></body></html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    parts = [f"<p>{escape(operation.get('description', ''))}</p>"] if operation.get("description") else []
    if operation["parameters"]:
        rows = "".join(
            f"<tr><td><code>{escape(p['name'])}</code></td><td>{p['in']}</td><td>{_kind(p['schema'])}</td>"
            f"<td>{escape(p.get('description', ''))}</td></tr>"
            for p in operation["parameters"]
        )
        parts.append(f"<table><tr><th>Parameter</th><th>In</th><th>Type</th><th></th></tr>{rows}</table>")
    if "requestBody" in operation:
        parts.append(f"<p>Body: {_content(operation['requestBody'])}</p>")
    rows = "".join(
        f"<tr><td>{status}</td><td>{_content(answer)}</td><td>{escape(answer['description'])}</td></tr>"
        for status, answer in operation["responses"].items()
    )
    parts.append(f"<table><tr><th>Status</th><th>Body</th><th></th></tr>{rows}</table>")
    return (
        f'<details id="{escape(operation["operationId"])}"><summary><span class="method">{method.upper()}'
        f"</span><code>{escape(path)}</code> {escape(operation.get('summary', ''))}</summary>"
        f"{''.join(parts)}</details>"
    )


def _content(answer: dict[str, Any]) -> str:
    return ", ".join(_kind(media["schema"]) for media in answer.get("content", {}).values())


def _schema(name: str, schema: dict[str, Any]) -> str:
    required = set(schema.get("required", ()))
    rows = "".join(
        f"<tr><td><code>{escape(field)}{'' if field in required else '?'}</code></td>"
        f"<td>{_kind(kind)}</td><td>{escape(kind.get('description', ''))}</td></tr>"
        for field, kind in schema.get("properties", {}).items()
    )
    return (
        f'<details id="schema-{escape(name)}"><summary><code>{escape(name)}</code> '
        f"{escape(schema.get('description', ''))}</summary><table>{rows}</table></details>"
    )


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = escape(schema["$ref"].removeprefix(REFERENCE))
        return f'<a href="#schema-{name}">{name}</a>'
    if "enum" in schema:
        return " · ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_kind(choice) for choice in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return escape(str(schema.get("type", schema.get("const", "anything"))))
