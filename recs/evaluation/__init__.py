"""Offline evaluation: leakage-free splits, full ranking, mid-rank ties, bootstrap intervals."""
