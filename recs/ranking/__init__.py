"""Ranking: blending what generators propose, and re-ranking it into a slate."""
