"""Money as integer minor units inside and as text on the wire; never a float."""

from __future__ import annotations

from functools import lru_cache
from typing import TypedDict

# ISO 4217 currencies whose minor unit is not a hundredth.
EXPONENTS = dict.fromkeys(("JPY", "KRW", "VND", "CLP", "ISK"), 0) | dict.fromkeys(
    ("BHD", "KWD", "JOD", "OMR", "TND"), 3
)
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "PLN": "zł "}


class Money(TypedDict):
    """The wire form: an exact amount, its currency, and a text to show."""

    amount: str
    currency: str
    display: str


def minor_units(currency: str) -> int:
    """Return how many minor units make one.

    >>> minor_units("EUR"), minor_units("JPY"), minor_units("KWD")
    (100, 1, 1000)
    """
    return 10 ** EXPONENTS.get(currency, 2)  # type: ignore[no-any-return]  # never a negative power


def whole_amount(units: int, currency: str) -> str:
    """Write an amount without a fraction for people.

    >>> whole_amount(1600, "EUR"), whole_amount(1600, "CHF")
    ('€1,600', 'CHF 1,600')
    """
    return f"{SYMBOLS.get(currency, currency + ' ')}{units:,}"


@lru_cache(maxsize=65_536)
def money(minor: int, currency: str) -> Money:
    """Shape minor units for the wire, e.g. 12999 EUR as 129.99 and €129.99."""
    exponent = EXPONENTS.get(currency, 2)
    sign, digits = ("-", str(-minor)) if minor < 0 else ("", str(minor))
    digits = digits.rjust(exponent + 1, "0")
    whole, fraction = (digits[:-exponent], digits[-exponent:]) if exponent else (digits, "")
    amount = f"{whole}.{fraction}" if fraction else whole
    grouped = f"{int(whole):,}" + (f".{fraction}" if fraction else "")
    symbol = SYMBOLS.get(currency, currency + " ")
    return Money(amount=sign + amount, currency=currency, display=sign + symbol + grouped)
