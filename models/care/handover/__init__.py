"""VPA-Wechsel: from the reasons to the finished change (W-01 to W-16)."""
