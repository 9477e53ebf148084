"""Measuring the library on this machine; the only place that may import other recommenders, to compare."""
