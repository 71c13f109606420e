"""The platform's export: read, checked, compared with the one before, and what it raises (CONTRACT §3)."""
