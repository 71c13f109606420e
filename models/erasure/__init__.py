"""Erasing a person: names and free text go, dates and counts stay (A-28)."""
