"""Chatvorlagen: filled for a subject, the fitting one first (K-22, K-29, T-17)."""
