"""What an import did, counted by noun and outcome."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class Outcome(Enum):
    """What became of one record of a file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # its own staff entered it; the file does not overwrite it
    RETIRED = "retired"


@dataclass
class ImportCounts:
    """How many records of each noun came to which outcome."""

    counted: Counter[tuple[str, Outcome]] = field(default_factory=Counter)

    def note(self, noun: str, outcome: Outcome, number: int = 1) -> None:
        """Count records."""
        if number:
            self.counted[noun, outcome] += number

    def of(self, noun: str, outcome: Outcome) -> int:
        """How many records of a noun came to an outcome."""
        return self.counted[noun, outcome]

    @property
    def changes(self) -> int:
        """How many records the import added, changed or retired."""
        still = (Outcome.UNCHANGED, Outcome.KEPT)
        return sum(number for (_, outcome), number in self.counted.items() if outcome not in still)

    def lines(self) -> Iterator[str]:
        """One line per noun: "programs: 128 added, 3 unchanged"."""
        for noun in dict.fromkeys(noun for noun, _ in self.counted):
            parts = [
                f"{self.of(noun, outcome)} {outcome.value}" for outcome in Outcome if self.of(noun, outcome)
            ]
            yield f"{noun}: {', '.join(parts)}"
