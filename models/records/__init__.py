"""Data by hand: VPAs, absences, customers and tasks as a member knows them (S-01 to S-06)."""
