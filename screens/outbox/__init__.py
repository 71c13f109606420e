"""The Ausgang: what the platform still has to be told."""
