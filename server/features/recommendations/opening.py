"""Opens stored models: their files are compared with their checksums, then they have to answer."""

from __future__ import annotations

from recs import RecommenderSnapshot, RecsError
from server.core.object_store import NotStored, ObjectStore
from server.features.recommendations import gate


class UnsoundModel(Exception):
    """A stored model that must not serve: its files are not what was written, or that was no model."""


def open_cached(store: ObjectStore, location: str) -> RecommenderSnapshot:
    """Map a model's local copy; one that is damaged is fetched anew, once.

    Raises
    ------
    UnsoundModel, StoreAway
    """
    try:
        place = store.fetch(location)
        try:
            snapshot = RecommenderSnapshot.load(place)
        except RecsError:
            store.drop_cached(location)
            snapshot = RecommenderSnapshot.load(store.fetch(location))
        return _tried(snapshot)
    except (RecsError, NotStored, ValueError) as error:
        raise UnsoundModel(str(error)) from error


def check_stored(store: ObjectStore, location: str) -> None:
    """Open what the store holds now: a model that is fine in this machine's cache may be damaged there.

    Raises
    ------
    UnsoundModel, StoreAway
    """
    try:
        with store.fresh(location) as place:
            _tried(RecommenderSnapshot.load(place))
    except (RecsError, NotStored, ValueError) as error:
        raise UnsoundModel(str(error)) from error


def _tried(snapshot: RecommenderSnapshot) -> RecommenderSnapshot:
    fault = gate.defect(snapshot)
    if fault is not None:
        raise UnsoundModel(fault)
    return snapshot
