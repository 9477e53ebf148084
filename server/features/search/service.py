"""What other features use of search."""

from server.features.search.domain import SLOT, TextMatch, text_match

__all__ = ["SLOT", "TextMatch", "text_match"]
