"""Reminders: what a member follows up, under their Kürzel."""
