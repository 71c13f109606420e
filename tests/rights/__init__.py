"""What the database itself refuses (issue 5 §2): personal logins, attacks by raw SQL, manipulated files."""
