"""Naming of constraints and the column kinds that every table shares."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Identity, MetaData, func

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def row_id_column(name: str = "id") -> Column[int]:
    """Return a bigint key that PostgreSQL numbers."""
    return Column(name, BigInteger, Identity(always=False), primary_key=True)


def instant_column(name: str, *, nullable: bool = False, default_now: bool = False) -> Column[Any]:
    """Return a timestamptz column."""
    server_default = func.now() if default_now else None
    return Column(name, DateTime(timezone=True), nullable=nullable, server_default=server_default)
