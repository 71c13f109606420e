"""All of it out again: the platform's own format, and tables for a spreadsheet (CONTRACT §17)."""
