"""The main screen and what every screen asks of the app."""
