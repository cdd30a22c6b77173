"""Mutation tests: run by hand (`python -m tests.mutation`) or by `.ci/check --long`; half an hour."""
