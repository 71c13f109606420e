"""Tests that take minutes; `make test-long` runs them, `make test` their short forms."""
