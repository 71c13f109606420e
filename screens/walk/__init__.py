"""The Schichtlauf as a screen."""
