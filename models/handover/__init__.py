"""VPA-Wechsel: a VPA wants to give a customer away."""
