"""Item-kNN against a dense computation, for every parameter."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from recs import ItemKnn
from recs.arrays import Mask
from recs.candidates.item_knn import item_neighbours
from recs.candidates.neighbours import NeighbourTable
from recs.errors import ConfigurationError, ShapeError


def random_matrix(seed: int, n_users: int = 60, n_items: int = 25) -> csr_array:
    rng = np.random.default_rng(seed)
    dense = rng.random((n_users, n_items)) * (rng.random((n_users, n_items)) < 0.15)
    return csr_array(dense.astype(np.float32))


def by_hand(user_items: csr_array, listed: Mask, config: ItemKnn) -> list[list[int]]:
    dense = user_items.toarray().astype(np.float64)
    norms = (dense**2).sum(axis=0) + config.shrinkage
    scale = np.divide(1.0, norms, out=np.zeros_like(norms), where=norms > 0)
    likeness = (
        (dense.T @ dense) * scale[:, None] ** config.asymmetry * scale[None, :] ** (1 - config.asymmetry)
    )
    np.fill_diagonal(likeness, 0.0)
    likeness[:, ~listed] = 0.0
    order = np.argsort(-likeness.astype(np.float32), axis=1, kind="stable")
    return [
        [item for item in row if likeness[seed, item] > 0][: config.neighbours]
        for seed, row in enumerate(order.tolist())
    ]


def lists(table: NeighbourTable) -> list[list[int]]:
    return [row[row >= 0].tolist() for row in table.positions]


@pytest.mark.parametrize("asymmetry", [0.0, 0.3, 0.5, 1.0])
@pytest.mark.parametrize("shrinkage", [0.0, 4.0])
@pytest.mark.parametrize("neighbours", [1, 5, 100])
def test_equals_a_dense_computation(asymmetry: float, shrinkage: float, neighbours: int) -> None:
    config = ItemKnn(asymmetry=asymmetry, shrinkage=shrinkage, neighbours=neighbours)
    listed = np.arange(25) % 6 != 0
    for seed in range(3):
        matrix = random_matrix(seed)
        table = item_neighbours(matrix, listed, config)
        assert lists(table) == by_hand(matrix, listed, config)
        assert (np.isnan(table.scores) == (table.positions < 0)).all()


def test_ties_at_the_last_place_are_settled_by_position() -> None:
    everyone_sees_all = csr_array(np.ones((3, 9), dtype=np.float32))
    table = item_neighbours(everyone_sees_all, np.ones(9, dtype=np.bool_), ItemKnn(neighbours=3))
    assert lists(table)[0] == [1, 2, 3]
    assert lists(table)[8] == [0, 1, 2]


def test_a_row_of_nothing_but_ties_is_settled_by_position() -> None:
    everyone_sees_all = csr_array(np.ones((3, 400), dtype=np.float32))
    table = item_neighbours(everyone_sees_all, np.ones(400, dtype=np.bool_), ItemKnn(neighbours=5))
    assert lists(table)[0] == [1, 2, 3, 4, 5]
    assert lists(table)[3] == [0, 1, 2, 4, 5]
    assert lists(table)[399] == [0, 1, 2, 3, 4]


def test_threads_do_not_change_a_bit() -> None:
    rng = np.random.default_rng(5)
    matrix = csr_array((rng.random((300, 1500)) < 0.02).astype(np.float32))
    listed = np.ones(1500, dtype=np.bool_)
    one, two = (item_neighbours(matrix, listed, ItemKnn(threads=threads)) for threads in (1, 2))
    assert one.positions.tobytes() == two.positions.tobytes()
    assert one.scores.tobytes() == two.scores.tobytes()


def test_refuses_a_transposed_matrix() -> None:
    with pytest.raises(ShapeError, match=r"\(25, 60\)"):
        item_neighbours(random_matrix(0).T.tocsr(), np.ones(25, dtype=np.bool_), ItemKnn())


@pytest.mark.parametrize(
    "wrong",
    [
        {"neighbours": 0},
        {"shrinkage": -1.0},
        {"shrinkage": float("nan")},
        {"asymmetry": 1.1},
        {"half_life_s": 0.0},
        {"history_cap": 0},
        {"threads": 0},
        {"weight": -0.1},
    ],
)
def test_refuses_parameters_outside_their_range(wrong: dict[str, float]) -> None:
    with pytest.raises(ConfigurationError):
        ItemKnn(**wrong)  # type: ignore[arg-type]  # one dictionary for parameters of several types
