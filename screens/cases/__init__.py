"""The tab Cases."""
