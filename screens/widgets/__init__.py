"""The pieces the screens are made of; none of them knows a table, a rule or another screen.

Nothing is imported here, so that a screen pays only for what it shows.
"""
