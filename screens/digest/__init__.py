"""What happened while one was away, as a screen."""
