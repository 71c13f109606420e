"""The VPA-Journey: a Neu-Flag for each phase of the first year."""
