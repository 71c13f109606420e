"""What several nouns need: writing an entry, setting a Reminder, the rules of inactivity."""
