"""SQL of carts; every statement names the visitor who owns the cart."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from server.core.transactions import Connection
from server.features.cart.domain import GuestLine, Line, MergedLine, Offer

# A browser that was offline sends what it kept within moments; nobody keeps more writes than this.
MAX_KEYS = 100


async def lock_cart(connection: Connection, visitor_id: int) -> tuple[int, int]:
    """Return id and version of the visitor's cart, created if need be, locked until the commit."""
    row = await connection.fetchrow(
        """
        INSERT INTO carts (visitor_id, version) VALUES ($1, 0)
        ON CONFLICT (visitor_id) DO UPDATE SET updated_at = now()
        RETURNING id, version
        """,
        visitor_id,
    )
    assert row is not None  # noqa: S101 - RETURNING of an upsert always yields its row
    return row["id"], row["version"]


async def insert_key(connection: Connection, cart_id: int, key: UUID) -> bool:
    """Remember a write in its locked cart, among the latest; whether it is a new one."""
    found = await connection.fetchval(
        """
        UPDATE carts
        SET applied_keys = (applied_keys || $2::uuid)[greatest(1, cardinality(applied_keys) + 2 - $3::int):]
        WHERE id = $1 AND NOT ($2::uuid = ANY(applied_keys)) RETURNING id
        """,
        cart_id,
        key,
        MAX_KEYS,
    )
    return found is not None


async def move_keys(connection: Connection, *, from_cart: int, into_cart: int) -> None:
    """Let a locked cart know the writes of another one, too."""
    await connection.execute(
        """
        UPDATE carts i SET applied_keys = i.applied_keys || f.applied_keys
        FROM carts f WHERE i.id = $2 AND f.id = $1 AND cardinality(f.applied_keys) > 0
        """,
        from_cart,
        into_cart,
    )


async def update_version(connection: Connection, cart_id: int) -> None:
    """Give the locked cart its next version."""
    await connection.execute("UPDATE carts SET version = version + 1 WHERE id = $1", cart_id)


async def select_version(connection: Connection, visitor_id: int) -> int | None:
    """Return the version of the visitor's cart, if there is one."""
    version: int | None = await connection.fetchval(
        "SELECT version FROM carts WHERE visitor_id = $1", visitor_id
    )
    return version


async def select_lines(connection: Connection, visitor_id: int) -> list[Line]:
    """Read the visitor's lines in the order they came, with their products as of now."""
    rows = await connection.fetch(
        """
        SELECT l.id, l.product_id, p.title, l.quantity, l.unit_price_minor,
               p.price_minor, p.currency, p.stock, p.withdrawn_at IS NULL
        FROM carts c JOIN cart_lines l ON l.cart_id = c.id JOIN products p ON p.id = l.product_id
        WHERE c.visitor_id = $1
        ORDER BY l.added_at, l.id
        """,
        visitor_id,
    )
    return [Line(*row) for row in rows]


async def select_offer(connection: Connection, product_id: int) -> Offer | None:
    """Read what can be bought of a listed product."""
    row = await connection.fetchrow(
        "SELECT id, price_minor, stock FROM products WHERE id = $1 AND withdrawn_at IS NULL", product_id
    )
    return Offer(*row) if row is not None else None


async def select_quantities(connection: Connection, cart_id: int) -> dict[int, int]:
    """Return the quantity per product in a locked cart."""
    rows = await connection.fetch("SELECT product_id, quantity FROM cart_lines WHERE cart_id = $1", cart_id)
    return {row["product_id"]: row["quantity"] for row in rows}


async def select_line_product(connection: Connection, *, cart_id: int, line_id: int) -> int | None:
    """Return the product of a line of this cart."""
    product_id: int | None = await connection.fetchval(
        "SELECT product_id FROM cart_lines WHERE id = $1 AND cart_id = $2", line_id, cart_id
    )
    return product_id


async def upsert_line(connection: Connection, *, cart_id: int, offer: Offer, quantity: int) -> None:
    """Set the quantity of a product in a locked cart, at today's price."""
    await connection.execute(
        """
        INSERT INTO cart_lines (cart_id, product_id, quantity, unit_price_minor) VALUES ($1, $2, $3, $4)
        ON CONFLICT (cart_id, product_id)
        DO UPDATE SET quantity = excluded.quantity, unit_price_minor = excluded.unit_price_minor
        """,
        cart_id,
        offer.product_id,
        quantity,
        offer.price_minor,
    )


async def delete_line(connection: Connection, *, cart_id: int, line_id: int) -> bool:
    """Remove a line of this cart; whether there was one."""
    removed = await connection.fetchval(
        "DELETE FROM cart_lines WHERE id = $1 AND cart_id = $2 RETURNING id", line_id, cart_id
    )
    return removed is not None


async def lock_carts(connection: Connection, visitor_ids: Sequence[int]) -> dict[int, int]:
    """Lock the carts that exist, in the order of their ids; cart id by visitor id."""
    rows = await connection.fetch(
        "SELECT visitor_id, id FROM carts WHERE visitor_id = ANY($1::bigint[]) ORDER BY id FOR UPDATE",
        visitor_ids,
    )
    return {row["visitor_id"]: row["id"] for row in rows}


async def select_guest_lines(connection: Connection, *, from_cart: int, into_cart: int) -> list[GuestLine]:
    """Read the guest's lines beside what the other cart holds of the same products."""
    rows = await connection.fetch(
        """
        SELECT g.product_id, p.title, g.quantity, coalesce(u.quantity, 0), g.unit_price_minor,
               CASE WHEN p.withdrawn_at IS NULL THEN p.stock ELSE 0 END
        FROM cart_lines g
        JOIN products p ON p.id = g.product_id
        LEFT JOIN cart_lines u ON u.cart_id = $2 AND u.product_id = g.product_id
        WHERE g.cart_id = $1
        ORDER BY g.added_at, g.id
        """,
        from_cart,
        into_cart,
    )
    return [GuestLine(*row) for row in rows]


async def upsert_merged(connection: Connection, *, cart_id: int, lines: Sequence[MergedLine]) -> None:
    """Write the joined quantities into a locked cart."""
    await connection.execute(
        """
        INSERT INTO cart_lines (cart_id, product_id, quantity, unit_price_minor)
        SELECT $1, product_id, quantity, price
        FROM unnest($2::bigint[], $3::int[], $4::bigint[]) AS m (product_id, quantity, price)
        ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = excluded.quantity
        """,
        cart_id,
        [line.product_id for line in lines],
        [line.quantity for line in lines],
        [line.unit_price_minor for line in lines],
    )


async def delete_cart(connection: Connection, cart_id: int) -> None:
    """Remove a locked cart with its lines."""
    await connection.execute("DELETE FROM carts WHERE id = $1", cart_id)
