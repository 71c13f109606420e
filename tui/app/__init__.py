"""The app: start, theme, line filter, end."""
