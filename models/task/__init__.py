"""Aufgaben: tasks that VPAs hand on, their chat and their checks."""
