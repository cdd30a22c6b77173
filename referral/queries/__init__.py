"""Reads: every function takes the actor first and starts from what that actor may see."""
