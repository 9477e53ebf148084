"""The rows that `evaluate` compares: families of models, their blends, and the hybrid that serves."""

from collections.abc import Callable, Sequence
from typing import Final

from recs.errors import ConfigurationError
from recs.recommender import HybridConfig
from recs.selection.families import FAMILIES, Family

RANK_FUSION: Final = "rank_fusion"
BLEND: Final = "blend"
BLENDS: Final = (RANK_FUSION, BLEND)
"""What is made of the other rows: without learning, and learned from validation questions."""

SERVED: Final[dict[str, Callable[[], HybridConfig]]] = {"hybrid": HybridConfig}
"""Configurations of the serving recommender; asked through its own snapshot."""

NAMES: Final = (*FAMILIES, *SERVED, *BLENDS)


def chosen_models(wanted: str, suitable: Sequence[Family], *, served: bool) -> Sequence[str]:
    """Read the ``--models`` option.

    Parameters
    ----------
    wanted : str
        ``auto`` or ``all`` for every model that suits the input, else names joined by commas.
    suitable : sequence of Family
    served : bool
        Whether the protocol can ask a serving snapshot.

    Returns
    -------
    sequence of str
        The blends last: they need the others.

    Raises
    ------
    ConfigurationError
        A name that is not known, or does not suit the input.
    """
    fitting = [*(family.name for family in suitable), *(SERVED if served else ()), *BLENDS]
    if wanted in ("auto", "all"):
        return tuple(fitting)
    names = dict.fromkeys(name.strip() for name in wanted.split(","))
    checked_names(wanted)
    unfit = [name for name in names if name not in fitting]
    if unfit:
        raise ConfigurationError(
            f"{', '.join(unfit)} cannot answer these questions; suitable: {', '.join(fitting)}"
        )
    return (*(name for name in names if name not in BLENDS), *(name for name in BLENDS if name in names))


def checked_names(wanted: str) -> None:
    """Refuse unknown names before anything is read.

    Parameters
    ----------
    wanted : str

    Raises
    ------
    ConfigurationError
    """
    unknown = [name for name in map(str.strip, wanted.split(",")) if name not in (*NAMES, "auto", "all")]
    if unknown:
        raise ConfigurationError(f"unknown model {', '.join(map(repr, unknown))}; known: {', '.join(NAMES)}")
