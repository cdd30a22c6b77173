"""Loads the prices of a file; an example gives way to a real price."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from referral.actions.program_rows import new_price
from referral.models.base import db
from referral.models.programs import Price, Program
from referral.queries.program_rows import price_record
from referral.rules.import_counts import ImportCounts, Outcome
from referral.rules.program_records import PriceRecord, ProgramRecord

ProgramAndRecord = tuple[Program, ProgramRecord]


def import_prices(programs: Iterable[ProgramAndRecord], counts: ImportCounts, *, with_examples: bool) -> None:
    """Make each program's prices those of its record; prices of a program that its staff edit stay."""
    held: dict[int, list[Price]] = defaultdict(list)
    for row in db.session.scalars(select(Price)):
        held[row.program_id].append(row)
    new: list[Price] = []
    for program, record in programs:
        real = [row for row in held[program.id] if not row.is_example]
        if program.updated_by is None:
            new += _replaced(program, real, record.prices, counts, is_example=False)
        if with_examples:
            kept = record.prices if program.updated_by is None else tuple(map(price_record, real))
            examples = _free_examples(record, kept)
            shown = [row for row in held[program.id] if row.is_example]
            new += _replaced(program, shown, examples, counts, is_example=True)
    db.session.flush()  # the old prices go before new ones take their days
    db.session.add_all(new)
    db.session.flush()


def _free_examples(record: ProgramRecord, real: Iterable[PriceRecord]) -> list[PriceRecord]:
    """Example prices for what no real price covers."""
    terms = [price.term for price in real]
    examples = record.examples.prices if record.examples else ()
    return [price for price in examples if not any(price.term.clashes_with(term) for term in terms)]


def _replaced(
    program: Program,
    held: list[Price],
    wanted: Iterable[PriceRecord],
    counts: ImportCounts,
    *,
    is_example: bool,
) -> list[Price]:
    """Delete the prices that are no longer there, and give those that are new."""
    missing = list(wanted)
    for row in held:
        record = price_record(row)
        if record in missing:
            missing.remove(record)
            counts.note("prices", Outcome.UNCHANGED)
        else:
            db.session.delete(row)
            counts.note("prices", Outcome.RETIRED)
    counts.note("prices", Outcome.ADDED, len(missing))
    rows = [new_price(price, is_example=is_example) for price in missing]
    for row in rows:
        row.program_id = program.id
    return rows
