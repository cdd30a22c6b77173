"""The packaged list of programs: inside an installed package, or at the top of a checkout."""

from pathlib import Path

from referral.formats.programs_yaml import read_programs
from referral.rules.program_records import ProgramFile

NAME = "seed_programs.yaml"
_PACKAGE = Path(__file__).resolve().parents[1]


def seed_path() -> Path:
    """Where the packaged list of programs is.

    Raises
    ------
    FileNotFoundError : neither in the package nor in the checkout.
    """
    for path in (_PACKAGE / "data" / NAME, _PACKAGE.parent / NAME):
        if path.is_file():
            return path
    raise FileNotFoundError(NAME)


def read_seed() -> ProgramFile:
    """The packaged agencies and programs."""
    return read_programs(seed_path().read_bytes(), NAME)
