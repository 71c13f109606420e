"""The form of an action: fields, what is missing, conflicts."""
