"""Benchmarks: run by hand (`python -m tests.benchmarks`) or by `.ci/check --long`; never timed tests."""
