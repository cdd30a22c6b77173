"""Numbers with their noun."""


def counted(number: int, noun: str) -> str:
    """The number and the noun, one or several: "1 room", "3 rooms"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
