"""The tab VPA-Wechsel."""
