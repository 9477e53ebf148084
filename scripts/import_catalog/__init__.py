"""Imports catalogues of other shops: ``python -m scripts.import_catalog --help``."""
