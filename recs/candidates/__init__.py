"""Candidate generation: each generator fits once and leaves a light scorer for serving."""
