"""Splits that never let a model see what happens after the moment it is judged at."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from recs.arrays import Floats
from recs.columns import ITEM_ID, TIMESTAMP, USER_ID
from recs.errors import ConfigurationError, EmptyInputError


@dataclass(frozen=True, slots=True)
class Fold:
    """One moment of judgement.

    Attributes
    ----------
    at : float
        Unix seconds: models learn from rows at or before it and are asked about rows after it.
    until : float
        Unix seconds: end of the window of targets, inclusive.
    """

    at: float
    until: float

    def past(self, interactions: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that may be learned from.

        Parameters
        ----------
        interactions : DataFrame

        Returns
        -------
        DataFrame
        """
        return interactions[interactions[TIMESTAMP] <= self.at]

    def targets(self, interactions: pd.DataFrame) -> pd.DataFrame:
        """Return the distinct user-item pairs of the window that are new to the user.

        Parameters
        ----------
        interactions : DataFrame

        Returns
        -------
        DataFrame
            Columns ``user_id``, ``item_id``. Pairs already seen before `at` are left out: masking the history
            would make them impossible to hit.
        """
        stamps = interactions[TIMESTAMP]
        window = interactions.loc[(stamps > self.at) & (stamps <= self.until), [USER_ID, ITEM_ID]]
        seen = self.past(interactions)[[USER_ID, ITEM_ID]].drop_duplicates()
        marked = window.drop_duplicates().merge(seen, how="left", on=[USER_ID, ITEM_ID], indicator=True)
        return marked.loc[marked["_merge"] == "left_only", [USER_ID, ITEM_ID]].reset_index(drop=True)


def rolling_origins(timestamps: Floats, *, folds: int, window_s: float) -> list[Fold]:
    """Cut the end of a log into consecutive windows, each judged from what came before it.

    Parameters
    ----------
    timestamps : ndarray of float64
        Unix seconds.
    folds : int, at least 1
    window_s : float
        Seconds per window.

    Returns
    -------
    list of Fold
        Oldest first; the last ends at the latest timestamp. Earlier ones are for choices, the last for the
        figure that is published.

    Raises
    ------
    EmptyInputError
        No timestamps.
    ConfigurationError
        The windows would cover the whole log.

    Examples
    --------
    >>> import numpy as np
    >>> rolling_origins(np.array([0.0, 100.0]), folds=2, window_s=10.0)
    [Fold(at=80.0, until=90.0), Fold(at=90.0, until=100.0)]
    """
    if timestamps.size == 0:
        raise EmptyInputError("no interactions to split")
    if folds < 1 or not window_s > 0:
        raise ConfigurationError(
            f"folds must be at least 1 and window_s positive, not {folds} and {window_s}"
        )
    end, start = float(timestamps.max()), float(timestamps.min())
    if end - folds * window_s <= start:
        raise ConfigurationError(
            f"{folds} windows of {window_s:.0f} s do not fit into a log of {end - start:.0f} s"
        )
    return [Fold(end - (left + 1) * window_s, end - left * window_s) for left in reversed(range(folds))]


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """The last item of every sequence for test, the one before for validation.

    Attributes
    ----------
    training : list of (user, items)
        All but the last two items; sequences of fewer than three items entirely.
    judged : list of (user, items)
        Whole sequences of at least three items.
    """

    training: list[tuple[str, list[str]]]
    judged: list[tuple[str, list[str]]]


def leave_one_out(sequences: Sequence[tuple[str, list[str]]]) -> LeaveOneOut:
    """Split sequences for comparison with the literature.

    Parameters
    ----------
    sequences : sequence of (user, items)
        Items in time order.

    Returns
    -------
    LeaveOneOut

    Notes
    -----
    Leaks the future across users by construction: prefer `rolling_origins` where times are known.

    Examples
    --------
    >>> leave_one_out([("u", ["a", "b", "c"])]).training
    [('u', ['a'])]
    """
    judged = [sequence for sequence in sequences if len(sequence[1]) > 2]
    training = [(user, items[:-2] if len(items) > 2 else items) for user, items in sequences]
    return LeaveOneOut(training, judged)
