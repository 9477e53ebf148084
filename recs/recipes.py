"""Reading a configuration back from the parameters that manifests and reports keep of it."""

from collections.abc import Mapping
from typing import Any, Final

from recs.candidates.base import CandidateGenerator
from recs.candidates.category_popularity import CategoryPopularity
from recs.candidates.co_occurrence import CoOccurrence
from recs.candidates.content import ContentSimilarity
from recs.candidates.item_knn import ItemKnn
from recs.candidates.item_to_item import ItemToItem, ItemToItemModel
from recs.candidates.past_future import PastFuture
from recs.candidates.popularity import PopularityConfig
from recs.candidates.transitions import Transitions
from recs.errors import ConfigurationError
from recs.history import RecencyConfig
from recs.json_numbers import numbers_of
from recs.parts import ServingConfig
from recs.ranking.diversity import DiversityConfig
from recs.recommender import HybridConfig

_ITEM_KNN: Final = ItemKnn().name
_MODELS: Final[Mapping[str, Any]] = {
    kind().name: kind
    for kind in (CategoryPopularity, CoOccurrence, ContentSimilarity, PastFuture, Transitions)
}


def config_of(parameters: Mapping[str, Any]) -> HybridConfig:
    """Return the configuration that has these parameters.

    Parameters
    ----------
    parameters : mapping
        As `HybridConfig.parameters` returns them, also after a trip through JSON.

    Returns
    -------
    HybridConfig
        Fitted on the same input it gives the same bytes.

    Raises
    ------
    ConfigurationError
        A generator or parameter that this version does not know: written by another one, or by a generator
        that is not part of the library.

    Examples
    --------
    >>> from recs import HybridConfig
    >>> config_of(HybridConfig().parameters()) == HybridConfig()
    True
    """
    try:
        serving = dict(parameters["serving"])
        return HybridConfig(
            tuple(_generator(name, given) for name, given in parameters["generators"].items()),
            PopularityConfig(**numbers_of(parameters["popularity"])),
            ServingConfig(
                **{
                    **serving,
                    "recency": RecencyConfig(**numbers_of(serving["recency"])),
                    "diversity": DiversityConfig(**serving["diversity"]),
                }
            ),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"not a configuration of this version: {error}") from None


def _generator(name: str, given: Mapping[str, Any]) -> CandidateGenerator:
    if name == _ITEM_KNN and "model" not in given:
        return ItemKnn(**numbers_of(given))
    own = numbers_of(given["model"])
    model: ItemToItemModel = _MODELS[own.pop("name")](**own)
    return ItemToItem(model, given["neighbours"], given["weight"], "" if name == model.name else name)
