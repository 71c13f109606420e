"""Numbers over time: how the work goes, by week, member, VPA or customer (L-01)."""
