"""Keeping the best of every row, by hand and against sorting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from recs.candidates.rows import best_of_rows


def test_among_equals_the_lowest_columns_are_kept() -> None:
    matrix = csr_array(np.array([[1, 2, 1, 1], [0, 0, 0, 0], [-1, -3, -2, 0.5]], dtype=np.float32))
    assert best_of_rows(matrix, 2).toarray().tolist() == [[1, 2, 0, 0], [0] * 4, [-1, 0, 0, 0.5]]
    assert best_of_rows(matrix, 1).toarray().tolist() == [[0, 2, 0, 0], [0] * 4, [0, 0, 0, 0.5]]
    assert best_of_rows(matrix, 4) is matrix


@given(st.integers(0, 10_000), st.integers(1, 6), st.sampled_from([np.float32, np.float64]))
def test_the_largest_entries_are_kept(seed: int, count: int, kind: type) -> None:
    rng = np.random.default_rng(seed)
    dense = rng.integers(-3, 4, (5, 8)) * rng.choice([0.1, 1.0, 1e30]) * (rng.random((5, 8)) < 0.7)
    matrix = csr_array(dense.astype(kind))
    expected = np.zeros_like(matrix.toarray())
    for row in range(5):
        columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
        order = np.lexsort((columns, -matrix.toarray()[row, columns].astype(np.float32)))
        chosen = columns[order[:count]]
        expected[row, chosen] = matrix.toarray()[row, chosen]
    found = best_of_rows(matrix.copy(), count)
    assert found.toarray() == pytest.approx(expected)
    assert found.has_sorted_indices
    assert (np.diff(found.indptr) == np.minimum(np.diff(matrix.indptr), count)).all()
