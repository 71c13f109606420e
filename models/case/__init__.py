"""Cases: what changed on the platform and has to be looked at."""
