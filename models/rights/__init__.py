"""What the database itself protects, and what only the program does (issue 5 §2)."""
