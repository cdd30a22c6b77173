"""Shares of children who have an attribute by which somebody could recognize a student, each with its source.

They are packaged as `data/attribute_shares.yaml`. An attribute without a share is withheld: a release that
carries it is counted as shared by nobody.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib.resources import files
from math import prod
from typing import Any

import yaml

ANY = "any"


class Basis(Enum):
    """What a share rests on."""

    COUNTED = "counted"
    PUBLISHED = "published"
    CONSERVATIVE = "conservative"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Attribute:
    """An attribute: the answers that give it (by field; `any` for every answer) and the part that has it."""

    code: str
    label: str
    basis: Basis
    answers: Mapping[str, Any]
    share: float | None = None
    year: str | None = None
    note: str = ""
    source: str = ""
    fields: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", frozenset(self.answers))

    @property
    def factor(self) -> float:
        """What the count is multiplied by where this is told."""
        if self.basis is Basis.COUNTED:
            return 1.0
        return 0.0 if self.share is None else self.share


@cache
def packaged() -> Mapping[str, Attribute]:
    """The attributes by code, read once."""
    text = files("referral").joinpath("data", "attribute_shares.yaml").read_text(encoding="utf-8")
    return {code: _attribute(code, said) for code, said in yaml.safe_load(text).items()}


def _attribute(code: str, said: Mapping[str, Any]) -> Attribute:
    return Attribute(code=code, **{**said, "basis": Basis(said["basis"])})


def factor_of(codes: Iterable[str]) -> float:
    """The part of children who have all of these, taken as independent; 0 where one is withheld."""
    return prod(packaged()[code].factor for code in codes)


def fields_covered(attributes: Collection[Attribute]) -> frozenset[str]:
    """The fields of a profile that some attribute speaks for."""
    return frozenset().union(*(one.fields for one in attributes))
