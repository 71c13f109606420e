"""The team: its members, who is away, and its settings."""
