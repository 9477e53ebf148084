"""Shoppers with hidden tastes in a real shop: ``python -m scripts.simulate``."""
