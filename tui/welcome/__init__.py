"""The first start: which database, which member."""
