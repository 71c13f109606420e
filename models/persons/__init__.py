"""Persons' rights: told, restricted, held, due, and who has read about them (P-01 to P-06)."""
