"""Every name taken from the recommender library is one of its public names."""

from __future__ import annotations

import ast
from pathlib import Path

import recs

ROOT = Path(recs.__file__).parent.parent


def names_taken() -> list[tuple[str, str]]:
    found = []
    for folder in ("server", "scripts"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [
                (str(path.relative_to(ROOT)), alias.name)
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and node.module == "recs"
                for alias in node.names
            ]
    return found


def test_only_public_names_are_taken() -> None:
    taken = names_taken()
    assert ("server/refit.py", "HybridConfig") in taken
    assert [(path, name) for path, name in taken if name not in recs.__all__] == []
