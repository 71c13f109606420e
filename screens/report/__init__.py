"""The shift report as a screen."""
