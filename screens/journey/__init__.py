"""The tab VPA-Journey."""
