"""Questions that reach over several nouns."""
