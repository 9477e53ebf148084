"""What importing costs, and what the library offers."""

import subprocess
import sys
from pathlib import Path

import recs
from recs import RecommenderSnapshot, errors

_SERVING = """
import sys
from recs import Candidates, Event, Exploration, History, Overlay, RecommenderSnapshot, Slate, Vocabulary
snapshot = RecommenderSnapshot.load(sys.argv[1])
snapshot.recommend(History.of([10], events=["view"]), 3)
snapshot.similar_items(10), snapshot.popular(3), snapshot.trending(3), snapshot.buy_again([10])
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_serving_imports_neither_pandas_nor_scikit_learn_nor_scipy(
    plain: RecommenderSnapshot, tmp_path: Path
) -> None:
    plain.save(tmp_path / "snapshot")
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", _SERVING, str(tmp_path / "snapshot")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(recs.__file__).parent.parent,
    )
    loaded = set(ran.stdout.split())
    assert "numpy" in loaded
    assert not loaded & {"pandas", "sklearn", "scipy", "tqdm", "implicit", "asyncio"}


def test_public_names_are_exactly_what_can_be_imported() -> None:
    assert sorted(recs.__all__) == sorted(recs._MODULE_OF)
    for name in recs.__all__:
        assert getattr(recs, name).__doc__
        assert name in dir(recs)
    assert not hasattr(recs, "Unheard")


def test_every_error_stands_in_the_tree_of_its_module() -> None:
    classes = [
        each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)
    ]
    assert len(classes) > 15
    for each in classes:
        assert f" {each.__name__}" in (errors.__doc__ or "").replace("::\n\n", " ")
        assert issubclass(each, errors.RecsError)
        assert each.__doc__
