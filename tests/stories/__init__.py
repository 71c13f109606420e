"""Whole stories at a real terminal: keys in, the screen and the database out."""
