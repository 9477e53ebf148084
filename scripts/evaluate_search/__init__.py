"""Measures search on judged queries: ``python -m scripts.evaluate_search --help``."""
