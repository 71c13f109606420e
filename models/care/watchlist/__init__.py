"""Customers whose VPA Kundenakte nobody keeps, and approaching their VPA (K-26 to K-30)."""
