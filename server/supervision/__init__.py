"""The parent process: it owns the socket, PostgreSQL and the workers, and serves no request itself."""
