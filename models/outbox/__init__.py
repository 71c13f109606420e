"""The Ausgang: what the platform still has to be told (X-01), and what of it came back (X-02)."""
