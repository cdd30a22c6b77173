"""Programs compiled into arrays, one row per option (a room, or a program whose rooms are not known).

Compile once, rank many: nothing here depends on a student. Unknown is -1 in whole-number arrays, NaN in
places, and 2 in three-valued ones (0 no, 1 yes, 2 not known).
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.checks import check_each
from matching.codes import Bytes, Ints, three_valued
from matching.exceptions import InvalidProfile
from matching.operators import Operator
from matching.options import Option, site_of, tier_of
from matching.profiles import ProgramProfile
from matching.program_columns import ProgramColumns
from matching.remembered import Bounded
from matching.vocabulary import Setting


@dataclass(frozen=True, eq=False)
class Catalogue(ProgramColumns):
    """The options of a set of programs as arrays; see the module for the codes."""

    programs: tuple[ProgramProfile, ...]
    options: tuple[Option, ...]

    @classmethod
    def compile(cls, programs: "Iterable[ProgramProfile] | Catalogue") -> "Catalogue":
        """The catalogue of these programs; a catalogue is returned as it is.

        Raises
        ------
        MatchingError : what is no program profile.
        InvalidProfile : two programs with one key.
        """
        if isinstance(programs, Catalogue):
            return programs
        listed = check_each("programs", programs, ProgramProfile)
        keys = [program.key for program in listed]
        if len(set(keys)) != len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise InvalidProfile("programs", f"two programs have the key {twice}")
        rooms = ((index, room) for index, program in enumerate(listed) for room in program.rooms or (None,))
        options = tuple(
            Option(row, index, listed[index], room, site_of(listed[index], room))
            for row, (index, room) in enumerate(rooms)
        )
        return cls(listed, options)

    def __len__(self) -> int:
        return len(self.options)

    def __reduce__(self) -> tuple[Any, ...]:
        """The programs alone travel to another process; what was remembered is made again there."""
        return Catalogue.compile, (self.programs,)

    def remember(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """A table made once for a town, a need or a date, and kept with the catalogue as long as it fits."""
        found = self._tables.get(key)
        if found is None:
            found = self._tables[key] = make()
        return found

    @cached_property
    def _tables(self) -> Bounded:
        return Bounded(max(_LEAST_TABLES, min(_MOST_TABLES, _MOST_CELLS // max(len(self.options), 1))))

    def inferred(self, field_name: str, subject: str) -> NDArray[np.bool_]:
        """Whether a fact of each option was inferred.

        ``inferred`` of a program may name a whole field (``services``) or one subject of it
        (``services.nursing``); what a room states itself was not.
        """
        key = field_name, subject
        if key not in self._inferred:
            named = {field_name, f"{field_name}.{subject}"}
            flags = [
                not named.isdisjoint(option.program.inferred)
                and getattr(option.room, field_name, None) is None
                for option in self.options
            ]
            self._inferred[key] = np.array(flags, bool)
        return self._inferred[key]

    @cached_property
    def _inferred(self) -> dict[tuple[str, str], NDArray[np.bool_]]:
        return {}

    @cached_property
    def program_index(self) -> Ints:
        """The program of each option."""
        return self.ints(option.program_index for option in self.options)

    @cached_property
    def first_rows(self) -> NDArray[np.intp]:
        """The first option of each program, and behind the last program the number of options."""
        return np.searchsorted(self.program_index, np.arange(len(self.programs) + 1))

    @cached_property
    def rows_by_site(self) -> Mapping[str, list[int]]:
        """The options that a ride is entered for: by ``program/site``, and by the program alone.

        A program alone stands for its first site.
        """
        rows: dict[str, list[int]] = {}
        for option in self.options:
            key, site = option.program.key, option.site
            if site is not None:
                rows.setdefault(f"{key}/{site.key}", []).append(option.row)
            if site is None or site is option.program.sites[0]:
                rows.setdefault(key, []).append(option.row)
        return rows

    def by_operator(self, answer: Callable[[Operator], bool | None]) -> Bytes:
        """What an agency's answer makes of each option, three-valued: each agency is asked once."""
        agencies, of_option = self._operators
        return np.array([three_valued(answer(agency)) for agency in agencies], np.int8)[of_option]

    @cached_property
    def _operators(self) -> tuple[list[Operator], Ints]:
        """Every agency once, and the place of each option's."""
        places: dict[Operator, int] = {}
        rows = [places.setdefault(program.operator, len(places)) for program in self.programs]
        return [*places], np.array(rows, np.int32)[self.program_index]

    @cached_property
    def price_changes(self) -> list[int]:
        """Ordinals of the days on which a price begins or no longer holds, in order."""
        prices = [price for program in self.programs for price in program.prices]
        begins = {price.valid_from.toordinal() for price in prices if price.valid_from}
        return sorted(begins | {price.valid_to.toordinal() + 1 for price in prices if price.valid_to})

    @cached_property
    def programs_by_key(self) -> Mapping[str, int]:
        """Index of each program."""
        return {program.key: index for index, program in enumerate(self.programs)}

    def tiers(self, unknown_setting: Setting, state: str | None) -> Bytes:
        """Restrictiveness of each option for a student of a state, 0 least."""

        def made() -> Bytes:
            return self._three(tier_of(option.program, unknown_setting, state) for option in self.options)

        tiers: Bytes = self.remember(("tiers", unknown_setting, state), made)
        return tiers

    def drawn(self, seed: str, equals: Iterable[int]) -> list[int]:
        """Options by SHA-256 of seed and option key: the last word between equals, so that no name wins."""
        begin = f"{seed}\0".encode()
        lots = ((hashlib.sha256(begin + self._key_bytes[i]).digest(), i) for i in equals)
        return [option for _, option in sorted(lots)]

    @cached_property
    def _key_bytes(self) -> list[bytes]:
        return [option.key.encode() for option in self.options]


_LEAST_TABLES, _MOST_TABLES = 256, 4096
_MOST_CELLS = 1 << 22  # of up to 32 bytes each
