"""Questions that reach over several nouns: people, history, search."""
