"""Saving snapshots so that a reader sees all of one or none of it, and notices every changed bit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from recs.activity import Activity
from recs.array_directory import MANIFEST, open_directory, write_directory
from recs.arrays import AnyArray, read_only
from recs.attributes import ItemAttributes
from recs.candidates.base import CandidateScorer
from recs.candidates.blended import BlendedNeighbours
from recs.candidates.neighbours import NeighbourTable
from recs.candidates.ranked_list import RankedList
from recs.errors import CorruptSnapshotError
from recs.history import RecencyConfig
from recs.json_numbers import json_values, numbers_of
from recs.parts import FittedGenerator, ServingConfig, SnapshotParts
from recs.ranking.diversity import DiversityConfig
from recs.vocabulary import Vocabulary

SCHEMA_VERSION: Final = 1

SCORER_KINDS: Final[dict[str, type[CandidateScorer]]] = {NeighbourTable.kind: NeighbourTable}
"""Every class that a saved generator may be rebuilt as."""

_LISTS: Final = ("popular", "trending", "newest")

TAKEN_NAMES: Final = frozenset(
    {*_LISTS, "activity", "attributes", "blended", "exploration", "live", "popularity"}
)
"""What no generator may be called: files and reasons of a snapshot go by these names."""


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """Where a snapshot comes from; saved in its manifest.

    Attributes
    ----------
    as_of : float
        Unix seconds.
    counts : mapping of str to int
    config : mapping
        Parameters of the recommender, as JSON values.
    libraries : mapping of str to str
        Versions that fitted it.
    """

    as_of: float
    counts: Mapping[str, int]
    config: Mapping[str, Any]
    libraries: Mapping[str, str]


def save_parts(parts: SnapshotParts, facts: SnapshotFacts, path: Path) -> None:
    """Write parts and facts to a new directory.

    Parameters
    ----------
    parts : SnapshotParts
    facts : SnapshotFacts
    path : Path

    Raises
    ------
    SnapshotExistsError
        The path is taken.
    OSError
        Nothing is left at the path.

    Notes
    -----
    As `write_directory`: a crash leaves the whole snapshot or none.
    """
    content = {
        "schemaVersion": SCHEMA_VERSION,
        "asOf": facts.as_of,
        "counts": dict(facts.counts),
        "config": dict(facts.config),
        "libraries": dict(facts.libraries),
        "serving": json_values(asdict(parts.serving)),
        "vocabulary": {"kind": parts.vocabulary.kind, "fingerprint": parts.vocabulary.fingerprint()},
        "generators": [
            {"name": fitted.name, "kind": fitted.scorer.kind, "weight": fitted.weight}
            for fitted in parts.generators
        ],
    }
    if parts.activity is not None:
        content["activity"] = json_values(parts.activity.facts_as_dict())
    if parts.blended is not None:
        content["blended"] = True
    write_directory(path, _flattened(parts), content)


def load_parts(path: Path, *, verify: bool) -> tuple[SnapshotParts, SnapshotFacts]:
    """Open what `save_parts` wrote.

    Parameters
    ----------
    path : Path
    verify : bool
        Also compare the checksum of every array file and the fingerprint of the vocabulary.

    Returns
    -------
    parts : SnapshotParts
        Arrays are memory maps.
    facts : SnapshotFacts

    Raises
    ------
    SnapshotNotFoundError, SnapshotVersionError, CorruptSnapshotError
    """
    arrays, content = open_directory(path, schema_version=SCHEMA_VERSION, verify=verify)
    try:
        parts = _assembled(arrays, content)
        as_of = float(content["asOf"])
        facts = SnapshotFacts(as_of, content["counts"], content["config"], content["libraries"])
        fingerprint = content["vocabulary"]["fingerprint"]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CorruptSnapshotError(path, MANIFEST, f"incomplete or inconsistent ({error})") from error
    if verify and parts.vocabulary.fingerprint() != fingerprint:
        raise CorruptSnapshotError(path, "item_ids.npy", "vocabulary fingerprint differs from the manifest")
    return parts, facts


def _flattened(parts: SnapshotParts) -> dict[str, AnyArray]:
    arrays: dict[str, AnyArray] = {"item_ids": parts.vocabulary.ids, "repeat_rates": parts.repeat_rates}
    if parts.vocabulary.places is not None:
        arrays["item_places"] = parts.vocabulary.places
    groups: dict[str, Mapping[str, AnyArray]] = {"attributes": parts.attributes.arrays()}
    groups |= {name: getattr(parts, name).arrays() for name in _LISTS}
    groups["activity"] = {} if parts.activity is None else parts.activity.arrays()
    groups["blended"] = {} if parts.blended is None else parts.blended.arrays()
    groups |= {fitted.name: fitted.scorer.arrays() for fitted in parts.generators}
    for group, members in groups.items():
        arrays |= {f"{group}.{name}": array for name, array in members.items()}
    return arrays


def _assembled(arrays: Mapping[str, AnyArray], content: Mapping[str, Any]) -> SnapshotParts:
    def group(name: str) -> dict[str, AnyArray]:
        prefix = f"{name}."
        return {key.removeprefix(prefix): array for key, array in arrays.items() if key.startswith(prefix)}

    serving = numbers_of(content["serving"])
    serving["recency"] = RecencyConfig(**serving["recency"])
    serving["diversity"] = DiversityConfig(**serving["diversity"])
    generators = tuple(
        FittedGenerator(
            entry["name"],
            float(entry["weight"]),
            SCORER_KINDS[entry["kind"]].from_arrays(group(entry["name"])),
        )
        for entry in content["generators"]
    )
    # Older snapshots say nothing of it: their lists are as good as ever, and stay as they are until a refit.
    counted = content.get("activity")
    return SnapshotParts(
        vocabulary=Vocabulary(
            read_only(arrays["item_ids"]),
            read_only(arrays["item_places"]) if "item_places" in arrays else None,
        ),
        attributes=ItemAttributes.from_arrays(group("attributes")),
        generators=generators,
        popular=RankedList.from_arrays(group("popular")),
        trending=RankedList.from_arrays(group("trending")),
        newest=RankedList.from_arrays(group("newest")),
        repeat_rates=read_only(arrays["repeat_rates"]),
        serving=ServingConfig(**serving),
        activity=None if counted is None else Activity.from_arrays(group("activity"), numbers_of(counted)),
        blended=BlendedNeighbours.from_arrays(group("blended")) if content.get("blended") else None,
    )
