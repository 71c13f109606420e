"""What the team knows and may do: tables, rules, actions. Knows nothing of screens or terminals."""
