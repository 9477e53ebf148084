"""Counting models kept up to date between refits: add events, forget people, get what a refit would give."""
