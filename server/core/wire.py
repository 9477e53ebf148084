"""What crosses the wire: the base of every schema, and the reading of request bodies."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel
from quart import Response, request
from quart_schema import document_request

from server.core.json import json_response, loads_strictly
from server.core.problems import Malformed, UnsupportedMediaType

R = TypeVar("R")
M = TypeVar("M", bound=BaseModel)

RowIdText = Annotated[str, StringConstraints(min_length=1, max_length=20)]


class WireModel(BaseModel):
    """A frozen shape in camelCase that refuses unknown fields and never converts one type to another.

    A field with the default ``None`` is left out of the answer; one without a default may be null in it.
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
    )


class BodyModel(WireModel):
    """A request body: read by its wire names only."""

    model_config = ConfigDict(validate_by_name=False)


def wire_response(model: WireModel, status: int = 200) -> Response:
    """Answer with a model as JSON."""
    return json_response(model.model_dump_json(exclude_unset=True).encode(), status)


async def read_body(model: type[M]) -> M:
    """Read the JSON body of the current request.

    Raises
    ------
    UnsupportedMediaType
        The body is not declared as JSON.
    Malformed
        It is not JSON.
    ValidationError
        It breaks the model's rules; leaves as 422 with pointers.
    """
    if not request.is_json:
        raise UnsupportedMediaType("Send application/json.")
    body = await request.get_data(as_text=False, parse_form_data=False)
    try:
        loads_strictly(body)
    except ValueError as error:
        raise Malformed(f"The body is not valid JSON: {error}.") from error
    return model.model_validate_json(body)


def takes(model: type[BaseModel]) -> Callable[[Callable[..., Awaitable[R]]], Callable[..., Awaitable[R]]]:
    """Hand the view its validated body as the keyword ``data``, and document it."""

    def decorate(view: Callable[..., Awaitable[R]]) -> Callable[..., Awaitable[R]]:
        @wraps(view)
        async def with_body(*args: Any, **kwargs: Any) -> R:
            return await view(*args, data=await read_body(model), **kwargs)

        documented: Callable[..., Awaitable[R]] = document_request(model)(with_body)
        return documented

    return decorate
