"""Measures the running shop against bare routes in the same run: ``python -m scripts.bench``."""
