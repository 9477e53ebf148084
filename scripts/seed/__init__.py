"""Make the demo shop: `python -m scripts.seed`."""
