"""The shift: looking whether a Reminder is due, and sealing the day (D-01, D-03)."""
