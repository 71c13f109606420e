"""Searching: entries (CONTRACT §7), and everything with a name or a text (CONTRACT §2)."""

from models.search.entries import found_entries, search_entries
from models.search.everything import search_everything

__all__ = ["found_entries", "search_entries", "search_everything"]
