"""The one exception of this package."""


class EmbeddedPostgresError(Exception):
    """PostgreSQL cannot run here; the message is one line that says why and what to do."""
