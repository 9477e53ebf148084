"""Every setting of the shop, read once from the environment; nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from fsspec import get_filesystem_class

PREFIX = "JACKDAW_"
MIN_SECRET_BYTES = 32
DEVELOPMENT_SECRET = b"development-only-secret-never-in-production"
REPOSITORY_ROOT = Path(__file__).resolve().parent.parent
MAX_PORT = 65_535
STORE_PREFIXES = ("AWS_", "AZURE_", "GOOGLE_", "FSSPEC_", "HOME", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_")

T = TypeVar("T")


class InvalidSettings(Exception):
    """One or more settings are wrong; the message names all of them, one per line."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The whole configuration of a process. Times are seconds, sizes bytes, rates per minute and visitor."""

    environment: str = "development"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    data_dir: Path = field(default_factory=lambda: Path(".jackdaw").resolve())
    database_url: str | None = None
    snapshot_url: str | None = None
    seed: str = ""
    public_origins: tuple[str, ...] = ()
    secret: bytes = field(default=DEVELOPMENT_SECRET, repr=False)
    trusted_proxies: int = 0
    rate_reads_per_minute: int = 6_000
    rate_events_per_minute: int = 600
    pool_size: int = 10
    hash_threads: int = 2
    refit_interval_s: float = 300.0
    refit_min_events: int = 50
    choice_budget_s: float = 60.0
    choice_interval_s: float = 86_400.0
    model_max_age_s: float = 7 * 86_400.0
    spool_max_bytes: int = 2 * 1024**3
    card_cache_bytes: int = 64 * 1024**2
    client_dist: Path = REPOSITORY_ROOT / "client" / "dist"
    datasets: Path | None = None
    log_level: str = "INFO"
    log_format: str = "text"
    listen_fd: int | None = None
    worker_id: int = 0

    @property
    def is_production(self) -> bool:
        """Whether demo accounts, default secrets and seeding are refused."""
        return self.environment == "production"

    @property
    def seeds_demo(self) -> bool:
        """Whether an empty database may be filled with the demo shop."""
        return not self.is_production and (self.database_url is None or self.seed == "demo")

    @property
    def snapshot_store(self) -> str:
        """The address of the object store that fitted snapshots are in."""
        return self.snapshot_url or f"file://{self.data_dir / 'snapshots'}"

    @property
    def snapshot_cache(self) -> Path:
        """Where the local copies of snapshots lie that workers map into memory."""
        return self.data_dir / "snapshot-cache"

    @property
    def spool_dir(self) -> Path:
        """Where accepted events wait for the database."""
        return self.data_dir / "spool"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check every ``JACKDAW_*`` variable.

        Raises
        ------
        InvalidSettings
            Names every wrong or unknown setting in one message.
        """
        return _Reader(os.environ if environ is None else environ).settings()


def unknown_settings(environ: Mapping[str, str]) -> list[str]:
    """Name the ``JACKDAW_*`` variables that no setting reads: most often a typing slip."""
    reader = _Reader({})
    reader.settings()
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in reader.names)


def store_environment() -> dict[str, str]:
    """Return what the clients of object stores read themselves: credentials, proxies, certificates."""
    return {name: value for name, value in os.environ.items() if name.startswith(STORE_PREFIXES)}


class _Reader:
    """Collects all complaints before it gives up, so that a person fixes them in one go."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.names: set[str] = set()
        self._complaints: list[str] = []

    def settings(self) -> Settings:
        default = Settings()
        environment = self._choice("ENV", default.environment, ("development", "production"))
        settings = Settings(
            environment=environment,
            host=self._text("HOST", default.host),
            port=self._integer("PORT", default.port, 0, MAX_PORT),
            workers=self._integer("WORKERS", default.workers, 1, 64),
            data_dir=self._path("DATA_DIR", default.data_dir) or default.data_dir,
            database_url=self._database_url(),
            snapshot_url=self._snapshot_url(),
            seed=self._choice("SEED", default.seed, ("", "demo")),
            public_origins=self._origins(),
            secret=self._secret(is_production=environment == "production"),
            trusted_proxies=self._integer("TRUSTED_PROXIES", default.trusted_proxies, 0, 10),
            rate_reads_per_minute=self._integer(
                "RATE_READS_PER_MINUTE", default.rate_reads_per_minute, 1, 10**9
            ),
            rate_events_per_minute=self._integer(
                "RATE_EVENTS_PER_MINUTE", default.rate_events_per_minute, 1, 10**9
            ),
            pool_size=self._integer("POOL_SIZE", default.pool_size, 1, 200),
            hash_threads=self._integer("HASH_THREADS", default.hash_threads, 1, 64),
            refit_interval_s=self._number("REFIT_INTERVAL_S", default.refit_interval_s, 0.1, 7 * 86_400.0),
            refit_min_events=self._integer("REFIT_MIN_EVENTS", default.refit_min_events, 1, 10**9),
            choice_budget_s=self._number("CHOICE_BUDGET_S", default.choice_budget_s, 0.0, 600.0),
            choice_interval_s=self._number(
                "CHOICE_INTERVAL_S", default.choice_interval_s, 1.0, 365 * 86_400.0
            ),
            model_max_age_s=self._number("MODEL_MAX_AGE_S", default.model_max_age_s, 1.0, 365 * 86_400.0),
            spool_max_bytes=self._integer("SPOOL_MAX_BYTES", default.spool_max_bytes, 1024**2, 10**13),
            card_cache_bytes=self._integer("CARD_CACHE_BYTES", default.card_cache_bytes, 1024**2, 10**12),
            client_dist=self._path("CLIENT_DIST", default.client_dist) or default.client_dist,
            datasets=self._path("DATASETS", None),
            log_level=self._choice("LOG_LEVEL", default.log_level, ("DEBUG", "INFO", "WARNING", "ERROR")),
            log_format=self._choice(
                "LOG_FORMAT", "json" if environment == "production" else "text", ("text", "json")
            ),
            listen_fd=self._optional_integer("LISTEN_FD"),
            worker_id=self._integer("WORKER_ID", default.worker_id, 0, 10_000),
        )
        if self._complaints:
            raise InvalidSettings("\n".join(self._complaints))
        return settings

    def _get(self, name: str) -> str | None:
        self.names.add(PREFIX + name)
        value = self._environ.get(PREFIX + name)
        return None if value is None or value.strip() == "" else value.strip()

    def _convert(self, name: str, default: T, convert: Callable[[str], T], expected: str) -> T:
        value = self._get(name)
        if value is None:
            return default
        try:
            return convert(value)
        except ValueError:
            self._complaints.append(f"{PREFIX}{name} must be {expected}, not {value!r}.")
            return default

    def _text(self, name: str, default: str) -> str:
        return self._convert(name, default, str, "text")

    def _choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        def convert(value: str) -> str:
            if value not in allowed:
                raise ValueError(value)
            return value

        return self._convert(name, default, convert, "one of " + ", ".join(a for a in allowed if a))

    def _integer(self, name: str, default: int, least: int, most: int) -> int:
        def convert(value: str) -> int:
            number = int(value)
            if not least <= number <= most:
                raise ValueError(value)
            return number

        return self._convert(name, default, convert, f"a whole number from {least} to {most}")

    def _optional_integer(self, name: str) -> int | None:
        return self._convert(name, None, int, "a whole number")

    def _number(self, name: str, default: float, least: float, most: float) -> float:
        def convert(value: str) -> float:
            number = float(value)
            if not least <= number <= most:
                raise ValueError(value)
            return number

        return self._convert(name, default, convert, f"a number from {least} to {most}")

    def _path(self, name: str, default: Path | None) -> Path | None:
        return self._convert(name, default, lambda value: Path(value).expanduser().resolve(), "a path")

    def _database_url(self) -> str | None:
        def convert(value: str) -> str:
            if not value.startswith(("postgresql://", "postgres://")):
                raise ValueError(value)
            return value

        return self._convert("DATABASE_URL", None, convert, "a postgresql:// address")

    def _snapshot_url(self) -> str | None:
        def convert(value: str) -> str:
            scheme, _colon, path = value.partition(":")
            if not scheme or not path:
                raise ValueError(value)
            try:
                get_filesystem_class(scheme)
            except ImportError as error:
                raise ValueError(value) from error
            return value

        expected = "an address that fsspec opens here, such as file:///srv/snapshots"
        return self._convert("SNAPSHOT_URL", None, convert, expected)

    def _origins(self) -> tuple[str, ...]:
        def convert(value: str) -> tuple[str, ...]:
            origins = tuple(origin.strip().rstrip("/") for origin in value.split(","))
            if not all(origin.startswith(("http://", "https://")) for origin in origins):
                raise ValueError(value)
            return origins

        return self._convert("PUBLIC_ORIGINS", (), convert, "origins such as https://shop.example, by commas")

    def _secret(self, *, is_production: bool) -> bytes:
        value = (self._get("SECRET") or "").encode()
        if not is_production:
            return value or DEVELOPMENT_SECRET
        if value == DEVELOPMENT_SECRET or len(value) < MIN_SECRET_BYTES:
            self._complaints.append(
                f"{PREFIX}SECRET must be set to at least {MIN_SECRET_BYTES} bytes of your own in production."
            )
        return value
