"""Figures of the served site with their goals, and the table of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure and its goal; the factor says how many times better than the goal it is."""

    name: str
    found: float | None
    unit: str = ""
    goal: float | None = None
    more_is_better: bool = False
    instead: str = ""  # said where nothing was found

    @property
    def factor(self) -> float | None:
        """Above 1 the goal is met."""
        if self.goal is None or self.found is None:
            return None
        return self.found / self.goal if self.more_is_better else self.goal / self.found


def words(figure: Figure) -> str:
    """The figure with its unit, and its factor if it has a goal."""
    if figure.found is None:
        return figure.instead
    told = f"{figure.found:.3g} {figure.unit}".strip()
    return told if figure.factor is None else f"{told} ({figure.factor:.2f})"


def markdown(tables: Mapping[str, Sequence[Figure]]) -> str:
    """A table with a column for each kind of database."""
    lines = ["| figure | goal | " + " | ".join(f"{kind} (factor)" for kind in tables) + " |"]
    lines.append("| --- | --- |" + " --- |" * len(tables))
    found = {kind: {one.name: one for one in figures} for kind, figures in tables.items()}
    for name in dict.fromkeys(name for named in found.values() for name in named):
        row = [named.get(name) for named in found.values()]
        first = next(one for one in row if one)
        goal = "-" if first.goal is None else f"{first.goal:g} {first.unit}".strip()
        lines.append(f"| {name} | {goal} | {' | '.join(words(one) if one else '-' for one in row)} |")
    return "\n".join(lines)
