"""Errors as RFC 9457 problem documents.

AppError                    status, code, title
├── Malformed           400  the request cannot be read
├── NotAuthenticated    401  no valid session or token
├── Forbidden           403  known, but not allowed
├── NotFound            404  absent, or another owner's
├── Conflict            409  the state forbids it
├── StaleVersion        412  If-Match names an old version
├── TooLarge            413  more bytes than the route takes
├── UnsupportedMediaType 415 a body that is not declared as JSON
├── Invalid             422  readable, but breaks a rule; has field errors
├── TooManyRequests     429  with Retry-After
└── Unavailable         503  try again; with Retry-After
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import asyncpg
import orjson
from pydantic import ValidationError
from quart import Quart, Response, has_request_context, request
from quart_schema import RequestSchemaValidationError
from werkzeug.exceptions import HTTPException

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PROBLEM_TYPE = "application/problem+json"
# What a database that is away, restarting or too slow raises; each is answered with 503, never 500.
DATABASE_FAULTS: tuple[type[Exception], ...] = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.QueryCanceledError,
    asyncpg.InterfaceError,
    ConnectionError,
    TimeoutError,
)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: a JSON pointer into the body or the name of a query parameter."""

    pointer: str
    code: str
    detail: str


class AppError(Exception):
    """A refusal that the client is told about; features subclass it beside their rule."""

    status: ClassVar[int] = 500
    code: str = "internal"
    title: ClassVar[str] = "Something went wrong"

    def __init__(
        self,
        detail: str = "",
        *,
        code: str | None = None,
        errors: Sequence[FieldError] = (),
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.retry_after_s = retry_after_s
        if code is not None:
            self.code = code


class Malformed(AppError):
    """The request cannot be read at all."""

    status, code, title = 400, "malformed", "The request cannot be read"


class NotAuthenticated(AppError):
    """No valid session or token."""

    status, code, title = 401, "not_authenticated", "Please log in"


class Forbidden(AppError):
    """Known, but not allowed."""

    status, code, title = 403, "forbidden", "Not allowed"


class NotFound(AppError):
    """Absent, or another owner's: the two are not told apart."""

    status, code, title = 404, "not_found", "Not found"


class Conflict(AppError):
    """The state of the shop forbids it."""

    status, code, title = 409, "conflict", "Not possible now"


class StaleVersion(AppError):
    """``If-Match`` names a version that is no longer current."""

    status, code, title = 412, "stale_version", "Changed by someone else meanwhile"


class TooLarge(AppError):
    """More bytes than the route takes."""

    status, code, title = 413, "too_large", "Too large"


class UnsupportedMediaType(AppError):
    """The body is of a kind that the route does not read."""

    status, code, title = 415, "unsupported_media_type", "Not a kind of body that is read here"


class Invalid(AppError):
    """Readable, but it breaks a rule."""

    status, code, title = 422, "invalid", "Some values are not valid"


class TooManyRequests(AppError):
    """The caller has used up its share for now."""

    status, code, title = 429, "too_many_requests", "Too many requests"


class Unavailable(AppError):
    """Not possible at this moment; the same request may work shortly."""

    status, code, title = 503, "unavailable", "Not available for a moment"


def problem_body(
    status: int, code: str, title: str, detail: str, request_id: str, errors: Sequence[FieldError] = ()
) -> bytes:
    """Encode one problem document."""
    body: dict[str, Any] = {
        "type": f"/problems/{code.replace('.', '/').replace('_', '-')}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "requestId": request_id,
    }
    if errors:
        body["errors"] = [{"pointer": e.pointer, "code": e.code, "detail": e.detail} for e in errors]
    return orjson.dumps(body)


def problem_response(error: AppError) -> Response:
    """Turn a refusal into the answer for the current request."""
    body = problem_body(error.status, error.code, error.title, error.detail, request_id(), error.errors)
    response = Response(body, status=error.status, content_type=PROBLEM_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if error.retry_after_s is not None:
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


def request_id() -> str:
    """Return the id that the edge gave to the current request, or an empty text outside one."""
    return str(request.scope.get("jackdaw.request_id", "")) if has_request_context() else ""


def field_errors(details: Sequence[ErrorDetails]) -> list[FieldError]:
    """Translate pydantic's findings to JSON pointers."""
    return [
        FieldError(
            pointer="/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in detail["loc"]),
            code=detail["type"],
            detail=detail["msg"],
        )
        for detail in details
    ]


def invalid_from(error: ValidationError) -> AppError:
    """Translate a pydantic error: unreadable JSON is 400, broken rules are 422."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    if any(detail["type"] == "json_invalid" for detail in details):
        return Malformed("The body is not valid JSON.")
    return Invalid("See errors.", errors=field_errors(details))


def install_problem_handlers(app: Quart) -> None:
    """Make every refusal and fault of ``app`` leave as a problem document."""

    @app.errorhandler(AppError)
    async def refused(error: AppError) -> Response:
        return problem_response(error)

    @app.errorhandler(ValidationError)
    async def broke_rules(error: ValidationError) -> Response:
        return problem_response(invalid_from(error))

    @app.errorhandler(RequestSchemaValidationError)
    async def broke_schema(error: RequestSchemaValidationError) -> Response:
        cause = error.validation_error
        if isinstance(cause, ValidationError):
            return problem_response(invalid_from(cause))
        return problem_response(Invalid("The body does not have the expected form."))

    @app.errorhandler(HTTPException)
    async def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        code = (error.name or "error").lower().replace(" ", "_")
        body = problem_body(status, code, error.name, error.description or "", request_id())
        response = Response(body, status=status, content_type=PROBLEM_TYPE)
        for name, value in error.get_headers():
            if name.lower() in {"allow", "retry-after"}:
                response.headers[name] = value
        return response

    _install_fault_handlers(app)


def _install_fault_handlers(app: Quart) -> None:
    async def unavailable(error: Exception) -> Response:
        logger.warning("database not reachable: %s", error)
        return problem_response(
            Unavailable("The shop's database does not answer. Please try again.", retry_after_s=2)
        )

    for fault in DATABASE_FAULTS:
        app.register_error_handler(fault, unavailable)

    @app.errorhandler(Exception)
    async def fault_handler(error: Exception) -> Response:
        logger.error("unexpected fault", exc_info=error)
        body = problem_body(500, AppError.code, AppError.title, "The fault is logged.", request_id())
        return Response(body, status=500, content_type=PROBLEM_TYPE)
