"""Which key does what, and the help that says so."""
