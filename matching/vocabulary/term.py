"""A term of the field: its stored value, the words people read, what it means and who says so."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """One entry of a closed list: ``NAME = value, label, definition, source``.

    The value is what files and tables hold; label, definition and source feed forms, help and exports,
    so that each word lives once.
    """

    label: str
    definition: str
    source: str

    def __new__(cls, value: str, label: str = "", definition: str = "", source: str = "") -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        term.definition = definition
        term.source = source
        return term

    def __init_subclass__(cls, source: str = "") -> None:
        """The source of a whole list, ``class Lift(Term, source=...)``, for each word without its own."""
        super().__init_subclass__()
        for term in cls:
            term.source = term.source or source

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def labels(cls) -> dict[str, str]:
        """Value to label, in the order of the list: what a form's choices are made from."""
        return {term.value: term.label for term in cls}


IEP_MA = "Massachusetts IEP form and 603 CMR 28.00"
IDEA = "34 CFR 300.8"
FIELD = "Terms used in published program descriptions and referral forms of collaboratives"
OURS = "Placewell's own scale, to be confirmed by special education directors"
