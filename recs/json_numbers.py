"""Infinity in JSON, which has no number for it: a half-life of infinity is what switches decay off."""

from collections.abc import Mapping
from typing import Any, Final

_INFINITY: Final = "infinity"


def json_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON allows them.

    Parameters
    ----------
    values : mapping of str to JSON values, infinity or such mappings

    Returns
    -------
    dict

    Examples
    --------
    >>> json_values({"half_life": float("inf"), "lags": 3})
    {'half_life': 'infinity', 'lags': 3}
    """
    return {
        name: json_values(value)
        if isinstance(value, Mapping)
        else _INFINITY
        if isinstance(value, float) and value == float("inf")
        else value
        for name, value in values.items()
    }


def numbers_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of which `json_values` made these.

    Parameters
    ----------
    values : mapping of str to JSON values

    Returns
    -------
    dict

    Examples
    --------
    >>> numbers_of({"half_life": "infinity", "lags": 3})
    {'half_life': inf, 'lags': 3}
    """
    return {
        name: numbers_of(value)
        if isinstance(value, Mapping)
        else float("inf")
        if value == _INFINITY
        else value
        for name, value in values.items()
    }
