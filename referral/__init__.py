"""Placewell, the web application: pages, JSON and commands around the pure library `matching`."""
