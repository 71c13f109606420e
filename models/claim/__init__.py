"""Claims: who is working on what right now. Presence, not data: it informs, ends by itself and leaves no trace."""
