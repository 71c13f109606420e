"""Benchmarks: the product beside what it is compared with, whole processes, in one run. Never part of the tests."""
