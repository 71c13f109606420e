"""The Schichtlauf: stop by stop through what is due now."""
