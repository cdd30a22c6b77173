"""The glossary: which closed lists of the field it shows, under which heading."""

from dataclasses import dataclass

from matching import vocabulary
from matching.vocabulary.term import Term


@dataclass(frozen=True)
class Group:
    """A heading, its anchor in the address, and the terms below it."""

    key: str
    heading: str
    terms: tuple[Term, ...]


def _group(heading: str, words: type[Term]) -> Group:
    """The terms of a list that need more words than their label."""
    terms = tuple(term for term in words if term.definition)
    return Group(key=heading.lower().replace(" ", "-"), heading=heading, terms=terms)


_LISTS: dict[str, type[Term]] = {
    "Settings": vocabulary.Setting,
    "Kinds of placement": vocabulary.PlacementType,
    "Kinds of program": vocabulary.ProgramType,
    "Disability categories of the state": vocabulary.StateCategory,
    "Disability categories of IDEA": vocabulary.FederalCategory,
    "Needs": vocabulary.Dimension,
    "Levels of support": vocabulary.Intensity,
    "Related services": vocabulary.Service,
    "Ways of communicating": vocabulary.CommunicationMode,
    "Hearing": vocabulary.Hearing,
    "Vision": vocabulary.Vision,
    "Features of a program": vocabulary.Feature,
    "Verdicts of a ranking": vocabulary.Verdict,
    "Age of a seat fact": vocabulary.Freshness,
}
GROUPS = tuple(group for group in (_group(*one) for one in _LISTS.items()) if group.terms)
