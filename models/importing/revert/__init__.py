"""Taking the newest import back (X-04, CONTRACT §15)."""
