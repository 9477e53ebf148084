"""An import-linter contract: features meet only in their services, never in a circle."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FeatureArrows(Contract):
    """Checks the arrows between the packages of one folder, whatever they are called.

    Options: ``container``; ``never_imported`` (features that nobody may import); ``sinks`` with the
    ``sink_readers`` that may; ``library`` with the ``library_readers`` that may import it, and by whomever,
    tests apart, only its public names: those of the package itself and of its ``library_modules``.
    """

    type_name = "features"

    container = fields.StringField()
    never_imported = fields.ListField(subfield=fields.StringField())
    sinks = fields.ListField(subfield=fields.StringField())
    sink_readers = fields.ListField(subfield=fields.StringField())
    library = fields.StringField()
    library_readers = fields.ListField(subfield=fields.StringField())
    library_modules = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect what breaks a rule."""
        del verbose
        complaints: list[str] = []
        needs: dict[str, set[str]] = {}
        for importer in sorted(graph.modules):
            complaints += self._private_uses(graph, importer)
            feature = self._feature(importer)
            if feature is None:
                continue
            needs.setdefault(feature, set())
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                complaint = self._complaint(feature, imported)
                if complaint is not None:
                    complaints.append(f"{importer} -> {imported}: {complaint}")
                other = self._feature(imported)
                if other is not None and other != feature:
                    needs[feature].add(other)
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            complaints.append("a circle: " + " -> ".join(error.args[1]))
        return ContractCheck(kept=not complaints, metadata={"complaints": complaints})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line per complaint."""
        for complaint in check.metadata["complaints"]:
            output.print_error(complaint)

    def _private_uses(self, graph: ImportGraph, importer: str) -> list[str]:
        """Return a complaint for each module of the library whose names are its own business."""
        library = str(self.library)
        if importer.partition(".")[0] == library or ".tests." in importer:
            return []
        return [
            f"{importer} -> {imported}: only public names of {library} are for others"
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if imported.startswith(f"{library}.") and imported not in self._names("library_modules")
        ]

    def _feature(self, module: str) -> str | None:
        prefix = f"{self.container}."
        return module.removeprefix(prefix).partition(".")[0] if module.startswith(prefix) else None

    def _complaint(self, feature: str, imported: str) -> str | None:
        other = self._feature(imported)
        if imported.partition(".")[0] == str(self.library):
            return None if feature in self._names("library_readers") else f"{feature} has no use for it"
        if other is None or other == feature:
            return None
        if other in self._names("never_imported"):
            return f"nobody imports {other}"
        if other in self._names("sinks") and feature not in self._names("sink_readers"):
            return f"{other} is told by events"
        is_service = imported == f"{self.container}.{other}.service"
        return None if is_service else f"only {other}.service is for other features"

    def _names(self, option: str) -> set[str]:
        names: Any = getattr(self, option)
        return set(names)
