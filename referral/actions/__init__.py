"""Writes, one function per verb: permission, rule, change, audit. An action never commits."""
