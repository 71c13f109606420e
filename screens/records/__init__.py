"""Data by hand: whom a change is about, and what somebody leaves behind."""
