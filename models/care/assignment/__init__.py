"""Putting a VPA in charge of a customer, and a customer's status (K-07, K-20 to K-25)."""
