"""The models that `evaluate` compares, each a configuration of the hybrid."""

from collections.abc import Callable, Sequence
from typing import Final

from recs.candidates.item_knn import ItemKnn
from recs.errors import ConfigurationError
from recs.parts import ServingConfig
from recs.recommender import HybridConfig

MODELS: Final[dict[str, Callable[[], HybridConfig]]] = {
    "popularity": lambda: HybridConfig(generators=(), serving=ServingConfig(popularity_weight=1.0)),
    "item_knn": lambda: HybridConfig(serving=ServingConfig(popularity_weight=0.0)),
    "item_knn_asymmetric": lambda: HybridConfig(
        generators=(ItemKnn(asymmetry=0.3),), serving=ServingConfig(popularity_weight=0.0)
    ),
    "hybrid": HybridConfig,
}


def chosen_models(wanted: str) -> Sequence[str]:
    """Read the ``--models`` option.

    Parameters
    ----------
    wanted : str
        ``auto`` or ``all`` for every model, else names joined by commas.

    Returns
    -------
    sequence of str

    Raises
    ------
    ConfigurationError
        A name that is not in `MODELS`.
    """
    if wanted in ("auto", "all"):
        return tuple(MODELS)
    names = tuple(dict.fromkeys(name.strip() for name in wanted.split(",")))
    unknown = [name for name in names if name not in MODELS]
    if unknown:
        raise ConfigurationError(f"unknown model {', '.join(unknown)}; known: {', '.join(MODELS)}")
    return names
