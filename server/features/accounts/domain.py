"""The rules of accounts: one form per e-mail address, passwords worth having, limits on guessing."""

from __future__ import annotations

import hashlib
import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

MIN_PASSWORD_CHARACTERS = 12
MAX_PASSWORD_BYTES = 1_024
DEMO_DOMAIN = "@jackdaw.example"
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+", re.ASCII)
# The long ones among the passwords that leaked most often; shorter ones fail by their length.
COMMON_PASSWORDS = frozenset(
    {
        "123456789012",
        "1234567890123",
        "12345678901234",
        "1234567890qwerty",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "1qaz2wsx3edc4rfv",
        "abcd1234abcd",
        "abcdefghijkl",
        "administrator",
        "changeme1234",
        "correcthorsebatterystaple",
        "football1234",
        "iloveyou1234",
        "iloveyouforever",
        "jackdaw12345",
        "jackdaw123456",
        "jackdawjackdaw",
        "letmein12345",
        "letmein123456",
        "passw0rd1234",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "q1w2e3r4t5y6",
        "qazwsxedcrfv",
        "qwerty123456",
        "qwerty12345678",
        "qwertyqwerty",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopas",
        "qwertyuiopasdfghjkl",
        "sunshine1234",
        "superman1234",
        "trustno1trustno1",
        "welcome12345",
        "welcome123456",
        "zaq12wsxcde3",
        "zxcvbnm12345",
    }
)


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account."""

    id: int
    email: str
    display_name: str
    role: str
    created_at: datetime

    @property
    def is_demo(self) -> bool:
        """Whether the account came with the demo shop, so that everybody knows its password."""
        return self.email.lower().endswith(DEMO_DOMAIN)


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with what proves them, and the visitor that learns for them."""

    user: User
    password_hash: str
    is_disabled: bool
    visitor_id: int | None


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts under one key within a window."""

    key: str
    attempts: int
    window_s: int


def normalised_email(text: str) -> str | None:
    """Return the one form of an address that is stored and looked up; ``None`` when it is none.

    >>> normalised_email("  ADA@Example.ORG "), normalised_email("ada@"), normalised_email("ada@x.y z")
    ('ada@example.org', None, None)
    """
    email = unicodedata.normalize("NFKC", text).strip().lower()
    return email if EMAIL.fullmatch(email) else None


def complaint_about_password(password: str, email: str) -> tuple[str, str] | None:
    """Say what is wrong with a new password as (code, detail); ``None`` when it will do."""
    if len(password) < MIN_PASSWORD_CHARACTERS:
        return "too_short", f"At least {MIN_PASSWORD_CHARACTERS} characters."
    if len(password.encode()) > MAX_PASSWORD_BYTES:
        return "too_long", f"At most {MAX_PASSWORD_BYTES} bytes."
    plain = password.lower()
    if plain in COMMON_PASSWORDS or len(set(plain)) < 4 or email in plain:
        return "too_common", "This password is easily guessed."
    return None


def network_of(address: str) -> str:
    """Return the /24 or /64 that an address belongs to: what one guesser usually has at hand.

    >>> network_of("203.0.113.9"), network_of("2001:db8::7"), network_of("unknown")
    ('203.0.113.0/24', '2001:db8::/64', 'unknown')
    """
    try:
        prefix = 24 if ipaddress.ip_address(address).version == 4 else 64
        return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))
    except ValueError:
        return address[:64]


def login_limits(email: str, address: str) -> list[Limit]:
    """Return what a login attempt counts against."""
    return [
        Limit(f"login account {_short_hash(email)}", 10, 300),
        Limit(f"login network {network_of(address)}", 20, 300),
        Limit("login everywhere", 1_000, 300),
    ]


def sign_up_limits(address: str) -> list[Limit]:
    """Return what a new account counts against."""
    return [Limit(f"sign-up network {network_of(address)}", 5, 3_600)]


def _short_hash(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()[:24]
