"""The tab Reminder."""
