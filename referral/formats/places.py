"""Towns and ZIP codes to points, from the ``zipcodes`` package; nothing is fetched.

A town's point is the mean of its standard ZIP centroids: good for an estimate of a ride, never an address.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from statistics import fmean
from typing import Any

import zipcodes

from matching import Place

_STANDARD = "STANDARD"


Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """Towns and villages of one state by their folded name: as written, and the ZIPs of each."""

    names: Mapping[str, str]
    rows: Mapping[str, list[Row]]


def find_place(zip_code: str | None, town: str | None, state: str) -> Place | None:
    """The point of a ZIP, else of a town or village, else None."""
    if zip_code and (row := _row_of(zip_code)):
        return _point([row])
    return _town_point(fold(town), state) if town else None


def towns(state: str) -> tuple[str, ...]:
    """Every town and village name of a state, in order."""
    return tuple(sorted(_gazetteer(state).names.values()))


@lru_cache(maxsize=512)
def suggest_towns(text: str, state: str) -> tuple[str, ...]:
    """Up to five towns that someone may have meant: those that begin alike, then those spelled alike."""
    names = _gazetteer(state).names
    folded = fold(text)
    if not folded:
        return ()
    begin = [name for name in sorted(names) if name.startswith(folded)]
    alike = get_close_matches(folded, names, n=5, cutoff=0.7)
    return tuple(names[name] for name in dict.fromkeys([*begin, *alike]))[:5]


def town_of_zip(zip_code: str) -> tuple[str, str] | None:
    """The town and state of a ZIP code."""
    row = _row_of(zip_code)
    return (row["city"], row["state"]) if row else None


def fold(name: str) -> str:
    """A name as compared: small letters, single spaces, one spelling of -borough, Saint and Mount."""
    words = name.casefold().replace(".", "").replace("'", "").replace("-", " ").split()
    spelled = {"st": "saint", "mt": "mount", "n": "north", "s": "south", "e": "east", "w": "west"}
    folded = " ".join([*(spelled.get(word, word) for word in words[:1]), *words[1:]])
    return folded.removesuffix("ugh") if folded.endswith("borough") else folded


@lru_cache(maxsize=4096)
def _town_point(folded: str, state: str) -> Place | None:
    rows = _gazetteer(state).rows.get(folded)
    return _point(_standard(rows)) if rows else None


@lru_cache(maxsize=4096)
def _row_of(zip_code: str) -> Row | None:
    digits = zip_code.strip()[:5]
    if not re.fullmatch(r"[0-9]{5}", digits):
        return None
    rows: list[Row] = zipcodes.matching(digits)
    return rows[0] if rows else None


@cache
def _gazetteer(state: str) -> _Gazetteer:
    names: dict[str, str] = {}
    towns_rows: dict[str, list[Row]] = defaultdict(list)
    villages_rows: dict[str, list[Row]] = defaultdict(list)
    for row in zipcodes.filter_by(state=state):
        towns_rows[fold(row["city"])].append(row)
        for village in row["acceptable_cities"]:
            villages_rows[fold(village)].append(row)
        for name in (row["city"], *row["acceptable_cities"]):
            names.setdefault(fold(name), name)
    return _Gazetteer(names=names, rows={**villages_rows, **towns_rows})


def _standard(rows: list[Row]) -> list[Row]:
    """The ZIPs that cover an area, where there are any; box and single-building ZIPs otherwise."""
    return [row for row in rows if row["zip_code_type"] == _STANDARD and row["active"]] or rows


def _point(rows: list[Row]) -> Place:
    return Place(
        latitude=round(fmean(float(row["lat"]) for row in rows), 4),
        longitude=round(fmean(float(row["long"]) for row in rows), 4),
    )
