"""The day: looking whether a Reminder is due, and sealing it (D-01, D-03)."""
