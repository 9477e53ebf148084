"""The layouts that catalogues come in."""
