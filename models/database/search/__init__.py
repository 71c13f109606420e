"""The folded words of entries and names, and how they are asked for, on both engines."""
