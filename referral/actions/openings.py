"""Seats expected to open: what a planned return adds, and takes back when the student stays."""

from datetime import date

from sqlalchemy import select

from referral.actions import directory
from referral.models.base import db
from referral.models.seats import Opening


def expect(room_id: int, day: date) -> None:
    """One more seat of a room expected to open on a day."""
    row = _row(room_id, day)
    if row is None:
        db.session.add(Opening(room_id=room_id, opens_on=day, seats=1))
    else:
        row.seats += 1
    directory.touch()


def no_longer_expect(room_id: int, day: date) -> None:
    """One seat fewer expected on that day; where staff took the line away, nothing is left to take."""
    row = _row(room_id, day)
    if row is None:
        return
    if row.seats > 1:
        row.seats -= 1
    else:
        db.session.delete(row)
    directory.touch()


def _row(room_id: int, day: date) -> Opening | None:
    statement = select(Opening).where(Opening.room_id == room_id, Opening.opens_on == day).with_for_update()
    return db.session.scalar(statement)
