"""Every error that `recs` raises on purpose, each saying what is wrong and where.

::

    RecsError
    ├── InputError (ValueError)            training input that cannot be learned from
    │   ├── MissingColumnsError
    │   ├── RepeatedColumnError
    │   ├── EmptyInputError
    │   ├── InvalidIdsError
    │   ├── InvalidWeightsError
    │   ├── InvalidTimestampsError
    │   ├── UnknownEventError
    │   ├── DuplicateItemsError
    │   └── UnreadableFileError
    ├── ShapeError (ValueError)            a matrix whose axes cannot be what they claim
    ├── ConfigurationError (ValueError)    a parameter outside its range
    ├── RequestError (ValueError)          a question that the snapshot cannot answer
    │   ├── InvalidCountError
    │   ├── InvalidEligibleError
    │   ├── InvalidHistoryError
    │   └── UnknownItemError (LookupError)
    └── SnapshotError                      a saved snapshot that cannot be trusted
        ├── SnapshotNotFoundError
        ├── SnapshotExistsError
        ├── SnapshotVersionError
        └── CorruptSnapshotError
"""

from collections.abc import Iterable
from pathlib import Path


class RecsError(Exception):
    """Root of the tree; catching it catches every deliberate refusal of the library."""


class InputError(RecsError, ValueError):
    """Training input that cannot be learned from."""


class MissingColumnsError(InputError):
    """A table lacks columns that are needed."""

    def __init__(self, table: str, missing: Iterable[str], present: Iterable[str]) -> None:
        self.table = table
        self.missing = tuple(missing)
        super().__init__(
            f"{table}: missing column{'s' if len(self.missing) > 1 else ''} {', '.join(self.missing)}; "
            f"present: {', '.join(map(str, present)) or 'none'}"
        )


class RepeatedColumnError(InputError):
    """A table has two columns of one name: which one is meant cannot be known."""

    def __init__(self, table: str, name: str) -> None:
        self.table = table
        super().__init__(f"{table}: column {name} appears twice")


class EmptyInputError(InputError):
    """There is nothing to learn from and nothing to recommend."""


class InvalidIdsError(InputError):
    """An id is missing, of the wrong type, or cannot be stored."""


class InvalidWeightsError(InputError):
    """A weight is NaN, infinite or negative."""


class InvalidTimestampsError(InputError):
    """A time is NaN, infinite or of a type that is not a time."""


class UnknownEventError(InputError):
    """An event name or code that is not in `recs.columns.Event`."""


class DuplicateItemsError(InputError):
    """The catalogue names one item twice."""


class UnreadableFileError(InputError):
    """A file is missing, or is not what its name promises."""


class ShapeError(RecsError, ValueError):
    """A matrix is empty, transposed or of another size than the vocabulary."""


class ConfigurationError(RecsError, ValueError):
    """A parameter is outside its documented range."""


class RequestError(RecsError, ValueError):
    """A question that the snapshot cannot answer as asked."""


class InvalidCountError(RequestError):
    """The number of items asked for is not a positive integer."""

    def __init__(self, n: object) -> None:
        super().__init__(f"n must be an integer of at least 1, not {n!r}")


class InvalidEligibleError(RequestError):
    """The eligibility mask is not a bool array with one entry per position."""


class InvalidHistoryError(RequestError):
    """The columns of a history disagree in length or hold impossible values."""


class UnknownItemError(RequestError, LookupError):
    """The item is not in the vocabulary of the snapshot."""

    def __init__(self, item_id: object) -> None:
        self.item_id = item_id
        super().__init__(f"item {item_id!r} is not in this snapshot")


class SnapshotError(RecsError):
    """A saved snapshot that cannot be opened or trusted."""


class SnapshotNotFoundError(SnapshotError):
    """There is no snapshot at the path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"no snapshot at {path}")


class SnapshotExistsError(SnapshotError):
    """The path is taken; snapshots are never overwritten."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} exists; a snapshot is never overwritten")


class SnapshotVersionError(SnapshotError):
    """The snapshot was written by another version of the format."""

    def __init__(self, path: Path, found: object, supported: int) -> None:
        self.path = path
        super().__init__(f"{path}: format version {found!r}, this library reads version {supported}")


class CorruptSnapshotError(SnapshotError):
    """A file of the snapshot is missing, cut, changed or inconsistent."""

    def __init__(self, path: Path, file: str, reason: str) -> None:
        self.path = path
        self.file = file
        super().__init__(f"{path}: {file}: {reason}")
