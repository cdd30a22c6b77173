"""`placewell seats`: prove that rooms, the ledger of seats and the referrals agree."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from referral.cli.running import instance_option, opened
from referral.queries.seat_ledger import accounts
from referral.rules.permissions import COMMAND
from referral.rules.seat_ledger import Account, SeatFault, faults_of
from referral.wording.counts import counted
from referral.wording.seats import FAULTS

FAULTS_SHOWN = 20


@click.group()
def seats() -> None:
    """Prove that the seats of rooms are right.

    Example: placewell seats verify
    """


@seats.command()
@instance_option
@click.option("--json", "as_json", is_flag=True, help="Print every fault as JSON.")
def verify(instance: Path | None, as_json: bool) -> None:
    """Compare every room with its ledger and with the referrals that hold or fill its seats.

    The ledger of a room must add up to its numbers, live referrals need no more seats than are held and
    enrolled, and both together fit the license. Ends with 1 if a room is wrong. Nothing is changed.

    Example: placewell seats verify --json
    """
    with opened(instance):
        checked = [(account, faults_of(account)) for account in accounts(COMMAND)]
    wrong = [(account, fault) for account, faults in checked for fault in faults]
    if as_json:
        faults = [_document(account, fault) for account, fault in wrong]
        click.echo(json.dumps({"rooms": len(checked), "faults": faults}, indent=2))
    else:
        _tell(len(checked), wrong)
    if wrong:
        raise SystemExit(1)


def _tell(rooms: int, wrong: list[tuple[Account, SeatFault]]) -> None:
    for account, fault in wrong[:FAULTS_SHOWN]:
        click.echo(f"{account.program}/{account.room}: {_words(account, fault)}")
    if len(wrong) > FAULTS_SHOWN:
        click.echo(f"... and {len(wrong) - FAULTS_SHOWN} more; --json lists them all.")
    click.echo(f"{counted(rooms, 'room')} checked, {counted(len(wrong), 'fault')}.")


def _words(account: Account, fault: SeatFault) -> str:
    return FAULTS[fault.value].format(now=account.now, ledger=account.ledger, claims=account.claims)


def _document(account: Account, fault: SeatFault) -> dict[str, Any]:
    return {"fault": fault.value, "says": _words(account, fault), **asdict(account)}
