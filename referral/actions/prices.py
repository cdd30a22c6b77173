"""What staff do to prices: add one from a day on, and end one; an example gives way to a real price."""

from datetime import date

from sqlalchemy import select

from referral.actions import audit, directory
from referral.actions.program_rows import new_price
from referral.actions.programs import locked, take_over
from referral.errors import FieldProblem, InvalidInput, RecordNotFound, StaleUpdate
from referral.models.base import db
from referral.models.programs import Price, Program
from referral.queries.program_rows import price_record
from referral.rules.permissions import Actor
from referral.rules.prices import PriceTerm, check_price
from referral.rules.program_records import PriceRecord


def add(actor: Actor, slug: str, record: PriceRecord) -> None:
    """A new price of a program.

    Raises
    ------
    RecordNotFound
    InvalidInput : it cannot be, or clashes with a real price in force on one of its days.
    """
    program = locked(actor, slug)
    rows = db.session.scalars(select(Price).where(Price.program_id == program.id)).all()
    real = [price_record(row).term for row in rows if not row.is_example]
    check_price(record.term, real)
    for row in rows:
        if row.is_example and price_record(row).term.clashes_with(record.term):
            db.session.delete(row)
    price = new_price(record, is_example=False)
    price.program_id = program.id
    db.session.add(price)
    _done(actor, program, "program:price:added", record.term)


def end(actor: Actor, slug: str, term: PriceTerm, last_day: date) -> None:
    """End a price that stands as given, on a last day.

    Raises
    ------
    RecordNotFound, StaleUpdate
    InvalidInput : the last day lies before the first.
    """
    program = locked(actor, slug)
    row = db.session.scalar(
        select(Price).where(
            Price.program_id == program.id,
            Price.item == term.item.value,
            Price.audience == term.audience.value,
            Price.valid_from == term.valid_from,
            Price.is_example.is_(False),
        )
    )
    if row is None:
        raise RecordNotFound(kind="price")
    if (row.valid_to, row.usd_per_year) != (term.valid_to, term.usd_per_year):
        raise StaleUpdate
    if last_day < row.valid_from:
        raise InvalidInput([FieldProblem("valid_to", "price_ends_before_start")])
    others = _others(program, row)
    ended = PriceTerm(term.item, term.audience, term.usd_per_year, term.valid_from, last_day)
    check_price(ended, others)
    row.valid_to = last_day
    _done(actor, program, "program:price:ended", ended)


def _others(program: Program, but: Price) -> list[PriceTerm]:
    statement = select(Price).where(
        Price.program_id == program.id, Price.id != but.id, Price.is_example.is_(False)
    )
    return [price_record(row).term for row in db.session.scalars(statement)]


def _done(actor: Actor, program: Program, tag: str, term: PriceTerm) -> None:
    take_over(actor, program)
    audit.record(
        actor,
        tag,
        "program",
        program.slug,
        item=term.item.value,
        audience=term.audience.value,
        usd_per_year=term.usd_per_year,
        valid_from=term.valid_from,
        valid_to=term.valid_to,
    )
    directory.touch()
