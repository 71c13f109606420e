"""The one door for changes (DESIGN): an Action says what is needed, `run` does it or says what is missing."""
