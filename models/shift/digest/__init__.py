"""What happened to a member's cases while they were away (R-05)."""
