"""Profiles (CONTRACT §14, X-03): how any table of the team's own is read as one of ours."""
