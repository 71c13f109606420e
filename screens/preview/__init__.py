"""The Vorschau as a screen."""
