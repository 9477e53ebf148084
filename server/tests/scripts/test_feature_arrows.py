"""The contract between features goes red when an arrow is wrong."""

from __future__ import annotations

import pytest
from grimp import ImportGraph

from scripts.feature_arrows import FeatureArrows

OPTIONS = {
    "container": "shop.features",
    "never_imported": ["admin"],
    "sinks": ["interactions"],
    "sink_readers": ["recommendations"],
    "library": "recs",
    "library_readers": ["recommendations"],
    "library_modules": ["recs.errors"],
}


def complaints(*imports: tuple[str, str]) -> list[str]:
    graph = ImportGraph()
    for importer, imported in imports:
        for module in (importer, imported):
            graph.add_module(module)
        graph.add_import(importer=importer, imported=imported)
    contract = FeatureArrows(name="arrows", session_options={}, contract_options=OPTIONS)
    found: list[str] = contract.check(graph, verbose=False).metadata["complaints"]
    return found


def feature(name: str) -> str:
    return f"shop.features.{name}"


def test_services_may_be_used_downwards() -> None:
    assert not complaints(
        (feature("cart.routes"), feature("catalog.service")),
        (feature("cart.routes"), feature("cart.queries")),
        (feature("recommendations.service"), feature("interactions.service")),
        (feature("recommendations.service"), "recs"),
        (feature("catalog.service"), "shop.core.json"),
    )


@pytest.mark.parametrize(
    ("importer", "imported", "reason"),
    [
        ("cart.routes", "catalog.queries", "only catalog.service"),
        ("cart.routes", "catalog", "only catalog.service"),
        ("cart.service", "admin.service", "nobody imports admin"),
        ("cart.service", "interactions.service", "interactions is told by events"),
    ],
)
def test_other_arrows_are_refused(importer: str, imported: str, reason: str) -> None:
    [complaint] = complaints((feature(importer), feature(imported)))
    assert reason in complaint


def test_the_library_is_for_its_readers() -> None:
    [complaint] = complaints((feature("cart.service"), "recs"))
    assert "cart has no use for it" in complaint


@pytest.mark.parametrize("importer", [feature("recommendations.models"), "shop.refit", "scripts.bench"])
def test_only_public_names_of_the_library_leave_it(importer: str) -> None:
    [complaint] = complaints((importer, "recs.snapshot"))
    assert complaint == f"{importer} -> recs.snapshot: only public names of recs are for others"
    assert not complaints((importer, "recs"), (importer, "recs.errors"))


def test_the_library_and_tests_know_its_inside() -> None:
    assert not complaints(("recs.snapshot", "recs.slate"), ("shop.tests.test_layouts", "recs.evaluation"))


def test_circles_are_refused() -> None:
    [complaint] = complaints(
        (feature("cart.service"), feature("catalog.service")),
        (feature("catalog.service"), feature("search.service")),
        (feature("search.service"), feature("cart.service")),
    )
    assert complaint.startswith("a circle: ")
