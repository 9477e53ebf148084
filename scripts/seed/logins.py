"""The four ready-made accounts of the demo shop."""

from __future__ import annotations

from dataclasses import dataclass

from argon2 import PasswordHasher

DEMO_PASSWORD = "jackdaw-demo-2026"  # noqa: S105 - published on purpose; production refuses these accounts


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """An account that anybody may use in a demo shop."""

    role: str
    display_name: str

    @property
    def email(self) -> str:
        """Address to log in with."""
        return f"{self.role}@jackdaw.example"


DEMO_LOGINS = (
    DemoLogin("shopper", "Robin Perch"),
    DemoLogin("vendor", "Vera Bench"),
    DemoLogin("support", "Sam Ledger"),
    DemoLogin("admin", "Ada Roost"),
)


def hash_demo_password() -> str:
    """Hash the demo password with the parameters that the shop uses for every account."""
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(DEMO_PASSWORD)


def announcement() -> str:
    """The lines that tell a newcomer how to log in."""
    lines = [f"  {login.email:<26} {login.role}" for login in DEMO_LOGINS]
    return "\n".join([f"Logins, password {DEMO_PASSWORD}:", *lines])
