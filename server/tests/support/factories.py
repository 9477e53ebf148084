"""Rows for tests, each field explicit and with a plain default."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
from argon2 import PasswordHasher

PASSWORD = "a-long-enough-secret"
PASSWORD_HASH = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(PASSWORD)
numbers = itertools.count(1)


@dataclass(frozen=True)
class Account:
    """A user and the visitor that learns for them."""

    user_id: int
    visitor_id: int
    email: str


class Factories:
    """Makes rows on one connection, committed at once."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection

    async def category(self, slug: str = "cameras", *, name: str | None = None) -> int:
        return await self._named("categories", slug, name)

    async def brand(self, slug: str = "corvid", *, name: str | None = None) -> int:
        return await self._named("brands", slug, name)

    async def store(self, slug: str = "north-bench", *, name: str | None = None) -> int:
        return await self._named("stores", slug, name)

    async def product(
        self,
        *,
        title: str | None = None,
        category: str = "cameras",
        brand: str = "corvid",
        store: str = "north-bench",
        model: str | None = None,
        description: str = "",
        condition: str = "good",
        price_minor: int = 10_000,
        stock: int = 5,
        attributes: dict[str, str] | None = None,
        wear: list[dict[str, str]] | None = None,
        popularity: float = 0.0,
        listed_at: datetime | None = None,
        is_withdrawn: bool = False,
        currency: str = "EUR",
    ) -> int:
        number = next(numbers)
        title = title if title is not None else f"Corvid camera {number}"
        product_id: int = await self.connection.fetchval(
            """
            INSERT INTO products (category_id, brand_id, store_id, title, model, description, condition,
                price_minor, stock, attributes, wear, popularity, listed_at, withdrawn_at, currency)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce($13, now()),
                CASE WHEN $14 THEN now() END, $15)
            RETURNING id
            """,
            await self.category(category),
            await self.brand(brand),
            await self.store(store),
            title,
            model if model is not None else f"Model {number}",
            description,
            condition,
            price_minor,
            stock,
            json.dumps(attributes or {}),
            json.dumps(wear or []),
            popularity,
            listed_at,
            is_withdrawn,
            currency,
        )
        await self.connection.execute("SELECT jackdaw_index_products($1)", [product_id])
        await self.connection.execute("SELECT pg_notify('jackdaw_products', $1)", str(product_id))
        return product_id

    async def user(
        self,
        email: str | None = None,
        *,
        display_name: str = "Ada",
        role: str = "shopper",
        password_hash: str = PASSWORD_HASH,
        is_disabled: bool = False,
    ) -> Account:
        email = email or f"person-{next(numbers)}@shop.test"
        user_id: int = await self.connection.fetchval(
            """
            INSERT INTO users (email, display_name, role, password_hash, disabled_at)
            VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN now() END) RETURNING id
            """,
            email,
            display_name,
            role,
            password_hash,
            is_disabled,
        )
        return Account(user_id, await self.visitor(user_id=user_id), email)

    async def visitor(self, *, user_id: int | None = None) -> int:
        visitor_id: int = await self.connection.fetchval(
            "INSERT INTO visitors (user_id) VALUES ($1) RETURNING id", user_id
        )
        return visitor_id

    async def cart_line(
        self, visitor_id: int, product_id: int, *, quantity: int = 1, unit_price_minor: int = 10_000
    ) -> int:
        cart_id = await self.connection.fetchval(
            """
            INSERT INTO carts (visitor_id) VALUES ($1)
            ON CONFLICT (visitor_id) DO UPDATE SET updated_at = now() RETURNING id
            """,
            visitor_id,
        )
        line_id: int = await self.connection.fetchval(
            """
            INSERT INTO cart_lines (cart_id, product_id, quantity, unit_price_minor)
            VALUES ($1, $2, $3, $4) RETURNING id
            """,
            cart_id,
            product_id,
            quantity,
            unit_price_minor,
        )
        return line_id

    async def favorite(self, visitor_id: int, product_id: int, *, created_at: datetime | None = None) -> None:
        await self.connection.execute(
            """
            INSERT INTO favorites (visitor_id, product_id, created_at)
            VALUES ($1, $2, coalesce($3, now()))
            """,
            visitor_id,
            product_id,
            created_at,
        )

    async def _named(self, table: str, slug: str, name: str | None) -> int:
        row_id: Any = await self.connection.fetchval(f"SELECT id FROM {table} WHERE slug = $1", slug)
        if row_id is None:
            row_id = await self.connection.fetchval(
                f"INSERT INTO {table} (slug, name) VALUES ($1, $2) RETURNING id",
                slug,
                name or slug.replace("-", " ").capitalize(),
            )
        return int(row_id)
