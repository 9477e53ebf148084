"""From words to products: matching, relevance, suggestions."""
