"""The program: command line, app shell, keymap, settings, theme, demo data."""
