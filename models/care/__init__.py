"""Who serves whom: assigning a VPA, the Watchlist, letters and VPA-Wechsel."""
