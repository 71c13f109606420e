"""Who serves whom: assigning a VPA, a customer's status, the Watchlist, and their texts (K-07, K-20 to K-30)."""
