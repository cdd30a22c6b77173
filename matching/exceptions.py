"""Errors of the library; each carries the field at fault."""


class MatchingError(ValueError):
    """Something the library was given cannot be used; ``field`` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class InvalidProfile(MatchingError):
    """A need profile or program profile contradicts itself."""


class InvalidPolicy(MatchingError):
    """A policy's numbers do not hold together."""
