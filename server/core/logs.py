"""The set-up of logging: one line per event, for people or for collectors."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import orjson
from quart import has_request_context, request

MAX_MESSAGE_CHARACTERS = 8_192


class JsonFormatter(logging.Formatter):
    """One JSON object a line, with the id of the request it belongs to; a message can never span lines."""

    def format(self, record: logging.LogRecord) -> str:
        """Encode one record; what is not JSON is written as text."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage()[:MAX_MESSAGE_CHARACTERS],
            "process": record.process,
        }
        if has_request_context() and (known := request.scope.get("jackdaw.request_id")):
            line["requestId"] = known
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


def configure_logging(level: str, form: str) -> None:
    """Log one line per event to standard error, as ``text`` for people or ``json`` for collectors."""
    handler = logging.StreamHandler()
    if form == "json":
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        )
    logging.basicConfig(level=level, handlers=[handler])
