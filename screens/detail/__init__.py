"""The page beside a list: what a decision needs."""
