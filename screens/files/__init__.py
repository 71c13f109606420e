"""The tab Kundenakte, the Watchlist, and the page of one file."""
