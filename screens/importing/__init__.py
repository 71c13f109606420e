"""Taking an export, as a screen."""
