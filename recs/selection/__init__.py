"""Choosing models, parameters and blends on validation data only."""
