"""The OpenAPI document: what the routes declare, plus what holds for all of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic.alias_generators import to_camel
from quart_schema import OpenAPIProvider, document_response
from quart_schema.validation import (
    QUART_SCHEMA_QUERYSTRING_ATTRIBUTE,
    QUART_SCHEMA_REQUEST_ATTRIBUTE,
    QUART_SCHEMA_RESPONSE_ATTRIBUTE,
)
from werkzeug.routing.rules import Rule

from server.core.access import access_of
from server.core.problems import PROBLEM_TYPE

V = TypeVar("V", bound=Callable[..., Any])

EMPTY_ANSWERS = "jackdaw_empty_answers"
PROBLEMS = "jackdaw_problems"
REFERENCE = "#/components/schemas/"
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "A refusal (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "requestId": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
                "required": ["pointer", "code", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "code", "requestId"],
}


def answers(model: type[BaseModel] | None, status: int = 200) -> Callable[[V], V]:
    """Document what the view answers with; ``None`` for an answer without a body."""

    def decorate(view: V) -> V:
        if model is not None:
            return document_response(model, status)(view)
        setattr(view, EMPTY_ANSWERS, {*getattr(view, EMPTY_ANSWERS, ()), status})
        return view

    return decorate


def problems(*statuses: int) -> Callable[[V], V]:
    """Document refusals beyond those that follow from the route's kind."""

    def decorate(view: V) -> V:
        setattr(view, PROBLEMS, {*getattr(view, PROBLEMS, ()), *statuses})
        return view

    return decorate


def is_documented(view: Callable[..., Any]) -> bool:
    """Whether the view says what it answers with."""
    return bool(getattr(view, QUART_SCHEMA_RESPONSE_ATTRIBUTE, None) or getattr(view, EMPTY_ANSWERS, None))


class ShopOpenAPI(OpenAPIProvider):
    """Writes the document with stable names: operations after views, schemas without their ``Out``."""

    def schema(self) -> dict[str, Any]:
        """Return the whole document, the same bytes for the same routes."""
        document = super().schema()
        document["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
        document["paths"] = {path: dict(sorted(o.items())) for path, o in sorted(document["paths"].items())}
        schemas = document["components"]["schemas"]
        document["components"]["schemas"] = {_wire_name(name): schemas[name] for name in sorted(schemas)}
        if len(document["components"]["schemas"]) != len(schemas):
            raise ValueError("two schemas have the same name on the wire")
        tidy: dict[str, Any] = _tidied(document)
        return tidy

    def operation_id(self, method: str, path: str, func: Callable[..., Any]) -> str | None:
        """Name the operation after its view."""
        del method, path
        return to_camel(func.__name__)

    def build_paths(self, rule: Rule) -> tuple[dict[str, Any], dict[str, Any]]:
        """Add tag, empty answers and problems; write path parameters in camelCase."""
        paths, components = super().build_paths(rule)
        view = self._app.view_functions[rule.endpoint]
        described: dict[str, Any] = {}
        for path, operations in paths.items():
            for method, operation in operations.items():
                operation["tags"] = [rule.endpoint.split(".")[0]]
                for parameter in operation["parameters"]:
                    if parameter["in"] == "path":
                        parameter["name"] = to_camel(parameter["name"])
                responses = {str(status): answer for status, answer in operation["responses"].items()}
                for status in sorted(getattr(view, EMPTY_ANSWERS, ())):
                    responses[str(status)] = {"description": HTTPStatus(status).phrase}
                responses |= {str(s): _problem(s) for s in sorted(_problem_statuses(view, rule, method))}
                operation["responses"] = responses
            described[_camel_path(path)] = operations
        return described, components

    def build_request_body(self, model: Any, source: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Describe a body by reference; every body of ours is required."""
        body, definitions = super().build_request_body(model, source)
        body["required"] = True
        return _by_reference(body, definitions, model)

    def build_response_object(self, model: Any, headers_model: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Describe an answer by reference."""
        answer, definitions = super().build_response_object(model, headers_model)
        answer["description"] = inspect.getdoc(model) or ""
        return _by_reference(answer, definitions, model)


def _by_reference(
    content_object: dict[str, Any], definitions: dict[str, Any], model: type[BaseModel]
) -> tuple[dict[str, Any], dict[str, Any]]:
    media = content_object["content"]["application/json"]
    definitions[model.__name__] = media["schema"]
    media["schema"] = {"$ref": REFERENCE + model.__name__}
    return content_object, definitions


def _problem_statuses(view: Callable[..., Any], rule: Rule, method: str) -> set[int]:
    statuses: set[int] = set(getattr(view, PROBLEMS, ()))
    access = access_of(view)
    if access is not None:
        statuses |= {429, 503}
        if access.roles is not None:
            statuses |= {401, 403} if access.roles or access.scopes else {401}
    if method != "get":
        statuses.add(403)
    if getattr(view, QUART_SCHEMA_REQUEST_ATTRIBUTE, None):
        statuses |= {400, 413, 415, 422}
    if getattr(view, QUART_SCHEMA_QUERYSTRING_ATTRIBUTE, None):
        statuses |= {400, 422}
    if rule.arguments:
        statuses.add(404)
    return statuses


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM_TYPE: {"schema": {"$ref": f"{REFERENCE}Problem"}}},
    }


def _wire_name(name: str) -> str:
    return name.removesuffix("Out")


def _camel_path(path: str) -> str:
    return "/".join(
        "{" + to_camel(part[1:-1]) + "}" if part.startswith("{") and part.endswith("}") else part
        for part in path.split("/")
    )


def _tidied(node: Any) -> Any:
    """Rename references, and say of a field that defaults to nothing that it may be absent, not null."""
    if isinstance(node, list):
        return [_tidied(child) for child in node]
    if not isinstance(node, dict):
        return node
    if "default" in node and node["default"] is None and "anyOf" in node:
        kinds = [kind for kind in node["anyOf"] if kind != {"type": "null"}]
        node = {k: v for k, v in node.items() if k not in {"anyOf", "default"}} | (
            kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
        )
    tidy = {key: _tidied(value) for key, value in node.items()}
    if isinstance(tidy.get("$ref"), str):
        tidy["$ref"] = REFERENCE + _wire_name(tidy["$ref"].removeprefix(REFERENCE))
    if isinstance(tidy.get("title"), str) and ("type" in tidy or "anyOf" in tidy or "$ref" in tidy):
        del tidy["title"]
    return tidy
