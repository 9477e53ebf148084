"""The page of every route as search engines, previews and browsers get it, before any script runs."""
