"""`python -m referral.cli`, the same as the command `placewell`."""

from referral.cli import main

main(prog_name="placewell")
